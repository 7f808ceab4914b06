"""Some chunks as the table has them: what they are compared by, without a query."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from assistant.library.occurrences import Located, occurrences
from assistant.library.segments import Segment, halves
from assistant.ports import Occurrences
from assistant.records import Records
from assistant.types import ChunkId, DocumentId

Marked = Sequence[tuple[Segment, NDArray[np.bool_]]]


@dataclass(frozen=True, slots=True, eq=False)
class TableRows:
    """Rows of segments, in the order in which they were asked for.

    `segment` and `row` are numbers, -1 for chunks that no segment has; `passing` says which of
    them may be found.
    """

    segments: Sequence[Segment]
    segment: NDArray[np.int64]
    row: NDArray[np.int64]
    passing: NDArray[np.bool_]

    @classmethod
    def of(cls, parts: Marked, names: Sequence[ChunkId]) -> Self:
        """The rows of these chunks; each part of a state says which of its rows may be found."""
        both = halves(names)
        segment, row = np.full(len(names), -1), np.full(len(names), -1)
        passing = np.zeros(len(names), dtype=bool)
        for number, (one, marked) in enumerate(parts):
            found = one.find(both[:, 0], both[:, 1])
            here = found >= 0
            segment[here], row[here] = number, found[here]
            passing[here] = marked[found[here]]
        return cls([one for one, _ in parts], segment, row, passing)

    def take(self, chosen: NDArray[np.int64]) -> "TableRows":
        """Some of them, by their places."""
        return TableRows(
            self.segments, self.segment[chosen], self.row[chosen], self.passing[chosen]
        )

    def documents(self) -> list[DocumentId]:
        """The document of each."""
        return [self.segments[number].versions[at][0] for number, at in self.versions()]

    def versions(self) -> list[tuple[int, int]]:
        """For each the number of its segment, and of its version there; -1 where none has it."""
        numbers = np.full(len(self.row), -1)
        for segment, at in self._by_segment():
            numbers[at] = segment.version[self.row[at]]
        return list(zip(self.segment.tolist(), numbers.tolist(), strict=True))

    def vectors(self) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """The vectors as they were embedded, `(n, dimension)`, and which of them are kept."""
        found: NDArray[np.float32] | None = None
        kept = np.zeros(len(self.row), dtype=bool)
        for segment, at in self._by_segment():
            rows = self.row[at]
            kept[at] = ~segment.bare[rows]
            if found is None or not found.shape[1]:
                found = np.zeros((len(self.row), segment.vectors.shape[1]), np.float32)
            if segment.vectors.shape[1]:
                found[at] = segment.vectors[rows]
        return np.zeros((len(self.row), 0), np.float32) if found is None else found, kept

    def signs(self) -> list[bytes | None]:
        """The signs of the tokens of each; None where they are not kept."""
        return self._of([segment.tokens for segment in self.segments])

    def records(self) -> list[bytes | None]:
        """The chunks as they were written; None of those no segment has."""
        return self._of([segment.records for segment in self.segments])

    def _of(self, kept: Sequence[Records]) -> list[bytes | None]:
        found: list[bytes | None] = [None] * len(self.row)
        for number, records in enumerate(kept):
            at = np.flatnonzero(self.segment == number)
            if len(at):
                for i, each in zip(at.tolist(), records.get(self.row[at]), strict=True):
                    found[i] = each
        return found

    def occurrences(self, terms: Sequence[str]) -> tuple[Occurrences, Occurrences]:
        """Where distinct terms stand in the texts, and in the titles with headings."""
        return occurrences(
            [Located(segment, at, self.row[at]) for segment, at in self._by_segment()],
            len(self.row),
            terms,
        )

    def _by_segment(self) -> list[tuple[Segment, NDArray[np.int64]]]:
        """The segments that have some of them, each with the places of these."""
        found = [(one, np.flatnonzero(self.segment == i)) for i, one in enumerate(self.segments)]
        return [(one, at) for one, at in found if len(at)]
