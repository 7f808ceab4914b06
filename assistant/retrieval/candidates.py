"""Candidates for a question: what both indexes find and the ledger lets stand."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from assistant.ports import (
    ChunkRows,
    Ledger,
    LexicalIndex,
    LexicalSearch,
    Part,
    Snapshots,
    Vector,
    VectorIndex,
    VectorSearch,
)
from assistant.retrieval.ledger_rows import LedgerRows
from assistant.types import ChunkId, DocumentId, Filters

NOTHING_CARRIED: Mapping[str, float] = MappingProxyType({})

# An approximate search misses some of the last it is asked for, and where equal ones stand at the
# end of a list it is chance which of them are on it.
_MORE = 2

Score = float | None
Ranking = list[tuple[ChunkId, Score]]
Said = Sequence[tuple[ChunkId, float]]
Search = Callable[[int], Said]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk with its scores: `cosine` in [-1, 1] and `bm25` from 0 up, None where not found.

    `vector` is the kept one of its text, of unit length, None where none is kept.
    """

    chunk_id: ChunkId
    document_id: DocumentId
    cosine: float | None
    bm25: float | None
    vector: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Candidates by their chunks' ids, and the same as rows that can be compared."""

    candidates: Sequence[Candidate]
    rows: ChunkRows


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
        said: Said | None = None,
    ) -> Found:
        """At least `limit` candidates of each search where it has them, by their chunks' ids.

        `also` are further vectors to search by, `carried` further terms with their weights, and
        `said` is what `say` found by words, where that was done already; cosines are those with
        `vector`.
        """
        directions = (vector, *also)
        saying = searched.lexical.search
        names, rows, (spoken, *near) = self._listed(
            searched,
            [
                lambda limit: (
                    said if said and limit == self.depth else saying(words, limit, carried)
                ),
                *(partial(searched.vectors.search, each) for each in directions),
            ],
        )
        standing = {names[i] for i in np.flatnonzero(rows.passing).tolist()}
        vectors, kept = rows.vectors()
        exact = [_measured(names, vectors, kept, each) for each in directions]
        dense, *others = (
            self._best(((name, known.get(name, score)) for name, score in found), standing)
            for found, known in zip(near, exact, strict=True)
        )
        lexical = self._best(spoken, standing)
        chosen = {*dense, *lexical, *(name for found in others for name in found)}
        places = sorted(
            (i for i, name in enumerate(names) if name in chosen), key=names.__getitem__
        )
        taken = rows.take(np.array(places, np.int64))
        cosines = {**exact[0], **dense}
        candidates = [
            Candidate(
                chunk_id=names[i],
                document_id=document_id,
                cosine=cosines.get(names[i]),
                bm25=lexical.get(names[i]),
                vector=vectors[i] if kept[i] else None,
            )
            for i, document_id in zip(places, taken.documents(), strict=True)
        ]
        return Found(candidates, taken)

    @property
    def depth(self) -> int:
        """What each index is asked for at first."""
        return self.limit if self.snapshots is None else self.limit * _MORE

    def say(self, searched: Searched, words: str, carried: Mapping[str, float]) -> Said:
        """What is found by words alone, for `find`: it needs no vector, so it can go before."""
        return searched.lexical.search(words, self.depth, carried)

    def at(self, as_of: datetime, filters: Filters, *, exactly: bool = False) -> Searched | None:
        """What is to be searched; None where nothing stood yet.

        Raises:
            AsOfPrunedError: it is asked exactly, and what stood then was pruned.
        """
        if self.snapshots is None:
            assert filters.readable is None, "the indexes tell of all that they hold"
            return Searched(self.vectors, self.lexical, None, as_of, filters)
        if exactly:
            part = self.snapshots.narrowed(as_of, filters)
        else:
            part, words = self.snapshots.now(filters)
            if part is None and filters.readable is not None:
                # The index in use knows how rare a word is in all there is: who may not read all
                # waits for what they may.
                part = self.snapshots.narrowed(as_of, filters)
            elif part is None or filters == Filters():
                return Searched(self.vectors, words or self.lexical, part, as_of, filters)
        return None if part is None else Searched(part.vectors, part.lexical, part, as_of, filters)

    def _listed(
        self, searched: Searched, searches: Sequence[Search]
    ) -> tuple[list[ChunkId], ChunkRows, list[Ranking]]:
        """What each search finds, until enough of it stands; all names, and their rows."""
        depths = [self.depth] * len(searches)
        lists: list[Ranking] = [[*search(self.depth)] for search in searches]
        while True:
            names = list(dict.fromkeys(name for found in lists for name, _ in found))
            rows = self._look(searched, names)
            standing = dict(zip(names, rows.passing.tolist(), strict=True))
            short = [
                i
                for i, found in enumerate(lists)
                if len(found) >= depths[i] and sum(standing[name] for name, _ in found) < self.limit
            ]
            if not short:
                return names, rows, lists
            for i in short:
                depths[i] *= 4
                lists[i] = [*searches[i](depths[i])]

    def _look(self, searched: Searched, names: Sequence[ChunkId]) -> ChunkRows:
        if searched.part is not None:
            return searched.part.look(names)
        known = self.ledger.chunks(names, searched.as_of, searched.filters)
        kept = {} if self.snapshots is None else self.snapshots.kept_vectors([*known])
        return LedgerRows([known.get(name) for name in names], kept, searched.lexical)

    def _best(
        self, found: Iterable[tuple[ChunkId, Score]], standing: Collection[ChunkId]
    ) -> dict[ChunkId, Score]:
        """The best that stand, up to the limit."""
        return dict(list(_ranked(one for one in found if one[0] in standing))[: self.limit])


def _ranked(found: Iterable[tuple[ChunkId, Score]]) -> Ranking:
    """Best first; equal scores in the order of their chunk's id, those without one last."""
    return sorted(found, key=lambda one: (1.0 if one[1] is None else -one[1], one[0]))


def _measured(
    names: Sequence[ChunkId],
    vectors: NDArray[np.float32],
    kept: NDArray[np.bool_],
    vector: Vector,
) -> dict[ChunkId, float]:
    """The cosines of kept vectors, which are of unit length: the same wherever they come from."""
    if not kept.any():
        return {}
    exact = (vectors[kept].astype(np.float64) * np.asarray(vector, dtype=np.float64)).sum(1)
    found: list[float] = np.clip(exact, -1.0, 1.0).round(7).tolist()
    return dict(zip((names[i] for i in np.flatnonzero(kept).tolist()), found, strict=True))
