"""One real thing each."""
