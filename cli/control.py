"""The server that holds the data directory, found and told what to do by other commands.

A running server writes its address and a token into the data directory, for its own user alone.
A command that cannot hold the directory sends its work there instead of failing.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic, sleep

from pydantic import JsonValue

from assistant.errors import LibraryDamagedError, LibraryInUseError
from assistant.library.lock import SERVING, DirectoryLock, hold, holder_of
from cli.importing import heavy_imports

SERVER_FILE = "server.json"
_BEGINNING_S = 20.0
_LOOK_S = 0.2
Told = Callable[[str, int, int], None]
"""Told what is being done, and how many of how many are done; 0 in all where that is not known."""
Grown = Callable[[str], None]
"""Given the next piece of an answer's text."""


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server of this user: its address, and the token that its operator's requests carry."""

    url: str
    token: str = field(repr=False)
    pid: int

    def call(
        self,
        method: str,
        path: str,
        body: JsonValue = None,
        told: Told | None = None,
        grown: Grown | None = None,
    ) -> JsonValue:
        """What the server answers; where it streams, the last event.

        Before that, progress is `told`, and an answer has `grown` by each piece of its text.

        Raises:
            AssistantError: it refused or failed; the message is its own.
            LibraryInUseError: it does not answer.
        """
        # HTTP takes a while to import, and most commands never need it.
        with heavy_imports():
            from cli.calling import send  # noqa: PLC0415

        return send(self.url, self.token, method, path, body, told, grown)

    def is_alive(self) -> bool:
        """Whether it still answers."""
        with heavy_imports():
            from cli.calling import is_alive  # noqa: PLC0415

        return is_alive(self.url)


@contextmanager
def announced(home: Path, url: str, token: str) -> Iterator[None]:
    """While inside, other commands of this user find the server of this process.

    Raises:
        LibraryDamagedError: the data directory cannot be written.
    """
    place = home / SERVER_FILE
    try:
        _write(place, RunningServer(url, token, os.getpid()))
    except OSError as error:
        raise LibraryDamagedError(
            f"{place} cannot be written: {error.strerror or error}. "
            "Make room on the disk or the folder writable, or choose another ATTACHE_HOME."
        ) from error
    try:
        yield
    finally:
        place.unlink(missing_ok=True)


def new_token() -> str:
    """A token that cannot be guessed."""
    return secrets.token_urlsafe(32)


def running_server(home: Path) -> RunningServer | None:
    """The server that holds the data directory; None where nobody does, or another command."""
    holder = holder_of(home)
    try:
        server = RunningServer(**json.loads((home / SERVER_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    # A server that was killed leaves its file; whoever holds the directory now is another.
    return server if holder is not None and holder.pid == server.pid else None


def hold_or_find(home: Path, purpose: str) -> DirectoryLock | RunningServer:
    """The data directory held by this process, or the server that holds it.

    A server that has just begun holds it before it can be found, and is waited for.

    Raises:
        LibraryInUseError: another command holds it, or a server does that is not found.
        LibraryDamagedError: the directory cannot be created or written.
    """
    deadline = monotonic() + _BEGINNING_S
    while True:
        try:
            return hold(home, purpose)
        except LibraryInUseError:
            server = running_server(home)
            if server is not None:
                return server
            if monotonic() > deadline or not _is_beginning(home):
                raise
        sleep(_LOOK_S)


def _is_beginning(home: Path) -> bool:
    """Whether a server holds the directory, which has not said then where it is."""
    holder = holder_of(home)
    return holder is not None and holder.purpose.startswith(SERVING)


def call(home: Path, method: str, path: str, body: JsonValue = None) -> JsonValue:
    """What the server of this data directory answers. Raises what `RunningServer.call` does."""
    server = running_server(home)
    if server is None:
        raise LibraryInUseError(
            f"No server of this user holds {home}. Run the command again; if another command is at "
            "work there, wait for its end."
        )
    return server.call(method, path, body)


def _write(place: Path, server: RunningServer) -> None:
    """Writes beside it first, so that nobody reads a half; the token is this user's alone."""
    unfinished = place.with_name(f".{SERVER_FILE}.{server.pid}")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(server), file)
        unfinished.replace(place)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
