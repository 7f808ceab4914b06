"""The atomic step: new versions stand all at once, or not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from assistant.library.ids import text_key
from assistant.library.stores import Library
from assistant.ports import Vector
from assistant.types import ChunkId, NewVersion, StoredChunk


def publish_versions(
    library: Library,
    versions: Sequence[NewVersion],
    vectors: Mapping[ChunkId, Vector],
    at: datetime | None = None,
) -> None:
    """Writes the versions and lets them stand from `at` on, by default now.

    They take the place of those that stood.

    Everything is written before the ledger switches, in one transaction. Whatever fails on the
    way, the old versions go on answering, and the next opening sweeps away what was written.

    Raises:
        ValueError: a chunk comes without a vector.
        LibraryError: a store cannot be written.
    """
    chunks = [stored for version in versions for stored in _stored(version)]
    bare = [stored for stored in chunks if stored.chunk.chunk_id not in vectors]
    if bare:
        raise ValueError(f"{len(bare)} chunks of {bare[0].source_uri} come without a vector.")
    library.ledger.stage(versions, library.embedder, _by_text(chunks, vectors))
    # A version that stood before keeps the chunks it had, even where it is cut otherwise today.
    known = library.ledger.known([stored.chunk.chunk_id for stored in chunks])
    chunks = [stored for stored in chunks if stored.chunk.chunk_id in known]
    chunk_ids = [stored.chunk.chunk_id for stored in chunks]
    library.vectors.add(chunk_ids, [vectors[chunk_id] for chunk_id in chunk_ids])
    library.lexical.add(chunks)
    library.ledger.publish(versions, at)


def _by_text(
    chunks: Sequence[StoredChunk], vectors: Mapping[ChunkId, Vector]
) -> dict[bytes, NDArray[np.float32]]:
    return {
        text_key(stored.chunk.embedding_text): np.asarray(
            vectors[stored.chunk.chunk_id], dtype=np.float32
        )
        for stored in chunks
    }


def _stored(version: NewVersion) -> list[StoredChunk]:
    return [
        StoredChunk(
            chunk=chunk,
            document_id=version.document_id,
            version_id=version.version_id,
            source_uri=version.source_uri,
            metadata=version.document.metadata,
        )
        for chunk in version.chunks
    ]
