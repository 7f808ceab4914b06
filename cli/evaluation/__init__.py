"""Measures retrieval on a judged set of questions."""
