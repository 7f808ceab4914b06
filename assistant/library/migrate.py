"""Brings the ledger's tables to the newest revision."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from assistant.errors import LibraryDamagedError


def configuration(connection: Connection) -> Config:
    """What Alembic needs to run the migrations of this package on the connection."""
    config = Config()
    folder = Path(__file__).parent / "migrations"
    # The configuration reads a percent sign as the start of a name to fill in.
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Runs every migration the database lacks, inside the caller's transaction.

    Raises:
        LibraryDamagedError: a newer version of the program wrote the database.
    """
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise LibraryDamagedError(
            f"The ledger does not fit this version of the program: {error}. "
            "Update the program, or choose another ATTACHE_HOME."
        ) from error
