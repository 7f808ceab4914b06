"""What a reader process and its parent say to each other: a kind, a length, and JSON."""

import dataclasses
import json
import struct
from collections.abc import Iterator
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Any

_HEADER = struct.Struct(">BI")


class Kind(IntEnum):
    """What a frame says. The parent sends tasks; all the others come from the reader."""

    TASK = 1
    READY = 2
    PAGE = 3
    DONE = 4
    FAILED = 5


class BrokenFrameError(Exception):
    """The other side does not keep to what is agreed: what it sends is not to be trusted."""


def encode(kind: Kind, value: object = None) -> bytes:
    """A frame. Dataclasses become objects, dates and paths strings; other types raise."""
    text = json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate has no UTF-8; a question mark in its place keeps every span true.
    payload = text.encode("utf-8", "replace")
    return _HEADER.pack(kind, len(payload)) + payload


class Frames:
    """Cuts a stream of bytes into frames of at most `largest` bytes each."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Kind, bytes]]:
        """The frames that are whole with these bytes. Raises `BrokenFrameError`."""
        self._buffer += data
        while len(self._buffer) >= _HEADER.size:
            number, length = _HEADER.unpack_from(self._buffer)
            if length > self._largest:
                raise BrokenFrameError(f"a frame of {length} bytes")
            end = _HEADER.size + length
            if len(self._buffer) < end:
                return
            payload = bytes(memoryview(self._buffer)[_HEADER.size : end])
            del self._buffer[:end]
            yield _kind(number), payload


def _kind(number: int) -> Kind:
    try:
        return Kind(number)
    except ValueError as error:
        raise BrokenFrameError(f"a frame of kind {number}") from error


def _plain(value: object) -> Any:
    match value:
        case Path():
            return str(value)
        case date():
            return value.isoformat()
        case _ if dataclasses.is_dataclass(value):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} does not travel")
