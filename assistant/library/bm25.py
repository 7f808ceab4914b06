"""BM25 over what stood in one state: its own statistics, whatever else the segments hold.

Robertson and Zaragoza (2009), with the constants, byte lengths and phrases of Tantivy, whose
scores these are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from operator import itemgetter
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.library.best_rows import K1, Clause, Portion, Postings, best_rows
from assistant.library.segments import FIELDS, LENGTHS, Segment, term_key
from assistant.types import ChunkId

B = 0.75
BOOSTS: Mapping[str, float] = {"text": 1.0, "headings": 1.0, "title": 0.5}
MOST_TERMS = 64
NOTHING_CARRIED: Mapping[str, float] = MappingProxyType({})
_FAINT = 1e-4
"""A term that nearly all texts have decides nothing, and costs most."""
_PLACES = 1 << 16
_COUNTED = 10_000
"""Terms whose counts are remembered."""


class Reader(Protocol):
    """How a question becomes terms."""

    def question_terms(self, question: str) -> list[str]:
        """The terms that a question is searched by."""

    def compounds(self, question: str) -> list[list[str]]:
        """The terms of each part of a question that is written as one."""

    def terms(self, text: str) -> list[str]:
        """All terms of a text in their order, spelled as those of a question are."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 knows of a state: how many chunks stood, and by field how long they were."""

    chunks: int
    average: Mapping[str, float]

    def rarity(self, within: int) -> float:
        """How much a term weighs that stands in so many chunks; above 0."""
        return log(1 + (self.chunks - within + 0.5) / (within + 0.5))

    def damping(self, field: str) -> NDArray[np.float64]:
        """By the byte of a field's length, how much that length counts against a term."""
        average = self.average.get(field) or 1.0
        return (K1 * (1 - B + B * LENGTHS / average)).astype(np.float64)


@dataclass(frozen=True, slots=True)
class StateWords:
    """Searches the words of a state, for many threads at once."""

    portions: Sequence[Portion]
    statistics: Statistics
    reader: Reader
    _counted: dict[tuple[str, str], int] = field(default_factory=dict)

    def search(
        self, question: str, limit: int, carried: Mapping[str, float] = NOTHING_CARRIED
    ) -> list[tuple[ChunkId, float]]:
        """Chunks with their BM25 score (0 or more, higher is better), best first.

        `carried` are further terms by their weight beside one of the question, which is 1.
        """
        terms = dict.fromkeys(self.reader.question_terms(question), 1.0)
        if len(terms) > MOST_TERMS:
            often = {term: self.within(term) for term in terms}
            rare = sorted((t for t in terms if often[t]), key=often.__getitem__)[:MOST_TERMS]
            terms = dict.fromkeys(rare, 1.0)
        terms = {**carried, **terms}
        clauses = self._clauses(terms)
        for compound in self.reader.compounds(question):
            clauses += self._phrases(compound)
        return self._best(clauses, limit) if clauses and limit > 0 else []

    def question_terms(self, question: str) -> list[str]:
        """The terms that a question is searched by, in its order, each as often as it stands."""
        return self.reader.question_terms(question)

    def terms(self, text: str) -> list[str]:
        """All terms of a text in their order, spelled as those of a question are."""
        return self.reader.terms(text)

    def within(self, term: str, field: str = FIELDS[0]) -> int:
        """In how many chunks that stood a term stands, which for a state never changes."""
        count = self._counted.get((field, term))
        if count is None:
            key = np.array([term_key(field, term)], dtype=np.uint64)
            held = [_slice(p.segment, int(_places(p.segment, key)[0])) for p in self.portions]
            count = self._count(term, field, held)
        return count

    def _count(self, term: str, field: str, held: Sequence[Postings]) -> int:
        each = zip(self.portions, held, strict=True)
        count = sum(int(np.count_nonzero(portion.stood[rows])) for portion, (rows, _) in each)
        if len(self._counted) >= _COUNTED:
            self._counted.clear()
        self._counted[field, term] = count
        return count

    def rarity(self, terms: Sequence[str]) -> list[float]:
        """For each term how BM25 weighs it in texts; above 0."""
        return [self.statistics.rarity(self.within(term)) for term in terms]

    def _clauses(self, terms: Mapping[str, float]) -> list[Clause]:
        named = [(f, term) for f in range(len(FIELDS)) for term in terms]
        keys = np.array([term_key(FIELDS[f], term) for f, term in named], dtype=np.uint64)
        places = [_places(portion.segment, keys) for portion in self.portions]
        clauses: list[Clause] = []
        for i, (number, term) in enumerate(named):
            held = [
                _slice(p.segment, int(at[i])) for p, at in zip(self.portions, places, strict=True)
            ]
            known = self._counted.get((FIELDS[number], term))
            within = self._count(term, FIELDS[number], held) if known is None else known
            weight = self.statistics.rarity(within)
            if within and weight > _FAINT:
                clauses.append(Clause(number, weight * terms[term] * BOOSTS[FIELDS[number]], held))
        return clauses

    def _phrases(self, terms: Sequence[str]) -> list[Clause]:
        clauses: list[Clause] = []
        for number, name in enumerate(FIELDS):
            held = [
                _phrase(portion, [term_key(name, term) for term in terms])
                for portion in self.portions
            ]
            if any(len(rows) for rows, _ in held):
                weight = sum(self.statistics.rarity(self.within(term, name)) for term in terms)
                clauses.append(Clause(number, weight * BOOSTS[name], held))
        return clauses

    def _best(self, clauses: Sequence[Clause], limit: int) -> list[tuple[ChunkId, float]]:
        damping = [self.statistics.damping(field) for field in FIELDS]
        found: list[tuple[ChunkId, float]] = []
        for segment, rows, scores in best_rows(self.portions, clauses, damping, limit):
            found += zip(segment.named(rows), scores.tolist(), strict=True)
        # Two sorts by what is there are quicker than one by what is made for it.
        found.sort(key=itemgetter(0))
        found.sort(key=itemgetter(1), reverse=True)
        return found[:limit]


