"""Questions in, answers out: what the API, the command line and other programs call."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from langchain_core.runnables import RunnableLambda

from assistant.chain import AnswerChain
from assistant.errors import QuestionError
from assistant.grounding.checking import CheckedText, Checker, TextToCheck
from assistant.stages import Retrieved
from assistant.types import Answer, Answered, AnswerEvent, Question


class Assistant:
    """Answers questions from one library."""

    def __init__(self, chain: AnswerChain, max_question_chars: int) -> None:
        self._asking = chain.runnable()
        self._searching = RunnableLambda(chain.resolve) | RunnableLambda(chain.retrieve)
        self._checker = Checker(chain.retriever, chain.encoder, chain.moment)
        self._max_question_chars = max_question_chars

    async def ask(self, question: Question) -> AsyncIterator[AnswerEvent]:
        """`PassagesFound`, `TextDelta`s, and `Answered` as the last.

        Raises:
            QuestionError: the question is empty or too long.
            LibraryError: a store cannot be read.
        """
        self._check(question)
        # Closed here, a question whose caller went away stops where it is.
        stream = self._asking.astream(question)
        assert isinstance(stream, AsyncGenerator)
        async with aclosing(stream) as events:
            async for event in events:
                yield event

    async def answer(self, question: Question) -> Answer:
        """The whole answer. Raises what `ask` raises."""
        answered = [event async for event in self.ask(question) if isinstance(event, Answered)]
        return answered[-1].answer

    async def search(self, question: Question) -> Retrieved:
        """Passages for the question, best first, with the standalone question searched."""
        self._check(question)
        return await self._searching.ainvoke(question)

    async def check(self, text: TextToCheck) -> CheckedText:
        """The text, each sentence held against the library or the passages given with it.

        Raises:
            AsOfPrunedError: what stood at the time named was pruned.
        """
        return await asyncio.to_thread(self._checker.check, text)

    def _check(self, question: Question) -> None:
        if not question.text.strip():
            raise QuestionError("The question is empty. Write what you want to know.")
        if len(question.text) > self._max_question_chars:
            raise QuestionError(
                f"The question has {len(question.text)} characters; at most "
                f"{self._max_question_chars} are taken. Shorten it."
            )
