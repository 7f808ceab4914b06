"""Puts a backup in place of what a library holds, while it goes on answering."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from assistant.errors import LibraryDamagedError, LibraryError
from assistant.library.backup_archive import LEDGER, Manifest, unpack
from assistant.library.checking import check_ledger
from assistant.library.completing import add_kept, portions
from assistant.library.ledger import LEDGER_FILE, SqlLedger, open_ledger
from assistant.library.recover import sweep
from assistant.library.reindexing import Quiet, keep_vectors
from assistant.library.spool import Spool, unwritable
from assistant.library.stores import Library
from assistant.library.swapping import swap
from assistant.library.telling import Tell, untold
from assistant.ports import TextEncoder
from assistant.types import ChunkId

RESTORING = "restoring"
SNAPSHOTS = "as-of"


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What stands now; `embedded` counts texts whose vectors the backup did not bring."""

    created_at: str
    documents: int
    chunks: int
    originals: int
    embedded: int
    elapsed_s: float


def restore(
    home: Path,
    library: Library,
    encoder: TextEncoder,
    backup: Path,
    *,
    quiet: Quiet = nullcontext,
    tell: Tell = untold,
) -> RestoreReport:
    """Replaces what the library holds by what a backup holds.

    The backup is unpacked and proved first. Then originals and index entries are added beside the
    present ones, the ledger switches in one transaction, and what is left over goes: whoever asks
    meanwhile is answered wholly from the one or wholly from the other, and a kill at any moment
    leaves the one or the other.

    Raises:
        LibraryError: the backup cannot be used, or a store cannot be written.
        ModelError: the embedder is behind an API and fails.
    """
    began = monotonic()
    with _empty_room(home) as room:
        _require_room(home, backup)
        try:
            manifest = unpack(backup, room, tell)
        except OSError as error:
            raise unwritable(room, error) from error
        embedded = _prepare(room, library, encoder, tell)
        with quiet():
            _switch(home, room, library, manifest, tell)
    return RestoreReport(
        created_at=manifest.created_at,
        documents=library.ledger.count()[0],
        chunks=library.ledger.chunk_count(),
        originals=len(manifest.originals),
        embedded=embedded,
        elapsed_s=round(monotonic() - began, 3),
    )


@contextmanager
def _empty_room(home: Path) -> Iterator[Path]:
    spool = Spool(home / RESTORING)
    spool.clear()
    try:
        with spool.room() as room:
            yield room
    finally:
        spool.clear()


def _require_room(home: Path, backup: Path) -> None:
    """Stops before anything is written that would not fit: the present library stays until then."""
    try:
        needed, free = backup.stat().st_size, shutil.disk_usage(home).free
    except OSError:
        return  # unpacking says what is wrong with it
    if needed > free:
        raise LibraryError(
            f"The backup needs {needed / 2**20:.0f} MB, and the disk of {home} has "
            f"{free / 2**20:.0f} MB left. Make room. The library is as it was."
        )


def _prepare(room: Path, library: Library, encoder: TextEncoder, tell: Tell) -> int:
    """Brings the unpacked ledger to this program's revision, and completes its vectors."""
    staged = _staged(room)
    try:
        wrong = next(check_ledger(staged), None)
        if wrong is not None:
            raise LibraryError(
                f"The backup cannot be used: {wrong.what.lower()}. Use another backup. "
                "The library is as it was."
            )
        # Whoever carried these runs out is not here.
        for run in staged.runs.unended():
            error = "The backup was made while the run was at work."
            staged.runs.end(run.run_id, "interrupted", datetime.now(UTC), error=error)
        _adopt_vectors(staged, library)
        return keep_vectors(staged, encoder, tell)
    finally:
        staged.close()


def _staged(room: Path) -> SqlLedger:
    try:
        return open_ledger(room)
    except LibraryDamagedError as error:
        raise LibraryError(
            f"The backup cannot be used: {error} Use another backup. The library is as it was."
        ) from error


def _adopt_vectors(staged: SqlLedger, library: Library) -> None:
    """Takes the vectors that the library keeps already of texts the backup has too."""
    for portion in portions(staged.catalogue.unkept(library.embedder)):
        known = library.ledger.embeddings(library.embedder, portion)
        if known:
            staged.catalogue.keep(library.embedder, known)


def _switch(home: Path, room: Path, library: Library, manifest: Manifest, tell: Tell) -> None:
    for name in manifest.originals:
        library.files.take(room / name, name)
    staged = open_ledger(room)
    try:
        renewed = _add_entries(staged, library, tell)
    finally:
        staged.close()
    swap(home / LEDGER_FILE, room / LEDGER)
    with library.indexes.vectors.use() as vectors:
        add_kept(vectors, library.ledger, library.embedder, renewed)
    library.indexes.complete()
    sweep(library)
    # Images of earlier states belong to the library that was.
    shutil.rmtree(home / SNAPSHOTS, ignore_errors=True)


def _add_entries(staged: SqlLedger, library: Library, tell: Tell) -> dict[ChunkId, bytes]:
    """Adds index entries for chunks that are new; returns those embedded from another text."""
    wanted = staged.catalogue.published()
    present = library.ledger.catalogue.published()
    fresh = [chunk_id for chunk_id in wanted if chunk_id not in present]
    done = 0
    with library.indexes.vectors.use() as vectors, library.indexes.lexical.use() as lexical:
        for portion in portions(fresh):
            keys = {chunk_id: wanted[chunk_id] for chunk_id in portion}
            add_kept(vectors, staged, library.embedder, keys)
            lexical.add(staged.catalogue.stored(portion))
            done += len(portion)
            tell("passages", done, len(fresh))
    return {
        chunk_id: key
        for chunk_id, key in wanted.items()
        if chunk_id in present and present[chunk_id] != key
    }
