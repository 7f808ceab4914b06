"""Ingest to answer, over HTTP."""
