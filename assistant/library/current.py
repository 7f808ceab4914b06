"""Indexes in use, which can be exchanged for others while questions go on being answered."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition
from typing import Generic, TypeVar

from assistant.library.derived import StoredPostings, StoredVectors
from assistant.library.lexical import NOTHING_CARRIED
from assistant.ports import Vector
from assistant.types import ChunkId, StoredChunk

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Used(Generic[T]):
    value: T
    users: int = 0


class Current(Generic[T]):
    """What is in use now. Who began to use it goes on with it also when it is exchanged."""

    def __init__(self, value: T) -> None:
        self._now = _Used(value)
        self._changed = Condition()

    @contextmanager
    def use(self) -> Iterator[T]:
        """What is in use now, kept open while inside."""
        with self._changed:
            used = self._now
            used.users += 1
        try:
            yield used.value
        finally:
            with self._changed:
                used.users -= 1
                self._changed.notify_all()

    def exchange(self, value: T) -> T:
        """Puts another in its place; returns the former one once nobody uses it any more."""
        with self._changed:
            former, self._now = self._now, _Used(value)
            self._changed.wait_for(lambda: former.users == 0)
        return former.value


class CurrentVectors(Current[StoredVectors]):
    """The vector index in use."""

    def add(self, chunk_ids: Sequence[ChunkId], vectors: Sequence[Vector]) -> None:
        """Writes or overwrites the vectors of these chunks."""
        with self.use() as index:
            index.add(chunk_ids, vectors)

    def search(self, vector: Vector, limit: int) -> list[tuple[ChunkId, float]]:
        """Nearest chunks with cosine similarity in [-1, 1], best first."""
        with self.use() as index:
            return index.search(vector, limit)

    def remove(self, chunk_ids: Sequence[ChunkId]) -> None:
        """Forgets these chunks; unknown ones are no error."""
        with self.use() as index:
            index.remove(chunk_ids)

    def count(self) -> int:
        """How many vectors the index holds, valid or not."""
        with self.use() as index:
            return index.count()

    def unload(self) -> None:
        """Gives back memory until the index is needed again."""
        with self.use() as index:
            index.unload()

    def lacked_since(self, moment: float) -> bool:
        """Whether a search since then, by `time.monotonic`, was answered without vectors."""
        with self.use() as index:
            return index.lacked_since(moment)

    def close(self) -> None:
        """Lets go of the folder."""
        with self.use() as index:
            index.close()


class CurrentPostings(Current[StoredPostings]):
    """The lexical index in use."""

    def add(self, chunks: Sequence[StoredChunk]) -> None:
        """Writes or overwrites these chunks and commits once."""
        with self.use() as index:
            index.add(chunks)

    def search(
        self, question: str, limit: int, carried: Mapping[str, float] = NOTHING_CARRIED
    ) -> list[tuple[ChunkId, float]]:
        """Chunks with their BM25 score (0 or more, higher is better), best first."""
        with self.use() as index:
            return index.search(question, limit, carried)

    def question_terms(self, question: str) -> list[str]:
        """The terms that a question is searched by, in its order, each as often as it stands."""
        with self.use() as index:
            return index.question_terms(question)

    def terms(self, text: str) -> list[str]:
        """All terms of a text in their order, spelled as those of a question are."""
        with self.use() as index:
            return index.terms(text)

    def rarity(self, terms: Sequence[str]) -> list[float]:
        """How rare each term is, as BM25 weighs it; above 0, higher is rarer."""
        with self.use() as index:
            return index.rarity(terms)

    def remove(self, chunk_ids: Sequence[ChunkId]) -> None:
        """Forgets these chunks and commits; unknown ones are no error."""
        with self.use() as index:
            index.remove(chunk_ids)

    def count(self) -> int:
        """How many chunks the index holds, valid or not."""
        with self.use() as index:
            return index.count()
