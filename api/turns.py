"""Takes turns: so many questions are answered at once, and so many more wait. Pure ASGI.

A question whose caller has gone gives its place up, whether it waits or is being answered.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BUSY, NOT_READY, RETRY_AFTER_S, Failure, refusal
from api.rules import is_answered
from api.work import Work

_LATER = {"Retry-After": str(RETRY_AFTER_S)}
_FULL = Failure(
    BUSY,
    "As many questions are being answered and waiting as the server takes. Ask again in a moment.",
    _LATER,
)
_ENDING = Failure(NOT_READY, "The server is stopping. Ask again in a moment.", _LATER)


class Turns:
    """Lets `most` questions through at once, `queue` more wait, for `patience_s` at most.

    A server that is ending takes none, and finishes those it has.
    """

    def __init__(
        self, app: ASGIApp, most: int, queue: int, patience_s: float, work: Work | None = None
    ) -> None:
        self._app = app
        self._places = asyncio.Semaphore(most)
        self._queue = queue
        self._patience_s = patience_s
        self._work = work or Work()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request, or refuses it."""
        if scope["type"] != "http" or not is_answered(scope["method"], scope["path"]):
            await self._app(scope, receive, send)
            return
        if self._work.ending or not await self._taken():
            await refusal(_ENDING if self._work.ending else _FULL, scope)(scope, receive, send)
            return
        try:
            with self._work.one_is_answered():
                await _while_there(self._app, scope, receive, send)
        finally:
            self._places.release()

    async def _taken(self) -> bool:
        """Whether a place was had, at once or after a while."""
        if self._places.locked() and self._work.waiting >= self._queue:
            return False
        try:
            with self._work.one_waits():
                await asyncio.wait_for(self._places.acquire(), self._patience_s)
        except TimeoutError:
            return False
        return True


async def _while_there(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Serves a request for as long as its caller waits for the answer."""
    caller = _Caller(receive)
    work = asyncio.ensure_future(_awaited(app(scope, caller.receive, send)))
    caller.when_gone(work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        if not caller.has_gone:
            raise
    finally:
        await caller.forget()
        if not work.done():
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work


async def _awaited(work: Awaitable[None]) -> None:
    await work


class _Caller:
    """What a caller sends; after the last of it, only that they have gone is waited for."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._gone = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None
        self._told: Callable[[], object] = lambda: None

    @property
    def has_gone(self) -> bool:
        """Whether the caller has gone."""
        return self._gone.is_set()

    def when_gone(self, told: Callable[[], object]) -> None:
        """Has this called when the caller goes."""
        self._told = told

    async def receive(self) -> Message:
        """The next message, as an ASGI server gives it."""
        if self._watch is not None:
            await self._gone.wait()
            return {"type": "http.disconnect"}
        message = await self._receive()
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            self._watch = asyncio.create_task(self._watched())
        return message

    async def forget(self) -> None:
        """Ends the watch."""
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch

    async def _watched(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone.set()
        self._told()
