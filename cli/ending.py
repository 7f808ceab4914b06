"""A web server that is told to stop: it takes no more, finishes the answers it has, and ends."""

import asyncio
import logging
import socket
from time import monotonic

import uvicorn

from api.work import Work

_LOOK_S = 0.05

logger = logging.getLogger(__name__)


class EndingServer(uvicorn.Server):
    """Lets answers be finished for `patience_s` seconds; told twice, it waits for none.

    Then it sets `closing`, for streams that have no end.
    """

    def __init__(
        self, config: uvicorn.Config, work: Work, patience_s: float, closing: asyncio.Event
    ) -> None:
        super().__init__(config)
        self._closing = closing
        self._work = work
        self._patience_s = patience_s

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops listening, waits for the answers, then ends whatever is still open."""
        self._work.ending = True
        for server in self.servers:
            server.close()
        for held in sockets or ():
            held.close()
        deadline = monotonic() + self._patience_s
        # The second signal sets a mark and no event.
        while self._work.going_on and not self.force_exit and monotonic() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_S)
        if left := self._work.answering + self._work.waiting:
            logger.warning("stopped before %d answers were finished", left)
        self._closing.set()
        await super().shutdown(sockets)
