"""The ledger: which documents there are, what they said, and when. It alone decides what stands."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import URL, Connection, func, select

from assistant.access.labels import Labels
from assistant.errors import LibraryDamagedError, LibraryError
from assistant.library import (
    absent,
    clearance,
    embeddings,
    failures,
    periods,
    places,
    reading,
    restoring,
    states,
    writing,
)
from assistant.library.audit import AuditTrail
from assistant.library.catalogue import Catalogue
from assistant.library.clock import Clock
from assistant.library.conversations import ConversationBook
from assistant.library.database import Database
from assistant.library.diff import before, differences
from assistant.library.feedback import FeedbackBook
from assistant.library.forgetting import Forgetting
from assistant.library.keys import KeyBook
from assistant.library.listing import place
from assistant.library.postgres import address
from assistant.library.runbook import RunBook
from assistant.library.schema import ChunkRow, FactRow, ValidityRow, VersionRow
from assistant.library.sharing import Sharing
from assistant.library.soundness import Soundness
from assistant.library.states import States
from assistant.library.token_signs import TokenSignsBook
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
    Move,
    NewVersion,
    Page,
    PlacedWord,
    Readable,
    SourceState,
    StoredChunk,
    Version,
    VersionId,
)

LEDGER_FILE = "ledger.db"
NODE_FILE = "node"
MOVING = "moving"
"""The fact that a ledger is a copy which is not whole yet."""
_EMBEDDER = "embedder"


def open_ledger(home: Path, database_url: str | None = None) -> "SqlLedger":
    """The ledger of a data directory, or at an address, created or migrated where needed.

    Raises:
        ConfigurationError: the address is none, or its driver is not installed.
        LibraryDamagedError: the directory or the ledger in it cannot be opened.
        LibraryUnavailableError: the database server cannot be reached.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryDamagedError(
            f"The data directory {home} cannot be created: {error.strerror or error}. "
            "Make its parent writable, or choose another ATTACHE_HOME."
        ) from error
    database = Database(
        URL.create("sqlite", database=str(home / LEDGER_FILE))
        if database_url is None
        else address(database_url)
    )
    try:
        database.migrate()
    except LibraryError:
        database.close()
        raise
    return SqlLedger(database, _node(home) if database.on_server else None)


def _node(home: Path) -> str:
    """What tells this data directory from others that share a ledger; kept in it."""
    place = home / NODE_FILE
    try:
        if not place.is_file():
            place.write_text(secrets.token_hex(8), encoding="ascii")
        return place.read_text(encoding="ascii")
    except OSError as error:
        raise LibraryDamagedError(
            f"{place} cannot be written: {error.strerror or error}. "
            "Make it writable, or choose another ATTACHE_HOME."
        ) from error


def has_ledger(home: Path, database_url: str | None = None) -> bool:
    """Whether there is a ledger to be opened; one on a server is made when it first is."""
    return database_url is not None or (home / LEDGER_FILE).is_file()


