"""What the parts ask of each other. Chat models and embedders speak LangChain's own interfaces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from assistant.access.acting import Actor
from assistant.access.keys import ApiKey
from assistant.access.labels import Labels
from assistant.runs import Run, RunItem
from assistant.types import (
    Chunk,
    ChunkId,
    Difference,
    DocumentId,
    DocumentPage,
    Filters,
    KnownFailure,
    KnownPlace,
    Move,
    NewVersion,
    Page,
    Passage,
    PlacedWord,
    Readable,
    RunId,
    SourceState,
    StandaloneQuestion,
    StoredChunk,
    Version,
    VersionId,
)

Vector = Sequence[float] | NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class QuestionVectors:
    """A question as an embedder reads it.

    `own` is its vector, `within` that of the question as it reads after its context: of unit
    length and shape `(dimension,)`. `signs` has a row for each of its tokens, of the bytes that
    `TokenEncoder` gives of a passage's; `words` are the words these tokens are of.
    """

    own: NDArray[np.float32]
    within: NDArray[np.float32]
    signs: NDArray[np.uint8]
    words: tuple[str, ...]


class TextEncoder(Protocol):
    """Turns texts into unit vectors; holds what a library must know of its embedder."""

    @property
    def name(self) -> str:
        """The embedder's identity: a library built with another name is refused."""

    @property
    def max_tokens(self) -> int:
        """The tokens one text may have before the embedder cuts it."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors `(n_texts, dimension)` of unit length, in the order of the texts."""

    def embed_query(self, text: str) -> list[float]:
        """The vector of one question, of unit length."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text as the embedder counts them, without special tokens."""


@runtime_checkable
class TokenEncoder(TextEncoder, Protocol):
    """An encoder that also tells how each token reads where it stands."""

    def embed_passages(self, texts: Sequence[str]) -> tuple[list[list[float]], list[bytes]]:
        """The vectors as `embed_documents` gives them, and the signs of each text's tokens.

        Signs are one bit for each of some dimensions, the same number of bytes for each token.
        """

    def embed_question(self, text: str, context: str) -> QuestionVectors:
        """A question, read after the context where there is one."""

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """For each text, where the tokens stand whose signs `embed_passages` gives, in order."""


class Reranker(Protocol):
    """Reads a question and each of some passages together."""

    @property
    def name(self) -> str:
        """What the model is called in logs and reports."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, in their order; logits, higher is better.

        Raises:
            ModelError: the model cannot be run.
        """


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


class Part(Protocol):
    """What stood in one state of the library and passes filters, to be searched."""

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

    def narrowed(self, as_of: datetime, filters: Filters) -> Part | None:
        """Of what stood at a time, what passes; None where nothing stood yet.

        Raises:
            AsOfPrunedError: what stood then was pruned.
        """

    def now(self, filters: Filters) -> tuple[Part | None, LexicalSearch | None]:
        """Of what stands now, what passes, and postings of nothing but what stands.

        None for what is not ready.
        """

    def kept_vectors(self, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, NDArray[np.float32]]:
        """The vectors of these chunks as they were embedded, without those that are not kept."""


