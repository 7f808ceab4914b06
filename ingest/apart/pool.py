"""Reading documents in processes apart: what one document does to its reader ends there."""

import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from assistant.closing import Closing
from assistant.errors import ConfigurationError
from assistant.types import Page, PlacedWord
from ingest.apart.reader import Reader
from ingest.apart.received import file_of, parsed_of, value_of
from ingest.apart.watch import GivenUpError
from ingest.apart.wire import BrokenFrameError, Kind, encode
from ingest.limits import Limits
from ingest.parsed import Box, Parsed
from ingest.refusals import babbled

_Value = TypeVar("_Value")
_Placed = TypeVar("_Placed", Page, PlacedWord)
_LONGEST_CLOSE = 10.0

logger = logging.getLogger(__name__)


class _Task(Future[_Value], Generic[_Value]):
    """A future of what a reader answers; cancelling it ends the reader that works on it."""

    def __init__(self, frame: bytes, room: Path, taken: Callable[[bytes], _Value]) -> None:
        super().__init__()
        self.frame = frame
        self.room = room
        self._taken = taken
        self.given_up = False

    def cancel(self) -> bool:
        """As of every future; where it runs, it ends within a moment by `CancelledError`."""
        self.given_up = True
        return super().cancel()

    def run(self, reader: Reader, closing: Callable[[], bool]) -> bool:
        """Has the reader do the task; False where the reader is not to be asked again."""
        try:
            payload = reader.ask(self.frame, self.room, lambda: self.given_up or closing())
            self.set_result(self._taken(payload))
        except GivenUpError:
            self.set_exception(CancelledError())
        except BrokenFrameError as error:
            logger.warning("a reader does not keep to what is agreed: %s", error)
            self.set_exception(babbled())
            return False
        except Exception as error:  # noqa: BLE001 - it is for the one who waits for the answer
            self.set_exception(error)
        return reader.usable()


class ParserPool(Closing):
    """Processes that read documents, each watched over by a thread. Safe to use by many threads.

    They start as there is work for them and stay until `close`; one that is ended or dies is
    replaced when the next task comes. `worker_module` is what they run.
    """

    def __init__(
        self, limits: Limits, processes: int, worker_module: str = "ingest.apart.worker"
    ) -> None:
        self._limits = limits
        self._processes = processes
        self._module = worker_module
        self._waiting: queue.SimpleQueue[_Task[Any] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._unfinished = 0
        self._closing = threading.Event()
        self._networks: set[str] = set()

    @property
    def network(self) -> frozenset[str]:
        """What held the network off in the readers so far: words of `ingest.apart.sandbox`."""
        with self._lock:
            return frozenset(self._networks)

    def parse(self, path: Path, name: str, room: Path, depth: int = 0) -> Future[Parsed]:
        """What lies in the file at `path`, read as a source of this name.

        `room` is an empty folder where members are put; it is left to the caller, and what an
        ended reader left in it is worth nothing. `depth` counts the containers the source lies in.

        The future raises `IngestError` where the source is at fault, `LibraryError` where the disk
        is, `ConfigurationError` where no reader can be started, `CancelledError` where the future
        was cancelled or the pool closed.
        """
        room = room.absolute()
        asked = {
            "task": "load",
            "path": path.absolute(),
            "name": name,
            "room": room,
            "depth": depth,
        }
        return self._submit(asked, room, lambda payload: parsed_of(payload, self._limits, room))

    def boxes(
        self,
        path: Path,
        room: Path,
        text: str,
        pages: Sequence[Page],
        words: Sequence[PlacedWord],
        start: int,
        end: int,
    ) -> Future[tuple[Box, ...]]:
        """Where the span `[start, end)` of a version's text stands on the pages of its source.

        `room` is an empty folder. The future raises as that of `parse` does.
        """
        room = room.absolute()
        near = _near(text, pages, words, start, end)
        asked = {"task": "boxes", "path": path.absolute(), "room": room, **near}
        return self._submit(asked, room, lambda payload: value_of(payload, tuple[Box, ...]))

    def page_image(self, path: Path, room: Path, page: int, width: int = 1200) -> Future[Path]:
        """A page of a PDF, from 1, drawn about `width` pixels wide: a PNG file in the room.

        The future raises as that of `parse` does.
        """
        room = room.absolute()
        asked = {
            "task": "page_image",
            "path": path.absolute(),
            "room": room,
            "page": page,
            "width": width,
        }
        return self._submit(asked, room, lambda payload: file_of(payload, room))

    def close(self) -> None:
        """Ends every reader at once. What was asked and not answered is cancelled."""
        with self._lock:
            self._closing.set()
            threads = list(self._threads)
        for _ in threads:
            self._waiting.put(None)
        for thread in threads:
            thread.join(_LONGEST_CLOSE)
        with contextlib.suppress(queue.Empty):
            while True:
                if task := self._waiting.get_nowait():
                    task.cancel()

    def _submit(
        self, asked: object, room: Path, taken: Callable[[bytes], _Value]
    ) -> Future[_Value]:
        task = _Task(encode(Kind.TASK, asked), room, taken)
        with self._lock:
            if self._closing.is_set():
                raise RuntimeError("the pool of readers is closed")
            self._unfinished += 1
            if len(self._threads) < min(self._unfinished, self._processes):
                thread = threading.Thread(target=self._attend, name="reader", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._waiting.put(task)
        return task

    def _attend(self) -> None:
        """The life of a thread: one task after another, by a reader that is replaced at need."""
        reader: Reader | None = None
        try:
            while (task := self._waiting.get()) is not None:
                reader = self._attempt(task, reader)
                with self._lock:
                    self._unfinished -= 1
        finally:
            if reader is not None:
                reader.close()

    def _attempt(self, task: _Task[Any], reader: Reader | None) -> Reader | None:
        """Does one task; gives the reader back where it can do another."""
        if self._closing.is_set():
            task.cancel()
        if not task.set_running_or_notify_cancel():
            return reader
        if reader is not None and not reader.usable():
            reader.close()
            reader = None
        try:
            reader = reader or self._started()
        except Exception as error:  # noqa: BLE001 - it is for the one who waits for the answer
            task.set_exception(error)
            return None
        if task.run(reader, self._closing.is_set):
            return reader
        reader.close()
        return None

    def _started(self) -> Reader:
        try:
            reader = Reader(self._module, self._limits)
        except OSError as error:
            raise ConfigurationError(
                f"No process to read documents can be started: {error.strerror or error}. Make "
                "room in the memory and on the disk for temporary files, and try again."
            ) from error
        with self._lock:
            self._networks.add(reader.network)
        return reader


def _near(
    text: str, pages: Sequence[Page], words: Sequence[PlacedWord], start: int, end: int
) -> dict[str, object]:
    """What of a version is about a span: its pages, their text and words, counted from there."""
    pages = [page for page in pages if page.start < end and start < page.end]
    first = min([page.start for page in pages], default=0)
    last = max([page.end for page in pages], default=len(text))
    if not first <= start < end <= last <= len(text):
        first, last = 0, len(text)
    return {
        "text": text[first:last],
        "pages": [_moved(page, first) for page in pages],
        "words": [_moved(word, first) for word in words if first <= word.start < last],
        "start": start - first,
        "end": end - first,
    }


def _moved(placed: _Placed, first: int) -> _Placed:
    return replace(placed, start=placed.start - first, end=placed.end - first)
