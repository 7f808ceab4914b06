"""Original files, named by their content."""

import errno
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import DocumentNotFoundError, LibraryError, unwritten

ORIGINALS = "originals"
"""The folder of the data directory where they are kept."""

NAME = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".unfinished-"


class FileStore:
    """Original files under one folder, in sub-folders by the first two digits of their name."""

    is_near = True

    def __init__(self, root: Path) -> None:
        self._root = root
        self.place = str(root)
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(root, error) from error

    def put(self, data: bytes) -> str:
        """Keeps the bytes and returns their sha256 in hex; what is there already is left alone.

        Raises:
            LibraryDamagedError: the folder cannot be written.
            LibraryUnavailableError: the disk is full.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        target = self._place(sha256)
        if target.is_file():
            return sha256
        try:
            target.parent.mkdir(exist_ok=True)
            self._write(target, data)
        except OSError as error:
            raise _unwritable(self._root, error) from error
        return sha256

    def take(self, path: Path, sha256: str) -> None:
        """Moves a finished file of this content here; what is there already is left alone.

        Raises:
            LibraryError: the folder cannot be written.
        """
        target = self._place(sha256)
        if target.is_file():
            return
        try:
            target.parent.mkdir(exist_ok=True)
            with path.open("rb") as file:
                os.fsync(file.fileno())
            self._moved(path, target)
        except OSError as error:
            raise _unwritable(self._root, error) from error

    def renew(self, source: Path, sha256: str) -> bool:
        """Puts a copy of a source in place of a file that is lost or damaged.

        Returns whether the source still had this content as it was copied.

        Raises:
            LibraryError: the folder cannot be written.
        """
        target = self._place(sha256)
        try:
            target.parent.mkdir(exist_ok=True)
            with self._unfinished() as unfinished:
                shutil.copyfile(source, unfinished)
                if sha256_of(unfinished) != sha256:
                    return False
                unfinished.replace(target)
        except OSError as error:
            raise _unwritable(self._root, error) from error
        return True

    def set_aside(self, sha256: str) -> None:
        """Takes a damaged file out of use; it stays beside its place, for who may need its rest.

        Raises:
            LibraryError: the folder cannot be written.
        """
        place = self._place(sha256)
        try:
            place.replace(place.with_name(f"{sha256}.damaged"))
        except OSError as error:
            raise _unwritable(self._root, error) from error

    def path(self, sha256: str) -> Path:
        """Where the bytes of this name are. Raises `DocumentNotFoundError` where there are none."""
        # The name may come from an address: anything but a hash could lead out of the folder.
        if NAME.fullmatch(sha256) and (path := self._place(sha256)).is_file():
            return path
        raise missing(sha256)

    def size(self, sha256: str) -> int:
        """How many bytes it has. Raises `DocumentNotFoundError`."""
        return self.path(sha256).stat().st_size

    def is_whole(self, sha256: str) -> bool:
        """Whether its content is what its name says. Raises `DocumentNotFoundError`."""
        return sha256_of(self.path(sha256)) == sha256

    def names(self) -> Iterator[str]:
        """The sha256 of every file kept, in no order."""
        for path in self._root.glob("??/*"):
            if NAME.fullmatch(path.name):
                yield path.name

    def drop(self, names: Iterable[str]) -> None:
        """Removes these files; one that is not there is no error.

        Raises:
            LibraryError: a file cannot be removed.
        """
        try:
            for name in names:
                self._place(name).unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self._root, error) from error

    def keep_only(self, names: Collection[str]) -> int:
        """Removes every other file and what unfinished writing left; returns how many.

        Raises:
            LibraryError: a file cannot be removed.
        """
        doomed = [self._place(name) for name in self.names() if name not in names]
        doomed.extend(self._root.glob(f"{_UNFINISHED}*"))
        try:
            for path in doomed:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self._root, error) from error
        return len(doomed)

    def _moved(self, path: Path, target: Path) -> None:
        try:
            path.replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # Another disk: written beside its name first, as everything is.
            self._write(target, path.read_bytes())
            path.unlink()

    def _place(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256

    def _write(self, target: Path, data: bytes) -> None:
        """Writes beside the target first: a file under its own name is always whole."""
        with self._unfinished() as unfinished:
            with unfinished.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)

    @contextmanager
    def _unfinished(self) -> Iterator[Path]:
        """A file to write to first, gone afterwards unless it got its own name."""
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self._root)
        os.close(handle)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """The sha256 of a file, in hex. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def missing(sha256: str) -> DocumentNotFoundError:
    """The error for a name under which nothing is kept."""
    return DocumentNotFoundError(
        f"No original file is kept under {sha256[:64]!r}. Ingest its source again."
    )


def _unwritable(root: Path, error: OSError) -> LibraryError:
    return unwritten(
        f"Original files cannot be written to {root}: {error.strerror or error}. "
        "Make room on the disk or the folder writable, or choose another ATTACHE_HOME or "
        "ATTACHE_FILES.",
        error,
    )
