"""Candidates for a question: what both indexes find and the ledger lets stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from math import isnan
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.ports import (
    ChunkRows,
    Ledger,
    LexicalIndex,
    LexicalSearch,
    Narrowed,
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
Said = Sequence[tuple[ChunkId, float]]
Search = Callable[[int], Said]


class Candidate(NamedTuple):
    """A chunk with its scores: `cosine` in [-1, 1] and `bm25` from 0 up, None where not found.

    `vector` is the kept one of its text, of unit length, None where none is kept. A question makes
    over a hundred of them, and a tuple is made in a fifth of the time of a dataclass.
    """

    chunk_id: ChunkId
    document_id: DocumentId
    cosine: float | None
    bm25: float | None
    vector: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Candidates by their chunks' ids, and the same as rows that can be compared.

    `vectors` are theirs, `(n, dimension)`, of which only those count that are `kept`.
    """

    candidates: Sequence[Candidate]
    rows: ChunkRows
    vectors: NDArray[np.float32]
    kept: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched: indexes, and the part of the library that counts, once that is ready."""

    vectors: VectorSearch
    lexical: LexicalSearch
    narrowed: Narrowed | None
    as_of: datetime
    filters: Filters


@dataclass(frozen=True, slots=True)
class CandidateSearch:
    """Searches both indexes and keeps what was valid at a time and passes the filters.

    The indexes hold retired versions too, and Chroma's own filters cost more than ten times the
    query, so each index is asked for more until `limit` candidates stand or it has no more. With
    `snapshots`, what is asked exactly is searched in the library as it stood, and cosines are
    those of the kept vectors, so that both ways lead to the same passages and scores. Up to `few`
    chunks that stand are all compared, which misses none and is quicker than a graph.
    """

    vectors: VectorIndex
    lexical: LexicalIndex
    ledger: Ledger
    limit: int
    snapshots: Snapshots | None = None
    few: int = 0

    def find(
        self,
        searched: Searched,
        vector: Vector,
        words: str,
        *,
        also: Sequence[Vector] = (),
        carried: Mapping[str, float] = NOTHING_CARRIED,
        said: Said | None = None,
        near: Sequence[Said] | None = None,
    ) -> Found:
        """At least `limit` candidates of each search where it has them, by their chunks' ids.

        `also` are further vectors to search by, `carried` further terms with their weights; `said`
        and `near` are what `say` found by words and `close` by each vector, where that was done
        already. Cosines are those with `vector`.
        """
        directions = (vector, *also)
        saying = searched.lexical.search
        first = self.say(searched, words, carried) if said is None else said
        close = self.close(searched, directions) if near is None else near
        listed = self._listed(
            searched,
            [
                lambda limit: saying(words, limit, carried),
                *(partial(searched.vectors.search, each) for each in directions),
            ],
            [first, *close],
        )
        vectors, kept = listed.rows.vectors()
        exact = [_measured(vectors, kept, each) for each in directions]
        spoken, *met = listed.lists
        measured = (one.measured(known) for one, known in zip(met, exact, strict=True))
        dense, *others = (self._best(listed, one) for one in measured)
        lexical = self._best(listed, spoken)
        chosen = np.unique(np.concatenate([one.at for one in (dense, lexical, *others)]))
        cosines, bm25 = exact[0], np.full(len(kept), np.nan)
        cosines[dense.at], bm25[lexical.at] = dense.scores, lexical.scores
        taken = listed.rows.take(chosen)
        names = [listed.names[i] for i in chosen.tolist()]
        told = (names, taken.documents(), _known(cosines[chosen]), _known(bm25[chosen]))
        vectors, kept = vectors[chosen], kept[chosen]
        each = zip(*told, vectors, kept.tolist(), strict=True)
        candidates = [
            Candidate(name, document_id, cosine, score, vector if is_kept else None)
            for name, document_id, cosine, score, vector, is_kept in each
        ]
        return Found(candidates, taken, vectors, kept)

    @property
    def depth(self) -> int:
        """What each index is asked for at first."""
        return self.limit if self.snapshots is None else self.limit * _MORE

    def say(self, searched: Searched, words: str, carried: Mapping[str, float]) -> Said:
        """What is found by words alone, for `find`: it needs no vector, so it can go before."""
        return searched.lexical.search(words, self.depth, carried)

    def close(self, searched: Searched, directions: Sequence[Vector]) -> list[Said]:
        """What is found by each vector alone, for `find`: it need not wait for the words."""
        return [searched.vectors.search(each, self.depth) for each in directions]

    def at(self, as_of: datetime, filters: Filters, *, exactly: bool = False) -> Searched | None:
        """What is to be searched; None where nothing stood yet.

        Raises:
            AsOfPrunedError: it is asked exactly, and what stood then was pruned.
        """
        if self.snapshots is None:
            assert filters.readable is None, "the indexes tell of all that they hold"
            return Searched(self.vectors, self.lexical, None, as_of, filters)
        if exactly:
            narrowed = self.snapshots.narrowed(as_of, filters)
        else:
            narrowed, words = self.snapshots.now(filters)
            if narrowed is None and filters.readable is not None:
                # The index in use knows how rare a word is in all there is: who may not read all
                # waits for what they may.
                narrowed = self.snapshots.narrowed(as_of, filters)
            elif narrowed is None or filters == Filters():
                near = narrowed.vectors if narrowed and narrowed.count <= self.few else self.vectors
                return Searched(near, words or self.lexical, narrowed, as_of, filters)
        if narrowed is None:
            return None
        return Searched(narrowed.vectors, narrowed.lexical, narrowed, as_of, filters)

    def _listed(
        self, searched: Searched, searches: Sequence[Search], first: Sequence[Said]
    ) -> "_Listed":
        """What each search finds, beginning with what it found at first, until enough stands."""
        depths = [self.depth] * len(searches)
        lists = [*first]
        while True:
            names = sorted({name for found in lists for name, _ in found})
            number = {name: i for i, name in enumerate(names)}
            rows = self._look(searched, names)
            listed = _Listed(names, rows, [_List.of(found, number) for found in lists])
            passing = rows.passing
            short = [
                i
                for i, one in enumerate(listed.lists)
                if len(one.at) >= depths[i] and int(passing[one.at].sum()) < self.limit
            ]
            if not short:
                return listed
            for i in short:
                depths[i] *= 4
                lists[i] = searches[i](depths[i])

    def _look(self, searched: Searched, names: Sequence[ChunkId]) -> ChunkRows:
        if searched.narrowed is not None:
            return searched.narrowed.look(names)
        known = self.ledger.chunks(names, searched.as_of, searched.filters)
        kept = {} if self.snapshots is None else self.snapshots.kept_vectors([*known])
        return LedgerRows([known.get(name) for name in names], kept, searched.lexical)

    def _best(self, listed: "_Listed", found: "_List") -> "_List":
        """The best that stand, up to the limit; equal scores in the order of their chunk's id."""
        stand = listed.rows.passing[found.at]
        at, scores = found.at[stand], found.scores[stand]
        order = np.lexsort((at, -scores))[: self.limit]
        return _List(at[order], scores[order])


