"""Sentences, and the proof that each is in the library."""
