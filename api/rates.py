"""How often one caller may send requests."""

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter


class Rates:
    """Counts requests by who sends them, in memory: what is over is forgotten."""

    def __init__(self, limit: str) -> None:
        self.limit = limit
        self._item = parse(limit) if limit else None
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def wait(self, who: str) -> int:
        """Counts a request, and says how many seconds to wait where it is one too many; else 0."""
        if self._item is None or self._limiter.hit(self._item, who):
            return 0
        reset_at, _ = self._limiter.get_window_stats(self._item, who)
        return max(1, math.ceil(reset_at - time.time()))
