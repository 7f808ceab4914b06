"""Embedders and chat models; the only package that knows their vendors."""
