"""SQLite under the ledger: how a connection is prepared, and how it tells that a file changed."""

import sqlite3
from threading import Lock

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

NAME = "sqlite"
FULL = "database or disk is full"
"""SQLite's words, for a disk without room and nothing else."""
FAILED = "disk I/O error"
"""Its words for whatever a disk does not do."""
WRITES = "attache_writes"
"""The option of a connection that says that a write will follow."""
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers never wait for an ingest that writes
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA cache_size=-16000",
)


def engine(url: str | URL) -> Engine:
    """An engine for a file, whose connections begin their transactions when they are told to."""
    # Else an error, which is logged, would tell what was written: questions too.
    made = create_engine(url, pool_size=8, max_overflow=64, hide_parameters=True)
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Hands transactions to SQLAlchemy: sqlite3 by itself would begin them too late."""
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    """Takes the write lock at once where a write will follow: a read cannot turn into one."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Watch:
    """Asks SQLite whether the file was written: far quicker than asking what is in it."""

    def __init__(self, url: URL) -> None:
        is_file = url.get_backend_name() == NAME and url.database not in (None, "", ":memory:")
        self._file = url.database if is_file else None
        self._guard = Lock()
        self._connection: sqlite3.Connection | None = None

    def written(self) -> int | None:
        """A number that is another one after each write; None where there is no file to ask."""
        if self._file is None:
            return None
        with self._guard:
            if self._connection is None:
                # It tells of what other connections wrote, so it is one of its own.
                self._connection = sqlite3.connect(
                    self._file, isolation_level=None, check_same_thread=False
                )
            row: tuple[int] = self._connection.execute("PRAGMA data_version").fetchone()
            return row[0]

    def close(self) -> None:
        """Closes the connection that is asked, if there is one."""
        with self._guard:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
