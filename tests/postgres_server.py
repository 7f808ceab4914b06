"""A real PostgreSQL for the tests: Debian's, in a temporary folder, on a socket in it."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import monotonic, sleep
from typing import Self

import psycopg

from tests.disks import disk

_BINARIES = "/usr/lib/postgresql/*/bin"
_UNPRIVILEGED = ("postgres", "nobody")
# What a test writes need not survive the machine, but the end of the server.
_UNSAFE = ("fsync=off", "full_page_writes=off")
_SMALL = ("shared_buffers=32MB", "max_connections=200", "autovacuum=off", "log_min_messages=fatal")
_TEMPLATE = "migrated"
_PATIENCE_S = 60.0


def binaries() -> Path:
    """The folder of the newest server that is installed."""
    found = sorted(Path("/").glob(f"{_BINARIES[1:]}/initdb"), key=lambda path: int(path.parts[4]))
    assert found, "PostgreSQL is not installed: apt-get install postgresql"
    return found[-1].parent


class PostgresServer:
    """One server. Databases are made of a template, which costs less than migrating each."""

    def __init__(self, folder: Path, listen: str = "", within: Sequence[str] = ()) -> None:
        self._folder = folder
        self._listen = listen
        self._within = within
        self._process: subprocess.Popen[bytes] | None = None
        self._user = _unprivileged()
        if self._user is not None:
            shutil.chown(folder, self._user.pw_uid, self._user.pw_gid)
        self._run("initdb", "-D", str(folder / "data"), "-U", "attache", "--no-sync", "-A", "trust")
        if listen:
            with (folder / "data" / "pg_hba.conf").open("a") as allowed:
                allowed.write("host all all samenet trust\n")

    def start(self) -> Self:
        """Starts it and waits until it answers."""
        options = [
            part
            for one in (
                *_UNSAFE,
                *_SMALL,
                f"listen_addresses={self._listen}",
                f"unix_socket_directories={self._folder}",
            )
            for part in ("-c", one)
        ]
        command = [str(binaries() / "postgres"), "-D", str(self._folder / "data"), *options]
        user, group = self._ids
        if self._within:
            # Who enters another network is root, and becomes the server's user there.
            assert self._user is not None
            ids = (f"--reuid={user}", f"--regid={group}", "--clear-groups")
            command = [*self._within, "setpriv", *ids, *command]
            user = group = None
        self._process = subprocess.Popen(
            command, stderr=subprocess.DEVNULL, user=user, group=group, cwd=self._folder
        )
        until = monotonic() + _PATIENCE_S
        while not self.answers():
            assert monotonic() < until, "PostgreSQL does not start"
            assert self._process.poll() is None, "PostgreSQL ended at once"
            sleep(0.05)
        return self

    def stop(self, *, kill: bool = False) -> None:
        """Stops it as at once as it can, or kills it with all its processes."""
        if self._process is None:
            return
        if kill:
            children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
            pids = [self._process.pid, *map(int, children.read_text().split())]
            for pid in pids:
                os.kill(pid, 9)
        else:
            self._process.send_signal(signal.SIGQUIT)
        self._process.wait(_PATIENCE_S)
        self._process = None

    @property
    def pid(self) -> int:
        """The number of the process that all its others come from."""
        assert self._process is not None
        return self._process.pid

    @property
    def folder(self) -> Path:
        """Where it keeps everything."""
        return self._folder

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return _url(self._folder, database)

    def url_from_afar(self, database_url: str) -> str:
        """The address of the same database over the network that it listens in."""
        name = database_url.partition("?")[0].rpartition("/")[2]
        return f"postgresql://attache@{self._listen}:5432/{name}"

    @property
    def has_ended(self) -> bool:
        """Whether it gave up by itself, as it does where it cannot write its log."""
        return self._process is None or self._process.poll() is not None

    def new_database(self, template: str = "template1") -> str:
        """The address of a new database, as the template is."""
        return new_database_at(self._folder, template)

    def name_template(self, url: str) -> str:
        """Makes a database, which nobody uses, the one others are made of; returns its name."""
        name = url.partition("?")[0].rpartition("/")[2]
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" RENAME TO {_TEMPLATE}'.encode())
        return _TEMPLATE

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(binaries() / program), *arguments]
        user, group = self._ids
        subprocess.run(
            command, check=True, capture_output=True, user=user, group=group, cwd=self._folder
        )

    @property
    def _ids(self) -> tuple[int | None, int | None]:
        return (None, None) if self._user is None else (self._user.pw_uid, self._user.pw_gid)


def new_database_at(folder: Path, template: str = "template1") -> str:
    """The address of a new database on the server in this folder, as the template is."""
    name = f"library_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(_url(folder, "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    return _url(folder, name)


def _url(folder: Path, database: str) -> str:
    return f"postgresql://attache@/{database}?host={folder}"


@contextmanager
def running_postgres(
    listen: str = "", within: Sequence[str] = (), room: str = ""
) -> Iterator[PostgresServer]:
    """A server that runs while inside, and leaves nothing behind.

    It listens at an address as well, may run inside another network, and on a disk of a size.
    """
    # Not in pytest's folders, which no other user may enter; and sockets have short names.
    folder = Path(tempfile.mkdtemp(prefix="attache-pg-"))
    with disk(folder, room) if room else nullcontext():
        server = PostgresServer(folder, listen, within)
        try:
            yield server.start()
        finally:
            server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> pwd.struct_passwd | None:
    """Who runs it where the tests run as root, which the server refuses; None for this user."""
    if os.getuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return next(known[name] for name in _UNPRIVILEGED if name in known)
