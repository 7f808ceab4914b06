"""Versions as they are written before they stand, with their texts and chunks.

Each function changes the ledger inside the transaction it is given.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, exists, insert, select

from assistant.access.labels import label
from assistant.library.ids import text_key
from assistant.library.listing import title_key
from assistant.library.reading import NEVER_VALID, batches
from assistant.library.rows import look_values
from assistant.library.schema import ChunkRow, DocumentRow, TextRow, VersionRow
from assistant.types import Chunk, LoadedDocument, NewVersion


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


def drop_leftovers(connection: Connection) -> None:
    """Forgets versions that never stood, and documents that have no other."""
    versions = connection.execute(
        select(VersionRow.document_id, VersionRow.version_id).where(NEVER_VALID)
    ).all()
    for table in (ChunkRow, TextRow, VersionRow):
        for one in versions:
            of_it = table.document_id == one.document_id, table.version_id == one.version_id
            connection.execute(delete(table).where(*of_it))
    connection.execute(
        delete(DocumentRow).where(
            ~exists().where(VersionRow.document_id == DocumentRow.document_id)
        )
    )


def _insert_version(connection: Connection, version: NewVersion, now: datetime) -> None:
    names: dict[str, object] = {
        "document_id": version.document_id,
        "version_id": version.version_id,
    }
    connection.execute(insert(VersionRow), names | _version_values(version, now))
    connection.execute(insert(TextRow), names | _text_values(version.document))
    if version.chunks:
        rows = [names | _chunk_values(chunk) for chunk in version.chunks]
        connection.execute(insert(ChunkRow), rows)


def _text_values(document: LoadedDocument) -> dict[str, object]:
    return {
        "text": document.text,
        "pages": [
            [page.number, page.start, page.end]
            + ([] if page.confidence is None else [page.confidence])
            for page in document.pages
        ],
        "headings": [[each.level, each.start, each.end] for each in document.headings],
        "words": [
            [word.page, word.start, word.end, word.left, word.top, word.right, word.bottom]
            for word in document.words
        ],
    }


def _chunk_values(chunk: Chunk) -> dict[str, object]:
    return {
        "chunk_id": chunk.chunk_id,
        "ordinal": chunk.ordinal,
        "start": chunk.start,
        "end": chunk.end,
        "page": chunk.page,
        "headings": list(chunk.headings),
        "context": chunk.context,
        "text": chunk.text,
        "text_key": text_key(chunk.embedding_text),
    }


def _version_values(version: NewVersion, now: datetime) -> dict[str, object]:
    metadata = version.document.metadata
    recognised = [page.confidence for page in version.document.pages if page.confidence is not None]
    return {
        "media_type": version.document.media_type,
        "source_sha256": version.look.sha256,
        "title": metadata.title,
        "title_key": title_key(metadata.title),
        "issuer": metadata.issuer,
        "published_on": metadata.published_on,
        "marking": metadata.marking,
        "language": metadata.language,
        "characters": len(version.document.text),
        "chunks": len(version.chunks),
        "pages": len(version.document.pages),
        "recognised_pages": len(recognised),
        "confidence": round(sum(recognised) / len(recognised), 4) if recognised else None,
        "warnings": list(version.document.warnings),
        "label": label(metadata.marking, metadata.groups),
        "created_at": now,
    }


def _document_values(version: NewVersion, now: datetime) -> dict[str, object]:
    return look_values(version.look) | {
        "document_id": version.document_id,
        "source_uri": f"former:{version.document_id}",  # its place is taken when it stands
        "created_at": now,
        "current_version_id": None,
        "container_uri": version.container_uri,
    }
