"""A library in one file: the ledger as it is at one moment, and the original files it names."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from assistant.errors import LibraryDamagedError, LibraryError
from assistant.library.backup_archive import BackupWriter, Manifest
from assistant.library.ledger import LEDGER_FILE
from assistant.library.originals import Originals, open_originals
from assistant.library.schema import REVISION
from assistant.library.servers import Servers
from assistant.library.telling import Tell, untold

_ATTEMPTS = 3
IN_FILES = Servers()


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was written: sizes in bytes. `missing` counts originals that are lost or damaged."""

    file: str
    bytes: int
    documents: int
    originals: int
    missing: int
    elapsed_s: float


def back_up(
    home: Path,
    target: Path,
    *,
    force: bool = False,
    tell: Tell = untold,
    servers: Servers = IN_FILES,
) -> BackupReport:
    """Writes a backup of the library in a data directory, whoever holds it; nothing is locked.

    It is written beside the target first: a file of that name is always whole. The indexes are
    left out: they are rebuilt from the vectors that the ledger keeps.

    Raises:
        LibraryError: the target is a folder, or exists and `force` is not set, or it cannot be
            written.
        LibraryDamagedError: there is no ledger, or it cannot be read.
    """
    began = monotonic()
    if target.is_dir():
        raise LibraryError(f"{target} is a folder. Name a file in it, as {target / 'library.tar'}.")
    if target.exists() and not force:
        raise LibraryError(f"{target} exists already. Choose another name, or add --force.")
    if not (home / LEDGER_FILE).is_file():
        raise LibraryDamagedError(f"There is no library in {home}. Check ATTACHE_HOME.")
    originals = open_originals(home, servers.files, servers.files_options)
    written = None
    for attempt in range(1, _ATTEMPTS + 1):
        written = written or _attempt(home, originals, target, tell, last=attempt == _ATTEMPTS)
    assert written is not None  # the last attempt takes what there is
    documents, manifest, missing = written
    return BackupReport(
        file=str(target),
        bytes=target.stat().st_size,
        documents=documents,
        originals=len(manifest.originals),
        missing=missing,
        elapsed_s=round(monotonic() - began, 3),
    )


def _attempt(
    home: Path, originals: Originals, target: Path, tell: Tell, *, last: bool
) -> tuple[int, Manifest, int] | None:
    """One backup; None where a prune took files away that its ledger still names."""
    with _written_beside(target) as (unfinished, snapshot):
        copy_ledger(home / LEDGER_FILE, snapshot)
        documents, names = _named(snapshot)
        manifest = _write(unfinished, snapshot, originals, names, tell)
        lost = names - manifest.originals.keys()
        if lost and not last and not lost <= _named(home / LEDGER_FILE)[1]:
            return None
        unfinished.replace(target)
    _sync(target.parent)
    return documents, manifest, len(lost)


def copy_ledger(ledger: Path, target: Path) -> None:
    """Copies the ledger as it is at one moment, also while others write to it.

    Raises:
        LibraryDamagedError: it cannot be read, or the copy cannot be written.
    """
    try:
        with (
            closing(sqlite3.connect(f"{ledger.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            # One file by itself, without the journal beside it that many readers need.
            copy.execute("PRAGMA journal_mode=DELETE").close()
    except sqlite3.Error as error:
        raise LibraryDamagedError(
            f"The ledger {ledger} cannot be copied to {target.parent}: {error}. Check that there "
            "is room; if the ledger is damaged, `attache doctor` says what to do."
        ) from error


def _named(ledger: Path) -> tuple[int, set[str]]:
    """How many documents stand in a ledger, and the names of the originals it refers to."""
    try:
        with closing(sqlite3.connect(f"{ledger.resolve().as_uri()}?mode=ro", uri=True)) as found:
            standing = "SELECT count(*) FROM documents WHERE current_version_id IS NOT NULL"
            documents = int(found.execute(standing).fetchone()[0])
            rows = found.execute(
                "SELECT DISTINCT source_sha256 FROM versions JOIN validities USING"
                " (document_id, version_id)"
            )
            return documents, {str(row[0]) for row in rows}
    except sqlite3.Error as error:
        raise LibraryDamagedError(
            f"The ledger {ledger} cannot be read: {error}. `attache doctor` says what to do."
        ) from error


def _write(
    unfinished: Path, snapshot: Path, originals: Originals, names: set[str], tell: Tell
) -> Manifest:
    try:
        with BackupWriter(unfinished) as writer:
            writer.add_ledger(snapshot)
            for done, name in enumerate(sorted(names), start=1):
                writer.add_original(originals, name)
                tell("original files", done, len(names))
            return writer.finish(REVISION, datetime.now(UTC))
    except OSError as error:
        raise _unwritable(unfinished.parent, error) from error


@contextmanager
def _written_beside(target: Path) -> Iterator[tuple[Path, Path]]:
    """A file to write to and one for the ledger, beside the target; gone afterwards."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise _unwritable(target.parent, error) from error
    unfinished, snapshot = Path(name), Path(f"{name}.ledger")
    try:
        yield unfinished, snapshot
    except OSError as error:
        raise _unwritable(target.parent, error) from error
    finally:
        for leftover in (unfinished, snapshot, Path(f"{snapshot}-journal")):
            leftover.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Makes a new name in a folder outlast a loss of power, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def _unwritable(folder: Path, error: OSError) -> LibraryError:
    return LibraryError(
        f"The backup cannot be written to {folder}: {error.strerror or error}. "
        "Make room there or choose another place. The library is as it was."
    )
