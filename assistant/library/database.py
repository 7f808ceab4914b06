"""The SQL database under the ledger: connections, transactions, and what its errors mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from threading import Lock

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    inspect,
    make_url,
)
from sqlalchemy import text as sql
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.errors import LibraryDamagedError, LibraryError, LibraryUnavailableError
from assistant.library import guests, postgres
from assistant.library.postgres import Turn
from assistant.library.schema import REVISION

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers never wait for an ingest that writes
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA cache_size=-16000",
)
CONNECTIONS = 24
"""The most connections one process has open to a database server."""
_WRITES = "attache_writes"
_ROOM = "Make room on its disk, then try again. What was written before stays."
_FULL = "database or disk is full"  # SQLite's words, for a disk without room and nothing else


class Database:
    """Connections to one SQL database, for many threads at once."""

    def __init__(self, url: str | URL, connections: int = CONNECTIONS) -> None:
        self._reader: Engine
        self.on_server = make_url(url).get_backend_name() == postgres.NAME
        if self.on_server:
            # Else an error, which is logged, would tell what was written: questions too.
            self._engine = create_engine(url, hide_parameters=True, **postgres.options(connections))
            self._reader = self._engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        else:
            self._engine = create_engine(url, pool_size=8, max_overflow=64, hide_parameters=True)
            event.listen(self._engine, "connect", _prepare)
            event.listen(self._engine, "begin", _begin)
            self._reader = self._engine
        self.turns = postgres.Hold(self._engine) if self.on_server else None
        self._writer = self._engine.execution_options(**{_WRITES: True})
        self._watch = _Watch(self._engine.url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout."""
        with _translated(self._engine), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection inside one transaction, committed at the end and undone by an error.

        Writers take turns, on a server those of all its processes.
        """
        with _translated(self._engine), self._writer.begin() as connection:
            if self.on_server:
                postgres.take(connection, Turn.WRITE)
            yield connection

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """As `read`, while no process is inside `changing`; each statement sees the newest."""
        with _translated(self._engine), self._engine.connect() as connection:
            if self.on_server:
                postgres.take(connection, Turn.CHANGE, shared=True)
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """As `write`, for what changes which versions stand."""
        with self.write() as connection:
            if self.on_server:
                postgres.take(connection, Turn.CHANGE)
            yield connection

    def now(self, connection: Connection) -> datetime:
        """The time by the clock that all processes of the library share."""
        return postgres.now(connection) if self.on_server else datetime.now(UTC)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Has what goes wrong with the database inside it said as errors of the library."""
        with _translated(self._engine):
            yield

    @property
    def place(self) -> str:
        """Where the database is, without its password."""
        url = self._engine.url
        return url.render_as_string(hide_password=True) if self.on_server else str(url.database)

    @contextmanager
    def erase(self) -> Iterator[Connection]:
        """As `write`, for what must not stay readable in the files of the database.

        SQLite leaves what is deleted in its pages and in its log, until it needs the room.
        """
        with self.write() as connection:
            sqlite = not self.on_server
            if sqlite:
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            yield connection
            if sqlite:
                connection.exec_driver_sql("PRAGMA secure_delete=OFF")
        if sqlite:
            with _translated(self._engine), self._engine.connect() as connection:
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("BEGIN")

    def written(self) -> int | None:
        """A number that is another one after each write, whoever writes; None where none tells."""
        with _translated(self._engine):
            return self._watch.written()

    def migrate(self) -> None:
        """Brings the tables to this program's revision.

        Raises:
            LibraryDamagedError: the database cannot be opened, or a newer program wrote it.
        """
        with self.read() as connection:
            if _revision(connection) == REVISION:
                return
        # Loading the migrations costs more than opening the ledger, and is needed once.
        migrations = import_module("assistant.library.migrate")
        with self.write() as connection:
            migrations.upgrade(connection)

    def require_present(self) -> None:
        """Passes where the tables are those of this program; nothing is changed.

        Raises:
            LibraryDamagedError: they are of another revision, or cannot be read.
        """
        with self.read() as connection:
            if _revision(connection) != REVISION:
                raise LibraryDamagedError(
                    f"{_place(self._engine)} is of another version of the program. Open it once "
                    "with this one, as by `attache documents list`, which brings it up to date."
                )

    def ensure(self, prefix: str, table: str, statements: str) -> bool:
        """Has the tables of another program be those of its version; whether they were others.

        As `guests.settle`; only for a database on a server.
        """
        with self.write() as connection:
            return guests.settle(connection, prefix, table, statements)

    def shrink(self) -> None:
        """Gives unused room back to the disk, where the database keeps it."""
        if self.on_server:
            with _translated(self._engine), self._engine.connect() as connection:
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                alone.exec_driver_sql("VACUUM (ANALYZE)")
            return
        with _translated(self._engine):
            raw = self._engine.raw_connection()
            try:
                # Outside any transaction, which SQLAlchemy would begin.
                cursor = raw.cursor()
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.close()
            finally:
                raw.close()

    def close(self) -> None:
        """Closes every connection, and with them lets go of what is held."""
        if self.turns is not None:
            self.turns.close()
        self._watch.close()
        self._engine.dispose()


