"""Nearest vectors among some rows of segments: the same whatever other rows there are.

Few rows are compared one by one. Of many, the signs of their numbers choose those that are: how
many signs two vectors share tells their angle. Unlike a graph, this knows nothing of other rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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
_SPARE = 32
_SPARSE = 0.15
_BITS = 64
_ROWS = 512
Rows = Sequence[tuple[Segment, NDArray[np.bool_]]]


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
        found: list[tuple[ChunkId, float]] = []
        for (segment, _), rows in zip(self.parts, chosen, strict=True):
            found += _measured(segment, rows[~segment.bare[rows]], question, limit)
        found.sort(key=lambda one: (-one[1], one[0]))
        return found[:limit]

    def _alike(self, question: NDArray[np.float32], least: int) -> list[NDArray[np.int64]]:
        """The rows that share most signs with the question: at least so many, with all equals."""
        signs = signs_of(question.reshape(1, -1))[:, 0]
        differing = [_differing(segment, marked, signs) for segment, marked in self.parts]
        bins = len(signs) * _BITS + 1
        counts = sum(np.bincount(each, minlength=bins) for _, each in differing)
        worst = int(np.searchsorted(np.cumsum(counts), min(least, self.count)))
        return [rows[each <= worst] for rows, each in differing]


def _differing(
    segment: Segment, marked: NDArray[np.bool_], signs: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    """The marked rows, and in how many signs each differs."""
    rows = np.flatnonzero(marked)
    few = len(rows) < _SPARSE * len(marked)
    total = np.zeros(len(rows) if few else len(marked), dtype=np.uint16)
    for word, sign in zip(segment.signs, signs, strict=True):
        total += np.bitwise_count((word[rows] if few else word) ^ sign)
    return rows, total if few else total[rows]


def _measured(
    segment: Segment, rows: NDArray[np.int64], question: NDArray[np.float32], limit: int
) -> list[tuple[ChunkId, float]]:
    if not len(rows):
        return []
    matrix = np.take(segment.vectors, rows, axis=0)
    # So few at once are multiplied in one thread: several wait for each other where others work.
    parts = [matrix[i : i + _ROWS] @ question for i in range(0, len(matrix), _ROWS)]
    cosines = np.concatenate(parts)
    # Some to spare: the last digits hang on how many rows are multiplied at once.
    kept = min(len(rows), limit + _SPARE)
    best = np.argpartition(cosines, len(rows) - kept)[len(rows) - kept :]
    exact = (matrix[best].astype(np.float64) * question.astype(np.float64)).sum(1)
    scores = np.clip(exact, -1.0, 1.0).round(7).tolist()
    return list(zip(segment.named(rows[best]), scores, strict=True))
