"""The library as the routes read and change it."""

from collections.abc import Mapping
from typing import Protocol

from assistant.access.labels import Labels
from assistant.ports import KeepsVersions
from assistant.types import (
    DocumentId,
    DocumentPage,
    Readable,
    SourceState,
)


class ReadsLibrary(KeepsVersions, Protocol):
    """The ledger, as the routes see it."""

    def sources(self) -> Mapping[str, SourceState]:
        """Every source whose document stands, by its URI."""

    def removed(
        self, limit: int, cursor: str | None = None, readable: Readable | None = None
    ) -> DocumentPage:
        """Documents that do not stand any more, by the last version, by title, a page at a time."""

    def count_removed(self, readable: Readable | None = None) -> int:
        """How many documents do not stand any more and may be read."""

    def labels(self, document_id: DocumentId, readable: Readable | None = None) -> Labels | None:
        """What a document and its versions are kept under; None of one that is not to be read."""
