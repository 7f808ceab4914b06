"""Versions and vectors small enough to read in a test."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

from assistant.library import ids
from assistant.library.ledger import SqlLedger
from assistant.library.publish import publish_versions
from assistant.library.stores import Library
from assistant.ports import Vector
from assistant.types import (
    Chunk,
    ChunkId,
    Heading,
    LoadedDocument,
    Look,
    Metadata,
    NewVersion,
    Page,
)

DIMENSION = 32


def day(number: int) -> datetime:
    """Noon of a day in January 2026."""
    return datetime(2026, 1, number, 12, tzinfo=UTC)


def new_version(
    uri: str,
    text: str,
    *,
    title: str = "Untitled",
    issuer: str | None = None,
    published_on: date | None = None,
    marking: str | None = None,
    language: str | None = None,
    headings: tuple[str, ...] = (),
    original: bytes | None = None,
) -> NewVersion:
    """A version whose chunks are the paragraphs of the text, all on page 1."""
    data = text.encode() if original is None else original
    document = LoadedDocument(
        text=text,
        metadata=Metadata(title, issuer, published_on, marking, language),
        media_type="text/plain",
        pages=(Page(1, 0, len(text)),),
        headings=(Heading(1, 0, 1),),
    )
    document_id = ids.document_id(uri)
    version_id = ids.version_id(document)
    chunks: list[Chunk] = []
    start = 0
    for ordinal, paragraph in enumerate(text.split("\n\n")):
        end = start + len(paragraph)
        chunk_id = ids.chunk_id(document_id, version_id, start, end)
        chunks.append(Chunk(chunk_id, ordinal, start, end, paragraph, headings, page=1))
        start = end + 2
    return NewVersion(
        document_id=document_id,
        version_id=version_id,
        source_uri=uri,
        look=Look(hashlib.sha256(data).hexdigest(), len(data), 1_700_000_000_000_000_001, 0, "1"),
        document=document,
        chunks=tuple(chunks),
    )


def vector(text: str) -> list[float]:
    """A unit vector of the words of a text: texts that share words are near."""
    counts = [0.0] * DIMENSION
    for word in text.lower().split():
        counts[hashlib.sha256(word.encode()).digest()[0] % DIMENSION] += 1.0
    length = sum(count * count for count in counts) ** 0.5 or 1.0
    return [count / length for count in counts]


def vectors(versions: Sequence[NewVersion]) -> dict[ChunkId, Vector]:
    """The vectors of every chunk of the versions."""
    return {chunk.chunk_id: vector(chunk.text) for each in versions for chunk in each.chunks}


def publish(library: Library, at: datetime, *versions: NewVersion) -> None:
    """Publishes the versions with their vectors."""
    publish_versions(library, versions, vectors(versions), at)


def chunk_ids(*versions: NewVersion) -> list[ChunkId]:
    """The names of the chunks of the versions."""
    return [chunk.chunk_id for version in versions for chunk in version.chunks]


def write(ledger: SqlLedger, at: datetime, *versions: NewVersion) -> None:
    """Has the versions stand in a ledger alone, without vectors and postings."""
    ledger.stage(versions)
    ledger.publish(versions, at)
