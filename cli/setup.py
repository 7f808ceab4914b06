"""What every command begins with."""

import os

from assistant.errors import ConfigurationError
from assistant.settings import Settings, read_settings, unknown_variables
from cli.console import warn
from cli.logs import log

_PRIVATE = 0o077
"""What nobody else may do with a file."""


def settings_for_command() -> Settings:
    """The settings of the environment, with logging set up as they say.

    What the command writes from here on is for its user alone: libraries, exports, backups. A
    variable that looks like a setting and is none is warned of.

    Raises:
        ConfigurationError: a variable cannot be used.
    """
    for name, nearest in unknown_variables().items():
        meant = f"Is {nearest} meant?" if nearest else "README lists the settings."
        warn(f"{name} is no setting, and nothing is done about it. {meant}")
    settings = read_settings()
    if settings.files is None:  # a folder that other processes share has rights of its own
        os.umask(os.umask(_PRIVATE) | _PRIVATE)
    log(settings.log_level, settings.log_format)
    return settings


def require_file(settings: Settings) -> None:
    """Passes where the ledger is a file of the data directory, which backups are made of.

    Raises:
        ConfigurationError: it is on a database server.
    """
    if settings.ledger_url is not None:
        raise ConfigurationError(
            "The ledger is on PostgreSQL: back it up and restore it with pg_dump and pg_restore, "
            "and the original files with it."
        )
