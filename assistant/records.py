"""Bytes of rows, in a file that is mapped: the signs of their tokens, and what the chunks say.

They are as large as the vectors and each question looks at a few. Reading them from the file would
let other questions in between at every row, which on a busy machine means to wait at every row; so
the file is mapped, and the pages that were looked at are given back now and then, or all of it
would count as memory of the program before long.
"""

import json
import mmap
import os
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from assistant.types import Chunk, ChunkId, StoredChunk

_UNKNOWN = -1
_LOOKED_AT = 4096
"""Rows after which pages are given back."""
_GIVE_BACK: int | None = getattr(mmap, "MADV_DONTNEED", None)
_AT_RANDOM: int | None = getattr(mmap, "MADV_RANDOM", None)


def read_at_random(mapped: mmap.mmap) -> None:
    """Has the system read the pages that are looked at, and none of those beside them.

    Where memory is short, what is read beside takes the place of what will be looked at next.
    """
    if _AT_RANDOM is not None:
        mapped.madvise(_AT_RANDOM)


class Records:
    """The bytes of each row, which stay readable when the folder is removed."""

    def __init__(self, folder: Path, name: str) -> None:
        """Opens them. Raises `OSError` where they are missing, `ValueError` where not whole."""
        ends = np.load(_ends(folder, name))
        self._known = ends != _UNKNOWN
        self._ends = np.maximum.accumulate(np.maximum(ends, 0)) if len(ends) else ends
        self._looked_at = 0
        last = int(self._ends[-1]) if len(ends) else 0
        with (folder / name).open("rb") as file:
            if os.fstat(file.fileno()).st_size != last:
                raise ValueError(f"{folder / name} is not whole")
            # What holds nothing cannot be mapped.
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if last else None
        if self._mapped is not None:
            read_at_random(self._mapped)

    @property
    def complete(self) -> bool:
        """Whether the bytes of every row are known."""
        return bool(self._known.all())

    def get(self, rows: NDArray[np.int64]) -> list[bytes | None]:
        """The bytes of these rows; None where they are not known."""
        if self._mapped is None:
            return [b"" if known else None for known in self._known[rows].tolist()]
        begins = np.where(rows > 0, self._ends[rows - 1], 0).tolist()
        each = zip(begins, self._ends[rows].tolist(), self._known[rows].tolist(), strict=True)
        found = [self._mapped[begin:end] if known else None for begin, end, known in each]
        self._give_back(len(found))
        return found

    def _give_back(self, rows: int) -> None:
        self._looked_at += rows
        if self._looked_at >= _LOOKED_AT and self._mapped is not None and _GIVE_BACK is not None:
            self._looked_at = 0
            self._mapped.madvise(_GIVE_BACK)


class RecordWriter:
    """Writes the bytes of a segment's rows, in their order. Raises `OSError`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._place = _ends(folder, name)
        self._file = (folder / name).open("wb")
        self._ends: list[int] = []
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        if error is None:
            np.save(self._place, np.array(self._ends, np.int64))

    def add(self, record: bytes | None) -> None:
        """The next row's; None where it is not known."""
        if record is not None:
            self._end += self._file.write(record)
        self._ends.append(_UNKNOWN if record is None else self._end)


def written(stored: StoredChunk) -> bytes:
    """The chunk as bytes, for `chunk_of`; what is its version's is kept with the version."""
    chunk = stored.chunk
    place = [chunk.ordinal, chunk.start, chunk.end, chunk.page]
    head = json.dumps([*place, chunk.headings, chunk.context], separators=(",", ":"))
    return f"{head}\n{chunk.text}".encode("utf-8", "surrogatepass")


def chunk_of(chunk_id: ChunkId, record: bytes) -> Chunk:
    """The chunk with this name, from its bytes."""
    head, _, text = record.decode("utf-8", "surrogatepass").partition("\n")
    ordinal, start, end, page, headings, context = json.loads(head)
    return Chunk(chunk_id, ordinal, start, end, text, tuple(headings), page, context)


def _ends(folder: Path, name: str) -> Path:
    return folder / f"{Path(name).stem}_ends.npy"
