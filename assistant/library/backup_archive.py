"""The format of a backup: a tar of the ledger, the originals, and last what should be in it."""

import hashlib
import json
import os
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Self

from assistant.errors import DocumentNotFoundError, LibraryError
from assistant.library.files import sha256_of
from assistant.library.originals import Originals
from assistant.library.telling import Tell

FORMAT = "attache-backup"
NEWEST = 1
LEDGER = "ledger.db"
MANIFEST = "manifest.json"
_ORIGINALS = "originals/"
_BLOCK = 1024 * 1024
_LARGEST_MANIFEST = 256 * _BLOCK


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the ledger's sha256 and size, and the size of each original by name."""

    revision: str
    created_at: str
    ledger_sha256: str
    ledger_size: int
    originals: Mapping[str, int]
    format: str = FORMAT
    number: int = NEWEST

    @property
    def size(self) -> int:
        """The bytes of all it holds."""
        return self.ledger_size + sum(self.originals.values())


@dataclass(slots=True)
class _Hashing:
    """A file that is hashed while it is read."""

    file: IO[bytes]
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        return block


class BackupWriter:
    """Writes a backup, part by part; what it was given is told last."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._ledger = ("", 0)
        self._originals: dict[str, int] = {}
        self._tar = tarfile.open(target, "w", format=tarfile.PAX_FORMAT)  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._tar.close()

    def add_ledger(self, snapshot: Path) -> None:
        """Adds the copy of the ledger. Raises `OSError`."""
        self._ledger = self._add(LEDGER, snapshot)

    def add_original(self, files: Originals, sha256: str) -> None:
        """Adds an original; one that is missing or damaged is left out of what it tells."""
        try:
            path = files.path(sha256)
            found, size = self._add(_ORIGINALS + sha256, path)
        except (DocumentNotFoundError, FileNotFoundError):
            return
        if found == sha256:
            self._originals[sha256] = size

    def finish(self, revision: str, at: datetime) -> Manifest:
        """Writes what the backup holds and makes it last. Raises `OSError`."""
        manifest = Manifest(revision, at.isoformat(), *self._ledger, self._originals)
        body = json.dumps(asdict(manifest), indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(body), 0o600
        self._tar.addfile(member, BytesIO(body))
        self._tar.close()
        with self._target.open("rb") as file:
            os.fsync(file.fileno())
        return manifest

    def _add(self, name: str, path: Path) -> tuple[str, int]:
        with path.open("rb") as file:
            member = tarfile.TarInfo(name)
            member.size, member.mode = os.fstat(file.fileno()).st_size, 0o600
            reading = _Hashing(file)
            self._tar.addfile(member, reading)
        return reading.digest.hexdigest(), member.size


def unpack(backup: Path, room: Path, tell: Tell) -> Manifest:
    """Unpacks a backup into an empty folder and compares every byte with what it should hold.

    Originals lie in the folder under their names, the ledger as `ledger.db`.

    Raises:
        LibraryError: it is no backup, is not whole, or was changed.
        OSError: the folder cannot be written.
    """
    try:
        with tarfile.open(backup, "r:") as tar:
            members = {member.name: member for member in tar}
            manifest = _manifest(tar, members)
            _take(tar, members.get(LEDGER), room / LEDGER, manifest.ledger_size)
            for done, (name, size) in enumerate(manifest.originals.items(), start=1):
                _take(tar, members.get(_ORIGINALS + name), room / name, size)
                if sha256_of(room / name) != name:
                    raise _refused(f"the original {name} was changed")
                tell("original files", done, len(manifest.originals))
    except FileNotFoundError as error:
        raise LibraryError(f"There is no file {backup}. Check the name.") from error
    except (tarfile.TarError, EOFError) as error:
        raise _refused(f"{backup} cannot be read to its end: {error}") from error
    if sha256_of(room / LEDGER) != manifest.ledger_sha256:
        raise _refused("its ledger was changed")
    return manifest


def _manifest(tar: tarfile.TarFile, members: Mapping[str, tarfile.TarInfo]) -> Manifest:
    member = members.get(MANIFEST)
    if member is None or not member.isreg() or member.size > _LARGEST_MANIFEST:
        raise _refused("it does not say what it holds, so it is no backup or was cut short")
    file = tar.extractfile(member)
    try:
        manifest = Manifest(**json.loads(file.read() if file else b""))
        known = manifest.format == FORMAT and manifest.number <= NEWEST
        names_are_hashes = all(
            len(name) == 64 and set(name) <= set("0123456789abcdef") and isinstance(size, int)
            for name, size in manifest.originals.items()
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise _refused("what it says it holds cannot be read") from error
    if not known or not names_are_hashes:
        raise _refused("a newer program wrote it, or another one")
    return manifest


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo | None, target: Path, size: int) -> None:
    # Only what the manifest names is unpacked, under names that are made here.
    if member is None or not member.isreg() or member.size != size:
        raise _refused(f"{target.name} is missing from it or was changed")
    file = tar.extractfile(member)
    if file is None:
        raise _refused(f"{target.name} is no file in it")
    with file, target.open("wb") as out:
        while block := file.read(_BLOCK):
            out.write(block)
        out.flush()
        os.fsync(out.fileno())


def _refused(why: str) -> LibraryError:
    return LibraryError(
        f"The backup cannot be used: {why}. Use another backup. The library is as it was."
    )
