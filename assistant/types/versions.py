"""A document over time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.types.documents import Chunk, LoadedDocument, Metadata
from assistant.types.ids import DocumentId, VersionId
from assistant.types.sources import Look


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version ready to be written: everything but its place in time."""

    document_id: DocumentId
    version_id: VersionId
    source_uri: str
    look: Look
    document: LoadedDocument
    chunks: tuple[Chunk, ...]
    container_uri: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A version as the ledger lists it. `valid_to` is None while it stands.

    `recognised_pages` were read from their image, with the mean `confidence` in [0, 1].
    """

    document_id: DocumentId
    version_id: VersionId
    source_uri: str
    media_type: str
    source_sha256: str
    metadata: Metadata
    characters: int
    chunks: int
    pages: int
    valid_from: datetime
    valid_to: datetime | None = None
    recognised_pages: int = 0
    confidence: float | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A part of two texts: the same in both, or what of the one became what of the other.

    The spans are of the earlier text (`from_`) and of the later one (`to_`).
    """

    kind: Literal["equal", "insert", "delete", "replace"]
    from_start: int
    from_end: int
    to_start: int
    to_end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a document with their texts, and the changes from one to the other.

    The changes are in order, and their spans tile both texts.
    """

    earlier: Version
    later: Version
    earlier_text: str
    later_text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One page of a listing; `next_cursor` is None on the last."""

    items: tuple[Version, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with what a citation of it needs to know of its version."""

    chunk: Chunk
    document_id: DocumentId
    version_id: VersionId
    source_uri: str
    metadata: Metadata
