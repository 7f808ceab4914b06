"""Takes turns: so many questions are answered at once, and so many more wait. Pure ASGI.

A question has a place for as long as it is worked on. It gets one when it has arrived whole, loses
it when its caller goes, and what was made of it is sent afterwards as fast as its reader takes it:
who writes slowly, reads slowly or hangs up keeps nobody else waiting.
"""

import asyncio
import logging
from contextlib import suppress

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.caller import Asking
from api.errors import BUSY, NOT_READY, RETRY_AFTER_S, Failure, failure_of, refusal
from api.rules import is_answered
from api.work import Work

logger = logging.getLogger(__name__)

UNREAD_S = 60.0
"""Seconds in which a reader must take something of an answer, before the rest is not sent."""
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
        self,
        app: ASGIApp,
        most: int,
        queue: int,
        patience_s: float,
        work: Work | None = None,
        unread_s: float = UNREAD_S,
    ) -> None:
        self._app = app
        self._places = asyncio.Semaphore(most)
        self._queue = queue
        self._patience_s = patience_s
        self._unread_s = unread_s
        self._work = work or Work()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request, or refuses it."""
        if scope["type"] != "http" or not is_answered(scope["method"], scope["path"]):
            await self._app(scope, receive, send)
            return
        async with Asking(receive) as asking:
            serving = asyncio.ensure_future(self._serve(scope, asking, send))
            await asking.while_there(serving)

    async def _serve(self, scope: Scope, asking: Asking, send: Send) -> None:
        failure = await self._refused(asking)
        if failure is not None:
            await refusal(failure, scope)(scope, asking.receive, send)
            return
        made: asyncio.Queue[Message | None] = asyncio.Queue()
        with self._work.one_is_answered():
            working = asyncio.ensure_future(self._worked_on(scope, asking.receive, made))
            try:
                if await self._sent(made, send):
                    await working
            finally:
                await _ended(working)

    async def _refused(self, asking: Asking) -> Failure | None:
        """Why the question is not answered; None where it has a place, at once or after a while."""
        try:
            await asking.arrived()
        except HTTPException as error:
            return failure_of(error)
        if self._work.ending:
            return _ENDING
        if self._places.locked() and self._work.waiting >= self._queue:
            return _FULL
        try:
            with self._work.one_waits():
                async with asyncio.timeout(self._patience_s):
                    await self._places.acquire()
        except TimeoutError:
            return _FULL
        return None

    async def _worked_on(
        self, scope: Scope, receive: Receive, made: "asyncio.Queue[Message | None]"
    ) -> None:
        """Has the question answered, and gives its place up."""
        try:
            await self._app(scope, receive, made.put)
        finally:
            self._places.release()
            made.put_nowait(None)

    async def _sent(self, made: "asyncio.Queue[Message | None]", send: Send) -> bool:
        """Whether the reader took it all; one who takes nothing for long is as good as gone."""
        while (message := await made.get()) is not None:
            try:
                async with asyncio.timeout(self._unread_s):
                    await send(message)
            except TimeoutError:
                logger.info("an answer was not read for %d seconds", self._unread_s)
                return False
        return True


async def _ended(task: "asyncio.Future[None]") -> None:
    """Waits for a task that is not needed any more."""
    if not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
