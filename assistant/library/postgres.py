"""What a ledger on PostgreSQL needs: its connections, its locks, and what its errors mean.

Everything the processes of one library must do one after the other is ordered by advisory locks
of the database, which the server lets go when a process or its connection ends.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from enum import IntEnum
from importlib.util import find_spec
from socket import gethostname
from threading import Lock

from sqlalchemy import URL, Connection, Engine, TextClause, make_url
from sqlalchemy import text as sql
from sqlalchemy.exc import ArgumentError, DBAPIError

from assistant.errors import ConfigurationError

NAME = "postgresql"
_DRIVER = "postgresql+psycopg"
_SCHEMES = ("postgres", NAME, _DRIVER)
_ADVICE = (
    "ATTACHE_DATABASE_URL is not the address of a PostgreSQL database, such as "
    "postgresql://user:password@host:5432/attache."
)
# Beside the numbers of other programs that use the same database.
_CLASS = int.from_bytes(b"Atta")
_CONNECTING = {
    "connect_timeout": 10,
    # A server that the network lost is noticed within half a minute, not in two hours.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
_TAKE = sql("SELECT pg_advisory_xact_lock(:class, :turn)")
_SHARE = sql("SELECT pg_advisory_xact_lock_shared(:class, :turn)")
_TRY = sql("SELECT pg_try_advisory_lock(:class, :turn)")
_TRY_SHARED = sql("SELECT pg_try_advisory_lock_shared(:class, :turn)")
_LET_GO = sql("SELECT pg_advisory_unlock(:class, :turn)")
_NAME = sql("SELECT set_config('application_name', :name, false)")
_WHO = sql(
    "SELECT application_name, coalesce(host(client_addr), 'this machine') AS place, backend_start"
    " FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE locktype = 'advisory' AND granted AND classid = :class AND objid = :turn"
    " AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND pid <> pg_backend_pid() LIMIT 1"
)
_GONE = ("08", "57P")
"""How the codes of lost connections and of a server that stops or starts begin."""
_BUSY = ("53300", "55P03")
_FULL = "53100"


class Turn(IntEnum):
    """What the processes of a library do one after the other."""

    WRITE = 1
    CHANGE = 2
    LIBRARY = 3
    RUN = 4


def address(url: str) -> URL:
    """The address as the driver takes it.

    Raises:
        ConfigurationError: it is no address of a PostgreSQL database, or the driver is missing.
    """
    try:
        found = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(_ADVICE) from error
    if found.drivername not in _SCHEMES:
        raise ConfigurationError(_ADVICE)
    if find_spec("psycopg") is None:
        raise ConfigurationError(
            "ATTACHE_DATABASE_URL names PostgreSQL, and its driver is not installed. Install the "
            "extra `postgres`, as in `pip install -e '.[postgres]'`."
        )
    return found.set(drivername=_DRIVER)


def options(connections: int) -> dict[str, object]:
    """How the engine connects; `connections` is the most that one process has open."""
    return {
        "pool_size": max(1, connections // 2),
        "max_overflow": connections - max(1, connections // 2),
        # Connections that a restarted server no longer knows are made anew before they are used.
        "pool_pre_ping": True,
        "connect_args": {**_CONNECTING, "application_name": "attache"},
    }


def take(connection: Connection, turn: Turn, *, shared: bool = False) -> None:
    """Waits for a turn, which ends with the transaction; many may share one."""
    connection.execute(_SHARE if shared else _TAKE, _names(turn))


class Hold:
    """Turns that one process has until `close`, until it ends, or until the server restarts.

    For many threads at once. A restarted server has let all turns go; what was shared is taken
    again with the next that is asked for.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._guard = Lock()
        self._shared: set[Turn] = set()
        self._connection: Connection | None = None

    def take(self, turn: Turn) -> bool:
        """Whether it was free; from then on this process alone has it."""
        return bool(self._ask(_TRY, turn))

    def share(self, turn: Turn) -> bool:
        """Whether it was free or shared; from then on this process is one of those that share."""
        found = bool(self._ask(_TRY_SHARED, turn))
        if found:
            self._shared.add(turn)
        return found

    def let_go(self, turn: Turn) -> None:
        """Ends a turn that this process alone has."""
        self._ask(_LET_GO, turn)

    def who(self, turn: Turn) -> str:
        """Who else has a turn: the name of a connection, where from, and since when."""
        with self._guard:
            row = self._opened().execute(_WHO, _names(turn)).one_or_none()
        if row is None:
            return "another process"
        return f"{row.application_name} (from {row.place}, since {row.backend_start:%F %T %Z})"

    def close(self) -> None:
        """Lets every turn go."""
        with self._guard:
            self._drop()

    def _ask(self, statement: TextClause, turn: Turn) -> object:
        with self._guard:
            try:
                return self._opened().scalar(statement, _names(turn))
            except DBAPIError:
                self._drop()
            return self._opened().scalar(statement, _names(turn))

    def _opened(self) -> Connection:
        if self._connection is None:
            # One of its own: those of the pool are closed when they are too many.
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._connection = connection
            named = f"attache {os.getpid()} on {gethostname()}"
            connection.execute(_NAME, {"name": named[:63]})
            for turn in self._shared:
                connection.execute(_TRY_SHARED, _names(turn))
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            # Not back to the pool: the next user would have its name and its turns.
            with suppress(DBAPIError):
                self._connection.invalidate()
            self._connection.close()
            self._connection = None


def now(connection: Connection) -> datetime:
    """The server's time: the one clock that all processes of a library share."""
    found: datetime | None = connection.scalar(sql("SELECT clock_timestamp()"))
    assert found is not None
    return found


def is_gone(code: str | None, *, invalidated: bool) -> bool:
    """Whether an error says that the server is away or has no room for one more connection."""
    if code is None:
        return invalidated
    return invalidated or code.startswith(_GONE) or code in _BUSY


def is_full(code: str | None) -> bool:
    """Whether an error says that the disk of the server is full."""
    return code == _FULL


def _names(turn: Turn) -> Mapping[str, int]:
    return {"class": _CLASS, "turn": int(turn)}
