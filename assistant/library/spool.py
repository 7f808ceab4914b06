"""A folder for what is on its way into the library; what a crash left in it goes at the start."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assistant.errors import LibraryError, SourceTooLargeError, SourceUnreadableError, unwritten

BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Spooled:
    """A source's bytes as copied: they cannot change any more while they are read."""

    path: Path
    sha256: str
    size: int


class Spool:
    """Rooms for sources on their way in, under one folder of the data directory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def clear(self) -> None:
        """Removes everything: only when nobody is at work in it."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def room(self) -> Iterator[Path]:
        """An empty folder, gone afterwards with all that was put there.

        Raises:
            LibraryDamagedError: the folder cannot be made.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            room = Path(tempfile.mkdtemp(dir=self._folder))
        except OSError as error:
            raise unwritable(self._folder, error) from error
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)


def copy(file: BinaryIO, target: Path, most: int) -> Spooled:
    """Copies a file and names it by its content.

    Raises:
        SourceTooLargeError: it has more than `most` bytes.
        SourceUnreadableError: it cannot be read any further.
        LibraryDamagedError: the copy cannot be written, as on a full disk.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with target.open("wb") as out:
            while block := _block(file):
                size += len(block)
                if size > most:
                    raise SourceTooLargeError(too_large(size, most))
                digest.update(block)
                out.write(block)
    except OSError as error:
        raise unwritable(target.parent, error) from error
    return Spooled(target, digest.hexdigest(), size)


def too_large(size: int, most: int) -> str:
    """What is wrong with a source of so many bytes, and what to do."""
    return (
        f"has {size / BLOCK:.1f} MB or more, and {most / BLOCK:.0f} MB are allowed. "
        "Split it, or raise ATTACHE_MAX_UPLOAD_MB."
    )


def unwritable(folder: Path, error: OSError) -> LibraryError:
    """The error for a data directory that takes no more."""
    return unwritten(
        f"{folder} cannot be written: {error.strerror or error}. "
        "Make room on the disk or the folder writable, or choose another ATTACHE_HOME.",
        error,
    )


def _block(file: BinaryIO) -> bytes:
    try:
        return file.read(BLOCK)
    except OSError as error:
        raise SourceUnreadableError(
            f"cannot be read to its end: {error.strerror or error}. Check the file and the disk."
        ) from error
