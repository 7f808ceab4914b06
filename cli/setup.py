"""What every command begins with."""

import logging

from assistant.settings import Settings, read_settings


def settings_for_command() -> Settings:
    """The settings of the environment, with logging set up as they say.

    Raises:
        ConfigurationError: a variable cannot be used.
    """
    settings = read_settings()
    # Standard error, which is logging's default: standard output is for results alone.
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    return settings
