"""Original files in an object store, or in any other place that fsspec reaches."""

import hashlib
import logging
import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import fsspec
from fsspec import AbstractFileSystem

from assistant.errors import (
    AssistantError,
    ConfigurationError,
    LibraryDamagedError,
    LibraryUnavailableError,
)
from assistant.library.files import NAME, missing, sha256_of

logger = logging.getLogger(__name__)

_BLOCK = 1024 * 1024
_UNFINISHED = ".unfinished-"
_WHOLE_AT_ONCE = ("s3", "s3a", "gs", "gcs", "abfs", "az", "memory")
"""Places where a file appears when all of it is there, and renaming copies it."""
_WAITING = {"connect_timeout": 5, "read_timeout": 30, "retries": {"max_attempts": 4}}
_CACHED_BYTES = 1024 * _BLOCK
_IN_USE_S = 600.0
"""A fetched file that was asked for so lately may be being read."""


def open_remote(place: str, options: Mapping[str, object], cache: Path) -> "RemoteFiles":
    """The files at an address such as `s3://bucket/folder`.

    Raises:
        ConfigurationError: what speaks to such a place is not installed, or an option is none.
        LibraryUnavailableError: it cannot be reached.
    """
    files, root = opened_place(place, options)
    return RemoteFiles(files, root, place, cache)


def opened_place(place: str, options: Mapping[str, object]) -> tuple[AbstractFileSystem, str]:
    """What speaks to an address, and the folder it names there; a path is an address too.

    Raises:
        ConfigurationError: what speaks to such a place is not installed, or an option is none.
    """
    scheme = place.partition("://")[0]
    with_waiting = {"config_kwargs": _WAITING, **options} if scheme in ("s3", "s3a") else options
    try:
        files, root = fsspec.core.url_to_fs(place, use_listings_cache=False, **with_waiting)
    except ImportError as error:
        raise ConfigurationError(
            f"ATTACHE_FILES names {scheme}://, and what speaks to it is not installed: {error}. "
            "For s3:// install the extra `s3`, as in `pip install -e '.[s3]'`."
        ) from error
    except (ValueError, TypeError) as error:
        raise ConfigurationError(
            f"ATTACHE_FILES or ATTACHE_FILES_OPTIONS cannot be used: {error}."
        ) from error
    return files, root.rstrip("/")


