"""What the ledger selects, and how its rows become the nouns of `assistant.types`."""

from sqlalchemy import RowMapping, and_, func, select

from assistant.library.schema import ChunkRow, DocumentRow, ValidityRow, VersionRow
from assistant.types import (
    Chunk,
    ChunkId,
    DocumentId,
    Look,
    Metadata,
    SourceState,
    StoredChunk,
    Version,
    VersionId,
)

# A source that moved may have got another title from its name there.
_TITLE = func.coalesce(ValidityRow.title, VersionRow.title).label("title")

_METADATA = (
    _TITLE,
    VersionRow.issuer,
    VersionRow.published_on,
    VersionRow.marking,
    VersionRow.language,
)

PERIODS = (
    select(
        ValidityRow.source_uri,
        VersionRow.document_id,
        VersionRow.version_id,
        VersionRow.media_type,
        VersionRow.source_sha256,
        VersionRow.characters,
        VersionRow.chunks,
        VersionRow.pages,
        VersionRow.recognised_pages,
        VersionRow.confidence,
        VersionRow.warnings,
        VersionRow.title_key,
        ValidityRow.valid_from,
        ValidityRow.valid_to,
        *_METADATA,
    )
    .select_from(ValidityRow)
    .join(
        VersionRow,
        and_(
            VersionRow.document_id == ValidityRow.document_id,
            VersionRow.version_id == ValidityRow.version_id,
        ),
    )
)
"""Every period of every version, for `version`."""

_SPANS = (
    ChunkRow.chunk_id,
    ChunkRow.document_id,
    ChunkRow.version_id,
    ChunkRow.ordinal,
    ChunkRow.start,
    ChunkRow.end,
    ChunkRow.text,
    ChunkRow.headings,
    ChunkRow.page,
    ChunkRow.context,
)

SPANS = select(*_SPANS)
"""Every chunk by itself, for `chunk`."""

CHUNKS = (
    select(*_SPANS, ValidityRow.source_uri, *_METADATA)
    .select_from(ChunkRow)
    .join(
        ValidityRow,
        and_(
            ValidityRow.document_id == ChunkRow.document_id,
            ValidityRow.version_id == ChunkRow.version_id,
        ),
    )
    .join(
        VersionRow,
        and_(
            VersionRow.document_id == ChunkRow.document_id,
            VersionRow.version_id == ChunkRow.version_id,
        ),
    )
)
"""Every chunk in every period of its version, for `stored_chunk`."""

SOURCES = (
    select(
        DocumentRow.source_uri,
        DocumentRow.document_id,
        DocumentRow.current_version_id,
        DocumentRow.source_sha256,
        DocumentRow.source_size,
        DocumentRow.source_mtime_ns,
        DocumentRow.source_ctime_ns,
        DocumentRow.loader,
        DocumentRow.etag,
        DocumentRow.last_modified,
        DocumentRow.container_uri,
        _TITLE,
    )
    .join(
        ValidityRow,
        and_(ValidityRow.document_id == DocumentRow.document_id, ValidityRow.valid_to.is_(None)),
    )
    .join(
        VersionRow,
        and_(
            VersionRow.document_id == ValidityRow.document_id,
            VersionRow.version_id == ValidityRow.version_id,
        ),
    )
)
"""Every source whose document stands, for `source_state`."""


def version(row: RowMapping) -> Version:
    """A row of `PERIODS` as a version."""
    return Version(
        document_id=DocumentId(row["document_id"]),
        version_id=VersionId(row["version_id"]),
        source_uri=row["source_uri"],
        media_type=row["media_type"],
        source_sha256=row["source_sha256"],
        metadata=_metadata(row),
        characters=row["characters"],
        chunks=row["chunks"],
        pages=row["pages"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        recognised_pages=row["recognised_pages"],
        confidence=row["confidence"],
        warnings=tuple(row["warnings"]),
    )


def chunk(row: RowMapping) -> Chunk:
    """A row of `SPANS` or `CHUNKS` as a chunk."""
    return Chunk(
        chunk_id=ChunkId(row["chunk_id"]),
        ordinal=row["ordinal"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        headings=tuple(row["headings"]),
        page=row["page"],
        context=row["context"],
    )


def stored_chunk(row: RowMapping) -> StoredChunk:
    """A row of `CHUNKS` as a chunk with what a citation needs."""
    return StoredChunk(
        chunk=chunk(row),
        document_id=DocumentId(row["document_id"]),
        version_id=VersionId(row["version_id"]),
        source_uri=row["source_uri"],
        metadata=_metadata(row),
    )


def source_state(row: RowMapping) -> SourceState:
    """A row of `SOURCES` as what the ledger remembers of a source."""
    return SourceState(
        source_uri=row["source_uri"],
        document_id=DocumentId(row["document_id"]),
        version_id=VersionId(row["current_version_id"]),
        title=row["title"],
        look=look(row),
        container_uri=row["container_uri"],
    )


def look(row: RowMapping) -> Look:
    """How a source looked, from the columns that all tables of sources share."""
    return Look(
        sha256=row["source_sha256"],
        size=row["source_size"],
        mtime_ns=row["source_mtime_ns"],
        ctime_ns=row["source_ctime_ns"],
        loader=row["loader"],
        etag=row["etag"],
        last_modified=row["last_modified"],
    )


def look_values(look: Look) -> dict[str, object]:
    """The same columns, to be written."""
    return {
        "source_sha256": look.sha256,
        "source_size": look.size,
        "source_mtime_ns": look.mtime_ns,
        "source_ctime_ns": look.ctime_ns,
        "loader": look.loader,
        "etag": look.etag,
        "last_modified": look.last_modified,
    }


def _metadata(row: RowMapping) -> Metadata:
    return Metadata(
        title=row["title"],
        issuer=row["issuer"],
        published_on=row["published_on"],
        marking=row["marking"],
        language=row["language"],
    )
