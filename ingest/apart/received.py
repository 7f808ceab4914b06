"""What a reader process hands over, taken in with distrust: it has read hostile bytes."""

import errno
import json
import os
import stat
from collections.abc import Hashable, Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from assistant.errors import (
    IngestError,
    LibraryDamagedError,
    LibraryUnavailableError,
    NoTextError,
    SourceLimitError,
    SourceTooLargeError,
    SourceUnreadableError,
    UnsupportedSourceError,
)
from assistant.types import LoadedDocument
from ingest.apart.wire import BrokenFrameError
from ingest.limits import Limits
from ingest.parsed import Parsed
from ingest.refusals import babbled

_Value = TypeVar("_Value")

_ERRORS = {
    error.__name__: error
    for error in (
        IngestError,
        NoTextError,
        SourceLimitError,
        SourceTooLargeError,
        SourceUnreadableError,
        UnsupportedSourceError,
    )
}


def value_of(payload: bytes, kind: type[_Value]) -> _Value:
    """A value of exactly this type. Raises `BrokenFrameError` where the payload is not one."""
    try:
        value: _Value = _adapter(cast("Hashable", kind)).validate_json(payload, strict=True)
    except ValidationError as error:
        raise BrokenFrameError(f"no {kind}: {error.error_count()} faults") from error
    return value


def parsed_of(payload: bytes, limits: Limits, room: Path) -> Parsed:
    """A reading whose spans lie in its text and whose members lie in the room.

    Raises `BrokenFrameError` for any other.
    """
    parsed = value_of(payload, Parsed)
    if len(parsed.members) > limits.members:
        raise BrokenFrameError("too many members")
    if parsed.document is not None:
        _check_document(parsed.document, limits)
    for member in parsed.members:
        if not (member.name and member.file_name):
            raise BrokenFrameError("a member without a name")
        _check_file(member.path, room)
    return parsed


def file_of(payload: bytes, room: Path) -> Path:
    """A file that lies in the room. Raises `BrokenFrameError` for any other."""
    path = value_of(payload, Path)
    _check_file(path, room)
    return path


def error_of(payload: bytes) -> tuple[Exception, str]:
    """The error that a reader met, and its trace, which is empty where the error was foreseen.

    Raises:
        BrokenFrameError: the frame tells no error.
    """
    try:
        told: Any = json.loads(payload)
        name, message, trace = str(told["error"]), str(told["message"]), str(told["trace"])
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise BrokenFrameError("no error") from error
    if name == OSError.__name__:
        is_full = os.strerror(errno.ENOSPC) in message
        return (LibraryUnavailableError if is_full else LibraryDamagedError)(
            f"The disk cannot be written while documents are read: {message}. Free some room or "
            "make it writable, then ingest again; what is in the library stays."
        ), trace
    kind = _ERRORS.get(name)
    return (kind(message), trace) if kind else (babbled(), trace)


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("type[Any]", kind))


def _check_document(document: LoadedDocument, limits: Limits) -> None:
    length = len(document.text)
    if length > limits.characters or len(document.pages) > limits.pages:
        raise BrokenFrameError("more text or pages than is allowed")
    _check_spans(((page.start, page.end) for page in document.pages), length)
    _check_spans(((head.start, head.end) for head in document.headings), length)
    _check_spans(((word.start, word.end) for word in document.words), length)
    for page in document.pages:
        if page.number < 1 or not 0.0 <= (page.confidence or 0.0) <= 1.0:
            raise BrokenFrameError("a page that cannot be")


def _check_spans(spans: Iterable[tuple[int, int]], length: int) -> None:
    listed = list(spans)
    if any(not 0 <= start <= end <= length for start, end in listed):
        raise BrokenFrameError("a span outside the text")
    if any(before[0] > after[0] for before, after in pairwise(listed)):
        raise BrokenFrameError("spans out of order")


def _check_file(path: Path, room: Path) -> None:
    """Raises for a path that would have the parent read another file than one in the room."""
    if not path.is_relative_to(room) or ".." in path.parts:
        raise BrokenFrameError("a file outside the room")
    try:
        real = path.resolve(strict=True).is_relative_to(room.resolve())
        regular = stat.S_ISREG(path.lstat().st_mode)
    except (OSError, RuntimeError, ValueError) as error:
        raise BrokenFrameError("what is no file") from error
    if not (real and regular):
        raise BrokenFrameError("what is no file of the room")
