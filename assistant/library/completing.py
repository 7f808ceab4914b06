"""Makes an index hold exactly the chunks it must, from what the ledger keeps."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from assistant.library.derived import StoredPostings, StoredVectors
from assistant.library.ledger import SqlLedger
from assistant.library.telling import Tell, untold
from assistant.types import ChunkId

PORTION = 2000
"""Chunks written at once: each writing of postings is a commit of its own."""

T = TypeVar("T")


def complete_vectors(
    index: StoredVectors,
    ledger: SqlLedger,
    embedder: str,
    wanted: Mapping[ChunkId, bytes],
    tell: Tell = untold,
) -> int:
    """Removes the vectors nobody wants and adds the missing ones that are kept.

    Returns how many are wanted and not kept.
    """
    held = index.ids()
    index.remove([chunk_id for chunk_id in held if chunk_id not in wanted])
    present = set(held)
    missing = [chunk_id for chunk_id in wanted if chunk_id not in present]
    lacking = done = 0
    for portion in portions(missing):
        lacking += add_kept(index, ledger, embedder, {each: wanted[each] for each in portion})
        done += len(portion)
        tell("vectors", done, len(missing))
    return lacking


def add_kept(
    index: StoredVectors, ledger: SqlLedger, embedder: str, keys: Mapping[ChunkId, bytes]
) -> int:
    """Writes the kept vectors of these chunks; returns how many of them have none."""
    kept = ledger.embeddings(embedder, list(keys.values()))
    ready = [chunk_id for chunk_id, key in keys.items() if key in kept]
    index.add(ready, [kept[keys[chunk_id]] for chunk_id in ready])
    return len(keys) - len(ready)


def complete_postings(
    index: StoredPostings,
    ledger: SqlLedger,
    wanted: Mapping[ChunkId, bytes],
    tell: Tell = untold,
) -> None:
    """Removes the postings nobody wants or that are there twice, and adds the missing ones."""
    held = Counter(index.ids())
    index.remove([each for each, times in held.items() if each not in wanted or times > 1])
    missing = [chunk_id for chunk_id in wanted if held[chunk_id] != 1]
    done = 0
    for portion in portions(missing):
        index.add(ledger.catalogue.stored(portion))
        done += len(portion)
        tell("postings", done, len(missing))


def portions(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items in parts of a size to be written at once."""
    for start in range(0, len(items), PORTION):
        yield items[start : start + PORTION]
