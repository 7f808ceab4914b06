"""Names that are hashes, so that a run can be repeated at any point."""

import hashlib
import json
from dataclasses import asdict

from assistant.types import ChunkId, DocumentId, LoadedDocument, VersionId

SHORT = 32


def document_id(source_uri: str, taken: int = 0) -> DocumentId:
    """The name of the document a source is, over time.

    `taken` counts the documents that began at this place and moved on.
    """
    return DocumentId(_sha256(f"{source_uri}\n{taken}" if taken else source_uri)[:SHORT])


def version_id(document: LoadedDocument) -> VersionId:
    """The name of what a source says: its text and everything a citation shows of it.

    Two readings have the same name exactly when text, metadata, media type, pages and headings
    are the same.
    """
    parts = asdict(document)
    del parts["words"], parts["warnings"], parts["margins"]
    for page in parts["pages"]:
        if page["confidence"] is None:
            del page["confidence"]
    if not document.metadata.groups:
        del parts["metadata"]["groups"]
    published_on = document.metadata.published_on
    parts["metadata"]["published_on"] = published_on.isoformat() if published_on else None
    return VersionId(_sha256(json.dumps(parts, sort_keys=True, separators=(",", ":"))))


def chunk_id(document_id: DocumentId, version_id: VersionId, start: int, end: int) -> ChunkId:
    """The name of a span of a version."""
    return ChunkId(_sha256(f"{document_id}\n{version_id}\n{start}\n{end}")[:SHORT])


def text_key(text: str) -> bytes:
    """The name of a text that is embedded, 16 bytes: the same text has the same vector."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def _sha256(text: str) -> str:
    # A path on disk may hold bytes that are no text; they reach us as lone surrogates.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