class _Watch:
    """Asks SQLite whether the file was written: far quicker than asking what is in it."""

    def __init__(self, url: URL) -> None:
        is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
        self._file = url.database if is_file else None
        self._guard = Lock()
        self._connection: sqlite3.Connection | None = None

    def written(self) -> int | None:
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
        with self._guard:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Hands transactions to SQLAlchemy: sqlite3 by itself would begin them too late."""
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    """Takes the write lock at once where a write will follow: a read cannot turn into one."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sql("SELECT version_num FROM alembic_version"))
    return found


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise LibraryError(
            f"The ledger refused what was to be written: {error.orig}. Nothing was changed."
        ) from error
    except PoolTimeoutError as error:
        raise LibraryUnavailableError(
            f"{_place(engine)} has more to do than it has connections for. Try again in a moment."
        ) from error
    except (DBAPIError, sqlite3.Error) as error:
        raise _failure(engine, error) from error


def _failure(engine: Engine, error: DBAPIError | sqlite3.Error) -> LibraryError:
    reason = str(getattr(error, "orig", error)).strip()
    code = getattr(getattr(error, "orig", None), "sqlstate", None)
    lost = isinstance(error, DBAPIError) and _lost(engine, error)
    if engine.dialect.name == postgres.NAME and postgres.is_gone(code, invalidated=lost):
        return LibraryUnavailableError(
            f"{_place(engine)} cannot be reached: {reason}. Questions and runs go on once it is "
            "back; nothing has to be done here."
        )
    if postgres.is_full(code):
        # What waits goes on by itself once somebody made room.
        return LibraryUnavailableError(f"{_place(engine)} takes no more: {reason}. {_ROOM}")
    return LibraryDamagedError(
        f"{_place(engine)} cannot be read or written: {reason}. {_advice(reason)}"
    )


def _lost(engine: Engine, error: DBAPIError) -> bool:
    """Whether there is no connection: one that was never made has no code of the server's."""
    if engine.dialect.name != postgres.NAME:
        return False
    unmade = isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) is None
    return error.connection_invalidated or unmade


def _place(engine: Engine) -> str:
    url = engine.url
    if engine.dialect.name != postgres.NAME:
        return f"The ledger {url.database or url.render_as_string(hide_password=True)}"
    return f"The ledger {url.render_as_string(hide_password=True)}"


def _advice(reason: str) -> str:
    if _FULL in reason:
        return _ROOM
    return (
        "Check that the disk has room and the file is readable and writable; if the file is "
        "damaged, restore a backup with `attache restore FILE --replace`, or ingest again into "
        "another ATTACHE_HOME."
    )
