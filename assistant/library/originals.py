"""Where original files are kept: a folder, or any place that fsspec reaches."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol

from assistant.errors import ConfigurationError
from assistant.library.files import ORIGINALS, FileStore

CACHE = "fetched"
"""The folder of the data directory for files that were fetched from elsewhere, to be shown."""
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://(.*)", re.DOTALL)


class Originals(Protocol):
    """Original files, named by the sha256 of their bytes.

    Every method raises `LibraryDamagedError` where the place takes or gives nothing, and
    `LibraryUnavailableError` where it cannot be reached.
    """

    @property
    def place(self) -> str:
        """Where they are, for people."""

    @property
    def is_near(self) -> bool:
        """Whether naming every file takes a moment; an object store names a thousand a request."""

    def put(self, data: bytes) -> str:
        """Keeps the bytes and returns their sha256 in hex; what is there already is left alone."""

    def take(self, path: Path, sha256: str) -> None:
        """Keeps a finished file of this content, and may move it away."""

    def renew(self, source: Path, sha256: str) -> bool:
        """Puts a copy of a source in place of a lost file; whether it has this content."""

    def set_aside(self, sha256: str) -> None:
        """Takes a damaged file out of use; it stays beside its place."""

    def path(self, sha256: str) -> Path:
        """A file with these bytes, to be read at once. Raises `DocumentNotFoundError`."""

    def size(self, sha256: str) -> int:
        """How many bytes it has. Raises `DocumentNotFoundError`."""

    def is_whole(self, sha256: str) -> bool:
        """Whether its content is what its name says, read to its end."""

    def names(self) -> Iterator[str]:
        """The sha256 of every file kept, in no order."""

    def drop(self, names: Iterable[str]) -> None:
        """Removes these files; one that is not there is no error."""

    def keep_only(self, names: Collection[str]) -> int:
        """Removes every other file and what unfinished writing left; returns how many."""


def open_originals(home: Path, place: str | None, options: Mapping[str, object]) -> Originals:
    """The original files of a library; in its data directory where no place is named.

    Raises:
        ConfigurationError: the address cannot be used, or what speaks to it is not installed.
        LibraryDamagedError: the folder cannot be made.
        LibraryUnavailableError: the place cannot be reached.
    """
    if place is None:
        return FileStore(home / ORIGINALS)
    address = _ADDRESS.fullmatch(place)
    if address is None:
        return FileStore(Path(place))
    if address[1] == "file":
        return FileStore(Path(address[2]))
    if not address[2].strip("/"):
        raise ConfigurationError(
            f"ATTACHE_FILES names no place in {place!r}. Write it as s3://bucket/folder."
        )
    served = import_module("assistant.library.remote_files")
    opened: Originals = served.open_remote(place, options, home / CACHE)
    return opened
