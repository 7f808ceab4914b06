"""Whether the four stores agree: each is read through and compared with the ledger."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assistant.errors import DocumentNotFoundError, LibraryDamagedError
from assistant.library.completing import portions
from assistant.library.ledger import SqlLedger
from assistant.library.originals import Originals
from assistant.library.soundness import Original, sample
from assistant.library.stores import Library
from assistant.library.telling import Tell, untold
from assistant.types import ChunkId

RESTORE = "Restore a backup with `attache restore FILE`, or ingest again into another ATTACHE_HOME."
REPAIR = "`attache doctor --repair` mends it."
AGAIN = (
    "`attache doctor --repair` takes it from the source where that still has the same content; "
    "one that was uploaded comes back when it is uploaded again. Its text is still searched."
)
_TOLERANCE = 1e-4
"""How far a number of a searched vector may be from the kept one: both are of single precision."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of thing that is wrong: what, how often, a few names, and what to do about it."""

    kind: str
    what: str
    count: int
    advice: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a library holds and what is wrong with it; nothing is where there are no findings."""

    documents: int
    chunks: int
    vectors: int
    postings: int
    originals: int
    findings: tuple[Finding, ...]


def check(library: Library, *, deep: bool = False, tell: Tell = untold) -> CheckReport:
    """Compares the stores, while others may read and write them.

    A deep check also reads every original file and every vector.

    Raises:
        LibraryDamagedError: the ledger cannot be read.
    """
    findings = [*check_ledger(library.ledger)]
    wanted = library.ledger.catalogue.published()
    findings.extend(_vectors(library, wanted, deep=deep))
    findings.extend(_postings(library, wanted))
    findings.extend(_kept(library))
    originals = library.ledger.soundness.originals()
    findings.extend(_originals(library.files, originals, deep=deep, tell=tell))
    return CheckReport(
        documents=library.ledger.count()[0],
        chunks=len(wanted),
        vectors=_count(library),
        postings=library.lexical.count(),
        originals=len(originals),
        findings=tuple(findings),
    )


def check_ledger(ledger: SqlLedger) -> Iterator[Finding]:
    """What is wrong inside the ledger. Raises `LibraryDamagedError` where it cannot be read."""
    damage = ledger.soundness.damage()
    if damage:
        yield Finding("ledger", "The ledger's file is damaged", len(damage), RESTORE, damage[:5])
        return
    sound = ledger.soundness
    questions = (
        ("periods", "The periods of documents contradict each other", sound.wrong_periods),
        ("spans", "Passages are not what stands at their place in the text", sound.wrong_spans),
        ("versions", "Versions lack passages or their text", sound.wrong_counts),
    )
    for kind, what, wrong_ones in questions:
        if wrong := wrong_ones():
            yield Finding(kind, what, len(wrong), RESTORE, sample(wrong))


def damaged_originals(
    files: Originals, originals: tuple[Original, ...], *, deep: bool, tell: Tell = untold
) -> tuple[list[Original], list[Original]]:
    """The originals that are missing, and those whose bytes are not what their name says."""
    missing: list[Original] = []
    corrupt: list[Original] = []
    for done, original in enumerate(originals, start=1):
        try:
            if _has_changed(files, original, deep=deep):
                corrupt.append(original)
        except DocumentNotFoundError:
            missing.append(original)
        tell("original files", done, len(originals))
    return missing, corrupt


def _has_changed(files: Originals, original: Original, *, deep: bool) -> bool:
    """Whether a file is another than it was, as far as its size tells, or its content."""
    size = files.size(original.sha256)
    # No version is read from an empty file.
    if size == 0 or (original.size is not None and size != original.size):
        return True
    return deep and not files.is_whole(original.sha256)


def differing_vectors(library: Library, wanted: dict[ChunkId, bytes]) -> list[ChunkId]:
    """The chunks whose searched vector is not the kept one. Raises `LibraryDamagedError`."""
    differing: list[ChunkId] = []
    with library.indexes.vectors.use() as index:
        for portion in portions(list(wanted)):
            kept = library.ledger.embeddings(library.embedder, [wanted[each] for each in portion])
            for chunk_id, vector in index.vectors(portion).items():
                expected = kept.get(wanted[chunk_id])
                if expected is not None and (
                    expected.shape != vector.shape
                    or float(np.abs(expected - vector).max()) > _TOLERANCE
                ):
                    differing.append(chunk_id)
    return differing


def _vectors(library: Library, wanted: dict[ChunkId, bytes], *, deep: bool) -> Iterator[Finding]:
    try:
        with library.indexes.vectors.use() as index:
            held = index.ids()
            # Reading them all is the only way to know that the graph beside the list is whole.
            index.vectors([each for each in held if each in wanted])
        yield from _compared(library, "vectors", held, wanted)
        differing = differing_vectors(library, wanted) if deep else []
    except LibraryDamagedError as error:
        yield Finding("vectors", "The vectors cannot be read", 1, REPAIR, (str(error.__cause__),))
        return
    if differing:
        what = "Vectors are not those of their passages"
        yield Finding("vectors", what, len(differing), REPAIR, sample(tuple(differing)))


def _postings(library: Library, wanted: dict[ChunkId, bytes]) -> Iterator[Finding]:
    try:
        with library.indexes.lexical.use() as index:
            held = index.ids()
    except LibraryDamagedError as error:
        yield Finding("postings", "The postings cannot be read", 1, REPAIR, (str(error.__cause__),))
        return
    yield from _compared(library, "postings", held, wanted)


def _compared(
    library: Library, kind: str, held: list[ChunkId], wanted: dict[ChunkId, bytes]
) -> Iterator[Finding]:
    times = Counter(held)
    missing = wanted.keys() - times.keys()
    unknown = times.keys() - wanted.keys()
    # What is being taken in at this moment is there already, and stands soon.
    unknown -= library.ledger.catalogue.staged(unknown)
    doubled = {each for each, number in times.items() if number > 1}
    for names, what in (
        (missing, f"Passages have no {kind}, so they are not found by them"),
        (unknown, f"There are {kind} of passages the ledger does not know"),
        (doubled, f"There are {kind} that are kept twice"),
    ):
        if names:
            yield Finding(kind, what, len(names), REPAIR, sample(names))


def _kept(library: Library) -> Iterator[Finding]:
    unkept = library.ledger.catalogue.count_unkept(library.embedder)
    if unkept:
        what = "Vectors are not kept in the ledger, so the index could not be rebuilt from it"
        yield Finding("kept vectors", what, unkept, REPAIR)


def _originals(
    files: Originals, originals: tuple[Original, ...], *, deep: bool, tell: Tell
) -> Iterator[Finding]:
    missing, corrupt = damaged_originals(files, originals, deep=deep, tell=tell)
    for found, what in (
        (missing, "Original files are missing"),
        (corrupt, "Original files are not what they were"),
    ):
        if found:
            names = [(each.source_uris or (each.sha256,))[0] for each in found]
            yield Finding("originals", what, len(found), AGAIN, sample(tuple(names)))


def _count(library: Library) -> int:
    try:
        return library.vectors.count()
    except LibraryDamagedError:
        return 0
