"""The real command, killed at a random moment or right after a store was written."""

import ctypes
import os
import random
import signal
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from select import select

import psutil

from tests.integration.commands import environment
from tests.preloaded import Preloaded, begin

STORES = {
    "ledger": ("", "ledger.db-wal"),
    "vectors": ("vectors", "chroma.sqlite3"),
    "postings": ("postings", "meta.json"),
    "originals": ("originals", ""),
}
"""For each store, the folder below the data directory that is watched, and how a file begins."""

_MODIFY, _MOVED_TO, _CREATE, _DELETE = 0x2, 0x80, 0x100, 0x200
_HEADER = struct.Struct("iIII")
_LONGEST_RUN_S = 600.0
_LONGEST_END_S = 15.0


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: after so many seconds, or right after the store was written so many times."""

    store: str | None
    writes: int = 0
    seconds: float = 0.0

    @property
    def name(self) -> str:
        """How it is told in figures."""
        return self.store or "any time"


@dataclass(frozen=True, slots=True)
class Killed:
    """A command that was killed, or had ended before; `orphans` outlived it."""

    was_killed: bool
    orphans: tuple[str, ...]


def kill_at(home: Path, moment: Moment, *arguments: str | Path) -> Killed:
    """Starts the command and kills it at the moment."""
    with watching(home, moment.store) as watch:
        with Path(os.devnull).open("r+") as nothing:
            streams = (nothing.fileno(),) * 3
            command = begin([*map(str, arguments)], environment(home), streams)
        watch.until(moment, command)
        return kill(command)


def kill(command: Preloaded) -> Killed:
    """Kills the command as it is, and tells which of the processes it had started stay alive."""
    orphans: Callable[[], list[str]] = list
    if command.poll() is None:
        # Stopped first: what it started is listed as it was at that moment.
        with suppress(ProcessLookupError, psutil.NoSuchProcess):
            os.kill(command.pid, signal.SIGSTOP)
            orphans = outliving(command.pid)
            os.kill(command.pid, signal.SIGKILL)
    code = command.wait(_LONGEST_RUN_S)
    return Killed(code == -signal.SIGKILL, tuple(orphans()))


def outliving(pid: int) -> Callable[[], list[str]]:
    """What tells, once a process has ended, which of those it has started by now stay alive."""
    family = psutil.Process(pid).children(recursive=True)
    return lambda: [str(one) for one in psutil.wait_procs(family, _LONGEST_END_S)[1]]


def moments(chance: random.Random, writes: dict[str, int], longest_s: float) -> Iterator[Moment]:
    """Moments without end: one in three at any time, the others spread over all writes."""
    while True:
        if chance.random() < 0.34:
            yield Moment(None, seconds=chance.uniform(0.02 * longest_s, 0.8 * longest_s))
        else:
            store = chance.choice(sorted(writes))
            # Rather early: what is left to do when a run is begun again becomes less.
            most = chance.randint(1, writes[store])
            yield Moment(store, writes=chance.randint(1, most))


class Watch:
    """What happens to the files of a store, as the kernel tells it."""

    def __init__(self, handle: int | None, begins: str) -> None:
        self._handle = handle
        self._begins = begins
        self.writes = 0

    def until(self, moment: Moment, command: Preloaded) -> None:
        """Returns at the moment, or when the command has ended."""
        deadline = time.monotonic() + (moment.seconds or _LONGEST_RUN_S)
        while time.monotonic() < deadline and command.poll() is None:
            self.look(min(0.05, max(0.0, deadline - time.monotonic())))
            if moment.store is not None and self.writes >= moment.writes:
                return

    def look(self, seconds: float) -> None:
        """Counts writes; waits for one at most so long."""
        handles: Sequence[int] = () if self._handle is None else (self._handle,)
        for handle in select(handles, (), (), seconds)[0]:
            rest = os.read(handle, 1 << 16)
            while rest:
                _, _, _, length = _HEADER.unpack_from(rest)
                name = rest[_HEADER.size : _HEADER.size + length].rstrip(b"\0").decode()
                self.writes += name.startswith(self._begins)
                rest = rest[_HEADER.size + length :]


@contextmanager
def watching(home: Path, store: str | None) -> Iterator[Watch]:
    """A watch over one store of a data directory."""
    if store is None:
        yield Watch(None, "")
        return
    below, begins = STORES[store]
    (home / below).mkdir(parents=True, exist_ok=True)
    library = ctypes.CDLL(None, use_errno=True)
    handle = library.inotify_init1(os.O_CLOEXEC)
    try:
        for folder in (home / below, *(one for one in (home / below).glob("??") if one.is_dir())):
            mask = _MODIFY | _MOVED_TO | _CREATE | _DELETE
            assert library.inotify_add_watch(handle, os.fsencode(folder), mask) >= 0
        yield Watch(handle, begins)
    finally:
        os.close(handle)