def _places(segment: Segment, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where the terms are in a segment; -1 of those it has not."""
    if not len(segment.terms):
        return np.full(len(keys), -1)
    at = np.minimum(np.searchsorted(segment.terms, keys), len(segment.terms) - 1)
    return np.where(segment.terms[at] == keys, at, -1)


def _slice(segment: Segment, at: int) -> Postings:
    start, end = (0, 0) if at < 0 else segment.starts[at : at + 2].tolist()
    return segment.rows[start:end], segment.times[start:end]


def _phrase(portion: Portion, keys: Sequence[int]) -> Postings:
    """The rows where the terms stand one after the other, and how often they do."""
    segment = portion.segment
    nothing = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.uint16)
    places = _places(segment, np.array(keys, dtype=np.uint64)).tolist()
    if min(places) < 0:
        return nothing
    rows = segment.rows[slice(*segment.starts[places[0] : places[0] + 2])]
    rows = rows[portion.passing[rows]]
    for at in places[1:]:
        rows = np.intersect1d(rows, _slice(segment, at)[0], assume_unique=True)
    spots = _spots(segment, places[0], rows)
    for offset, at in enumerate(places[1:], start=1):
        spots = np.intersect1d(spots, _spots(segment, at, rows) - offset, assume_unique=True)
    found, counts = np.unique(spots // _PLACES, return_counts=True)
    return found.astype(np.int32), counts.astype(np.uint16)


def _spots(segment: Segment, at: int, wanted: NDArray[np.int32]) -> NDArray[np.int64]:
    """Every place of a term in the wanted rows, as one number for row and place."""
    rows, times = _slice(segment, at)
    start = int(segment.spots[at])
    ends = np.cumsum(times, dtype=np.int64)
    where = np.searchsorted(rows, wanted)
    counts = times[where].astype(np.int64)
    begins = start + ends[where] - counts
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    places = segment.places[np.repeat(begins, counts) + within].astype(np.int64)
    return np.repeat(wanted.astype(np.int64), counts) * _PLACES + places
