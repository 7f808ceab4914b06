"""Spares a server that is away, and those who wait for it: a circuit breaker."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

_FAILURES = 2
"""How many calls in a row fail before the rest are spared."""
_REST_S = 1.0
_LONGEST_REST_S = 15.0


class Breaker:
    """Whether calls are worth trying, for many threads at once.

    After a few failures in a row nobody calls for a while; then one caller tries, and the others
    go on without. The while doubles as long as trying fails.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._failures = 0
        self._again = 0.0
        self._rest = _REST_S
        self._failed_at: float | None = None

    def allows(self) -> bool:
        """Whether to call now; whoever does says `worked` or `failed` afterwards."""
        with self._lock:
            if self._failures < _FAILURES:
                return True
            if self._now() < self._again:
                self._failed_at = self._now()
                return False
            self._again = self._now() + self._rest  # the others wait for who tries
            return True

    def worked(self) -> None:
        """A call was answered."""
        with self._lock:
            self._failures, self._rest = 0, _REST_S

    def failed(self) -> None:
        """A call was not answered."""
        with self._lock:
            self._failures += 1
            self._failed_at = self._now()
            if self._failures >= _FAILURES:
                self._again = self._now() + self._rest
                self._rest = min(2 * self._rest, _LONGEST_REST_S)

    def lacked_since(self, moment: float) -> bool:
        """Whether a call failed or was spared since a moment of the same clock."""
        with self._lock:
            return self._failed_at is not None and self._failed_at >= moment
