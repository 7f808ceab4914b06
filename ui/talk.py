"""The conversation as one browser tab shows it: asking, streaming, stopping, reading again."""

from asyncio import gather, sleep
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from html import escape
from time import monotonic
from typing import TypedDict

import gradio as gr
from pydantic import ValidationError

from api.schemas import AnswerOut, DeltaEvent, FiltersBody, PassagesEvent
from ui.client import ApiClient, AskEvent
from ui.problems import ApiProblem
from ui.proof import Around
from ui.render import (
    render_answered,
    render_problem,
    render_reading,
    render_searching,
    render_stopped,
    render_streaming,
)
from ui.texts import NewestVersions, VersionTexts
from ui.visit import Message, key_of, message_of, moment_of, number_of, part_of, text_of
from ui.words import Words

# Faster than this the page would spend its time on drawing, with nothing more to see.
DRAW_EVERY_S = 0.05
LATEST_PIECE_S = 0.3


class Draft(TypedDict):
    """The question being answered, its conversation, and the words that have arrived."""

    question: str
    conversation_id: str
    text: str


Unchanged = dict[str, object]
# draft, live turn, finished turn
Update = tuple[Draft | None, str, str | Unchanged]


class Talk:
    """Handlers of the conversation; what a tab holds is passed in and given back."""

    def __init__(self, client: ApiClient, texts: VersionTexts) -> None:
        self._client = client
        self._texts = texts
        self._newest = NewestVersions()

    async def ask(self, event: gr.EventData, request: gr.Request) -> AsyncIterator[Update]:
        """Draft, live turn and finished turn, again and again while an answer arrives."""
        message = message_of(event)
        say = Words(text_of(message, "language"))
        question = text_of(message, "question").strip()
        if not question:
            return
        client = self._client.with_key(key_of(request))
        draft = Draft(question=question, conversation_id=text_of(message, "conversation"), text="")
        # An empty box first: the same turn twice would else be no change that the page sees.
        yield draft, posted(render_searching(say, question, draft["conversation_id"])), ""
        try:
            async with aclosing(self._answered(say, client, draft, message)) as updates:
                async for update in updates:
                    yield update
        except ApiProblem as problem:
            yield None, "", posted(render_problem(say, question, problem))

    async def _answered(
        self, say: Words, client: ApiClient, draft: Draft, message: Message
    ) -> AsyncGenerator[Update, None]:
        if not draft["conversation_id"]:
            draft = Draft(question=draft["question"], conversation_id=await client.begin(), text="")
        events = client.ask(
            draft["question"],
            draft["conversation_id"],
            as_of=moment_of(text_of(message, "as_of"), text_of(message, "as_of_time")),
            filters=filters_of(part_of(message, "filters")),
            replaces=number_of(message, "replaces") or None,
        )
        drawn = 0.0
        async with aclosing(events) as arriving:
            async for piece in arriving:
                if isinstance(piece, AnswerOut):
                    yield None, "", posted(await self.finished(say, client, piece))
                    return
                draft, live = _progress(say, draft, piece)
                if monotonic() - drawn >= DRAW_EVERY_S:
                    drawn = monotonic()
                    yield draft, posted(live), gr.skip()

    async def stop(self, event: gr.EventData, draft: Draft | None) -> Update:
        """The same three with the answer under way ended; its words are kept as unproved."""
        if draft is None:
            return None, "", gr.skip()
        say = Words(text_of(message_of(event), "language"))
        turn = render_stopped(say, draft["question"], draft["text"], draft["conversation_id"])
        return None, "", posted(turn)

    async def settle(self) -> str:
        """No live turn, once more: a piece on its way when the answer ended has drawn it anew."""
        await sleep(LATEST_PIECE_S)
        return ""

    async def finished(
        self, say: Words, client: ApiClient, answer: AnswerOut, number: int = 0
    ) -> str:
        """The turn of an answer, with what stands around its quotations and what came after them.

        `number` is its place in the conversation; 0 for one that was just given.
        """
        texts, newest = await gather(
            self._texts.of(client, answer.citations), self._newest.of(client, answer.citations)
        )
        return render_answered(say, answer, Around(texts, newest), number)


def posted(turn: str) -> str:
    """A turn as a text, which the page's script takes from its box and puts in its place."""
    return f"<pre>{escape(turn)}</pre>"


def filters_of(chosen: Mapping[str, object]) -> FiltersBody:
    """The filters that the page sent.

    Raises:
        ApiProblem: they cannot be used.
    """
    try:
        return FiltersBody.model_validate({name: value for name, value in chosen.items() if value})
    except ValidationError as error:
        said = error.errors()[0]["msg"]
        raise ApiProblem("The filters cannot be used", f"{said}. Change or remove them.") from error


def _progress(say: Words, draft: Draft, piece: AskEvent) -> tuple[Draft, str]:
    question, conversation_id = draft["question"], draft["conversation_id"]
    if isinstance(piece, DeltaEvent):
        text = draft["text"] + piece.text
        draft = Draft(question=question, conversation_id=conversation_id, text=text)
        return draft, render_streaming(say, question, text, conversation_id)
    passages = piece.passages if isinstance(piece, PassagesEvent) else []
    return draft, render_reading(say, question, passages, conversation_id)
