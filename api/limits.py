"""Refuses a body that is too large, or stops arriving, while it arrives. Pure ASGI."""

import asyncio
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import failure_of, refusal
from api.rules import under

MEGABYTE = 1024 * 1024
JSON_BYTES = MEGABYTE
UPLOADS = 32
# Read and forgotten before refusing, so that a client still sending sees the refusal and not
# a broken connection.
DRAINED_BYTES = 16 * MEGABYTE
DRAINED_S = 1.0
"""Seconds of silence after which nothing more is read of a body that was refused."""
STALLED_S = 30.0
"""Seconds in which the next piece of a body must arrive."""


class BodyLimit:
    """Lets through JSON of up to a megabyte and uploads of up to `UPLOADS` full files.

    A body of which nothing arrives for `stalled_s` seconds is given up.
    """

    def __init__(self, app: ASGIApp, max_upload_mb: int, stalled_s: float = STALLED_S) -> None:
        self._app = app
        self._upload_bytes = UPLOADS * max_upload_mb * MEGABYTE
        self._stalled_s = stalled_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request, or refuses its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        if _announced(scope) > limit:
            await drain(receive)
            await refusal(failure_of(_too_large(limit)), scope)(scope, receive, send)
            return
        arrived, whole = 0, False

        async def receive_within() -> Message:
            nonlocal arrived, whole
            if whole:  # what still comes is that the caller has gone
                return await receive()
            message = await self._next(receive)
            whole = not message.get("more_body", False)
            arrived += len(message.get("body", b""))
            if arrived > limit:
                if message.get("more_body", False):
                    await drain(receive)
                raise _too_large(limit)
            return message

        await self._app(scope, receive_within, send)

    async def _next(self, receive: Receive) -> Message:
        try:
            async with asyncio.timeout(self._stalled_s):
                return await receive()
        except TimeoutError as error:
            said = f"Nothing of the body arrived for {self._stalled_s:g} seconds. Send it again"
            raise HTTPException(408, said, {"Connection": "close"}) from error

    def _limit(self, path: str) -> int:
        uploads = path == "/v1/documents" or not under(path, "/v1")
        return self._upload_bytes if uploads else JSON_BYTES


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _too_large(limit: int) -> HTTPException:
    advice = "Send fewer files at a time" if limit > JSON_BYTES else "Shorten it"
    said = f"The body is larger than {limit // MEGABYTE} MB. {advice}"
    return HTTPException(413, said, {"Connection": "close"})


async def drain(receive: Receive) -> None:
    """Reads what still comes of a body, up to `DRAINED_BYTES`, and forgets it.

    Of a body that was announced and does not come, no more than a moment is waited for.
    """
    forgotten = 0
    with suppress(TimeoutError):
        while forgotten < DRAINED_BYTES:
            async with asyncio.timeout(DRAINED_S):
                message = await receive()
            forgotten += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body", False):
                return
