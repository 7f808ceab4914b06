"""The library as the routes read and change it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from assistant.access.labels import Labels
from assistant.types import (
    Chunk,
    Difference,
    DocumentId,
    DocumentPage,
    Page,
    PlacedWord,
    Readable,
    SourceState,
    Version,
    VersionId,
)


class ReadsLibrary(Protocol):
    """The ledger, as the routes see it."""

    def sources(self) -> Mapping[str, SourceState]:
        """Every source whose document stands, by its URI."""

    def documents(
        self,
        limit: int,
        cursor: str | None = None,
        as_of: datetime | None = None,
        readable: Readable | None = None,
    ) -> DocumentPage:
        """Standing versions that may be read, by title, a page at a time."""

    def count(
        self, as_of: datetime | None = None, readable: Readable | None = None
    ) -> tuple[int, int]:
        """Documents that stand, or stood at a time, and may be read, and their chunks."""

    def removed(
        self, limit: int, cursor: str | None = None, readable: Readable | None = None
    ) -> DocumentPage:
        """Documents that do not stand any more, by the last version, by title, a page at a time."""

    def count_removed(self, readable: Readable | None = None) -> int:
        """How many documents do not stand any more and may be read."""

    def labels(self, document_id: DocumentId, readable: Readable | None = None) -> Labels | None:
        """What a document and its versions are kept under; None of one that is not to be read."""

    def document(self, document_id: DocumentId) -> Version:
        """The standing version, or the last one that stood. Raises `DocumentNotFoundError`."""

    def versions(self, document_id: DocumentId) -> tuple[Version, ...]:
        """Every period of validity, newest first. Raises `DocumentNotFoundError`."""

    def version(self, document_id: DocumentId, version_id: VersionId) -> Version:
        """One version. Raises `DocumentNotFoundError`."""

    def text(self, document_id: DocumentId, version_id: VersionId) -> str:
        """The version's normalised text. Raises `DocumentNotFoundError`."""

    def layout(
        self, document_id: DocumentId, version_id: VersionId
    ) -> tuple[tuple[Page, ...], tuple[PlacedWord, ...]]:
        """Pages and recognised words of a version. Raises `DocumentNotFoundError`."""

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
