"""The SQL database under the ledger: connections and transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module

from sqlalchemy import URL, Connection, Engine, create_engine, inspect, make_url
from sqlalchemy import text as sql

from assistant.errors import LibraryDamagedError
from assistant.library import guests, postgres, sqlite
from assistant.library.database_errors import place, translated
from assistant.library.postgres import Turn
from assistant.library.schema import REVISION

CONNECTIONS = 24
"""The most connections one process has open to a database server."""


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
            self._engine = sqlite.engine(url)
            self._reader = self._engine
        self.turns = postgres.Hold(self._engine) if self.on_server else None
        self._writer = self._engine.execution_options(**{sqlite.WRITES: True})
        self._watch = sqlite.Watch(self._engine.url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout."""
        with translated(self._engine), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection inside one transaction, committed at the end and undone by an error.

        Writers take turns, on a server those of all its processes.
        """
        with translated(self._engine), self._writer.begin() as connection:
            if self.on_server:
                postgres.take(connection, Turn.WRITE)
            yield connection

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """As `read`, while no process is inside `changing`; each statement sees the newest."""
        with translated(self._engine), self._engine.connect() as connection:
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
        with translated(self._engine):
            yield

    @property
    def place(self) -> str:
        """Where the database is, without its password."""
        return place(self._engine)

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
            with translated(self._engine), self._engine.connect() as connection:
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("BEGIN")

    def written(self) -> int | None:
        """A number that is another one after each write, whoever writes; None where none tells."""
        with translated(self._engine):
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
                    f"The ledger {self.place} is of another version of the program. Open it once "
                    "with this one, as by `attache documents list`, which brings it up to date."
                )

    def require_room(self) -> None:
        """Passes where the database takes what is written: a file's first page, as it is.

        Raises:
            DiskFullError: there is no room.
            LibraryError: it cannot be written.
        """
        with self.write() as connection:
            if not self.on_server:
                kept = connection.exec_driver_sql("PRAGMA user_version").scalar()
                connection.exec_driver_sql(f"PRAGMA user_version = {kept}")

    def ensure(self, prefix: str, table: str, statements: str) -> bool:
        """Has the tables of another program be those of its version; whether they were others.

        As `guests.settle`; only for a database on a server.
        """
        with self.write() as connection:
            return guests.settle(connection, prefix, table, statements)

    def shrink(self) -> None:
        """Gives unused room back to the disk, where the database keeps it."""
        if self.on_server:
            with translated(self._engine), self._engine.connect() as connection:
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                alone.exec_driver_sql("VACUUM (ANALYZE)")
            return
        with translated(self._engine):
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


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sql("SELECT version_num FROM alembic_version"))
    return found
