"""The chat window, a client of the API."""
