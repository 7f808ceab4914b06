"""Documents fetched from the web, from public addresses only."""
