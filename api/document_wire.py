"""From versions inside to the shapes that are sent."""

from collections.abc import Sequence

from api.document_schemas import ChunkList, ChunkOut, DocumentOut
from assistant.types import Chunk, Version


def chunks_out(version: Version, chunks: Sequence[Chunk], start: int, end: int) -> ChunkList:
    """Parts of a version's text; those that the span touches are marked."""
    return ChunkList(
        document_id=version.document_id,
        version_id=version.version_id,
        items=[
            ChunkOut(
                number=chunk.ordinal + 1,
                start=chunk.start,
                end=chunk.end,
                page=chunk.page,
                headings=list(chunk.headings),
                text=chunk.text,
                within=chunk.start < end and start < chunk.end,
            )
            for chunk in chunks
        ],
        total=version.chunks,
    )


def document_out(version: Version) -> DocumentOut:
    """A version as listings show it."""
    return DocumentOut(
        document_id=version.document_id,
        version_id=version.version_id,
        title=version.metadata.title,
        source_uri=version.source_uri,
        issuer=version.metadata.issuer,
        published_on=version.metadata.published_on,
        marking=version.metadata.marking,
        language=version.metadata.language,
        media_type=version.media_type,
        characters=version.characters,
        chunks=version.chunks,
        pages=version.pages,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
    )
