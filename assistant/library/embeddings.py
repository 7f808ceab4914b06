"""Vectors by embedder and text, as the ledger keeps them: a text is embedded once."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, exists, insert, select

from assistant.library.reading import batches
from assistant.library.schema import ChunkRow, EmbeddingRow

FLOAT = np.dtype("<f4")


def keep(
    connection: Connection, embedder: str, vectors: Mapping[bytes, NDArray[np.float32]]
) -> None:
    """Keeps vectors by the key of their text; one that is kept already stays."""
    kept = known(connection, embedder, vectors)
    rows = [
        {
            "embedder": embedder,
            "text_key": key,
            "vector": np.asarray(vector, dtype=FLOAT).tobytes(),
        }
        for key, vector in vectors.items()
        if key not in kept
    ]
    if rows:
        connection.execute(insert(EmbeddingRow), rows)


def known(connection: Connection, embedder: str, keys: Iterable[bytes]) -> set[bytes]:
    """Those of the texts whose vectors are kept."""
    found: set[bytes] = set()
    for batch in batches(list(keys)):
        rows = select(EmbeddingRow.text_key).where(
            EmbeddingRow.embedder == embedder, EmbeddingRow.text_key.in_(batch)
        )
        found.update(connection.scalars(rows))
    return found


def get(
    connection: Connection, embedder: str, keys: Sequence[bytes]
) -> dict[bytes, NDArray[np.float32]]:
    """The vectors of those of the texts that are kept, each of shape `(dimension,)`."""
    found: dict[bytes, NDArray[np.float32]] = {}
    for batch in batches(keys):
        rows = connection.execute(
            select(EmbeddingRow.text_key, EmbeddingRow.vector).where(
                EmbeddingRow.embedder == embedder, EmbeddingRow.text_key.in_(batch)
            )
        )
        found.update((key, np.frombuffer(vector, dtype=FLOAT)) for key, vector in rows)
    return found


def drop_unused(connection: Connection) -> int:
    """Forgets the vectors of texts that no chunk has; returns how many."""
    unused = ~exists().where(ChunkRow.text_key == EmbeddingRow.text_key)
    return connection.execute(delete(EmbeddingRow).where(unused)).rowcount