class Ledger(Protocol):
    """The truth: documents, versions, chunks, and when each version stood."""

    def sources(self) -> Mapping[str, SourceState]:
        """Every source whose document stands, by its URI."""

    def failures(self) -> Mapping[str, KnownFailure]:
        """Every source that could not be read when it was last tried, by its URI."""

    def remember_failures(self, found: Sequence[KnownFailure]) -> None:
        """Remembers sources that could not be read; publishing one forgets its failure."""

    def places(self) -> Mapping[str, KnownPlace]:
        """Every source that is a container or a copy, by its URI."""

    def remember_places(self, found: Sequence[KnownPlace]) -> None:
        """Remembers containers and copies."""

    def publish(self, versions: Sequence[NewVersion], at: datetime | None = None) -> None:
        """In one transaction ends what stood and starts these versions at `at`, by default now."""

    def move(self, moves: Sequence[Move], at: datetime | None = None) -> None:
        """In one transaction lets standing versions go on at other places."""

    def retire(self, document_id: DocumentId, at: datetime) -> None:
        """Ends the standing version; raises `DocumentNotFoundError` where none stands."""

    def touch(self, states: Sequence[SourceState]) -> None:
        """Remembers a new size or time of sources whose content is the same."""

    def documents(
        self,
        limit: int,
        cursor: str | None = None,
        as_of: datetime | None = None,
        readable: Readable | None = None,
    ) -> DocumentPage:
        """Standing versions that may be read, by title, a page at a time."""

    def labels(self, document_id: DocumentId) -> Labels | None:
        """What a document and its versions are kept under; None where there is no document."""

    def document(self, document_id: DocumentId) -> Version:
        """The standing version, or the last one that stood. Raises `DocumentNotFoundError`."""

    def versions(self, document_id: DocumentId) -> tuple[Version, ...]:
        """Every period of validity, newest first. Raises `DocumentNotFoundError`."""

    def version(self, document_id: DocumentId, version_id: VersionId) -> Version:
        """One version. Raises `DocumentNotFoundError`."""

    def text(self, document_id: DocumentId, version_id: VersionId) -> str:
        """The version's normalised text. Raises `DocumentNotFoundError`."""

    def span(
        self, document_id: DocumentId, version_id: VersionId, start: int, end: int
    ) -> str | None:
        """Characters `[start, end)` of a version's text; None of one that is not kept."""

    def chunks(
        self, chunk_ids: Sequence[ChunkId], as_of: datetime, filters: Filters
    ) -> dict[ChunkId, StoredChunk]:
        """Those of the chunks that were valid at `as_of` and pass the filters."""

    def neighbours(self, stored: StoredChunk, reach: int) -> tuple[StoredChunk, ...]:
        """The chunks of the same version up to `reach` before and after, in order, with itself."""

    def around(
        self,
        document_id: DocumentId,
        version_id: VersionId,
        start: int,
        end: int,
        *,
        before: int,
        after: int,
    ) -> tuple[Chunk, ...]:
        """The chunks in a span of a version, with some before and after it, in order."""

    def difference(
        self,
        document_id: DocumentId,
        earlier: VersionId | None = None,
        later: VersionId | None = None,
    ) -> Difference:
        """How one version became another. Raises `DocumentNotFoundError`."""

    def restore(
        self,
        document_id: DocumentId,
        version_id: VersionId | None = None,
        at: datetime | None = None,
    ) -> Version:
        """Lets an earlier version stand again, by default the one before; returns it.

        Raises:
            DocumentNotFoundError: there is no such document or version.
            RestoreConflictError: it stands already, or another document has its place.
        """

    def layout(
        self, document_id: DocumentId, version_id: VersionId
    ) -> tuple[tuple[Page, ...], tuple[PlacedWord, ...]]:
        """Pages and recognised words of a version. Raises `DocumentNotFoundError`."""

    def count(
        self, as_of: datetime | None = None, readable: Readable | None = None
    ) -> tuple[int, int]:
        """Documents that stand, or stood at a time, and may be read, and their chunks."""


class KeepsKeys(Protocol):
    """The access keys, and who began which run."""

    def in_use(self) -> bool:
        """Whether the library ever had a key."""

    def find(self, secret: str) -> ApiKey | None:
        """The valid key of this secret; None where there is none."""

    def note_run(self, run_id: RunId, owner: str) -> None:
        """Remembers who began a run."""

    def owners(self, run_ids: Sequence[RunId]) -> Mapping[RunId, str]:
        """Who began each of these runs, where that is known."""


class KeepsAudit(Protocol):
    """The audit trail."""

    def note(self, what: str, told: Mapping[str, object], actor: Actor | None = None) -> None:
        """Appends a row, by whoever acts. Raises `LibraryDamagedError` where it cannot be."""


class KeepsRuns(Protocol):
    """What is known of ingest runs."""

    def get(self, run_id: RunId) -> Run:
        """A run. Raises `RunNotFoundError`."""

    def recent(self, limit: int, *, after: RunId | None = None) -> tuple[Run, ...]:
        """The last runs, newest first; those that come after one. Raises `RunNotFoundError`."""

    def unended(self) -> Sequence[Run]:
        """The runs that wait or are under way, oldest first."""

    def items(
        self, run_id: RunId, limit: int = 1000, after: int = 0
    ) -> Sequence[tuple[int, RunItem]]:
        """Items with their numbers, in order, after the item numbered `after`."""

    def outcomes(self, run_id: RunId) -> Mapping[str, int]:
        """How many items of a run had each outcome."""


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
