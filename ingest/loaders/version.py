"""The version of the loaders, known without loading any of them."""

LOADER_VERSION = "8"
"""Part of what is remembered of a source: a new value reads every source again."""