class SqlLedger:
    """The ledger on a SQL database, for many threads at once."""

    def __init__(self, database: Database, node: str | None = None) -> None:
        self._database = database
        self._clock = Clock()
        self.audit = AuditTrail(database)
        self.sharing = Sharing(database)
        self.runs = RunBook(database, self.audit.append, node)
        self.catalogue = Catalogue(database)
        self.soundness = Soundness(database)
        self.states = States(database)
        self.forgetting = Forgetting(database, self.audit.append)
        self.token_signs = TokenSignsBook(database)
        self.keys = KeyBook(database, self.audit.append)
        self.conversations = ConversationBook(database)
        self.feedback = FeedbackBook(database)

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

    def remember_failures(self, found: Sequence[KnownFailure]) -> None:
        """Remembers sources that could not be read; publishing one forgets its failure."""
        with self._database.write() as connection:
            failures.remember(connection, found)

    def places(self) -> Mapping[str, KnownPlace]:
        """Every source that is a container or a copy, by its URI."""
        with self._database.read() as connection:
            return places.known(connection)

    def remember_places(self, found: Sequence[KnownPlace]) -> None:
        """Remembers containers and copies."""
        with self._database.write() as connection:
            places.remember(connection, found)

    def forget_sources(self, source_uris: Sequence[str]) -> None:
        """Forgets the failures and places of sources that are gone."""
        with self._database.write() as connection:
            failures.forget(connection, source_uris)
            places.forget(connection, source_uris)

    def document_at(self, source_uri: str) -> DocumentId:
        """The document at this place, standing or retired, or a name for a new one."""
        with self._database.read() as connection:
            return writing.new_document_id(connection, source_uri)

    def stage(
        self,
        versions: Sequence[NewVersion],
        embedder: str = "",
        vectors: Mapping[bytes, NDArray[np.float32]] = MappingProxyType({}),
    ) -> None:
        """Writes versions and their chunks, not yet valid; what is there already stays.

        `vectors` are those of the texts by this embedder, by text key.
        """
        with self._database.write() as connection:
            writing.stage(connection, versions)
            embeddings.keep(connection, embedder, vectors)

    def publish(self, versions: Sequence[NewVersion], at: datetime | None = None) -> None:
        """In one transaction ends what stood and starts these versions at `at`, by default now."""
        with self._changing(at) as (connection, moment):
            for version in versions:
                writing.publish(connection, version, moment)
            self.audit.append(connection, "publish", {"documents": list(map(_published, versions))})
            stood = [version.source_uri for version in versions]
            failures.forget(connection, stood)
            places.end_copies(connection, stood)

    def move(self, moves: Sequence[Move], at: datetime | None = None) -> None:
        """In one transaction lets standing versions go on at other places."""
        if not moves:
            return
        with self._changing(at) as (connection, moment):
            for moved in moves:
                writing.move(connection, moved, moment)
            self.audit.append(connection, "move", {"documents": list(map(_moved, moves))})
            moved_to = [moved.source_uri for moved in moves]
            failures.forget(connection, moved_to)
            places.forget(connection, moved_to)

    def retire(self, document_id: DocumentId, at: datetime) -> None:
        """Ends the standing version; raises `DocumentNotFoundError` where none stands."""
        self.retire_all([document_id], at)

    def retire_all(self, document_ids: Sequence[DocumentId], at: datetime | None = None) -> None:
        """In one transaction ends what stands of these documents, by default now."""
        if not document_ids:
            return
        with self._changing(at) as (connection, moment):
            for document_id in document_ids:
                writing.retire(connection, document_id, moment)
            self.audit.append(
                connection, "remove", {"documents": [{"document_id": d} for d in document_ids]}
            )

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
        with self._changing(at) as (connection, moment):
            restored = restoring.restore(connection, document_id, version_id, moment)
            named = {"document_id": document_id, "version_id": restored}
            self.audit.append(connection, "restore", {"documents": [named]})
        return self.version(document_id, restored)

    def moment(self) -> datetime:
        """Now, as no change to come can alter it any more; waits for one under way."""
        with self._database.looking() as connection:
            last = states.last_change(connection)
            return self._clock.now(last, lambda: self._database.now(connection))

    @contextmanager
    def _changing(self, at: datetime | None) -> Iterator[tuple[Connection, datetime]]:
        """A transaction that changes what stands, and its moment, by default now."""
        # The clock is let go last: after the commit.
        with ExitStack() as last, self._database.changing() as connection:
            after = states.last_change(connection)
            change = self._clock.change(after, lambda: self._database.now(connection))
            now = last.enter_context(change)
            yield connection, at or now

    def touch(self, states: Sequence[SourceState]) -> None:
        """Remembers a new size or time of sources whose content is the same."""
        with self._database.write() as connection:
            writing.touch(connection, states)

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

    def drop_leftovers(self) -> None:
        """Forgets versions that never stood, and documents that have no other."""
        with self._database.write() as connection:
            writing.drop_leftovers(connection)

    def embeddings(self, embedder: str, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The kept vectors of those of the texts that were embedded before, by text key."""
        with self._database.read() as connection:
            return embeddings.get(connection, embedder, keys)

    def embedder(self) -> str | None:
        """The name of the embedder the library was built with; None before its first opening."""
        return self.fact(_EMBEDDER)

    def set_embedder(self, name: str) -> None:
        """Remembers the embedder the library is built with."""
        self.set_fact(_EMBEDDER, name)

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

    def set_fact(self, key: str, value: str) -> None:
        """Remembers something of the library as a whole."""
        with self._database.write() as connection:
            writing.set_fact(connection, key, value)

    def close(self) -> None:
        """Closes every connection to the database."""
        self._database.close()


def _published(version: NewVersion) -> dict[str, str | None]:
    """What the audit trail says of a version that stands from now on."""
    return {
        "document_id": version.document_id,
        "version_id": version.version_id,
        "source": version.source_uri,
        "marking": version.document.metadata.marking,
    }


def _moved(moved: Move) -> dict[str, str]:
    return {"document_id": moved.state.document_id, "source": moved.source_uri}
