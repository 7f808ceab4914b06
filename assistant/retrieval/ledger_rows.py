"""Some chunks as the ledger has them, for as long as no table of what stands is ready."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.ports import LexicalSearch, Occurrences
from assistant.retrieval.places import read_occurrences
from assistant.types import ChunkId, DocumentId, StoredChunk


@dataclass(frozen=True, slots=True, eq=False)
class LedgerRows:
    """Chunks in the order in which they were asked for; None in place of one that may not be found.

    `kept` are the vectors of those that are kept.
    """

    stored: Sequence[StoredChunk | None]
    kept: Mapping[ChunkId, NDArray[np.float32]]
    lexical: LexicalSearch

    @property
    def passing(self) -> NDArray[np.bool_]:
        """Which of them may be found."""
        return np.array([one is not None for one in self.stored], dtype=bool)

    def take(self, chosen: NDArray[np.int64]) -> "LedgerRows":
        """Some of them, by their places."""
        return LedgerRows([self.stored[i] for i in chosen.tolist()], self.kept, self.lexical)

    def documents(self) -> list[DocumentId]:
        """The document of each; all may be found."""
        return [one.document_id for one in self._all()]

    def vectors(self) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """The vectors as they were embedded, `(n, dimension)`, and which of them are kept."""
        width = len(next(iter(self.kept.values()), ()))
        found = np.zeros((len(self.stored), width), np.float32)
        known = np.zeros(len(self.stored), dtype=bool)
        for i, one in enumerate(self.stored):
            vector = None if one is None else self.kept.get(one.chunk.chunk_id)
            if vector is not None:
                found[i], known[i] = vector, True
        return found, known

    def signs(self) -> list[bytes | None]:
        """None for each: those that are kept are asked for by who needs them."""
        return [None] * len(self.stored)

    def occurrences(self, terms: Sequence[str]) -> tuple[Occurrences, Occurrences]:
        """Where distinct terms stand in the texts, and in the titles with headings."""
        known = self._all()
        titles = {title: self.lexical.terms(title) for title in set(map(_title, known))}
        return (
            read_occurrences([self.lexical.terms(one.chunk.text) for one in known], terms),
            read_occurrences([titles[_title(one)] for one in known], terms),
        )

    def _all(self) -> list[StoredChunk]:
        return [one for one in self.stored if one is not None]


def _title(one: StoredChunk) -> str:
    return "\n".join((one.metadata.title, *one.chunk.headings))
