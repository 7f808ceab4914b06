"""Nearest vectors among some rows of segments: the same whatever other rows there are.

Few rows are compared one by one. Of many, the signs of their numbers choose those that are: how
many signs two vectors share tells their angle. Unlike a graph, this knows nothing of other rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from assistant.library.segments import Segment, signs_of
from assistant.ports import Vector
from assistant.types import ChunkId

ALL = 4096
"""Up to so many rows are all compared."""
CHOSEN = 2000
"""Rows that the signs choose at least, and one more for so many of all:"""
_ONE_IN = 250
_LAST_DIGITS = 2e-6
"""More than a cosine changes by how many rows are multiplied at once."""
_SPARSE = 0.15
_IN_A_BYTE = 3
"""Words of 64 signs, whose differences a byte can count."""
_AT_ONCE = 1 << 15
"""Rows that are compared while their differing signs still are in the processor's own memory."""
_BEYOND = 15
"""A bit that no number of differing signs has."""
_SAMPLED = 16
_ROWS = 512
Rows = Sequence[tuple[Segment, NDArray[np.bool_]]]
Differing = tuple[NDArray[np.int64] | None, NDArray[np.uint16]]


@dataclass(frozen=True, slots=True)
class NearestRows:
    """Searches the rows marked in each segment."""

    parts: Rows
    count: int

    def search(self, vector: Vector, limit: int) -> list[tuple[ChunkId, float]]:
        """Nearest chunks with cosine similarity in [-1, 1], best first; equals by their name."""
        if limit < 1 or not self.count:
            return []
        question = np.asarray(vector, dtype=np.float32)
        if self.count <= max(ALL, limit):
            chosen = [np.flatnonzero(marked) for _, marked in self.parts]
        else:
            chosen = self._alike(question, CHOSEN + self.count // _ONE_IN + 2 * limit)
        found = _Chosen.of([segment for segment, _ in self.parts], chosen)
        best = found.best(found.cosines(question), limit)
        exact = best.scores(question)
        return sorted(zip(best.named(), exact, strict=True), key=_by_score)[:limit]

    def _alike(self, question: NDArray[np.float32], least: int) -> list[NDArray[np.int64]]:
        """The rows that share most signs with the question: at least so many, with all equals."""
        signs = signs_of(question.reshape(1, -1))[:, 0]
        comparing = _Compared(signs)
        compared = [comparing.rows(segment, marked) for segment, marked in self.parts]
        worst = _worst([differing for _, differing in compared], min(least, self.count))
        alike = [(rows, np.flatnonzero(differing <= worst)) for rows, differing in compared]
        return [at if rows is None else rows[at] for rows, at in alike]


@dataclass(frozen=True, slots=True, eq=False)
class _Chosen:
    """Rows of segments, each known by the number of its segment and its row there."""

    segments: Sequence[Segment]
    segment: NDArray[np.int64]
    row: NDArray[np.int64]

    @classmethod
    def of(cls, segments: Sequence[Segment], chosen: Sequence[NDArray[np.int64]]) -> Self:
        """Those of the chosen whose vectors are kept."""
        rows = [each[~one.bare[each]] for one, each in zip(segments, chosen, strict=True)]
        numbers = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
        return cls(segments, numbers, np.concatenate(rows))

    def cosines(self, question: NDArray[np.float32]) -> NDArray[np.float32]:
        found = np.empty(len(self.row), np.float32)
        for segment, at in self._by_segment():
            # So few at once are multiplied in one thread: several wait for each other where
            # others work.
            for start in range(at.start, at.stop, _ROWS):
                few = slice(start, min(start + _ROWS, at.stop))
                found[few] = np.take(segment.vectors, self.row[few], axis=0) @ question
        return found

    def best(self, scores: NDArray[np.float32], count: int) -> "_Chosen":
        """So many of the highest scores, with all that may equal the last of them.

        They stay in the order of their segments.
        """
        if count >= len(self.row):
            return self
        last = np.partition(scores, len(scores) - count)[len(scores) - count]
        at = np.flatnonzero(scores >= last - _LAST_DIGITS)
        return _Chosen(self.segments, self.segment[at], self.row[at])

    def scores(self, question: NDArray[np.float32]) -> list[float]:
        """The cosines, exact to the digits that are told."""
        found = np.empty(len(self.row))
        exact = question.astype(np.float64)
        for segment, at in self._by_segment():
            found[at] = (segment.vectors[self.row[at]].astype(np.float64) * exact).sum(1)
        scores: list[float] = np.clip(found, -1.0, 1.0).round(7).tolist()
        return scores

    def named(self) -> list[ChunkId]:
        return [name for segment, at in self._by_segment() for name in segment.named(self.row[at])]

    def _by_segment(self) -> Iterator[tuple[Segment, slice]]:
        """The segments that have some, each with where its rows stand."""
        ends = np.searchsorted(self.segment, np.arange(len(self.segments)), side="right").tolist()
        for segment, start, end in zip(self.segments, [0, *ends], ends, strict=False):
            if end > start:
                yield segment, slice(start, end)


def _by_score(one: tuple[ChunkId, float]) -> tuple[float, ChunkId]:
    return -one[1], one[0]


class _Compared:
    """Compares signs, in memory that is taken once for a search: to take it costs as much."""

    def __init__(self, signs: NDArray[np.uint64]) -> None:
        self._signs = signs[:, None]
        self._differing = np.empty((len(signs), _AT_ONCE), np.uint64)
        self._counts = np.empty((len(signs), _AT_ONCE), np.uint8)

    def rows(self, segment: Segment, marked: NDArray[np.bool_]) -> Differing:
        """In how many signs the marked rows differ, and which these are.

        None where all rows were compared; those that are not marked then differ in more than any
        can.
        """
        if np.count_nonzero(marked) < _SPARSE * len(marked):
            rows = np.flatnonzero(marked)
            return rows, self._counted(segment.signs[:, rows])
        total = self._counted(segment.signs)
        total |= (~marked).astype(np.uint16) << _BEYOND
        return None, total

    def _counted(self, signs: NDArray[np.uint64]) -> NDArray[np.uint16]:
        total = np.zeros(signs.shape[1], dtype=np.uint16)
        for start in range(0, len(total), _AT_ONCE):
            some = slice(start, min(start + _AT_ONCE, len(total)))
            count = some.stop - start
            differing, counts = self._differing[:, :count], self._counts[:, :count]
            np.bitwise_xor(signs[:, some], self._signs, out=differing)
            np.bitwise_count(differing, out=counts)
            for word in range(0, len(counts), _IN_A_BYTE):
                total[some] += counts[word : word + _IN_A_BYTE].sum(0, dtype=np.uint8)
        return total


def _worst(differing: Sequence[NDArray[np.uint16]], least: int) -> int:
    """In how many signs the rows differ that differ least: at least so many rows, all their equals.

    Guessed by some of the rows, then counted.
    """
    some = np.concatenate([each[::_SAMPLED] for each in differing])
    worst = int(np.partition(some, at := min(least // _SAMPLED, len(some) - 1))[at])
    worst = min(worst, (1 << _BEYOND) - 1)

    def within(most: int) -> int:
        return sum(int(np.count_nonzero(each <= most)) for each in differing)

    while within(worst) < least:
        worst += 1
    while worst and within(worst - 1) >= least:
        worst -= 1
    return worst
