"""Sources on their way to being documents: copied, then read by other processes."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from assistant.errors import SourceTooLargeError, SourceUnreadableError
from assistant.library.spool import Spool, copy, too_large
from assistant.types import Look
from ingest.limits import Limits
from ingest.loaders.version import LOADER_VERSION
from ingest.parsed import Parsed
from ingest.refusals import out_of_room, too_many_members
from ingest.sources import Source, advice
from ingest.web.fetch import Fetcher


class Parser(Protocol):
    """Reads files in other processes."""

    def parse(self, path: Path, name: str, room: Path, depth: int = 0) -> Future[Parsed]:
        """The document or documents in a file; fails with an `IngestError`."""


class Room:
    """A folder for one outermost source and all that lies in it, kept until all let go of it."""

    def __init__(self, spool: Spool, limits: Limits) -> None:
        self._closing = ExitStack()
        self._path = self._closing.enter_context(spool.room())
        self._limits = limits
        self._holders = 0
        self._folders = 0
        self._members = 0
        self._unpacked = 0

    def hold(self) -> None:
        """One more source needs the room."""
        self._holders += 1

    def folder(self) -> Path:
        """A new, empty folder in it."""
        self._folders += 1
        folder = self._path / str(self._folders)
        folder.mkdir()
        return folder

    def take(self, sizes: Sequence[int]) -> None:
        """Counts members that were unpacked into it, however deep they lay.

        Raises:
            SourceLimitError: with them, one source would hold more in all than it may; they are not
                counted.
        """
        unpacked, members = self._unpacked + sum(sizes), self._members + len(sizes)
        if unpacked > self._limits.unpacked:
            raise out_of_room(self._limits)
        if members > self._limits.members:
            raise too_many_members(self._limits)
        self._unpacked, self._members = unpacked, members

    def leave(self) -> None:
        """One source needs it no more; after the last one it is gone."""
        self._holders -= 1
        if self._holders == 0:
            self._closing.close()


@dataclass(frozen=True, slots=True)
class Copied:
    """A source whose bytes lie still, at `path`; `folder` is empty, for what it holds."""

    source: Source
    look: Look
    path: Path
    folder: Path


class Copier:
    """Brings the bytes of sources into rooms of the data directory."""

    def __init__(
        self, spool: Spool, fetcher: Fetcher, max_bytes: int, limits: Limits | None = None
    ) -> None:
        self._spool = spool
        self._limits = limits or Limits()
        self._fetcher = fetcher
        self._max_bytes = max_bytes

    def room(self) -> Room:
        """A room for one more source. Raises `LibraryDamagedError`."""
        return Room(self._spool, self._limits)

    def copy(self, source: Source, room: Room, known: Look | None) -> Copied | None:
        """The source's bytes as they are now; None where a server says they are what is `known`.

        Raises:
            IngestError: the source is too large, gone, or cannot be read or fetched.
            LibraryDamagedError: the data directory takes no more.
        """
        if source.is_remote:
            return self._fetched(source, room, known)
        if source.size > self._max_bytes:
            raise SourceTooLargeError(too_large(source.size, self._max_bytes))
        folder = room.folder()
        if source.container_uri is not None:
            return self._unpacked(source, folder)
        with opened(source) as (file, look):
            spooled = copy(file, room.folder() / "source", self._max_bytes)
        look = replace(look, sha256=spooled.sha256, size=spooled.size)
        return Copied(source, look, spooled.path, folder)

    def _unpacked(self, source: Source, folder: Path) -> Copied:
        """A member, which lies in its container's room already."""
        assert source.path is not None  # members are unpacked to files
        look = Look(_sha256(source.path), source.size, 0, 0, LOADER_VERSION)
        return Copied(source, look, source.path, folder)

    def _fetched(self, source: Source, room: Room, known: Look | None) -> Copied | None:
        fetched = self._fetcher.fetch(
            source.uri,
            room.folder(),
            etag=known.etag if known else None,
            last_modified=known.last_modified if known else None,
        )
        if fetched is None:
            return None
        look = Look(
            _sha256(fetched.path),
            fetched.path.stat().st_size,
            0,
            0,
            LOADER_VERSION,
            fetched.etag,
            fetched.last_modified,
        )
        named = replace(source, name=fetched.file_name, size=look.size)
        return Copied(named, look, fetched.path, room.folder())


@contextmanager
def opened(source: Source) -> Iterator[tuple[BinaryIO, Look]]:
    """A file's or a sent source's bytes, and how it looks but for them.

    The times are those before reading: who writes meanwhile is noticed the next time.

    Raises:
        SourceUnreadableError: it is gone or may not be read.
    """
    with _opened(source) as file:
        before = os.fstat(file.fileno()) if source.path is not None else None
        yield (
            file,
            Look(
                "",
                source.size,
                before.st_mtime_ns if before and source.mtime_ns else source.mtime_ns,
                before.st_ctime_ns if before and source.ctime_ns else source.ctime_ns,
                LOADER_VERSION,
            ),
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _opened(source: Source) -> BinaryIO:
    if source.data is not None:
        return BytesIO(source.data)
    if source.path is None:
        raise SourceUnreadableError("has neither a file nor bytes. Send it again.")
    try:
        return source.path.open("rb")
    except OSError as error:
        raise SourceUnreadableError(advice(error)) from error
