"""What the ledger selects, and how its rows become the nouns of `assistant.types`."""

from sqlalchemy import RowMapping, and_, select

from assistant.library.schema import ChunkRow, DocumentRow, ValidityRow, VersionRow
from assistant.types import (
    Chunk,
    ChunkId,
    DocumentId,
    Metadata,
    SourceState,
    StoredChunk,
    Version,
    VersionId,
)

_METADATA = (
    VersionRow.title,
    VersionRow.issuer,
    VersionRow.published_on,
    VersionRow.marking,
    VersionRow.language,
)

PERIODS = (
    select(
        DocumentRow.source_uri,
        VersionRow.document_id,
        VersionRow.version_id,
        VersionRow.media_type,
        VersionRow.source_sha256,
        VersionRow.characters,
        VersionRow.chunks,
        VersionRow.pages,
        VersionRow.title_key,
        ValidityRow.valid_from,
        ValidityRow.valid_to,
        *_METADATA,
    )
    .select_from(ValidityRow)
    .join(DocumentRow, DocumentRow.document_id == ValidityRow.document_id)
    .join(
        VersionRow,
        and_(
            VersionRow.document_id == ValidityRow.document_id,
            VersionRow.version_id == ValidityRow.version_id,
        ),
    )
)
"""Every period of every version, for `version`."""

CHUNKS = (
    select(
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
        DocumentRow.source_uri,
        *_METADATA,
    )
    .join(DocumentRow, DocumentRow.document_id == ChunkRow.document_id)
    .join(
        VersionRow,
        and_(
            VersionRow.document_id == ChunkRow.document_id,
            VersionRow.version_id == ChunkRow.version_id,
        ),
    )
)
"""Every chunk of every version, for `stored_chunk`."""

SOURCES = select(
    DocumentRow.source_uri,
    DocumentRow.document_id,
    DocumentRow.current_version_id,
    DocumentRow.source_sha256,
    DocumentRow.source_size,
    DocumentRow.source_mtime_ns,
    DocumentRow.loader,
)
"""Every source, for `source_state`."""


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
    )


def stored_chunk(row: RowMapping) -> StoredChunk:
    """A row of `CHUNKS` as a chunk with what a citation needs."""
    return StoredChunk(
        chunk=Chunk(
            chunk_id=ChunkId(row["chunk_id"]),
            ordinal=row["ordinal"],
            start=row["start"],
            end=row["end"],
            text=row["text"],
            headings=tuple(row["headings"]),
            page=row["page"],
            context=row["context"],
        ),
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
        version_id=row["current_version_id"],
        sha256=row["source_sha256"],
        size=row["source_size"],
        mtime_ns=row["source_mtime_ns"],
        loader=row["loader"],
    )


def _metadata(row: RowMapping) -> Metadata:
    return Metadata(
        title=row["title"],
        issuer=row["issuer"],
        published_on=row["published_on"],
        marking=row["marking"],
        language=row["language"],
    )
