"""The ledger as it is read: which documents there are, what they said, and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, or_, select

from assistant.access.labels import Labels
from assistant.library import absent, clearance, embeddings, failures, periods, places, reading
from assistant.library.database import Database
from assistant.library.diff import before, differences
from assistant.library.listing import place
from assistant.library.schema import ChunkRow, DocumentRow, FactRow, ValidityRow, VersionRow
from assistant.library.states import States
from assistant.types import (
    Chunk,
    ChunkId,
    Difference,
    DocumentId,
    DocumentPage,
    Filters,
    Heading,
    KnownFailure,
    KnownPlace,
    Page,
    PlacedWord,
    Readable,
    SourceState,
    StoredChunk,
    Version,
    VersionId,
)

EMBEDDER = "embedder"
"""The fact that names the embedder the library was built with."""


class ReadLedger:
    """What a ledger on a SQL database tells, to many threads at once; nothing of it changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.states = States(database)

    @property
    def place(self) -> str:
        """Where it is: a file, or an address without its password."""
        return self._database.place

    @property
    def server(self) -> Database | None:
        """The database where it is on a server, which keeps word indexes too; None for a file."""
        return self._database if self._database.on_server else None

    def sources(self) -> Mapping[str, SourceState]:
        """Every source whose document stands, by its URI."""
        with self._database.read() as connection:
            return reading.sources(connection)

    def failures(self) -> Mapping[str, KnownFailure]:
        """Every source that could not be read when it was last tried, by its URI."""
        with self._database.read() as connection:
            return failures.known(connection)

    def places(self) -> Mapping[str, KnownPlace]:
        """Every source that is a container or a copy, by its URI."""
        with self._database.read() as connection:
            return places.known(connection)

    def documents(
        self,
        limit: int,
        cursor: str | None = None,
        as_of: datetime | None = None,
        readable: Readable | None = None,
    ) -> DocumentPage:
        """Standing versions that may be read, by title, a page at a time.

        Raises:
            LibraryError: the cursor is none that a page of this listing gave.
            AsOfPrunedError: what stood at `as_of` was pruned.
        """
        after = None if cursor is None else place(cursor)
        if as_of is not None:
            self.states.at(as_of)
        with self._database.read() as connection:
            return periods.documents(connection, limit, after, as_of, readable)

    def removed(
        self, limit: int, cursor: str | None = None, readable: Readable | None = None
    ) -> DocumentPage:
        """Documents that do not stand any more and may be read, by the last version, by title.

        Raises:
            LibraryError: the cursor is none that a page of this listing gave.
        """
        after = None if cursor is None else place(cursor)
        with self._database.read() as connection:
            return periods.removed(connection, limit, after, readable)

    def count_removed(self, readable: Readable | None = None) -> int:
        """How many documents do not stand any more and may be read."""
        with self._database.read() as connection:
            return periods.count_removed(connection, readable)

    def document(self, document_id: DocumentId) -> Version:
        """The standing version, or the last one that stood. Raises `DocumentNotFoundError`."""
        return self.versions(document_id)[0]

    def versions(self, document_id: DocumentId) -> tuple[Version, ...]:
        """Every period of validity, newest first. Raises `DocumentNotFoundError`."""
        with self._database.read() as connection:
            return periods.versions(connection, document_id)

    def version(self, document_id: DocumentId, version_id: VersionId) -> Version:
        """One version, in the last period it stood. Raises `DocumentNotFoundError`."""
        for version in self.versions(document_id):
            if version.version_id == version_id:
                return version
        with self._database.read() as connection:
            raise absent.no_version(connection, document_id, version_id)

    def text(self, document_id: DocumentId, version_id: VersionId) -> str:
        """The version's normalised text. Raises `DocumentNotFoundError`."""
        with self._database.read() as connection:
            return reading.text(connection, document_id, version_id)

    def span(
        self, document_id: DocumentId, version_id: VersionId, start: int, end: int
    ) -> str | None:
        """Characters `[start, end)` of a version's text; None of one that is not kept."""
        with self._database.read() as connection:
            return reading.span(connection, document_id, version_id, start, end)

    def chunks(
        self, chunk_ids: Sequence[ChunkId], as_of: datetime, filters: Filters
    ) -> dict[ChunkId, StoredChunk]:
        """Those of the chunks that were valid at `as_of` and pass the filters, in their order."""
        with self._database.read() as connection:
            return reading.chunks(connection, chunk_ids, as_of, filters)

    def neighbours(self, stored: StoredChunk, reach: int) -> tuple[StoredChunk, ...]:
        """The chunks of the same version up to `reach` before and after, in order, with itself."""
        with self._database.read() as connection:
            return reading.neighbours(connection, stored, reach)

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
        with self._database.read() as connection:
            version = document_id, version_id
            return reading.around(connection, version, (start, end), before, after)

    def difference(
        self,
        document_id: DocumentId,
        earlier: VersionId | None = None,
        later: VersionId | None = None,
    ) -> Difference:
        """How one version became another: by default the newest, from the one before it.

        Raises:
            DocumentNotFoundError: there is no such document or version, or none before it.
        """
        versions = self.versions(document_id)
        new = versions[0] if later is None else self.version(document_id, later)
        old = before(versions, new) if earlier is None else self.version(document_id, earlier)
        old_text = self.text(document_id, old.version_id)
        new_text = self.text(document_id, new.version_id)
        changes = tuple(differences(old_text, new_text))
        return Difference(old, new, old_text, new_text, changes)

    def layout(
        self, document_id: DocumentId, version_id: VersionId
    ) -> tuple[tuple[Page, ...], tuple[PlacedWord, ...]]:
        """Pages and recognised words of a version. Raises `DocumentNotFoundError`."""
        with self._database.read() as connection:
            return reading.layout(connection, document_id, version_id)

    def retired(self, beginning: str) -> tuple[DocumentId, ...]:
        """The documents that do not stand and whose names begin so."""
        with self._database.read() as connection:
            return periods.retired(connection, beginning)

    def headings(self, document_id: DocumentId, version_id: VersionId) -> tuple[Heading, ...]:
        """The headings of a version's text, in order."""
        with self._database.read() as connection:
            return reading.headings(connection, document_id, version_id)

    def left_open(
        self, document_id: DocumentId, sha256: str, label: str
    ) -> Sequence[tuple[DocumentId, str, str]]:
        """Other documents that stand with bytes that this one once had, and with another label.

        Each by its id, its place and its label. `sha256` is of bytes that it had, too.
        """
        before = select(VersionRow.source_sha256).where(VersionRow.document_id == document_id)
        asked = select(DocumentRow.document_id, DocumentRow.source_uri, DocumentRow.label).where(
            DocumentRow.current_version_id.is_not(None),
            DocumentRow.document_id != document_id,
            DocumentRow.label != label,
            or_(DocumentRow.source_sha256.in_(before), DocumentRow.source_sha256 == sha256),
        )
        with self._database.read() as connection:
            rows = connection.execute(asked.order_by(DocumentRow.source_uri))
            return [(DocumentId(row[0]), row[1], row[2]) for row in rows]

    def labels(self, document_id: DocumentId, readable: Readable | None = None) -> Labels | None:
        """What a document and its versions are kept under; None of one that is not to be read."""
        with self._database.read() as connection:
            return clearance.labels(connection, document_id, readable)

    def count(
        self, as_of: datetime | None = None, readable: Readable | None = None
    ) -> tuple[int, int]:
        """Documents that stand, or stood at a time, and may be read, and their chunks."""
        with self._database.read() as connection:
            return periods.count(connection, as_of, readable)

    def known(self, chunk_ids: Sequence[ChunkId]) -> set[ChunkId]:
        """Those of the chunks that have been staged."""
        with self._database.read() as connection:
            return reading.known(connection, chunk_ids)

    def chunk_count(self) -> int:
        """The chunks of every version, standing or not: what the indexes should hold."""
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(ChunkRow)) or 0

    def is_empty(self) -> bool:
        """Whether no version of any document ever stood."""
        with self._database.read() as connection:
            return connection.scalar(select(ValidityRow.validity_id).limit(1)) is None

    def source_files(self) -> set[str]:
        """The sha256 of every version's original file."""
        with self._database.read() as connection:
            return set(connection.scalars(select(VersionRow.source_sha256).distinct()))

    def leftovers(self) -> tuple[ChunkId, ...]:
        """The chunks of versions that were staged and never stood."""
        with self._database.read() as connection:
            return reading.leftovers(connection)

    def embeddings(self, embedder: str, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The kept vectors of those of the texts that were embedded before, by text key."""
        with self._database.read() as connection:
            return embeddings.get(connection, embedder, keys)

    def embedder(self) -> str | None:
        """The name of the embedder the library was built with; None before its first opening."""
        return self.fact(EMBEDDER)

    def fact(self, key: str) -> str | None:
        """Something remembered of the library as a whole, by its name."""
        with self._database.read() as connection:
            return reading.fact(connection, key)

    def facts(self, prefix: str) -> Mapping[str, str]:
        """Everything remembered of the library whose names begin so."""
        with self._database.read() as connection:
            found = select(FactRow.key, FactRow.value)
            rows = connection.execute(found.where(FactRow.key.startswith(prefix, autoescape=True)))
            return {row.key: row.value for row in rows}
