"""The watch over one task of a reader: its time, its memory, its room on the disk."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from ingest.apart.processes import memory_of, size_of
from ingest.apart.wire import BrokenFrameError
from ingest.limits import MEGABYTE, Limits
from ingest.refusals import out_of_memory, out_of_room, out_of_time, out_of_time_on_a_page

_LOOK_SECONDS = 0.1
_DISK_SECONDS = 1.0
_SHARE = 20
_SPARE_ROOM = 64 * MEGABYTE


class GivenUpError(Exception):
    """Nobody waits for the task any more."""


class Watch:
    """Tells when a task has taken too much. The clock runs from the moment it is made.

    `leader` is the process whose family is weighed; `folders` are where it may write.
    """

    def __init__(
        self,
        limits: Limits,
        leader: int,
        folders: Iterable[Path],
        given_up: Callable[[], bool],
    ) -> None:
        self._limits = limits
        self._leader = leader
        self._folders = tuple(folders)
        self._given_up = given_up
        self._pages = 0
        self._late = out_of_time
        now = time.monotonic()
        self._deadline = now + limits.seconds
        self._weigh_at = now + _LOOK_SECONDS
        self._measure_at = now + _DISK_SECONDS
        self.most_memory = 0

    @property
    def pause(self) -> float:
        """The seconds that may pass before the next look."""
        return max(0.0, min(_LOOK_SECONDS, self._deadline - time.monotonic()))

    def page_recognised(self) -> None:
        """A page was read from its image: there is time for one more.

        Raises:
            BrokenFrameError: more pages are said to be than may be.
        """
        self._pages += 1
        if self._pages > self._limits.pages:
            raise BrokenFrameError("more pages recognised than are allowed")
        earned = time.monotonic() + self._limits.page_seconds
        if earned > self._deadline:
            self._deadline = earned
            self._late = out_of_time_on_a_page

    def look(self) -> None:
        """Raises `GivenUpError`, or `SourceLimitError` where the task has taken too much."""
        if self._given_up():
            raise GivenUpError
        now = time.monotonic()
        if now >= self._deadline:
            raise self._late(self._limits)
        if now >= self._weigh_at:
            self._weigh_at = self._weigh()
        if now >= self._measure_at:
            self._measure_at = self._measure()

    def near_its_memory(self) -> bool:
        """Whether it held nearly all the memory it may: if it died, it was of that."""
        return self.most_memory > 0.8 * self._limits.memory

    def _weigh(self) -> float:
        began = time.monotonic()
        memory = memory_of(self._leader)
        self.most_memory = max(self.most_memory, memory)
        if memory > self._limits.memory:
            raise out_of_memory(self._limits)
        return _next(began, _LOOK_SECONDS)

    def _measure(self) -> float:
        began = time.monotonic()
        if sum(map(size_of, self._folders)) > self._limits.unpacked + _SPARE_ROOM:
            raise out_of_room(self._limits)
        return _next(began, _DISK_SECONDS)


def _next(began: float, interval: float) -> float:
    """When to look again: seldom enough that looking takes a small share of the time."""
    now = time.monotonic()
    return now + max(interval, _SHARE * (now - began))
