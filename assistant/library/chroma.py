"""A collection of vectors by chunk in Chroma, and Chroma's errors as the library's."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import (
    CreateCollectionConfiguration,
    CreateHNSWConfiguration,
)
from chromadb.errors import ChromaError, InvalidArgumentError, InvalidDimensionException
from numpy.typing import NDArray

from assistant.errors import (
    EmbeddingMismatchError,
    LibraryDamagedError,
    LibraryError,
)
from assistant.ports import Vector
from assistant.types import ChunkId

READ_AT_ONCE = 1000
"""Vectors read at once: all of a large library would not fit the memory."""
_PANIC = "PanicException"

# With Chroma's default of 100, the 60 nearest of 20,000 text-like vectors were found to 86 %;
# with 300 to 98 %, for 0.7 ms more.
_CONFIGURATION = CreateCollectionConfiguration(
    hnsw=CreateHNSWConfiguration(space="cosine", ef_search=300)
)


class ChromaCollection:
    """A Chroma collection. `place` says in messages where it is."""

    def __init__(self, client: Client, name: str, place: str) -> None:
        self.name = name
        self._place = place
        self._client = client
        self._collection = self._open()

    def add(self, chunk_ids: Sequence[ChunkId], vectors: Sequence[Vector]) -> None:
        """Writes or overwrites the vectors of these chunks.

        Raises:
            EmbeddingMismatchError: the vectors have another dimension than those in the index.
            LibraryError: a vector holds what is no finite number.
        """
        if not chunk_ids:
            return
        matrix = np.asarray(vectors, dtype=np.float32)
        _check(matrix)
        with self._translated():
            batch = self._client.get_max_batch_size()
            for start in range(0, len(chunk_ids), batch):
                part = slice(start, start + batch)
                self._collection.upsert(ids=list(chunk_ids[part]), embeddings=matrix[part])

    def search(self, vector: Vector, limit: int) -> list[tuple[ChunkId, float]]:
        """Nearest chunks with cosine similarity in [-1, 1], best first.

        Raises:
            EmbeddingMismatchError: the vector has another dimension than those in the index.
            LibraryError: the vector holds what is no finite number.
        """
        if limit < 1:
            return []
        question = np.asarray(vector, dtype=np.float32).reshape(1, -1)
        _check(question)
        with self._translated():
            found = self._collection.query(
                query_embeddings=question, n_results=limit, include=["distances"]
            )
        distances = np.array((found["distances"] or [[]])[0], np.float64)
        cosines: list[float] = np.clip(1.0 - distances, -1.0, 1.0).tolist()
        return list(zip(map(ChunkId, found["ids"][0]), cosines, strict=True))

    def remove(self, chunk_ids: Sequence[ChunkId]) -> None:
        """Forgets these chunks; unknown ones are no error."""
        with self._translated():
            batch = self._client.get_max_batch_size()
            for start in range(0, len(chunk_ids), batch):
                self._collection.delete(ids=list(chunk_ids[start : start + batch]))

    def count(self) -> int:
        """How many vectors the index holds, valid or not."""
        with self._translated():
            return self._collection.count()

    def ids(self) -> list[ChunkId]:
        """Every chunk that the index has been given and not forgotten."""
        with self._translated():
            return [ChunkId(chunk_id) for chunk_id in self._collection.get(include=[])["ids"]]

    def page(self, limit: int, offset: int) -> list[ChunkId]:
        """The same, a part of them at a time."""
        with self._translated():
            found = self._collection.get(limit=limit, offset=offset, include=[])
            return [ChunkId(chunk_id) for chunk_id in found["ids"]]

    def vectors(self, chunk_ids: Sequence[ChunkId]) -> dict[ChunkId, NDArray[np.float32]]:
        """The vectors of these chunks as they are searched, without those it does not know.

        Raises:
            LibraryDamagedError: the index knows a chunk and has lost its vector.
        """
        found: dict[ChunkId, NDArray[np.float32]] = {}
        with self._translated():
            for start in range(0, len(chunk_ids), READ_AT_ONCE):
                part: list[str] = [*chunk_ids[start : start + READ_AT_ONCE]]
                got = self._collection.get(ids=part, include=["embeddings"])
                matrix = np.asarray(got["embeddings"], dtype=np.float32)
                found.update(zip(map(ChunkId, got["ids"]), matrix, strict=True))
        return found

    def probe(self) -> None:
        """Reads the oldest vector: a graph that is gone is noticed only by who reads from it.

        Raises:
            LibraryDamagedError: it cannot be read.
        """
        with self._translated():
            self._collection.get(limit=1, include=["embeddings"])

    def lacked_since(self, moment: float) -> bool:  # noqa: ARG002 - a folder is never away
        """Whether a search since then was answered without vectors; never."""
        return False

    def unload(self) -> None:
        """Gives back memory until the index is needed again; that of a server is its own."""

    def clear(self) -> None:
        """Forgets every vector, and with them the dimension the index was built with."""
        with self._translated():
            self._client.delete_collection(self._collection.name)
        self._collection = self._open()

    def close(self) -> None:
        """Lets go of the folder, so that it can be opened again in this process."""
        self._client.close()

    def _open(self) -> chromadb.Collection:
        with self._translated():
            return self._client.get_or_create_collection(
                self._stored_as(), configuration=_CONFIGURATION, embedding_function=None
            )

    def _stored_as(self) -> str:
        return self.name

    @contextmanager
    def _translated(self) -> Iterator[None]:
        with translated(self._place):
            yield


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Has what goes wrong with Chroma inside it said as errors of the library."""
    try:
        yield
    except (InvalidDimensionException, InvalidArgumentError) as error:
        if "dimension" not in str(error):
            raise _damaged(place, error) from error
        raise EmbeddingMismatchError(
            f"The library was built with vectors of another length: {error}. Set ATTACHE_EMBEDDER "
            "back to the embedder it was built with, or run `attache reindex` to change to another."
        ) from error
    except AttributeError as error:
        # Chroma trips over what it could not open while it cleans up after itself.
        raise _damaged(place, error.__context__ or error) from error
    except (ChromaError, ValueError, OSError) as error:
        raise _damaged(place, error) from error
    except BaseException as error:
        # A panic of Chroma's core is no Exception, and its type is not to be imported.
        if type(error).__name__ != _PANIC:
            raise
        raise _damaged(place, error) from error


def _check(matrix: NDArray[np.float32]) -> None:
    if not np.isfinite(matrix).all():
        raise LibraryError(
            "The embedder gave a vector that holds no finite numbers. "
            "Check the embedder named by ATTACHE_EMBEDDER."
        )


def _damaged(place: str, error: BaseException) -> LibraryDamagedError:
    return LibraryDamagedError(
        f"The vectors in {place} cannot be read or written: {error}. "
        "Check that the disk has room and the folder is readable and writable, or choose another "
        "ATTACHE_HOME; if the folder is damaged, `attache doctor --repair` rebuilds it."
    )
