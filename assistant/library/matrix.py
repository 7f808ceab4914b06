"""Vectors in a file, searched exactly: every one of them is compared with the question."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from assistant.library.embeddings import FLOAT
from assistant.ports import Vector
from assistant.types import ChunkId

_VECTORS = "vectors.f4"
_NAMES = "chunks.txt"
_ROWS = 16_384


class MatrixWriter:
    """Writes the vectors of a folder, in the order they come.

    Plain writing: a disk that is full is an error here, and would end the process in mapped memory.
    """

    def __init__(self, folder: Path) -> None:
        self._vectors = (folder / _VECTORS).open("wb")
        self._names = (folder / _NAMES).open("w", encoding="ascii")

    def add(self, vectors: Sequence[tuple[ChunkId, NDArray[np.float32]]]) -> None:
        """Writes these after those before. Raises `OSError`."""
        for chunk_id, vector in vectors:
            self._names.write(f"{chunk_id}\n")
            self._vectors.write(vector.astype(FLOAT).tobytes())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._vectors.close()
        finally:
            self._names.close()


class MatrixIndex:
    """The vectors of a folder, mapped into memory.

    Raises:
        OSError: there are none.
        ValueError: the file is not whole.
    """

    def __init__(self, folder: Path) -> None:
        self._names = (folder / _NAMES).read_text(encoding="ascii").split()
        path = folder / _VECTORS
        # What holds nothing cannot be mapped.
        self._matrix: NDArray[np.float32] = (
            np.memmap(path, dtype=FLOAT, mode="r")
            if path.stat().st_size
            else np.empty(0, dtype=FLOAT)
        ).reshape(len(self._names), -1 if self._names else 0)

    def search(self, vector: Vector, limit: int) -> list[tuple[ChunkId, float]]:
        """Nearest chunks with cosine similarity in [-1, 1], best first; equals by their name."""
        limit = min(limit, len(self._names))
        if limit < 1:
            return []
        question = np.asarray(vector, dtype=np.float32)
        parts = range(0, len(self._names), _ROWS)
        cosines = np.concatenate([self._matrix[i : i + _ROWS] @ question for i in parts])
        last = np.partition(cosines, len(cosines) - limit)[len(cosines) - limit]
        near = np.flatnonzero(cosines >= last).tolist()
        near.sort(key=lambda i: (-cosines[i], self._names[i]))
        return [
            (ChunkId(self._names[i]), max(-1.0, min(1.0, float(cosines[i])))) for i in near[:limit]
        ]
