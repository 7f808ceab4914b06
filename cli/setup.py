"""What every command begins with."""

from assistant.settings import Settings, read_settings
from cli.logs import log


def settings_for_command() -> Settings:
    """The settings of the environment, with logging set up as they say.

    Raises:
        ConfigurationError: a variable cannot be used.
    """
    settings = read_settings()
    log(settings.log_level, settings.log_format)
    return settings
