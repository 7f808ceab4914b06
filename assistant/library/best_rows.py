"""Rows with the highest sums of what their terms weigh, without looking at all that have a word.

MaxScore of Turtle and Flood (1995), segment by segment: what weighs most is summed first. Words
that could not lift a row that has nothing else among the best found so far are looked up for those
rows alone that they could lift. The rows found, and their sums, are those of summing all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from assistant.library.segments import Segment

K1 = 1.2
Postings = tuple[NDArray[np.int32], NDArray[np.uint16]]
"""Rows that have a term, in ascending order, and how often each has it."""
Best = list[tuple[Segment, NDArray[np.int64], NDArray[np.float64]]]
"""Rows of segments with their sums."""
_LOOKED_UP = 4
"""Postings summed in the time in which one row is looked up."""
_LIFTED = 0.7
"""Words are looked up that together add up to so much of what the last of the best has."""
_ROUNDED = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Portion:
    """A segment with the rows that stood, and those of them that may be found."""

    segment: Segment
    stood: NDArray[np.bool_]
    passing: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Clause:
    """A term in a field: how much it weighs, and by portion where it stands."""

    field: int
    weight: float
    postings: Sequence[Postings]

    @property
    def most(self) -> float:
        """More than it adds to any row."""
        return self.weight * (1 + K1)


def best_rows(
    portions: Sequence[Portion],
    clauses: Sequence[Clause],
    damping: Sequence[NDArray[np.float64]],
    limit: int,
) -> Best:
    """The rows that may be found with the highest sums, all equals of the last among them.

    `damping` says for each field, by the byte of its length, how much that length counts against
    a term. Rows without any of the terms are not found.
    """
    summing = _Summing(portions, sorted(clauses, key=lambda clause: -clause.weight), damping)
    found: Best = []
    best, floor = np.empty(0), 0.0
    for number, portion in enumerate(portions):
        rows, sums = summing.of(number, floor)
        best = np.concatenate([best, sums])
        if len(best) > limit:
            best = np.partition(best, len(best) - limit)[len(best) - limit :]
            floor = float(best[0])
        high = np.flatnonzero(sums >= floor)
        found.append((portion.segment, rows[high], sums[high]))
    return [(segment, rows[sums >= floor], sums[sums >= floor]) for segment, rows, sums in found]


class _Summing:
    """Sums what terms add to the rows of one portion after the other, the heaviest term first."""

    def __init__(
        self,
        portions: Sequence[Portion],
        clauses: Sequence[Clause],
        damping: Sequence[NDArray[np.float64]],
    ) -> None:
        self._portions, self._clauses, self._damping = portions, clauses, damping
        self._left = [*accumulate((c.most for c in reversed(clauses)), initial=0.0)][::-1]
        # Taken once: to take the memory costs as much as to sum.
        self._sums = np.empty(max((len(portion.stood) for portion in portions), default=0))

    def of(self, number: int, floor: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Rows of a portion that may be found, and their sums: all above 0 and the floor."""
        portion = self._portions[number]
        passing = np.count_nonzero(portion.passing)
        postings = sum(len(clause.postings[number][0]) for clause in self._clauses)
        if passing * len(self._clauses) * _LOOKED_UP < postings:
            rows = np.flatnonzero(portion.passing)
            sums = self._looked_up(number, rows, np.zeros(len(rows)), self._clauses)
        else:
            first = next(i for i, left in enumerate(self._left) if left <= _LIFTED * floor)
            rows, sums = self._summed(number, self._clauses[:first], floor - self._left[first])
            sums = self._looked_up(number, rows, sums, self._clauses[first:])
        some = np.flatnonzero(sums)
        return rows[some], sums[some]

    def _summed(
        self, number: int, clauses: Sequence[Clause], floor: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The rows with such sums, each having one of the terms."""
        portion = self._portions[number]
        sums = self._sums[: len(portion.stood)]
        sums[:] = 0.0
        for clause in clauses:
            rows, times = clause.postings[number]
            if len(rows):
                sums[rows] += self._added(clause, portion, rows, times)
        # What is rounded could lift a row by a last digit.
        found = np.flatnonzero(sums >= floor * _ROUNDED if floor > 0 else sums)
        found = found[portion.passing[found]]
        return found, sums[found]

    def _looked_up(
        self,
        number: int,
        rows: NDArray[np.int64],
        sums: NDArray[np.float64],
        clauses: Sequence[Clause],
    ) -> NDArray[np.float64]:
        """The sums of rows with what these terms add."""
        wanted = rows.astype(np.int32)  # or all postings would be converted
        for clause in clauses:
            having, times = clause.postings[number]
            if len(having) and len(wanted):
                at = np.minimum(np.searchsorted(having, wanted), len(having) - 1)
                has = np.flatnonzero(having[at] == wanted)
                at = at[has]
                sums[has] += self._added(clause, self._portions[number], having[at], times[at])
        return sums

    def _added(
        self,
        clause: Clause,
        portion: Portion,
        rows: NDArray[np.int32],
        times: NDArray[np.uint16],
    ) -> NDArray[np.float64]:
        """What a term adds to rows that have it."""
        lengths = self._damping[clause.field][portion.segment.norms[clause.field][rows]]
        added: NDArray[np.float64] = clause.most * (times / (times + lengths))
        return added
