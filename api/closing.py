"""Streams without an end, and their end."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class EndingStreams:
    """Ends what else is being sent without an end, as to an open page, once it is `closing`.

    A reader is told the ordinary end of its stream; cut off, each would leave a traceback.
    """

    def __init__(self, app: ASGIApp, closing: asyncio.Event) -> None:
        self._app = app
        self._closing = closing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        begun = whole = False

        async def sent(message: Message) -> None:
            nonlocal begun, whole
            begun = begun or message["type"] == "http.response.start"
            whole = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        async def received() -> Message:
            return await self._received(receive)

        await self._app(scope, received, sent)
        if begun and not whole and self._closing.is_set():
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _received(self, receive: Receive) -> Message:
        """The next message, or that nobody listens any more."""
        message = asyncio.ensure_future(receive())
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait((message, closing), return_when=asyncio.FIRST_COMPLETED)
            return message.result() if message.done() else {"type": "http.disconnect"}
        finally:
            message.cancel()
            closing.cancel()
