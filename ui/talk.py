"""The conversation as one browser tab shows it: asking, streaming, stopping, reading again."""

from asyncio import gather, sleep
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from html import escape

import gradio as gr
from pydantic import ValidationError

from api.answer_schemas import AnswerOut, DeltaEvent, PassagesEvent
from api.question_schemas import FiltersBody
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
from ui.under_way import Asked, UnderWay
from ui.visit import Message, key_of, message_of, moment_of, number_of, part_of, text_of
from ui.words import Words

LATEST_PIECE_S = 0.3

Unchanged = dict[str, object]
# live turn, finished turn
Update = tuple[str, str | Unchanged]


class Talk:
    """Handlers of the conversation; a question is told by the ticket that its page drew."""

    def __init__(self, client: ApiClient, texts: VersionTexts) -> None:
        self._client = client
        self._texts = texts
        self._newest = NewestVersions()
        self._under_way = UnderWay()

    async def ask(self, event: gr.EventData, request: gr.Request) -> AsyncIterator[Update]:
        """Live turn and finished turn, again and again while an answer arrives."""
        message = message_of(event)
        say = Words(text_of(message, "language"))
        question = text_of(message, "question").strip()
        if not question:
            return
        client = self._client.with_key(key_of(request))
        asked = Asked(question, text_of(message, "conversation"), client.key)
        # An empty box first: the same turn twice would else be no change that the page sees.
        yield posted(render_searching(say, question, asked.conversation_id)), ""

        async def answer(it: Asked) -> None:
            await self._answer(say, client, it, message)

        self._under_way.begin(text_of(message, "ticket"), asked, answer)
        async for _ in asked.updates():
            yield posted(_live(say, asked)), gr.skip()
        yield "", posted(asked.finished)

    async def _answer(self, say: Words, client: ApiClient, asked: Asked, message: Message) -> None:
        """Has it answered; what has come, and at last the turn, is noted with the question."""
        try:
            asked.conversation_id = asked.conversation_id or await client.begin()
            asked.tell()
            events = client.ask(
                asked.question,
                asked.conversation_id,
                as_of=moment_of(text_of(message, "as_of"), text_of(message, "as_of_time")),
                filters=filters_of(part_of(message, "filters")),
                replaces=number_of(message, "replaces") or None,
            )
            async with aclosing(events) as arriving:
                async for piece in arriving:
                    if isinstance(piece, AnswerOut):
                        asked.finished = await self.finished(say, client, piece)
                        return
                    _note(asked, piece)
        except ApiProblem as problem:
            asked.finished = render_problem(say, asked.question, problem)

    def became(self, say: Words, client: ApiClient, ticket: str) -> Mapping[str, object]:
        """What has become of a question, for the page that asked it and was loaded anew."""
        asked = self._under_way.find(ticket, client.key)
        if asked is None:
            return {"status": 404}
        return {
            "status": 200,
            "running": asked.running,
            "conversation": asked.conversation_id,
            "html": _live(say, asked) if asked.running else asked.finished,
        }

    async def stop(self, event: gr.EventData, request: gr.Request) -> Update:
        """The same two with the answer under way ended; its words are kept as unproved."""
        message = message_of(event)
        asked = self._under_way.find(text_of(message, "ticket"), key_of(request))
        if asked is None or not asked.running:
            return "", gr.skip()
        say = Words(text_of(message, "language"))
        turn = render_stopped(say, asked.question, asked.text, asked.conversation_id)
        asked.stop(turn)
        return "", posted(turn)

    async def close(self) -> None:
        """Ends every answer under way."""
        await self._under_way.close()

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


def _note(asked: Asked, piece: AskEvent) -> None:
    if isinstance(piece, DeltaEvent):
        asked.text += piece.text
    elif isinstance(piece, PassagesEvent):
        asked.passages, asked.marking = piece.passages, piece.marking
    asked.tell()


def _live(say: Words, asked: Asked) -> str:
    """The turn as far as it has come."""
    question, conversation_id, marking = asked.question, asked.conversation_id, asked.marking
    if asked.text:
        return render_streaming(say, question, asked.text, conversation_id, marking)
    if asked.passages is not None:
        return render_reading(say, question, asked.passages, conversation_id, marking)
    return render_searching(say, question, conversation_id)
