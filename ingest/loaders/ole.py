"""Compound files (OLE), the shape of Office documents before 2007: what kind one is.

The layout is that of [MS-CFB]: sectors, chained by a table that is itself in sectors.
"""

import struct
from collections.abc import Iterator
from itertools import islice

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LONGEST_READ = 1 << 16
_HEADER = 512
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA  # numbers above it mark ends and holes
_MOST_SECTORS = 1 << 20
_IN_MINI_STREAM = 4096  # streams shorter than this are kept in the root's, in pieces of 64 bytes
_MINI = 64


class CompoundFile:
    """The streams of a compound file, by name in small letters; not those of objects inside it.

    Raises `ValueError` where it is damaged; so do its methods.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
            self._table = self._numbers(self._table_sectors())
            first = struct.unpack_from("<I", data, 48)[0]
            directory = b"".join(self._chain(first))
            self._root = struct.unpack_from("<I", directory, 116)[0]
            self._entries = dict(self._listed(directory))
        except (struct.error, IndexError) as error:
            raise ValueError("no compound file") from error

    @property
    def names(self) -> frozenset[str]:
        """The names of its streams and folders."""
        return frozenset(self._entries)

    def head(self, name: str) -> bytes:
        """The first bytes of a stream, 64 KiB at most; none where there is no such stream."""
        if name not in self._entries:
            return b""
        first, size = self._entries[name]
        most = min(size, LONGEST_READ)
        if size < _IN_MINI_STREAM:
            return self._small(first, most)
        pieces = islice(self._chain(first), most // self._size + 1)
        return b"".join(pieces)[:most]

    def _small(self, first: int, size: int) -> bytes:
        """A short stream whose pieces lie one after another, as all but always they do."""
        start = first * _MINI
        pieces = islice(self._chain(self._root), (start + size) // self._size + 1)
        return b"".join(pieces)[start : start + size]

    def _table_sectors(self) -> Iterator[int]:
        yield from struct.unpack_from("<109I", self._data, 76)
        following, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, _MOST_SECTORS)):
            if following >= _LAST_SECTOR:
                return
            *numbers, following = struct.unpack(f"<{self._size // 4}I", self._sector(following))
            yield from numbers

    def _numbers(self, sectors: Iterator[int]) -> list[int]:
        data = b"".join(self._sector(number) for number in sectors if number < _LAST_SECTOR)
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _sector(self, number: int) -> bytes:
        start = max(_HEADER, self._size) + number * self._size
        return self._data[start : start + self._size].ljust(self._size, b"\0")

    def _chain(self, number: int) -> Iterator[bytes]:
        for _ in range(min(len(self._table) + 1, _MOST_SECTORS)):
            if number >= len(self._table):
                return
            yield self._sector(number)
            number = self._table[number]

    def _listed(self, directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        """What the root holds: its first child and, in a tree, the child's siblings."""
        waiting = [struct.unpack_from("<I", directory, 76)[0]]
        seen: set[int] = set()
        while waiting:
            number = waiting.pop()
            at = number * _ENTRY
            if number in seen or at + _ENTRY > len(directory):
                continue
            seen.add(number)
            length, _, left, right = struct.unpack_from("<HHII", directory, at + 64)
            waiting += (left, right)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", directory, at + 116)
            if name:
                yield name.lower(), (first, size)
