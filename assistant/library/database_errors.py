"""What the errors of the ledger's database mean, and what is to be done about them."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from assistant.errors import (
    DiskFullError,
    LibraryDamagedError,
    LibraryError,
    LibraryUnavailableError,
)
from assistant.library import postgres, sqlite

_LEAST_ROOM = 64 * 1024
_ROOM = "Make room on its disk, then try again. What was written before stays."

_ADVICE = (
    "Check that the disk has room and the file is readable and writable; if the file is damaged, "
    "restore a backup with `attache restore FILE --replace`, or ingest again into another "
    "ATTACHE_HOME."
)


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Has what goes wrong with a database inside it raised as errors of the library."""
    try:
        yield
    except IntegrityError as error:
        raise LibraryError(
            f"The ledger refused what was to be written: {error.orig}. Nothing was changed."
        ) from error
    except PoolTimeoutError as error:
        raise LibraryUnavailableError(
            f"The ledger {place(engine)} has more to do than it has connections for. Try again in "
            "a moment."
        ) from error
    except (DBAPIError, sqlite3.Error) as error:
        raise _failure(engine, error) from error


def place(engine: Engine) -> str:
    """Where a database is: its file, or its address without the password."""
    url = engine.url
    address = url.render_as_string(hide_password=True)
    return address if engine.dialect.name == postgres.NAME else url.database or address


def _failure(engine: Engine, error: DBAPIError | sqlite3.Error) -> LibraryError:
    ledger = f"The ledger {place(engine)}"
    reason = str(getattr(error, "orig", error)).strip()
    code = getattr(getattr(error, "orig", None), "sqlstate", None)
    lost = isinstance(error, DBAPIError) and _lost(engine, error)
    if engine.dialect.name == postgres.NAME and postgres.is_gone(code, invalidated=lost):
        return LibraryUnavailableError(
            f"{ledger} cannot be reached: {reason}. Questions and runs go on once it is back; "
            "nothing has to be done here."
        )
    if postgres.is_full(code):
        # What waits goes on by itself once somebody made room.
        return LibraryUnavailableError(f"{ledger} takes no more: {reason}. {_ROOM}")
    if sqlite.FULL in reason or _has_no_room(engine, reason):
        return DiskFullError(f"{ledger} cannot be written: {reason}. {_ROOM}")
    return LibraryDamagedError(f"{ledger} cannot be read or written: {reason}. {_ADVICE}")


def _lost(engine: Engine, error: DBAPIError) -> bool:
    """Whether there is no connection: one that was never made has no code of the server's."""
    if engine.dialect.name != postgres.NAME:
        return False
    unmade = isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) is None
    return error.connection_invalidated or unmade


def _has_no_room(engine: Engine, reason: str) -> bool:
    """Whether SQLite fails for want of room, which it does not say where it maps a file."""
    file = engine.url.database
    if sqlite.FAILED not in reason or not file:
        return False
    try:
        return shutil.disk_usage(Path(file).parent).free < _LEAST_ROOM
    except OSError:
        return False
