"""Refuses a body that is too large while it is still arriving. Pure ASGI."""

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


class BodyLimit:
    """Lets through JSON of up to a megabyte and uploads of up to `UPLOADS` full files."""

    def __init__(self, app: ASGIApp, max_upload_mb: int) -> None:
        self._app = app
        self._upload_bytes = UPLOADS * max_upload_mb * MEGABYTE

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
        arrived = 0

        async def receive_within() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > limit:
                if message.get("more_body", False):
                    await drain(receive)
                raise _too_large(limit)
            return message

        await self._app(scope, receive_within, send)

    def _limit(self, path: str) -> int:
        uploads = path == "/v1/documents" or not under(path, "/v1")
        return self._upload_bytes if uploads else JSON_BYTES


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _too_large(limit: int) -> HTTPException:
    advice = "Send fewer files at a time" if limit > JSON_BYTES else "Shorten it"
    return HTTPException(413, f"The body is larger than {limit // MEGABYTE} MB. {advice}")


async def drain(receive: Receive) -> None:
    """Reads what still comes of a body, up to `DRAINED_BYTES`, and forgets it."""
    forgotten = 0
    while forgotten < DRAINED_BYTES:
        message = await receive()
        forgotten += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
