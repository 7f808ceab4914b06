"""The `attache` command; every composition root is here."""
