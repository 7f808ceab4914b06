"""Tests of assistant.library that touch no store."""
