"""Candidates for a question: what both indexes find and the ledger lets stand."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from assistant.ports import (
    Ledger,
    LexicalIndex,
    LexicalSearch,
    Part,
    Snapshots,
    Vector,
    VectorIndex,
    VectorSearch,
)
from assistant.types import ChunkId, Filters, StoredChunk

NOTHING_CARRIED: Mapping[str, float] = MappingProxyType({})

# An approximate search misses some of the last it is asked for, and where equal ones stand at the
# end of a list it is chance which of them are on it.
_MORE = 2

Score = float | None
Ranking = list[tuple[ChunkId, Score]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk with its scores: `cosine` in [-1, 1] and `bm25` from 0 up, None where not found.

    `vector` is the kept one of its text, of unit length, None where none is kept.
    """

    stored: StoredChunk
    cosine: float | None
    bm25: float | None
    vector: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched: indexes, and the part of the library that counts, once that is ready."""

    vectors: VectorSearch
    lexical: LexicalSearch
    part: Part | None
    as_of: datetime
    filters: Filters


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
        searched: Searched,
        vector: Vector,
        words: str,
        *,
        also: Sequence[Vector] = (),
        carried: Mapping[str, float] = NOTHING_CARRIED,
    ) -> list[Candidate]:
        """At least `limit` candidates of each search where it has them, by their chunks' ids.

        `also` are further vectors to search by, `carried` further terms with their weights;
        cosines are those with `vector`.
        """
        as_of, filters = searched.as_of, searched.filters

        def passing(chunk_ids: Sequence[ChunkId]) -> Collection[ChunkId]:
            if searched.part is not None:
                return searched.part.which(chunk_ids)
            return self.ledger.chunks(chunk_ids, as_of, filters)

        def near(by: Vector) -> Callable[[int], Ranking]:
            return lambda limit: self._measured(by, searched.vectors.search(by, limit))

        def saying(limit: int) -> Ranking:
            return _ranked(searched.lexical.search(words, limit, carried))

        dense = self._standing(near(vector), passing)
        said = self._standing(saying, passing)
        found: dict[ChunkId, Score] = dict.fromkeys(said)
        for each in also:
            found |= dict.fromkeys(self._standing(near(each), passing))
        kept = self._kept([*(found | dense)])
        measured = dict(zip(kept, _cosines(vector, list(kept.values())), strict=True))
        cosines = sorted({**{one: measured.get(one) for one in found}, **dense}.items())
        known = self.ledger.chunks([c for c, _ in cosines], as_of, filters)
        return [
            Candidate(known[c], cosine, said.get(c), kept.get(c))
            for c, cosine in cosines
            if c in known
        ]

    def at(self, as_of: datetime, filters: Filters, *, exactly: bool = False) -> Searched | None:
        """What is to be searched; None where nothing stood yet.

        Raises:
            AsOfPrunedError: it is asked exactly, and what stood then was pruned.
        """
        if self.snapshots is None:
            return Searched(self.vectors, self.lexical, None, as_of, filters)
        if exactly:
            part = self.snapshots.narrowed(as_of, filters)
        else:
            part = self.snapshots.narrowed_now(filters)
            if part is None or filters == Filters():
                words = self.snapshots.postings_now() or self.lexical
                return Searched(self.vectors, words, part, as_of, filters)
        return None if part is None else Searched(part.vectors, part.lexical, part, as_of, filters)

    def _measured(self, vector: Vector, found: Sequence[tuple[ChunkId, Score]]) -> Ranking:
        """The same with the cosines of the kept vectors, where there are some, best first."""
        kept = self._kept([chunk_id for chunk_id, _ in found])
        measured = dict(zip(kept, _cosines(vector, list(kept.values())), strict=True))
        return _ranked((chunk_id, measured.get(chunk_id, score)) for chunk_id, score in found)

    def _kept(self, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, NDArray[np.float32]]:
        return {} if self.snapshots is None else self.snapshots.kept_vectors(chunk_ids)

    def _standing(
        self,
        search: Callable[[int], Ranking],
        passing: Callable[[Sequence[ChunkId]], Collection[ChunkId]],
    ) -> dict[ChunkId, Score]:
        """The best that stand and pass, up to the limit."""
        asked_for = self.limit if self.snapshots is None else self.limit * _MORE
        while True:
            found = search(asked_for)
            kept: dict[ChunkId, Score] = {}
            for start in range(0, len(found), self.limit):
                part = found[start : start + self.limit]
                stand = passing([one for one, _ in part])
                kept.update((one, score) for one, score in part if one in stand)
                if len(kept) >= self.limit:
                    return dict(list(kept.items())[: self.limit])
            if len(found) < asked_for:
                return kept
            asked_for *= 4


def _ranked(found: Iterable[tuple[ChunkId, Score]]) -> Ranking:
    """Best first; equal scores in the order of their chunk's id, those without one last."""
    return sorted(found, key=lambda one: (1.0 if one[1] is None else -one[1], one[0]))


def _cosines(vector: Vector, kept: Sequence[NDArray[np.float32]]) -> list[float]:
    """The cosines of unit vectors, the same wherever they come from."""
    if not kept:
        return []
    exact = (np.array(kept, dtype=np.float64) * np.asarray(vector, dtype=np.float64)).sum(1)
    found: list[float] = np.clip(exact, -1.0, 1.0).round(7).tolist()
    return found