class RemoteFiles:
    """Files at an address, in folders by the first two digits of their name."""

    is_near = False

    def __init__(self, files: AbstractFileSystem, root: str, place: str, cache: Path) -> None:
        self._files = files
        self._root = root
        self.place = place
        self._cache = cache
        self._at_once = place.partition("://")[0] in _WHOLE_AT_ONCE
        with self._translated():
            # Says at the start that the place is wrong or closed, and not with the first upload.
            if self._at_once:
                self._files.ls(self._root.partition("/")[0])
            else:
                self._files.makedirs(self._root, exist_ok=True)

    def put(self, data: bytes) -> str:
        """Keeps the bytes and returns their sha256 in hex; what is there already is left alone."""
        sha256 = hashlib.sha256(data).hexdigest()
        with self._translated():
            if not self._files.exists(self._at(sha256)):
                self._files.makedirs(self._parent(sha256), exist_ok=True)
                self._files.pipe_file(self._at(sha256), data)
        return sha256

    def take(self, path: Path, sha256: str) -> None:
        """Copies a finished file of this content there; what is there already is left alone."""
        with self._translated():
            if not self._files.exists(self._at(sha256)):
                self._send(path, sha256)

    def renew(self, source: Path, sha256: str) -> bool:
        """Sends a source in place of a file that is lost; whether it has this content."""
        if sha256_of(source) != sha256:
            return False
        with self._translated():
            self._send(source, sha256)
        return True

    def set_aside(self, sha256: str) -> None:
        """Takes a damaged file out of use; it stays beside its place."""
        with self._translated():
            self._files.mv(self._at(sha256), f"{self._at(sha256)}.damaged")
        self._fetched(sha256).unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """A fetched copy, whose content is compared with its name.

        Raises:
            DocumentNotFoundError: there is none of this name.
            LibraryDamagedError: it is not what its name says.
        """
        if not NAME.fullmatch(sha256):
            raise missing(sha256)
        kept = self._fetched(sha256)
        if kept.is_file():
            kept.touch()
            return kept
        unfinished = kept.with_name(f"{_UNFINISHED}{uuid.uuid4().hex}")
        try:
            with self._translated(sha256):
                self._cache.mkdir(parents=True, exist_ok=True)
                self._files.get_file(self._at(sha256), str(unfinished))
            if sha256_of(unfinished) != sha256:
                raise LibraryDamagedError(
                    f"{self._at(sha256)} is not what was kept there. `attache doctor --deep "
                    "--repair` takes it from its source again."
                )
            unfinished.replace(kept)
        finally:
            unfinished.unlink(missing_ok=True)
        self._make_room(kept)
        return kept

    def size(self, sha256: str) -> int:
        """How many bytes it has. Raises `DocumentNotFoundError`."""
        with self._translated(sha256):
            return int(self._files.size(self._at(sha256)))

    def is_whole(self, sha256: str) -> bool:
        """Whether its content is what its name says, read to its end."""
        digest = hashlib.sha256()
        with self._translated(sha256), self._files.open(self._at(sha256), "rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest() == sha256

    def names(self) -> Iterator[str]:
        """The sha256 of every file kept, in no order."""
        with self._translated(), suppress(FileNotFoundError):
            # Folder by folder, so that who needs to know of one only asks for no more.
            for _, _, found in self._files.walk(self._root, on_error="raise"):
                yield from filter(NAME.fullmatch, found)

    def drop(self, names: Iterable[str]) -> None:
        """Removes these files; one that is not there is no error."""
        for name in names:
            with self._translated():
                if self._files.exists(self._at(name)):
                    self._files.rm_file(self._at(name))
            self._fetched(name).unlink(missing_ok=True)

    def keep_only(self, names: Collection[str]) -> int:
        """Removes every other file and what unfinished writing left; returns how many."""
        doomed = [path for path in self._found() if self._is_doomed(path, names)]
        with self._translated():
            for path in doomed:
                self._files.rm_file(path)
        return len(doomed)

    def _send(self, path: Path, sha256: str) -> None:
        target = self._at(sha256)
        self._files.makedirs(self._parent(sha256), exist_ok=True)
        if self._at_once:
            self._files.put_file(str(path), target)
        else:
            unfinished = f"{self._parent(sha256)}/{_UNFINISHED}{uuid.uuid4().hex}"
            self._files.put_file(str(path), unfinished)
            self._files.mv(unfinished, target)
        size = path.stat().st_size
        if int(self._files.size(target)) != size:
            raise OSError(f"{target} has not the {size} bytes that were sent")

    def _found(self) -> list[str]:
        with self._translated():
            try:
                return [str(path) for path in self._files.find(self._root)]
            except FileNotFoundError:
                return []

    @staticmethod
    def _is_doomed(path: str, names: Collection[str]) -> bool:
        name = path.rpartition("/")[2]
        if name.startswith(_UNFINISHED):
            return True
        return bool(NAME.fullmatch(name)) and name not in names

    def _make_room(self, newest: Path) -> None:
        """Removes the copies that were asked for longest ago, where there are too many."""
        found = sorted((path.stat().st_mtime, path) for path in self._cache.glob("*"))
        size = sum(path.stat().st_size for _, path in found)
        for asked, path in found:
            if size <= _CACHED_BYTES or path == newest or time.time() - asked < _IN_USE_S:
                return
            size -= path.stat().st_size
            path.unlink(missing_ok=True)

    def _fetched(self, sha256: str) -> Path:
        return self._cache / sha256

    def _at(self, sha256: str) -> str:
        return f"{self._parent(sha256)}/{sha256}"

    def _parent(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}"

    @contextmanager
    def _translated(self, sha256: str | None = None) -> Iterator[None]:
        """Says what goes wrong there as an error of the library.

        `sha256` names the file that is read: its absence is no failure of the place.
        """
        try:
            yield
        except AssistantError:
            raise
        except FileNotFoundError as error:
            if sha256 is not None:
                raise missing(sha256) from error
            raise self._closed(error) from error
        except PermissionError as error:
            raise self._closed(error) from error
        except Exception as error:  # each kind of place has errors of its own
            raise LibraryUnavailableError(
                f"The original files at {self.place} cannot be reached: {_reason(error)}. Check "
                "the address and the network; nothing has to be done here once it is back."
            ) from error

    def _closed(self, error: OSError) -> LibraryDamagedError:
        return LibraryDamagedError(
            f"The original files at {self.place} cannot be read or written: {_reason(error)}. "
            "Check that the place exists and that ATTACHE_FILES_OPTIONS, or what the machine "
            "knows of its keys, opens it."
        )


def _reason(error: BaseException) -> str:
    return str(error) or type(error).__name__
