"""The choice of sentences."""
