"""Ledger, vectors and postings, and the atomic step that publishes a version."""
