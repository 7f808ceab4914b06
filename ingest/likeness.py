"""Whether a source is what it was: told from its size, its times and its content."""

import hashlib
from collections.abc import Iterator

from assistant.errors import SourceUnreadableError
from assistant.types import Look
from ingest.loaders.version import LOADER_VERSION
from ingest.sources import Source

_HOLDERS = (".zip", ".gz", ".mbox", ".eml", ".json", ".jsonl", ".ndjson")
"""Files that may hold several documents: each of these is opened, also where two are the same."""


class Hashes:
    """The hashes of sources by their content, each of which is read once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def sha256(self, source: Source) -> str:
        """The hash of its content. Raises `SourceUnreadableError`."""
        if source.uri not in self._known:
            digest = hashlib.sha256()
            for block in _blocks(source):
                digest.update(block)
            self._known[source.uri] = digest.hexdigest()
        return self._known[source.uri]

    def sha256_or_none(self, source: Source) -> str | None:
        """The same; None where it cannot be read."""
        try:
            return self.sha256(source)
        except SourceUnreadableError:
            return None

    def look(self, source: Source) -> Look:
        """How it looks now. Raises `SourceUnreadableError`."""
        return Look(
            self.sha256(source), source.size, source.mtime_ns, source.ctime_ns, LOADER_VERSION
        )


def may_be_copied(source: Source) -> bool:
    """Whether it is a file that holds no other documents, as far as its name tells."""
    return not source.is_remote and not source.name.lower().endswith(_HOLDERS)


def looks_same(source: Source, look: Look) -> bool:
    """Whether a file has the size and times it had; bytes that were sent have no time to tell."""
    if source.data is not None or source.is_remote or look.loader != LOADER_VERSION:
        return False
    # The time of the status tells of an edit whose author set the other time back.
    times = (look.mtime_ns, look.ctime_ns or source.ctime_ns)
    return (look.size, *times) == (source.size, source.mtime_ns, source.ctime_ns)


def _blocks(source: Source) -> Iterator[bytes]:
    if source.path is None:
        yield source.read()
        return
    try:
        with source.path.open("rb") as file:
            while block := file.read(1024 * 1024):
                yield block
    except OSError as error:
        raise SourceUnreadableError(
            f"cannot be read: {error.strerror or error}. Check the file and the disk."
        ) from error
