"""Ingestion spread over a Ray cluster: its nodes read, split and embed; this process publishes."""
