"""What is asked of the ledger: documents, keys, the audit trail and runs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

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
    PlacedWord,
    Readable,
    RunId,
    SourceState,
    StoredChunk,
    Version,
    VersionId,
)


class KeepsVersions(Protocol):
    """Documents and their versions, to be listed, read, compared and brought back."""

    def documents(
        self,
        limit: int,
        cursor: str | None = None,
        as_of: datetime | None = None,
        readable: Readable | None = None,
    ) -> DocumentPage:
        """Standing versions that may be read, by title, a page at a time."""

    def document(self, document_id: DocumentId) -> Version:
        """The standing version, or the last one that stood. Raises `DocumentNotFoundError`."""

    def versions(self, document_id: DocumentId) -> tuple[Version, ...]:
        """Every period of validity, newest first. Raises `DocumentNotFoundError`."""

    def version(self, document_id: DocumentId, version_id: VersionId) -> Version:
        """One version. Raises `DocumentNotFoundError`."""

    def text(self, document_id: DocumentId, version_id: VersionId) -> str:
        """The version's normalised text. Raises `DocumentNotFoundError`."""

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


class Ledger(KeepsVersions, Protocol):
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

    def labels(self, document_id: DocumentId) -> Labels | None:
        """What a document and its versions are kept under; None where there is no document."""

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
