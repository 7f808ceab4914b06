"""Candidates for a question: what both indexes find and the ledger lets stand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from assistant.ports import (
    Ledger,
    LexicalIndex,
    LexicalSearch,
    Snapshots,
    Vector,
    VectorIndex,
    VectorSearch,
)
from assistant.types import ChunkId, Filters, StoredChunk

# An approximate search misses some of the last it is asked for, and where equal ones stand at the
# end of a list it is chance which of them are on it.
_MORE = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk with its scores: `cosine` in [-1, 1] and `bm25` from 0 up, None where not found."""

    stored: StoredChunk
    cosine: float | None
    bm25: float | None


@dataclass(frozen=True, slots=True)
class CandidateSearch:
    """Searches both indexes and keeps what was valid at a time and passes the filters.

    The indexes hold retired versions too, and Chroma's own filters cost more than ten times the
    query, so each index is asked for more until `limit` candidates stand or it has no more. With
    `snapshots`, what is asked exactly is searched in the library as it stood, and cosines are
    those of the kept vectors, so that both ways lead to the same passages and scores.
    """

    vectors: VectorIndex
    lexical: LexicalIndex
    ledger: Ledger
    limit: int
    snapshots: Snapshots | None = None

    def find(
        self,
        vector: Vector,
        words: str,
        as_of: datetime,
        filters: Filters,
        *,
        exactly: bool = False,
    ) -> list[Candidate]:
        """At least `limit` candidates of each index where it has them, in no promised order.

        Raises:
            AsOfPrunedError: it is asked exactly, and what stood then was pruned.
        """
        indexes = self._indexes(as_of, exactly=exactly)
        if indexes is None:
            return []
        vectors, lexical = indexes
        known: dict[ChunkId, StoredChunk] = {}

        def standing(chunk_ids: list[ChunkId]) -> None:
            known.update(self.ledger.chunks(chunk_ids, as_of, filters))

        near = self._over_fetch(lambda n: vectors.search(vector, n), standing, known)
        said = self._over_fetch(lambda n: lexical.search(words, n), standing, known)
        said = _best(said, self.limit)
        cosines = self._measured(vector, near, said)
        dense = _best({chunk_id: cosines[chunk_id] for chunk_id in near}, self.limit)
        found = dict.fromkeys([*dense, *said])
        return [Candidate(known[c], cosines.get(c), said.get(c)) for c in found]

    def _indexes(
        self, as_of: datetime, *, exactly: bool
    ) -> tuple[VectorSearch, LexicalSearch] | None:
        if self.snapshots is None:
            return self.vectors, self.lexical
        if not exactly:
            return self.vectors, self.snapshots.postings_now() or self.lexical
        snapshot = self.snapshots.at(as_of)
        return None if snapshot is None else (snapshot.vectors, snapshot.lexical)

    def _measured(
        self, vector: Vector, near: dict[ChunkId, float], said: dict[ChunkId, float]
    ) -> dict[ChunkId, float]:
        """The cosines of all candidates, from the vectors that are kept where there are some."""
        if self.snapshots is None:
            return near
        kept = self.snapshots.kept_vectors(list(dict.fromkeys([*near, *said])))
        return near | {chunk_id: _cosine(vector, one) for chunk_id, one in kept.items()}

    def _over_fetch(
        self,
        search: Callable[[int], list[tuple[ChunkId, float]]],
        standing: Callable[[list[ChunkId]], None],
        known: dict[ChunkId, StoredChunk],
    ) -> dict[ChunkId, float]:
        wanted = asked_for = self.limit if self.snapshots is None else self.limit * _MORE
        seen: set[ChunkId] = set()
        while True:
            found = search(asked_for)
            fresh = [chunk_id for chunk_id, _ in found if chunk_id not in seen]
            standing([chunk_id for chunk_id in fresh if chunk_id not in known])
            seen.update(fresh)
            kept = {chunk_id: score for chunk_id, score in found if chunk_id in known}
            if len(kept) >= wanted or len(found) < asked_for:
                return kept
            asked_for *= 4


def _best(scores: dict[ChunkId, float], limit: int) -> dict[ChunkId, float]:
    """The highest scores, best first; equal ones in the order of their chunk's id."""
    order = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
    return dict(order[:limit])


def _cosine(vector: Vector, kept: NDArray[np.float32]) -> float:
    """The cosine of unit vectors, the same wherever they come from."""
    exact = np.asarray(vector, dtype=np.float64) * kept.astype(np.float64)
    return round(max(-1.0, min(1.0, float(exact.sum()))), 7)
