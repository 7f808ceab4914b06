"""The ledger's changes: each function makes one inside the transaction it is given."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, exists, insert, select, update

from assistant.errors import DocumentNotFoundError
from assistant.library.listing import title_key
from assistant.library.reading import NEVER_VALID, batches
from assistant.library.schema import (
    ChunkRow,
    DocumentRow,
    FactRow,
    TextRow,
    ValidityRow,
    VersionRow,
)
from assistant.types import DocumentId, NewVersion, SourceState

_INSTANT = timedelta(microseconds=1)


def stage(connection: Connection, versions: Sequence[NewVersion]) -> None:
    """Writes the versions the ledger does not know yet, with their texts and chunks.

    A version it knows keeps the chunks it has.
    """
    now = datetime.now(UTC)
    documents: set[str] = set()
    staged: set[tuple[str, str]] = set()
    for batch in batches([version.document_id for version in versions]):
        known = select(DocumentRow.document_id).where(DocumentRow.document_id.in_(batch))
        documents.update(connection.scalars(known))
        both = select(VersionRow.document_id, VersionRow.version_id)
        rows = connection.execute(both.where(VersionRow.document_id.in_(batch)))
        staged.update((document_id, version_id) for document_id, version_id in rows)
    for version in versions:
        if version.document_id not in documents:
            connection.execute(insert(DocumentRow), _document_values(version, now))
            documents.add(version.document_id)
        if (version.document_id, version.version_id) not in staged:
            _insert_version(connection, version, now)
            staged.add((version.document_id, version.version_id))


def publish(connection: Connection, version: NewVersion, at: datetime) -> None:
    """Ends what stood of the document and starts the version, unless it stands already.

    Periods of one document never overlap and never start at the same instant, also when the
    clock was set back: a period starts at `at` or, where that is too early, right after.
    """
    last = connection.execute(
        select(ValidityRow.validity_id, ValidityRow.version_id)
        .add_columns(ValidityRow.valid_from, ValidityRow.valid_to)
        .where(ValidityRow.document_id == version.document_id)
        .order_by(ValidityRow.valid_from.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        _start(connection, version, at)
    elif last.valid_to is not None:
        _start(connection, version, max(at, last.valid_to, last.valid_from + _INSTANT))
    elif last.version_id != version.version_id:
        start = max(at, last.valid_from + _INSTANT)
        _end(connection, last.validity_id, start)
        _start(connection, version, start)
    connection.execute(
        update(DocumentRow)
        .where(DocumentRow.document_id == version.document_id)
        .values(_state_values(version) | {"current_version_id": version.version_id})
    )


def retire(connection: Connection, document_id: DocumentId, at: datetime) -> None:
    """Ends the standing version; raises `DocumentNotFoundError` where none stands."""
    standing = connection.execute(
        select(ValidityRow.validity_id, ValidityRow.valid_from).where(
            ValidityRow.document_id == document_id, ValidityRow.valid_to.is_(None)
        )
    ).one_or_none()
    if standing is None:
        raise DocumentNotFoundError(
            f"No version of document {document_id!r} stands, so there is nothing to remove. "
            "List the documents to see which there are."
        )
    _end(connection, standing.validity_id, max(at, standing.valid_from + _INSTANT))
    connection.execute(
        update(DocumentRow)
        .where(DocumentRow.document_id == document_id)
        .values(current_version_id=None)
    )


def touch(connection: Connection, states: Sequence[SourceState]) -> None:
    """Remembers how these sources look now; their versions stay what they are."""
    for state in states:
        connection.execute(
            update(DocumentRow)
            .where(DocumentRow.document_id == state.document_id)
            .values(
                source_sha256=state.sha256,
                source_size=state.size,
                source_mtime_ns=state.mtime_ns,
                loader=state.loader,
            )
        )


def drop_leftovers(connection: Connection) -> None:
    """Forgets versions that never stood, and documents that have no other."""
    versions = connection.execute(
        select(VersionRow.document_id, VersionRow.version_id).where(NEVER_VALID)
    ).all()
    for table in (ChunkRow, TextRow, VersionRow):
        for document_id, version_id in versions:
            connection.execute(
                delete(table).where(
                    table.document_id == document_id, table.version_id == version_id
                )
            )
    connection.execute(
        delete(DocumentRow).where(
            ~exists().where(VersionRow.document_id == DocumentRow.document_id)
        )
    )


def set_fact(connection: Connection, key: str, value: str) -> None:
    """Remembers something about the whole library."""
    connection.execute(delete(FactRow).where(FactRow.key == key))
    connection.execute(insert(FactRow), {"key": key, "value": value})


def _insert_version(connection: Connection, version: NewVersion, now: datetime) -> None:
    names: dict[str, object] = {
        "document_id": version.document_id,
        "version_id": version.version_id,
    }
    document = version.document
    connection.execute(insert(VersionRow), names | _version_values(version, now))
    connection.execute(
        insert(TextRow),
        names
        | {
            "text": document.text,
            "pages": [[page.number, page.start, page.end] for page in document.pages],
            "headings": [[each.level, each.start, each.end] for each in document.headings],
        },
    )
    if version.chunks:
        connection.execute(
            insert(ChunkRow),
            [
                names
                | {
                    "chunk_id": chunk.chunk_id,
                    "ordinal": chunk.ordinal,
                    "start": chunk.start,
                    "end": chunk.end,
                    "page": chunk.page,
                    "headings": list(chunk.headings),
                    "context": chunk.context,
                    "text": chunk.text,
                }
                for chunk in version.chunks
            ],
        )


def _version_values(version: NewVersion, now: datetime) -> dict[str, object]:
    metadata = version.document.metadata
    return {
        "media_type": version.document.media_type,
        "source_sha256": version.source_sha256,
        "title": metadata.title,
        "title_key": title_key(metadata.title),
        "issuer": metadata.issuer,
        "published_on": metadata.published_on,
        "marking": metadata.marking,
        "language": metadata.language,
        "characters": len(version.document.text),
        "chunks": len(version.chunks),
        "pages": len(version.document.pages),
        "created_at": now,
    }


def _document_values(version: NewVersion, now: datetime) -> dict[str, object]:
    return _state_values(version) | {
        "document_id": version.document_id,
        "source_uri": version.source_uri,
        "created_at": now,
        "current_version_id": None,
    }


def _state_values(version: NewVersion) -> dict[str, object]:
    return {
        "source_sha256": version.source_sha256,
        "source_size": version.source_size,
        "source_mtime_ns": version.source_mtime_ns,
        "loader": version.loader,
    }


def _start(connection: Connection, version: NewVersion, at: datetime) -> None:
    connection.execute(
        insert(ValidityRow),
        {
            "document_id": version.document_id,
            "version_id": version.version_id,
            "valid_from": at,
            "valid_to": None,
        },
    )


def _end(connection: Connection, validity_id: int, at: datetime) -> None:
    connection.execute(
        update(ValidityRow).where(ValidityRow.validity_id == validity_id).values(valid_to=at)
    )
