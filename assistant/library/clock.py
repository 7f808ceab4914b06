"""Moments in an order that holds for everybody: what was told about one is never changed after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Lock

_INSTANT = timedelta(microseconds=1)


def here() -> datetime:
    """The time by the clock of this computer."""
    return datetime.now(UTC)


class Clock:
    """The time as questions and changes of one library see it, for many threads.

    A change takes its moment before it is committed. A question that took its own in between would
    be told the state before, and later, asked as of that moment, the state after. So the moment of
    a question waits for a change under way, and that of a change is later than any told before.
    It never goes back, also where the computer's clock does.

    Where several processes share a database, its turns order them in the same way, and `present` is
    its time.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._told = datetime.min.replace(tzinfo=UTC)

    def now(self, after: datetime | None, present: Callable[[], datetime] = here) -> datetime:
        """The present moment: not before the last change, which was at `after`."""
        with self._lock:
            self._told = max(self._told, after or self._told, present())
            return self._told

    @contextmanager
    def change(
        self, after: datetime | None, present: Callable[[], datetime] = here
    ) -> Iterator[datetime]:
        """The moment of a change, later than the last one, at `after`; commit it while inside."""
        with self._lock:
            moment = max(self._told, after or self._told, present()) + _INSTANT
            yield moment
            self._told = max(self._told, moment)
