"""What the ledger forgets when it is pruned, and what it remembers of that."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, exists, select

from assistant.library import embeddings, runs, states, token_signs
from assistant.library.absent import pruned_key
from assistant.library.database import Database
from assistant.library.schema import (
    ChunkRow,
    DocumentRow,
    TextRow,
    ValidityRow,
    VersionRow,
)
from assistant.library.writing import set_fact
from assistant.types import ChunkId, DocumentId, VersionId

Named = tuple[DocumentId, VersionId]
_BATCH = 400


@dataclass(frozen=True, slots=True)
class PruneRule:
    """Which versions go: retired at least so long ago, and beyond the newest so many.

    Where both are set, only what both name. The newest are counted for each document, with the one
    that stands.
    """

    older_than: timedelta | None = None
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class Doomed:
    """What a rule names: periods, the versions that have no other, and what only those have.

    `horizon` is the end of the last of the periods: from then on the library stays known.
    """

    periods: tuple[int, ...] = ()
    versions: tuple[Named, ...] = ()
    documents: int = 0
    chunk_ids: tuple[ChunkId, ...] = ()
    files: tuple[str, ...] = ()
    horizon: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.periods)


@dataclass(frozen=True, slots=True)
class _Period:
    validity_id: int
    named: Named
    valid_from: datetime
    valid_to: datetime | None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What else nobody needs any more: vectors of texts, and ended runs."""

    vectors: int
    runs: int


class _UndoneError(Exception):
    """Ends a transaction that is not to be kept."""


class Forgetting:
    """Pruning of the ledger, inside one transaction, in which `note` writes what goes."""

    def __init__(
        self, database: Database, note: Callable[[Connection, str, Mapping[str, object]], None]
    ) -> None:
        self._database = database
        self._note = note

    def doomed(self, rule: PruneRule, now: datetime) -> Doomed:
        """What the rule names at a time; a version that stands never."""
        with self._database.read() as connection:
            periods = _periods(connection)
            going = list(_chosen(periods, rule, now))
            if not going:
                return Doomed()
            ids = {period.validity_id for period in going}
            staying = {period.named for period in periods if period.validity_id not in ids}
            versions = sorted({period.named for period in going} - staying)
            kept_documents = {document_id for document_id, _ in staying}
            return Doomed(
                periods=tuple(sorted(ids)),
                versions=tuple(versions),
                documents=len({d for d, _ in versions} - kept_documents),
                chunk_ids=_chunk_ids(connection, versions),
                files=_files(connection, versions),
                horizon=max(period.valid_to for period in going if period.valid_to is not None),
            )

    def forget(
        self,
        doomed: Doomed,
        now: datetime,
        runs_before: datetime | None = None,
        *,
        dry_run: bool = False,
    ) -> Forgotten:
        """Forgets all of it at once, and ended runs that began before a time.

        A dry run does the same and undoes it, so that it tells exactly what would go.
        """
        forgotten = Forgotten(0, 0)
        try:
            with self._database.write() as connection:
                _forget_versions(connection, doomed, now)
                vectors = _drop_unused(connection) if doomed else 0
                old = 0 if runs_before is None else runs.forget(connection, runs_before)
                forgotten = Forgotten(vectors, old)
                named = [{"document_id": d, "version_id": v} for d, v in doomed.versions]
                self._note(connection, "prune", {"documents": named, "runs": old})
                if dry_run:
                    raise _UndoneError
        except _UndoneError:
            pass
        return forgotten

    def shrink(self) -> None:
        """Gives the room of what was forgotten back to the disk."""
        self._database.shrink()


def _forget_versions(connection: Connection, doomed: Doomed, now: datetime) -> None:
    for start in range(0, len(doomed.periods), _BATCH):
        batch = doomed.periods[start : start + _BATCH]
        connection.execute(delete(ValidityRow).where(ValidityRow.validity_id.in_(batch)))
    for document_id, version_id in doomed.versions:
        _forget_version(connection, document_id, version_id)
        set_fact(connection, pruned_key(document_id, version_id), now.isoformat())
    _forget_documents(connection, {document_id for document_id, _ in doomed.versions})
    known_since = states.horizon(connection)
    if doomed.horizon is not None and (known_since is None or known_since < doomed.horizon):
        set_fact(connection, states.HORIZON, doomed.horizon.isoformat())


def _periods(connection: Connection) -> list[_Period]:
    rows = connection.execute(
        select(
            ValidityRow.validity_id,
            ValidityRow.document_id,
            ValidityRow.version_id,
            ValidityRow.valid_from,
            ValidityRow.valid_to,
        )
    )
    return [
        _Period(number, (DocumentId(document_id), VersionId(version_id)), began, ended)
        for number, document_id, version_id, began, ended in rows
    ]


def _chosen(periods: Sequence[_Period], rule: PruneRule, now: datetime) -> Iterable[_Period]:
    newest = _newest(periods, rule.keep)
    standing = {period.named for period in periods if period.valid_to is None}
    for period in periods:
        if period.valid_to is None:
            continue
        old = rule.older_than is None or period.valid_to <= now - rule.older_than
        beyond = rule.keep is None or period.named not in newest | standing
        if old and beyond:
            yield period


def _newest(periods: Sequence[_Period], keep: int | None) -> set[Named]:
    """The versions of each document that stood last."""
    last: dict[DocumentId, dict[Named, datetime]] = defaultdict(dict)
    for period in sorted(periods, key=lambda one: one.valid_from):
        last[period.named[0]][period.named] = period.valid_from
    return {
        named
        for versions in last.values()
        for named in sorted(versions, key=lambda one: versions[one], reverse=True)[: keep or 0]
    }


def _chunk_ids(connection: Connection, versions: Sequence[Named]) -> tuple[ChunkId, ...]:
    found: list[ChunkId] = []
    for document_id, version_id in versions:
        of = and_(ChunkRow.document_id == document_id, ChunkRow.version_id == version_id)
        found.extend(map(ChunkId, connection.scalars(select(ChunkRow.chunk_id).where(of))))
    return tuple(found)


def _files(connection: Connection, versions: Sequence[Named]) -> tuple[str, ...]:
    """The original files that no other version came from."""
    going = set(versions)
    rows = connection.execute(
        select(VersionRow.document_id, VersionRow.version_id, VersionRow.source_sha256)
    ).all()
    needed = {
        sha256 for document_id, version_id, sha256 in rows if (document_id, version_id) not in going
    }
    gone = {
        sha256 for document_id, version_id, sha256 in rows if (document_id, version_id) in going
    }
    return tuple(sorted(gone - needed))


def _forget_version(connection: Connection, document_id: str, version_id: str) -> None:
    for table in (ChunkRow, TextRow, VersionRow):
        connection.execute(
            delete(table).where(table.document_id == document_id, table.version_id == version_id)
        )


def _forget_documents(connection: Connection, document_ids: Iterable[DocumentId]) -> None:
    for document_id in document_ids:
        connection.execute(
            delete(DocumentRow).where(
                DocumentRow.document_id == document_id,
                ~exists().where(VersionRow.document_id == document_id),
            )
        )


def _drop_unused(connection: Connection) -> int:
    """Forgets what was made of texts that no chunk has; returns how many vectors."""
    token_signs.drop_unused(connection)
    return embeddings.drop_unused(connection)
