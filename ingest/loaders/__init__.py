"""One module per family of media types."""
