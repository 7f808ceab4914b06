"""What the library asks of its two derived indexes, and of the places in which they are kept."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.ports import LexicalIndex, VectorIndex
from assistant.types import ChunkId

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class StoredVectors(VectorIndex, Protocol):
    """A vector index under a name, which can be compared with the ledger."""

    @property
    def name(self) -> str:
        """What leads to it in its place."""

    def ids(self) -> list[ChunkId]:
        """Every chunk that the index has been given and not forgotten."""

    def vectors(self, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, NDArray[np.float32]]:
        """The vectors of these chunks as they are searched, without those it does not know."""

    def lacked_since(self, moment: float) -> bool:
        """Whether a search since then, by `time.monotonic`, was answered without vectors."""

    def unload(self) -> None:
        """Gives back memory until the index is needed again."""

    def probe(self) -> None:
        """Reads a vector. Raises `LibraryError` where that fails."""

    def close(self) -> None:
        """Lets go of what the index holds open."""


class StoredPostings(LexicalIndex, Protocol):
    """A lexical index under a name, which can be compared with the ledger."""

    @property
    def name(self) -> str:
        """What leads to it in its place."""

    def ids(self) -> list[ChunkId]:
        """Every chunk the index holds; one that it holds twice is named twice."""

    def compounds(self, question: str) -> list[list[str]]:
        """The terms of each part of a question that is written as one, such as AJP-3."""


class IndexPlace(Protocol[T_co]):
    """Where indexes of one kind are kept. `fact` begins the names under which the ledger knows."""

    fact: str

    def open(self, name: str) -> T_co:
        """The index of this name, made where it is not there yet."""

    def new_name(self, token: str) -> str:
        """A name for a fresh index."""

    def names(self) -> list[str]:
        """The indexes that are there."""

    def remove(self, name: str) -> None:
        """Removes an index."""

    def close(self) -> None:
        """Lets go of what the place holds open."""


class Folders(Generic[T]):
    """Indexes in folders of the data directory, each named by its kind and a token."""

    def __init__(self, home: Path, kind: str, open_at: Callable[[Path], T]) -> None:
        self.fact = kind
        self._home = home
        self._open_at = open_at

    def open(self, name: str) -> T:
        """The index in the folder of this name, made where it is not there yet."""
        return self._open_at(self._home / name)

    def new_name(self, token: str) -> str:
        """A name for a fresh folder."""
        return f"{self.fact}-{token}"

    def names(self) -> list[str]:
        """The folders of this kind."""
        found = [self._home / self.fact, *self._home.glob(f"{self.fact}-*")]
        return [folder.name for folder in found]

    def remove(self, name: str) -> None:
        """Removes a folder."""
        shutil.rmtree(self._home / name, ignore_errors=True)

    def close(self) -> None:
        """Holds nothing open."""
