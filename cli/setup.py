"""What every command begins with."""

from assistant.errors import ConfigurationError
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
