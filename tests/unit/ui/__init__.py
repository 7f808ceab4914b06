"""Tests of the chat window."""
