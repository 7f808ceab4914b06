"""Refusals in the audit trail: who was told that they need a key, or may not do what they asked.

A flood of them must not fill the disk. So many are written at once, and then one every minute; what
was left out in between is counted in the next row.
"""

import asyncio
import time
from collections.abc import Callable
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import STATE
from api.metrics import address_of, route_of
from api.notes import Notes
from assistant.access.keys import NOBODY
from assistant.errors import LibraryError
from assistant.ports import KeepsAudit

STATUSES = frozenset({401, 403})
AT_ONCE = 100
EVERY_S = 60.0


class Allowance:
    """So many at once, one more every so many seconds, and a count of those that were too many."""

    def __init__(
        self,
        at_once: int = AT_ONCE,
        every_s: float = EVERY_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._every_s, self._clock = float(at_once), every_s, clock
        self._left, self._since = float(at_once), clock()
        self._passed_over = 0
        self._lock = Lock()

    def take(self) -> int | None:
        """How many were passed over since the last one; None where this one is too."""
        with self._lock:
            now = self._clock()
            self._left = min(self._most, self._left + (now - self._since) / self._every_s)
            self._since = now
            if self._left < 1:
                self._passed_over += 1
                return None
            self._left -= 1
            passed_over, self._passed_over = self._passed_over, 0
            return passed_over


class Refused:
    """Writes each refusal down before it is told, within the allowance. Pure ASGI."""

    def __init__(self, app: ASGIApp, trail: KeepsAudit | None) -> None:
        self._app = app
        self._trail = trail
        self._allowance = Allowance()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http" or self._trail is None:
            await self._app(scope, receive, send)
            return

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in STATUSES:
                await self._note(scope, message["status"])
            await send(message)

        await self._app(scope, receive, noted)

    async def _note(self, scope: Scope, status: int) -> None:
        passed_over = self._allowance.take()
        if passed_over is None:
            return
        state = scope.get("state", {})
        told: dict[str, object] = {
            "status": status,
            "problem": state.get("problem", ""),
            "method": scope["method"],
            "route": route_of(scope),
            "address": address_of(scope),
        }
        notes = Notes(self._trail, state.get(STATE, NOBODY))
        more = {"left_out": passed_over} if passed_over else {}
        try:
            await asyncio.shield(notes.awrite("refused", **told, **more))
        except LibraryError:
            notes.complain()