@dataclass(frozen=True, slots=True, eq=False)
class _List:
    """What one search found, by the places of the chunks among the names of all."""

    at: NDArray[np.int64]
    scores: NDArray[np.float64]

    @classmethod
    def of(cls, found: Said, number: Mapping[ChunkId, int]) -> "_List":
        at = np.array([number[name] for name, _ in found], np.int64)
        return cls(at, np.array([score for _, score in found], np.float64))

    def measured(self, exact: NDArray[np.float64]) -> "_List":
        """The same with the exact scores of those that have one."""
        known = exact[self.at]
        return _List(self.at, np.where(np.isnan(known), self.scores, known))


@dataclass(frozen=True, slots=True, eq=False)
class _Listed:
    """What all searches found: the names in their order, their rows, and each search's list."""

    names: Sequence[ChunkId]
    rows: ChunkRows
    lists: Sequence[_List]


def _measured(
    vectors: NDArray[np.float32], kept: NDArray[np.bool_], vector: Vector
) -> NDArray[np.float64]:
    """The cosines of kept vectors, which are of unit length: the same wherever they come from.

    NaN for those that are not kept.
    """
    found = np.full(len(kept), np.nan)
    if kept.any():
        exact = (vectors[kept].astype(np.float64) * np.asarray(vector, dtype=np.float64)).sum(1)
        found[kept] = np.clip(exact, -1.0, 1.0).round(7)
    return found


def _known(scores: NDArray[np.float64]) -> list[Score]:
    found: list[float] = scores.tolist()
    return [None if isnan(score) else score for score in found]
