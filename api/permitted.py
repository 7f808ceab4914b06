"""The library as a caller may read it. What may not be read is told apart from nothing in no way.

The same question is put to the ledger, and the same error raised in the same words, whether there
is no such thing or one that the caller may not read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.library import ReadsLibrary
from assistant.access.keys import Caller
from assistant.access.labels import Labels
from assistant.errors import DocumentNotFoundError, RestoreConflictError, RunNotFoundError
from assistant.ports import KeepsKeys, KeepsRuns
from assistant.runs import Run, RunItem
from assistant.types import (
    Chunk,
    Difference,
    DocumentId,
    DocumentPage,
    Page,
    PlacedWord,
    Readable,
    RunId,
    SourceState,
    Version,
    VersionId,
)

_PAGE = 100


@dataclass(frozen=True, slots=True)
class PermittedLedger:
    """What of a ledger may be read, and changed by who may read it."""

    ledger: ReadsLibrary
    readable: Readable

    def sources(self) -> Mapping[str, SourceState]:
        """None: sources are for who may read everything."""
        return {}

    def documents(
        self,
        limit: int,
        cursor: str | None = None,
        as_of: datetime | None = None,
        readable: Readable | None = None,  # noqa: ARG002  # known already
    ) -> DocumentPage:
        """Standing versions that may be read, by title, a page at a time."""
        return self.ledger.documents(limit, cursor, as_of, self.readable)

    def count(
        self,
        as_of: datetime | None = None,
        readable: Readable | None = None,  # noqa: ARG002  # known already
    ) -> tuple[int, int]:
        """Documents that stand, or stood at a time, and may be read, and their chunks."""
        return self.ledger.count(as_of, self.readable)

    def removed(
        self,
        limit: int,
        cursor: str | None = None,
        readable: Readable | None = None,  # noqa: ARG002  # known already
    ) -> DocumentPage:
        """Documents that do not stand any more, by the last version, by title, a page at a time."""
        return self.ledger.removed(limit, cursor, self.readable)

    def count_removed(
        self,
        readable: Readable | None = None,  # noqa: ARG002  # known already
    ) -> int:
        """How many documents do not stand any more and may be read."""
        return self.ledger.count_removed(self.readable)

    def labels(
        self,
        document_id: DocumentId,
        readable: Readable | None = None,  # noqa: ARG002  # known already
    ) -> Labels | None:
        """What a document and its versions are kept under; None of one that may not be read."""
        return self.ledger.labels(document_id, self.readable)

    def document(self, document_id: DocumentId) -> Version:
        """The standing version, or the last one that stood. Raises `DocumentNotFoundError`."""
        return self.versions(document_id)[0]

    def versions(self, document_id: DocumentId) -> tuple[Version, ...]:
        """Every period of what may be read, newest first. Raises `DocumentNotFoundError`."""
        opened = self._opened(document_id)
        found = self.ledger.versions(document_id) if opened else ()
        permitted = tuple(one for one in found if one.version_id in opened)
        if not permitted:
            raise DocumentNotFoundError(
                f"The library has no document {document_id!r}. List the documents to see which "
                "there are."
            )
        return permitted

    def version(self, document_id: DocumentId, version_id: VersionId) -> Version:
        """One version. Raises `DocumentNotFoundError`."""
        self._require(document_id, version_id)
        return self.ledger.version(document_id, version_id)

    def text(self, document_id: DocumentId, version_id: VersionId) -> str:
        """The version's normalised text. Raises `DocumentNotFoundError`."""
        self._require(document_id, version_id)
        return self.ledger.text(document_id, version_id)

    def layout(
        self, document_id: DocumentId, version_id: VersionId
    ) -> tuple[tuple[Page, ...], tuple[PlacedWord, ...]]:
        """Pages and recognised words of a version. Raises `DocumentNotFoundError`."""
        self._require(document_id, version_id)
        return self.ledger.layout(document_id, version_id)

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
        self._require(document_id, version_id)
        return self.ledger.around(document_id, version_id, start, end, before=before, after=after)

    def difference(
        self,
        document_id: DocumentId,
        earlier: VersionId | None = None,
        later: VersionId | None = None,
    ) -> Difference:
        """How one version became another, by default the newest and the one before it.

        Raises:
            DocumentNotFoundError: there is no such document or version, or none before it.
        """
        known = self.versions(document_id)
        new = known[0] if later is None else self.version(document_id, later)
        old = _before(known, new) if earlier is None else self.version(document_id, earlier)
        return self.ledger.difference(document_id, old.version_id, new.version_id)

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
        known = self.versions(document_id)
        if version_id is not None:
            self._require(document_id, version_id)
        elif known[0].valid_to is None:
            version_id = _before(known, known[0]).version_id
        try:
            return self.ledger.restore(document_id, version_id or known[0].version_id, at)
        except RestoreConflictError as error:
            # The library's own words name what stands in its place, which may be closed.
            raise RestoreConflictError(
                "It stands already, or its place is taken. List the document's versions, or ask "
                "whoever runs the server."
            ) from error

    def _opened(self, document_id: DocumentId) -> frozenset[VersionId]:
        labels = self.ledger.labels(document_id, self.readable)
        return frozenset() if labels is None else labels.opened_to(self.readable)

    def _require(self, document_id: DocumentId, version_id: VersionId) -> None:
        if version_id not in self._opened(document_id):
            raise DocumentNotFoundError(
                f"The library has no version {version_id!r} of document {document_id!r}. "
                "List the document's versions to see which there are."
            )


