"""One reader process, as its parent holds it: started, asked, watched and ended."""

import contextlib
import dataclasses
import logging
import os
import select
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable
from pathlib import Path

from assistant.errors import ConfigurationError, LibraryError
from ingest.apart.launch import start
from ingest.apart.processes import end_family, memory_of
from ingest.apart.received import error_of, value_of
from ingest.apart.watch import Watch
from ingest.apart.wire import BrokenFrameError, Frames, Kind
from ingest.limits import MEGABYTE, Limits
from ingest.refusals import died, out_of_memory

_PIECE = 1 << 20
_START_SECONDS = 60.0
_ENDING_SECONDS = 5.0
_STRUCTURE = 64 * MEGABYTE
_BYTES_A_CHARACTER = 4
_LAST_WORDS = 8192
_TASKS_OF_A_LIFE = 5000
_TASKS_BETWEEN_WEIGHINGS = 50
_SHARE_AT_REST = 2

logger = logging.getLogger(__name__)


class DiedError(Exception):
    """The reader ended by itself; `status` is as of a shell."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


class Reader:
    """A process that reads documents; one thread at a time uses it.

    Raises `ConfigurationError` where it cannot be started.
    """

    def __init__(self, module: str, limits: Limits) -> None:
        self._limits = limits
        self._tasks = 0
        self._worn = False
        self._broken = False
        self._said = bytearray()
        self._frames = Frames(_STRUCTURE + _BYTES_A_CHARACTER * limits.characters)
        self._whole: deque[tuple[Kind, bytes]] = deque()
        self._folder = Path(tempfile.mkdtemp(prefix="attache-reader-"))
        self._process, self._lifeline = start(module, limits, self._folder)
        self._incoming, self._outgoing, self._saying = _streams(self._process)
        try:
            self.network = self._greeting()
        except BaseException:  # no process may outlive a failed start; raised on
            self.close()
            raise

    def usable(self) -> bool:
        """Whether it may be given another task: it lives, and has grown neither old nor fat."""
        spent = self._broken or self._worn or self._tasks >= _TASKS_OF_A_LIFE
        return not spent and self._process.poll() is None

    def ask(self, task: bytes, room: Path, given_up: Callable[[], bool]) -> bytes:
        """What the reader answers to a task. After an error it may no longer be usable.

        Raises:
            IngestError: the source cannot be read, or asks for more than is allowed.
            LibraryError: the disk cannot be written.
            GivenUpError: `given_up` came true.
            BrokenFrameError: the reader does not keep to what is agreed.
        """
        self._tasks += 1
        self._broken = True  # until it has answered as it should
        self._said.clear()
        watch = Watch(self._limits, self._process.pid, (room, self._folder), given_up)
        try:
            kind, payload = self._reply(memoryview(task), watch)
        except DiedError as error:
            near = watch.near_its_memory()
            raise (out_of_memory(self._limits) if near else died(error.status)) from error
        finally:
            self._log()
        self._rest(watch)
        self._broken = False
        if kind is Kind.FAILED:
            raise _error(payload)
        return payload

    def close(self) -> None:
        """Ends the process and all it started, and removes its folder."""
        end_family(self._process.pid)
        os.close(self._lifeline)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING_SECONDS)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _greeting(self) -> str:
        """The first that it says: what holds the network off."""
        limits = dataclasses.replace(self._limits, seconds=_START_SECONDS)
        watch = Watch(limits, self._process.pid, (), lambda: False)
        try:
            kind, payload = self._frame(memoryview(b""), watch)
            if kind is not Kind.READY:
                raise BrokenFrameError("no greeting")
            return value_of(payload, str)
        except (DiedError, BrokenFrameError) as error:
            self._listen()
            last = bytes(self._said).decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise ConfigurationError(
                f"The process that reads documents cannot be started ({last or error}). Install "
                "the product anew with `make install`, and see that the machine has memory left."
            ) from error

    def _reply(self, task: memoryview, watch: Watch) -> tuple[Kind, bytes]:
        """The frame that ends the task; signs of progress before it are passed to the watch."""
        kind, payload = self._frame(task, watch)
        while kind is Kind.PAGE:
            watch.page_recognised()
            kind, payload = self._frame(memoryview(b""), watch)
        if kind not in (Kind.DONE, Kind.FAILED) or self._whole:
            raise BrokenFrameError(f"{kind.name} out of turn")
        return kind, payload

    def _frame(self, rest: memoryview, watch: Watch) -> tuple[Kind, bytes]:
        """The next frame. Sends what there is to send meanwhile: neither side waits for ever."""
        poll = select.poll()
        poll.register(self._incoming, select.POLLIN)
        poll.register(self._saying, select.POLLIN)
        if rest:
            poll.register(self._outgoing, select.POLLOUT)
        while not self._whole:
            watch.look()
            for descriptor, _ in poll.poll(watch.pause * 1000):
                if descriptor == self._incoming:
                    self._receive()
                elif descriptor == self._outgoing:
                    rest = self._give(rest)
                if self._is_over(descriptor, rest):
                    poll.unregister(descriptor)
        return self._whole.popleft()

    def _receive(self) -> None:
        data = os.read(self._incoming, _PIECE)
        if not data:
            raise DiedError(self._status())
        self._whole.extend(self._frames.feed(data))

    def _give(self, rest: memoryview) -> memoryview:
        """Sends as much as the pipe takes; what a dead reader no longer takes is dropped."""
        try:
            return rest[os.write(self._outgoing, rest) :]
        except BlockingIOError:
            return rest
        except BrokenPipeError:
            return rest[:0]

    def _is_over(self, descriptor: int, rest: memoryview) -> bool:
        """Whether there is no more to wait for on this stream."""
        if descriptor == self._saying:
            return not self._listen()
        return descriptor == self._outgoing and not rest

    def _listen(self) -> bool:
        """Keeps the last that it printed; False at the end of the stream."""
        try:
            data = os.read(self._saying, _PIECE)
        except BlockingIOError:
            return True
        self._said += data
        del self._said[:-_LAST_WORDS]
        return bool(data)

    def _status(self) -> int:
        try:
            status = self._process.wait(_ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            return 0
        return status if status >= 0 else 128 - status

    def _rest(self, watch: Watch) -> None:
        """After a task: its folder is emptied, and it is weighed if that was a heavy one."""
        bound = self._limits.memory // _SHARE_AT_REST
        if watch.most_memory > bound or self._tasks % _TASKS_BETWEEN_WEIGHINGS == 0:
            self._worn = memory_of(self._process.pid) > bound
        for entry in self._folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)

    def _log(self) -> None:
        with contextlib.suppress(OSError):
            self._listen()
        if self._said:
            logger.debug("a reader printed: %s", self._said.decode("utf-8", "replace"))


def _error(payload: bytes) -> Exception:
    error, trace = error_of(payload)
    if trace:
        level = logging.WARNING if isinstance(error, LibraryError) else logging.INFO
        logger.log(level, "a reader met an error that was not foreseen\n%s", trace)
    return error


def _streams(process: subprocess.Popen[bytes]) -> tuple[int, int, int]:
    """What it answers, what it is asked and what it prints, none of which blocks us."""
    streams = (process.stdout, process.stdin, process.stderr)
    first, second, third = (stream.fileno() for stream in streams if stream is not None)
    for descriptor in (first, second, third):
        os.set_blocking(descriptor, False)
    return first, second, third
