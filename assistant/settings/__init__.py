"""The only reader of the environment. Every setting is `ATTACHE_…`; README lists them."""

from assistant.settings.environment import read_settings, unknown_variables
from assistant.settings.settings import Settings

__all__ = ["Settings", "read_settings", "unknown_variables"]
