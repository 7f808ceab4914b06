"""What the indexes must hold, as the ledger has it: the chunks of versions that ever stood."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Exists, Select, and_, bindparam, distinct, exists, func, literal, select

from assistant.library import embeddings
from assistant.library.database import Database
from assistant.library.reading import batches
from assistant.library.rows import SPANS, stored_chunk
from assistant.library.schema import ChunkRow, EmbeddingRow, ValidityRow, VersionRow
from assistant.library.segments import VersionKey
from assistant.types import ChunkId, StoredChunk

_EVER_STOOD = exists().where(
    ValidityRow.document_id == ChunkRow.document_id,
    ValidityRow.version_id == ChunkRow.version_id,
)
# With the title a version was published under: a move changes no index.
_STORED = SPANS.add_columns(
    literal("").label("source_uri"),
    VersionRow.title,
    VersionRow.issuer,
    VersionRow.published_on,
    VersionRow.marking,
    VersionRow.language,
).join(
    VersionRow,
    and_(
        VersionRow.document_id == ChunkRow.document_id,
        VersionRow.version_id == ChunkRow.version_id,
    ),
)

_OF_VERSION = (
    _STORED.add_columns(ChunkRow.text_key)
    .where(
        ChunkRow.document_id == bindparam("document_id"),
        ChunkRow.version_id == bindparam("version_id"),
    )
    .order_by(ChunkRow.ordinal, ChunkRow.chunk_id)
)


class Catalogue:
    """The ledger as the indexes are rebuilt from it, for many threads at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def published(self) -> dict[ChunkId, bytes]:
        """The chunks of every version that ever stood, with the keys of their texts, in order."""
        with self._database.read() as connection:
            found = select(ChunkRow.chunk_id, ChunkRow.text_key).where(_EVER_STOOD)
            rows = connection.execute(
                found.order_by(ChunkRow.document_id, ChunkRow.version_id, ChunkRow.ordinal)
            )
            return {ChunkId(chunk_id): key for chunk_id, key in rows}

    def staged(self, chunk_ids: Iterable[ChunkId]) -> set[ChunkId]:
        """Those of the chunks the ledger knows, also of versions that never stood."""
        found: set[ChunkId] = set()
        with self._database.read() as connection:
            for batch in batches(list(chunk_ids)):
                rows = select(ChunkRow.chunk_id).where(ChunkRow.chunk_id.in_(batch))
                found.update(map(ChunkId, connection.scalars(rows)))
        return found

    def stored(self, chunk_ids: Sequence[ChunkId]) -> list[StoredChunk]:
        """The chunks as they are indexed, in the order given; the source stays empty."""
        found: dict[ChunkId, StoredChunk] = {}
        with self._database.read() as connection:
            for batch in batches(chunk_ids):
                rows = connection.execute(_STORED.where(ChunkRow.chunk_id.in_(batch))).mappings()
                found.update((stored.chunk.chunk_id, stored) for stored in map(stored_chunk, rows))
        return [found[chunk_id] for chunk_id in chunk_ids if chunk_id in found]

    def passages(self, versions: Sequence[VersionKey]) -> list[tuple[StoredChunk, bytes]]:
        """The chunks of versions as they are indexed, with the keys of their texts, in order."""
        found: list[tuple[StoredChunk, bytes]] = []
        with self._database.read() as connection:
            for document_id, version_id in versions:
                named = {"document_id": document_id, "version_id": version_id}
                rows = connection.execute(_OF_VERSION, named).mappings()
                found += [(stored_chunk(row), row["text_key"]) for row in rows]
        return found

    def unkept(self, embedder: str) -> list[bytes]:
        """The keys of published texts without a kept vector by this embedder, shortest first."""
        with self._database.read() as connection:
            return list(connection.scalars(_unkept(embedder)))

    def count_unkept(self, embedder: str) -> int:
        """How many published texts have no kept vector by this embedder."""
        with self._database.read() as connection:
            missing = select(func.count(distinct(ChunkRow.text_key)))
            return connection.scalar(missing.where(_EVER_STOOD, ~_kept(embedder))) or 0

    def texts(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """What is embedded for these keys."""
        found: dict[bytes, str] = {}
        with self._database.read() as connection:
            for batch in batches(keys):
                rows = connection.execute(
                    select(ChunkRow.text_key, ChunkRow.context, ChunkRow.text).where(
                        ChunkRow.text_key.in_(batch)
                    )
                )
                found.update(
                    (key, f"{context}\n{text}" if context else text) for key, context, text in rows
                )
        return found

    def keep(self, embedder: str, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Keeps vectors by the key of their text; one that is kept already stays."""
        with self._database.write() as connection:
            embeddings.keep(connection, embedder, vectors)


def _kept(embedder: str) -> Exists:
    return exists().where(
        EmbeddingRow.embedder == embedder, EmbeddingRow.text_key == ChunkRow.text_key
    )


def _unkept(embedder: str) -> Select[bytes]:
    length = func.max(func.length(ChunkRow.text) + func.length(ChunkRow.context))
    return (
        select(ChunkRow.text_key)
        .where(_EVER_STOOD, ~_kept(embedder))
        .group_by(ChunkRow.text_key)
        .order_by(length)
    )
