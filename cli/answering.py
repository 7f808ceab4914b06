"""Questions answered by this process, from the library that it holds."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter

from api.answer_schemas import AnswerOut, SearchResponse
from api.answer_wire import answer_out, search_out
from api.deps import AnswersQuestions
from assistant.library.ledger import SqlLedger
from assistant.library.lock import DirectoryLock
from assistant.settings import Settings
from assistant.types import Answer, Answered, Question, TextDelta
from cli.audited import audited
from cli.beginning import open_begun
from cli.control import Grown
from cli.finding import with_whole_ids


@contextmanager
def opened_library(settings: Settings, purpose: str, held: DirectoryLock) -> Iterator["OwnDesk"]:
    """What answers from the library, which is open while inside. Raises as `open_begun`."""
    with open_begun(settings, purpose, held) as backends:
        yield OwnDesk(audited(backends, settings), backends.library.ledger)


class OwnDesk:
    """Has the assistant of this process answer."""

    def __init__(self, assistant: AnswersQuestions, ledger: SqlLedger) -> None:
        self._assistant = assistant
        self._ledger = ledger

    def ask(self, question: Question, grown: Grown | None = None) -> AnswerOut:
        """The whole answer. Raises `AssistantError`."""
        return answer_out(asyncio.run(self._answered(self._named(question), grown)))

    def search(self, question: Question) -> SearchResponse:
        """The passages for a question. Raises `AssistantError`."""
        named, began = self._named(question), perf_counter()
        found = asyncio.run(self._assistant.search(named))
        return search_out(found, question.text, (perf_counter() - began) * 1000)

    def _named(self, question: Question) -> Question:
        return replace(question, filters=with_whole_ids(question.filters, self._ledger))

    async def _answered(self, question: Question, grown: Grown | None) -> Answer:
        answer = None
        # Heard to the end: a stream left early is closed by the loop, which complains.
        async for event in self._assistant.ask(question):
            if isinstance(event, TextDelta) and grown is not None:
                grown(event.text)
            elif isinstance(event, Answered):
                answer = event.answer
        assert answer is not None, "the chain ends with an answer"
        return answer
