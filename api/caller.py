"""A caller who asks: what they send is read ahead, so that their going is known at once."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

from starlette.types import Message, Receive


class Asking:
    """Reads one request for as long as this is open. Its body must be bounded by who gives it."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self._whole = asyncio.Event()
        self._gone = asyncio.Event()
        self._error: Exception | None = None
        self._serving: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Not waited for: it may stand in a call that ends with the response alone.
        self._reading.cancel()

    async def arrived(self) -> None:
        """Waits until the body is there. Raises what was raised while it was read."""
        await self._whole.wait()
        if self._error is not None:
            raise self._error

    async def receive(self) -> Message:
        """The next message, as an ASGI server gives it."""
        if self._whole.is_set() and self._messages.empty():
            await self._gone.wait()
            return {"type": "http.disconnect"}
        return await self._messages.get()

    async def while_there(self, serving: "asyncio.Future[None]") -> None:
        """Waits for this to be done; where the caller goes before, it is cancelled."""
        self._serving = serving
        try:
            await serving
        except asyncio.CancelledError:
            if not self._gone.is_set():
                raise
        finally:
            self._serving = None
            if not serving.done():
                serving.cancel()
                with suppress(asyncio.CancelledError):
                    await serving

    async def _read(self) -> None:
        try:
            while not self._gone.is_set():
                message = await self._receive()
                if message["type"] == "http.disconnect":
                    self._gone.set()
                else:
                    self._messages.put_nowait(message)
                if not message.get("more_body", False):
                    self._whole.set()
        except Exception as error:  # noqa: BLE001  # it is raised where the body is waited for
            self._error = error
            self._whole.set()
            return
        if self._serving is not None:
            self._serving.cancel()
