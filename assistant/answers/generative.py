"""Answers composed by a chat model from the passages, and only from them."""

import re
from asyncio import timeout
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage

from assistant.answers.draft import Answerer, Draft, PartFound, whole
from assistant.answers.inert import Inert
from assistant.answers.messages import answer_prompt
from assistant.answers.remarks import still_missing
from assistant.answers.written_tables import in_lines
from assistant.errors import ModelError, ModelUnavailableError
from assistant.models.openai import model_errors
from assistant.phrases import phrase
from assistant.types import Passage, StandaloneQuestion, TextDelta
from prompts import Prompt

# Some servers do not say that a text has ended.
_ENDS = re.compile(r"[.!?…:][\"”’»)\]]*(?:\s*\[\d+\])*\s*$|\]\s*$")
NOT_IN_LIBRARY = "NOT IN THE LIBRARY"
MOST_CHARS = 12_000
"""What is read of an answer, which is asked to have eight sentences; a model may never end."""


class GenerativeAnswerer:
    """Writes with a chat model; gives the extractive answer where the model gives none."""

    def __init__(
        self,
        name: str,
        model: BaseChatModel,
        prompt: Prompt,
        extractive: Answerer,
        timeout_s: float,
    ) -> None:
        self._name = name
        self._model = model
        self._prompt = prompt
        self._extractive = extractive
        self._timeout_s = timeout_s

    @property
    def name(self) -> str:
        """The chat model's name."""
        return self._name

    async def compose(
        self,
        question: StandaloneQuestion,
        passages: Sequence[Passage],
        parts: Sequence[PartFound] = (),
    ) -> AsyncIterator[TextDelta | Draft]:
        """The model's text as it comes, then its draft.

        The extractive answerer decides whether the library answers at all: where it abstains, no
        model is called, unless it is only that no sentence has by itself what is asked for. Where
        the model fails, says nothing or says that the passages do not
        answer, the extractive draft stands, and says so.
        """
        extractive = await whole(self._extractive.compose(question, passages, parts))
        if extractive.abstained and not extractive.unquotable:
            yield TextDelta(extractive.text)
            yield extractive
            return
        pieces: list[str] = []
        inert = Inert(passages)
        # Closed here and not when it is swept up: a model that nobody hears stops writing at once.
        try:
            async with aclosing(self._stream(question, passages)) as stream:
                async for written in stream:
                    if piece := inert.take(written):
                        pieces.append(piece)
                        yield TextDelta(piece)
        except ModelError as error:
            yield replace(extractive, note=phrase("model-silent", name=self._name, why=error))
            return
        if piece := inert.end():
            pieces.append(piece)
            yield TextDelta(piece)
        text = "".join(pieces).strip()
        if not text or NOT_IN_LIBRARY in text:
            yield replace(extractive, note=phrase("model-found-nothing", name=self._name))
            return
        yield Draft(
            in_lines(text),
            self._name,
            prompt_version=self._prompt.version,
            missing=still_missing(extractive.missing, parts, text),
        )

    async def _stream(
        self, question: StandaloneQuestion, passages: Sequence[Passage]
    ) -> AsyncGenerator[str, None]:
        message = HumanMessage(answer_prompt(self._prompt, question, passages))
        room, last, ended = MOST_CHARS, ".", False
        try:
            async with timeout(self._timeout_s):
                with model_errors():
                    stream = self._model.astream([message])
                    assert isinstance(stream, AsyncGenerator)
                    async with aclosing(stream) as chunks:
                        async for chunk in chunks:
                            ended = ended or "finish_reason" in chunk.response_metadata
                            if piece := str(chunk.text)[:room]:
                                last = piece
                                yield piece
                            room -= len(piece)
                            if not room:
                                return
            if not ended and not _ENDS.search(last):
                raise ModelUnavailableError("its server broke off in the middle of a sentence.")
        except TimeoutError as error:
            raise ModelUnavailableError(
                f"it took more than {self._timeout_s:.0f} seconds. Raise ATTACHE_CHAT_TIMEOUT_S, "
                "or use a faster model."
            ) from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            # What LangChain raises over a reply that is no chat completion.
            raise ModelUnavailableError(
                f"its server sent what is no chat completion ({error}). Check "
                "ATTACHE_OPENAI_BASE_URL: it ends in /v1."
            ) from error