@dataclass(frozen=True, slots=True)
class PermittedRuns:
    """What is known of the runs that a caller began: others name documents of other people."""

    book: KeepsRuns
    keys: KeepsKeys
    caller: Caller

    def get(self, run_id: RunId) -> Run:
        """A run. Raises `RunNotFoundError`."""
        if self.keys.owners([run_id]).get(run_id) != self.caller.name:
            raise RunNotFoundError(
                f"There is no ingest run {run_id!r}. List the runs to see which there are."
            )
        return self.book.get(run_id)

    def recent(self, limit: int, *, after: RunId | None = None) -> tuple[Run, ...]:
        """The last runs, newest first; those that come after one. Raises `RunNotFoundError`."""
        if after is not None:
            self.get(after)
        found: list[Run] = []
        while len(found) < limit:
            page = self.book.recent(_PAGE, after=after)
            owners = self.keys.owners([run.run_id for run in page])
            found += [run for run in page if owners.get(run.run_id) == self.caller.name]
            if len(page) < _PAGE:
                break
            after = page[-1].run_id
        return tuple(found[:limit])

    def unended(self) -> tuple[Run, ...]:
        """Runs that wait or go on, oldest first."""
        going = self.book.unended()
        owners = self.keys.owners([run.run_id for run in going])
        return tuple(run for run in going if owners.get(run.run_id) == self.caller.name)

    def items(
        self, run_id: RunId, limit: int = 1000, after: int = 0
    ) -> Sequence[tuple[int, RunItem]]:
        """Items with their numbers, in order, after the item numbered `after`."""
        self.get(run_id)
        return self.book.items(run_id, limit, after)

    def outcomes(self, run_id: RunId) -> Mapping[str, int]:
        """How many items of a run had each outcome."""
        self.get(run_id)
        return self.book.outcomes(run_id)


def _before(known: Sequence[Version], later: Version) -> Version:
    """The version that stood before one, of those that may be read, newest first."""
    names = [one.version_id for one in known]
    at = names.index(later.version_id)
    for one in known[at + 1 :]:
        if one.version_id != later.version_id:
            return one
    raise DocumentNotFoundError(
        f"No version of document {later.document_id!r} stood before {later.version_id!r}. List its "
        "versions and name one."
    )
