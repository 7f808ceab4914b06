"""What is asked of search: of indexes, of the library as it stood, and of retrieval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.ports.encoders import Vector
from assistant.types import ChunkId, DocumentId, Filters, Passage, StandaloneQuestion, StoredChunk


class VectorSearch(Protocol):
    """Vectors by chunk, to be searched."""

    def search(self, vector: Vector, limit: int) -> list[tuple[ChunkId, float]]:
        """Nearest chunks with cosine similarity in [-1, 1], best first."""


class LexicalSearch(Protocol):
    """Postings by chunk, to be searched."""

    def search(
        self, question: str, limit: int, carried: Mapping[str, float] = ...
    ) -> list[tuple[ChunkId, float]]:
        """Chunks with their BM25 score (0 or more, higher is better), best first.

        `carried` are further terms by their weight beside one of the question, which is 1.
        """

    def question_terms(self, question: str) -> list[str]:
        """The terms that a question is searched by, in its order, each as often as it stands."""

    def terms(self, text: str) -> list[str]:
        """All terms of a text in their order, spelled as those of a question are."""

    def rarity(self, terms: Sequence[str]) -> list[float]:
        """How rare each term is, as BM25 weighs it; above 0, higher is rarer."""


class VectorIndex(VectorSearch, Protocol):
    """Vectors by chunk. May hold more than is valid; never decides what is."""

    def add(self, chunk_ids: Sequence[ChunkId], vectors: Sequence[Vector]) -> None:
        """Writes or overwrites the vectors of these chunks."""

    def remove(self, chunk_ids: Sequence[ChunkId]) -> None:
        """Forgets these chunks; unknown ones are no error."""

    def count(self) -> int:
        """How many vectors the index holds, valid or not."""


class LexicalIndex(LexicalSearch, Protocol):
    """Postings by chunk. May hold more than is valid; never decides what is."""

    def add(self, chunks: Sequence[StoredChunk]) -> None:
        """Writes or overwrites these chunks and commits once."""

    def remove(self, chunk_ids: Sequence[ChunkId]) -> None:
        """Forgets these chunks and commits; unknown ones are no error."""

    def count(self) -> int:
        """How many chunks the index holds, valid or not."""


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Where some terms stand in some texts: text by text, and in each in reading order.

    `texts`, `terms` and `places` have an entry for each time a term stands in a text: the numbers
    of both, and how many terms of the text stand before it. `lengths` of texts are in terms.
    """

    texts: NDArray[np.int64]
    terms: NDArray[np.int64]
    places: NDArray[np.int64]
    lengths: NDArray[np.int64]


class ChunkRows(Protocol):
    """Some chunks by what they are compared by, in the order in which they were asked for."""

    @property
    def passing(self) -> NDArray[np.bool_]:
        """Which of them may be found."""

    def take(self, chosen: NDArray[np.int64]) -> "ChunkRows":
        """Some of them, by their places."""

    def documents(self) -> Sequence[DocumentId]:
        """The document of each; all may be found."""

    def vectors(self) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """The vectors as they were embedded, `(n, dimension)`, and which of them are kept."""

    def signs(self) -> Sequence[bytes | None]:
        """The signs of the tokens of each; None where they are not known here."""

    def occurrences(self, terms: Sequence[str]) -> tuple[Occurrences, Occurrences]:
        """Where distinct terms stand in the texts, and in the titles with headings."""


class Narrowed(Protocol):
    """What stood in one state of the library and passes filters, to be searched."""

    @property
    def count(self) -> int:
        """How many chunks those are."""

    @property
    def vectors(self) -> VectorSearch:
        """Its vectors."""

    @property
    def lexical(self) -> LexicalSearch:
        """Its postings."""

    def look(self, names: Sequence[ChunkId]) -> ChunkRows:
        """The rows of these chunks, and which of them are in it."""

    def stored(self, names: Sequence[ChunkId]) -> Mapping[ChunkId, StoredChunk]:
        """Those of the chunks that are in it, in the order given."""


class Snapshots(Protocol):
    """The library as it stood, whatever changed since."""

    def narrowed(self, as_of: datetime, filters: Filters) -> Narrowed | None:
        """Of what stood at a time, what passes; None where nothing stood yet.

        Raises:
            AsOfPrunedError: what stood then was pruned.
        """

    def now(self, filters: Filters) -> tuple[Narrowed | None, LexicalSearch | None]:
        """Of what stands now, what passes, and postings of nothing but what stands.

        None for what is not ready.
        """

    def kept_vectors(self, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, NDArray[np.float32]]:
        """The vectors of these chunks as they were embedded, without those that are not kept."""


class Retriever(Protocol):
    """Finds passages."""

    def retrieve(
        self,
        question: StandaloneQuestion,
        *,
        as_of: datetime,
        top_k: int,
        filters: Filters,
        exactly: bool = False,
    ) -> list[Passage]:
        """Passages valid at `as_of`, best first; `exactly` those of then, whatever came since."""
