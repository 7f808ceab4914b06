"""Sentences and proof."""
