"""Candidates for a question: what both indexes find and the ledger lets stand."""

from collections.abc import Callable, Iterable, Sequence
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

Score = float | None
Ranking = list[tuple[ChunkId, Score]]


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

        def standing(chunk_ids: Sequence[ChunkId]) -> None:
            known.update(self.ledger.chunks(chunk_ids, as_of, filters))

        def near(limit: int) -> Ranking:
            return self._measured(vector, vectors.search(vector, limit))

        dense = self._standing(near, standing, known)
        said = self._standing(lambda n: _ranked(lexical.search(words, n)), standing, known)
        others = [(chunk_id, None) for chunk_id in said if chunk_id not in dense]
        cosines = dense | dict(self._measured(vector, others))
        return [Candidate(known[c], cosines[c], said.get(c)) for c in cosines]

    def _indexes(
        self, as_of: datetime, *, exactly: bool
    ) -> tuple[VectorSearch, LexicalSearch] | None:
        if self.snapshots is None:
            return self.vectors, self.lexical
        if not exactly:
            return self.vectors, self.snapshots.postings_now() or self.lexical
        snapshot = self.snapshots.at(as_of)
        return None if snapshot is None else (snapshot.vectors, snapshot.lexical)

    def _measured(self, vector: Vector, found: Sequence[tuple[ChunkId, Score]]) -> Ranking:
        """The same with the cosines of the kept vectors, where there are some, best first."""
        if self.snapshots is None:
            return list(found)
        kept = self.snapshots.kept_vectors([chunk_id for chunk_id, _ in found])
        return _ranked(
            (chunk_id, _cosine(vector, kept[chunk_id]) if chunk_id in kept else score)
            for chunk_id, score in found
        )

    def _standing(
        self,
        search: Callable[[int], Ranking],
        standing: Callable[[Sequence[ChunkId]], None],
        known: dict[ChunkId, StoredChunk],
    ) -> dict[ChunkId, Score]:
        """The best that stand and pass, up to the limit; `standing` adds those to `known`."""
        asked_for = self.limit if self.snapshots is None else self.limit * _MORE
        seen: set[ChunkId] = set()
        while True:
            found = search(asked_for)
            kept: dict[ChunkId, Score] = {}
            for start in range(0, len(found), self.limit):
                part = found[start : start + self.limit]
                standing([one for one, _ in part if one not in seen and one not in known])
                seen.update(one for one, _ in part)
                kept.update((one, score) for one, score in part if one in known)
                if len(kept) >= self.limit:
                    return dict(list(kept.items())[: self.limit])
            if len(found) < asked_for:
                return kept
            asked_for *= 4


def _ranked(found: Iterable[tuple[ChunkId, Score]]) -> Ranking:
    """Best first; equal scores in the order of their chunk's id, those without one last."""
    return sorted(found, key=lambda one: (1.0 if one[1] is None else -one[1], one[0]))


def _cosine(vector: Vector, kept: NDArray[np.float32]) -> float:
    """The cosine of unit vectors, the same wherever they come from."""
    exact = np.asarray(vector, dtype=np.float64) * kept.astype(np.float64)
    return round(max(-1.0, min(1.0, float(exact.sum()))), 7)
