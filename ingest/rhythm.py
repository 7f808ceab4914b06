"""How much is published at once: what was published is what a run that is cut short leaves."""

from collections import deque
from collections.abc import Callable
from threading import Lock
from time import monotonic

EVERY_S = 3.0
"""About as often something is published, so that a machine that is often restarted gets on."""
MOST_CHUNKS = 1024
LEAST_CHUNKS = 64
"""Fewer are not worth a commit of their own while more is being read."""
SMALLEST_FULL = 128
"""However slow the machine is: each commit costs it something as well."""


class Rhythm:
    """Learns from each batch how many chunks the next may have. Two threads tell it of them."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._on_their_way: deque[tuple[float, int, int]] = deque()
        self._published = 0
        self._ended = 0.0
        self._pace: float | None = None
        self._waiting_since: float | None = None

    @property
    def most_chunks(self) -> int:
        """As many chunks as are embedded and published until it is time for the next."""
        with self._lock:
            if self._pace is None:
                return SMALLEST_FULL
            return max(SMALLEST_FULL, min(MOST_CHUNKS, round(EVERY_S / max(self._pace, 1e-6))))

    @property
    def is_due(self) -> bool:
        """Whether what waits to be published has waited long enough, however little it is."""
        since = self._waiting_since
        return since is not None and self._clock() - since >= EVERY_S

    def waits(self) -> None:
        """Something waits to be handed over, from now on if nothing did before."""
        if self._waiting_since is None:
            self._waiting_since = self._clock()

    def handed_over(self, versions: int, chunks: int) -> None:
        """A batch is on its way; nothing waits any more."""
        self._waiting_since = None
        with self._lock:
            self._on_their_way.append((self._clock(), versions, chunks))

    def published(self) -> None:
        """One more version stands; the versions of a batch come together, batches in order."""
        with self._lock:
            began, versions, chunks = self._on_their_way[0]
            self._published += 1
            if self._published < versions:
                return
            self._on_their_way.popleft()
            self._published = 0
            now = self._clock()
            # A batch that waited for the one before it took no longer for that.
            pace = (now - max(began, self._ended)) / max(1, chunks)
            self._pace = pace if self._pace is None else (self._pace + pace) / 2
            self._ended = now
