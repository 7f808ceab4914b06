"""A reader process: `python -m ingest.apart.worker`. Its parent is `ingest.apart.pool`.

It reads one document after another, in a process that has no network, may write nowhere but in
the folders it is given, and can be ended at any moment.
"""

import errno
import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant.errors import IngestError, SourceUnreadableError
from assistant.types import Page, PlacedWord
from ingest.apart.guard import Guard
from ingest.apart.guardian import fork_under_guard
from ingest.apart.wire import Frames, Kind, encode
from ingest.limits import Limits
from ingest.parsed import Parsed, Reading
from ingest.refusals import out_of_memory, out_of_room

PIECE = 1 << 20
_LONGEST_TASK = 1 << 30
_LONGEST_MESSAGE = 2000
_LONGEST_TRACE = 20_000
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})

Task = Callable[[Mapping[str, Any], Limits, Callable[[], None]], object]
"""Takes what the parent sent, the limits, and what to call after each page that is recognised."""


def load(asked: Mapping[str, Any], limits: Limits, page_recognised: Callable[[], None]) -> Parsed:
    """Reads a source by the loader of its kind."""
    sources = importlib.import_module("ingest.sources")
    loaders = importlib.import_module("ingest.loaders.load")
    path = Path(asked["path"])
    source = sources.Source(
        uri=path.as_uri(),
        name=asked["name"],
        size=path.stat().st_size,
        mtime_ns=0,
        path=path,
        data=None,
    )
    reading = Reading(limits, Path(asked["room"]), asked["depth"], page_recognised)
    parsed: Parsed = loaders.load(source, reading)
    return parsed


def boxes(asked: Mapping[str, Any], _limits: Limits, _page: Callable[[], None]) -> object:
    """Finds where a span stands on its pages."""
    return importlib.import_module("ingest.boxes").boxes(
        Path(asked["path"]).read_bytes(),
        asked["text"],
        [Page(**page) for page in asked["pages"]],
        [PlacedWord(**word) for word in asked["words"]],
        asked["start"],
        asked["end"],
    )


def page_image(asked: Mapping[str, Any], _limits: Limits, _page: Callable[[], None]) -> Path:
    """Draws a page of a PDF; the image lies in the room."""
    draw: Callable[[bytes, int, int], bytes]
    draw = importlib.import_module("ingest.pages").page_image
    image = Path(asked["room"]) / "page.png"
    image.write_bytes(draw(Path(asked["path"]).read_bytes(), asked["page"], asked["width"]))
    return image


TASKS: Mapping[str, Task] = {"load": load, "boxes": boxes, "page_image": page_image}
"""All that a reader can be asked for."""


def main(tasks: Mapping[str, Task] = TASKS) -> None:
    """Serves until its parent closes the stream of tasks."""
    limits = Limits(**json.loads(sys.argv[1]))
    folder = Path(sys.argv[2])
    fork_under_guard(int(sys.argv[3]), folder)
    incoming, outgoing = _private_streams()
    guard, network = importlib.import_module("ingest.apart.sandbox").enclose(limits, folder)
    _send(outgoing, encode(Kind.READY, network))
    frames = Frames(_LONGEST_TASK)
    while data := os.read(incoming, PIECE):
        for _kind, payload in frames.feed(data):
            _send(outgoing, _answer(json.loads(payload), tasks, limits, guard, outgoing))


def _private_streams() -> tuple[int, int]:
    """The streams to the parent; what libraries print goes to standard error from now on."""
    incoming, outgoing = os.dup(0), os.dup(1)  # no program it starts inherits these
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return incoming, outgoing


def _answer(
    asked: Mapping[str, Any],
    tasks: Mapping[str, Task],
    limits: Limits,
    guard: Guard,
    outgoing: int,
) -> bytes:
    page = encode(Kind.PAGE)
    guard.allow(Path(asked["room"]))
    try:
        return encode(Kind.DONE, tasks[asked["task"]](asked, limits, lambda: _send(outgoing, page)))
    except Exception as error:  # noqa: BLE001 - whatever a document does to a loader is told
        return _failure(error, limits)


def _failure(error: Exception, limits: Limits) -> bytes:
    told = _told(error, limits)
    trace = "".join(traceback.format_exception(error)) if told is not error else ""
    return encode(
        Kind.FAILED,
        {
            "error": type(told).__name__,
            "message": str(told)[:_LONGEST_MESSAGE],
            "trace": trace[-_LONGEST_TRACE:],
        },
    )


def _told(error: Exception, limits: Limits) -> Exception:
    """What a librarian is told of an error, whatever class it is of."""
    match error:
        case IngestError():
            return error
        case MemoryError():
            return out_of_memory(limits)
        case RecursionError():
            return SourceUnreadableError("is nested too deeply to be read. Save it anew.")
        case OSError(errno=errno.EFBIG):
            return out_of_room(limits)
        case OSError(errno=int() as number) if number in _DISK:
            return OSError(number, os.strerror(number))
        case _:
            return SourceUnreadableError(
                f"could not be read ({type(error).__name__}: {str(error)[:300]}). It may be "
                "damaged: save it anew and ingest that."
            )


def _send(outgoing: int, frame: bytes) -> None:
    rest = memoryview(frame)
    while rest:
        rest = rest[os.write(outgoing, rest) :]


if __name__ == "__main__":
    main()
