"""How the ledger's rows become the nouns of `assistant.types`.

Each function names the columns it reads, and the statement beside it selects just those.
"""

from sqlalchemy import RowMapping, Select, and_, select

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

IN_PERIOD = and_(
    VersionRow.document_id == ValidityRow.document_id,
    VersionRow.version_id == ValidityRow.version_id,
)
_METADATA = (
    VersionRow.title,
    VersionRow.issuer,
    VersionRow.published_on,
    VersionRow.marking,
    VersionRow.language,
)
_CHUNK = (
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


def select_periods() -> Select[*tuple[object, ...]]:
    """Every period of every version, for `version`."""
    return (
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
        .join(VersionRow, VersionRow.document_id == DocumentRow.document_id)
        .join(ValidityRow, IN_PERIOD)
    )
