"""The pure parts of the API."""
