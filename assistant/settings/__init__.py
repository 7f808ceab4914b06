"""The only reader of the environment. Every setting is `ATTACHE_…`; README lists them."""

from assistant.settings.settings import Settings, read_settings, unknown_variables

__all__ = ["Settings", "read_settings", "unknown_variables"]
