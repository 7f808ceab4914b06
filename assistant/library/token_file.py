"""The signs of the tokens of a segment's rows, in a file that is read where it is asked for.

They are as large as the vectors and each question looks at a few, so they are not mapped: pages
that were looked at once would count as memory of the program from then on.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

_SIGNS, _ENDS = "tokens.u1", "token_ends.npy"
_UNKNOWN = -1


class TokenFile:
    """The file in a segment's folder, which stays readable when the folder is removed."""

    def __init__(self, folder: Path) -> None:
        """Opens it. Raises `OSError` where it is missing, `ValueError` where it is not whole."""
        ends = np.load(folder / _ENDS)
        self._known = ends != _UNKNOWN
        self._ends = np.maximum.accumulate(np.maximum(ends, 0)) if len(ends) else ends
        self._file = os.open(folder / _SIGNS, os.O_RDONLY)
        last = int(self._ends[-1]) if len(ends) else 0
        if os.fstat(self._file).st_size != last:
            raise ValueError(f"{folder / _SIGNS} is not whole")

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            os.close(self._file)

    @property
    def complete(self) -> bool:
        """Whether the signs of every row are known."""
        return bool(self._known.all())

    def get(self, rows: Sequence[int]) -> list[bytes | None]:
        """The signs of these rows, token after token; None where they are not known."""
        return [self._read(row) if self._known[row] else None for row in rows]

    def _read(self, row: int) -> bytes:
        start = int(self._ends[row - 1]) if row else 0
        return os.pread(self._file, int(self._ends[row]) - start, start)


def write_tokens(folder: Path, signs: Iterable[bytes | None]) -> None:
    """Writes the signs of a segment's rows, in their order. Raises `OSError`."""
    ends: list[int] = []
    end = 0
    with (folder / _SIGNS).open("wb") as file:
        for each in signs:
            if each is not None:
                end += file.write(each)
            ends.append(_UNKNOWN if each is None else end)
    np.save(folder / _ENDS, np.array(ends, np.int64))
