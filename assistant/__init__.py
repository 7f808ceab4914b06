"""Retrieval, answers and their proof."""
