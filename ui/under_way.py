"""Questions under way: answered to the end, whether or not the page that asked still listens."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from secrets import token_hex

from api.answer_schemas import PassageOut

# Faster than this the page would spend its time on drawing, with nothing more to see.
DRAW_EVERY_S = 0.05
_KEPT = 100
"""Questions that were answered and whose page may still ask what became of them."""


class Asked:
    """A question and what has come of it: passages, words, and at last the finished turn."""

    def __init__(self, question: str, conversation_id: str, key: str) -> None:
        self.question = question
        self.conversation_id = conversation_id
        self.key = key
        self.passages: Sequence[PassageOut] | None = None
        self.marking: str | None = None
        self.text = ""
        self.finished = ""
        self._news = asyncio.Event()
        self._over = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return not self._over.is_set()

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Has it answered, apart from whoever listens."""
        self._work = asyncio.create_task(work)
        self._work.add_done_callback(lambda _: self._end())

    def tell(self) -> None:
        """Something has come."""
        self._news.set()

    def stop(self, turn: str) -> None:
        """Ends it; the turn says that its reader did."""
        self.finished = turn
        if self._work is not None:
            self._work.cancel()

    async def updates(self) -> AsyncIterator[None]:
        """Once for what has come since the last time, until it is over.

        Raises whatever the work failed by, which no reader could act on.
        """
        while self.running:
            await self._news.wait()
            self._news.clear()
            if self.running:
                yield
                await self._pause()
        if self._work is not None and not self._work.cancelled():
            self._work.result()

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._over.wait(), DRAW_EVERY_S)
        except TimeoutError:
            return

    def _end(self) -> None:
        self._over.set()
        self._news.set()


class UnderWay:
    """The questions of every page, each found again by the ticket that its page drew for it."""

    def __init__(self) -> None:
        self._asked: dict[str, Asked] = {}

    def begin(
        self, ticket: str, asked: Asked, work: Callable[[Asked], Coroutine[object, object, None]]
    ) -> Asked:
        """The question, being answered from now on."""
        self._forget()
        self._asked[ticket or token_hex()] = asked
        asked.start(work(asked))
        return asked

    def find(self, ticket: str, key: str) -> Asked | None:
        """The question of that ticket, for whoever asked it."""
        found = self._asked.get(ticket)
        return found if found is not None and found.key == key else None

    async def close(self) -> None:
        """Ends what is still going on."""
        for asked in self._asked.values():
            asked.stop("")
        self._asked.clear()
        await asyncio.sleep(0)

    def _forget(self) -> None:
        over = [ticket for ticket, asked in self._asked.items() if not asked.running]
        for ticket in over[: max(0, len(over) - _KEPT)]:
            del self._asked[ticket]
