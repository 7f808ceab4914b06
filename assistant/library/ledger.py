"""The ledger as it changes: it alone decides which versions of which documents stand."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import URL, Connection

from assistant.errors import LibraryDamagedError, LibraryError
from assistant.library import (
    embeddings,
    failures,
    places,
    restoring,
    staging,
    states,
    writing,
)
from assistant.library.audit import AuditTrail
from assistant.library.catalogue import Catalogue
from assistant.library.clock import Clock
from assistant.library.conversations import ConversationBook
from assistant.library.database import Database
from assistant.library.feedback import FeedbackBook
from assistant.library.forgetting import Forgetting
from assistant.library.keys import KeyBook
from assistant.library.postgres import address
from assistant.library.read_ledger import EMBEDDER, ReadLedger
from assistant.library.runbook import RunBook
from assistant.library.sharing import Sharing
from assistant.library.soundness import Soundness
from assistant.library.token_signs import TokenSignsBook
from assistant.types import (
    DocumentId,
    KnownFailure,
    KnownPlace,
    Move,
    NewVersion,
    SourceState,
    Version,
    VersionId,
)

LEDGER_FILE = "ledger.db"
NODE_FILE = "node"
MOVING = "moving"
"""The fact that a ledger is a copy which is not whole yet."""


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


class SqlLedger(ReadLedger):
    """The ledger on a SQL database, as it is read and changed, for many threads at once."""

    def __init__(self, database: Database, node: str | None = None) -> None:
        super().__init__(database)
        self._clock = Clock()
        self.audit = AuditTrail(database)
        self.sharing = Sharing(database)
        self.runs = RunBook(database, self.audit.append, node)
        self.catalogue = Catalogue(database)
        self.soundness = Soundness(database)
        self.forgetting = Forgetting(database, self.audit.append)
        self.token_signs = TokenSignsBook(database)
        self.keys = KeyBook(database, self.audit.append)
        self.conversations = ConversationBook(database)
        self.feedback = FeedbackBook(database)

    def require_room(self) -> None:
        """Passes where the ledger can be written. Raises `DiskFullError` where there is no room."""
        self._database.require_room()

    def remember_failures(self, found: Sequence[KnownFailure]) -> None:
        """Remembers sources that could not be read; publishing one forgets its failure."""
        with self._database.write() as connection:
            failures.remember(connection, found)

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
            staging.stage(connection, versions)
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

    def drop_leftovers(self) -> None:
        """Forgets versions that never stood, and documents that have no other."""
        with self._database.write() as connection:
            staging.drop_leftovers(connection)

    def set_embedder(self, name: str) -> None:
        """Remembers the embedder the library is built with."""
        self.set_fact(EMBEDDER, name)

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
