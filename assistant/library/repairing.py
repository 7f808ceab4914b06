"""Mends what a check finds, from the ledger and from the sources."""

import os
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from assistant.errors import LibraryDamagedError
from assistant.library.checking import (
    CheckReport,
    check,
    check_ledger,
    damaged_originals,
    differing_vectors,
)
from assistant.library.completing import add_kept
from assistant.library.files import sha256_of
from assistant.library.recover import sweep
from assistant.library.reindexing import Quiet, keep_indexed, keep_vectors, reindex
from assistant.library.soundness import Original
from assistant.library.stores import Library
from assistant.library.telling import Tell, untold
from assistant.ports import TextEncoder


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What was wrong, and what is still wrong after everything that could be mended was."""

    before: CheckReport
    after: CheckReport


def repair(
    library: Library,
    encoder: TextEncoder,
    *,
    deep: bool = True,
    quiet: Quiet = nullcontext,
    tell: Tell = untold,
) -> RepairReport:
    """Makes the indexes what the ledger says, and takes lost originals from their sources.

    A ledger that is damaged itself is left as it is, and everything else with it: nothing else
    says what there should be.

    Raises:
        LibraryDamagedError: a store cannot be read or written at all.
        ModelError: the embedder is behind an API and fails.
    """
    with quiet():
        before = check(library, deep=deep, tell=tell)
        if any(check_ledger(library.ledger)):
            return RepairReport(before, before)
        sweep(library)
        _mend_indexes(library, encoder, deep=deep, tell=tell)
        _mend_originals(library, deep=deep)
        return RepairReport(before, check(library, deep=deep, tell=tell))


def _mend_indexes(library: Library, encoder: TextEncoder, *, deep: bool, tell: Tell) -> None:
    try:
        keep_indexed(library)
        keep_vectors(library.ledger, encoder, tell)
        library.indexes.complete()
        if deep:
            _renew_differing(library)
        readable = not any(
            finding.kind in ("vectors", "postings") for finding in check(library).findings
        )
    except LibraryDamagedError:
        readable = False
    if not readable:
        reindex(library, encoder, tell=tell)


def _renew_differing(library: Library) -> None:
    wanted = library.ledger.catalogue.published()
    differing = differing_vectors(library, wanted)
    with library.indexes.vectors.use() as index:
        keys = {chunk_id: wanted[chunk_id] for chunk_id in differing}
        add_kept(index, library.ledger, library.embedder, keys)


def _mend_originals(library: Library, *, deep: bool) -> None:
    originals = library.ledger.soundness.originals()
    missing, corrupt = damaged_originals(library.files, originals, deep=deep)
    for original in corrupt:
        library.files.set_aside(original.sha256)
    for original in (*missing, *corrupt):
        path = _source_of(original)
        if path is not None:
            library.files.renew(path, original.sha256)


def _source_of(original: Original) -> Path | None:
    """A file on this machine that still has the content."""
    for uri in original.source_uris:
        parts = urlsplit(uri)
        if parts.scheme != "file" or parts.fragment:
            continue
        path = Path(os.fsdecode(unquote_to_bytes(parts.path)))
        try:
            if path.is_file() and sha256_of(path) == original.sha256:
                return path
        except OSError:
            continue
    return None
