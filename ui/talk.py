"""The conversation of one browser tab: asking, streaming, stopping, starting anew."""

from asyncio import sleep
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from datetime import UTC, date, datetime, time
from time import monotonic
from typing import TypedDict
from uuid import uuid4

import gradio as gr

from api.schemas import AnswerOut, DeltaEvent, HistoryTurn, PassagesEvent
from ui.client import ApiClient, ApiProblem, AskEvent
from ui.render import (
    render_answered,
    render_problem,
    render_reading,
    render_searching,
    render_stopped,
    render_streaming,
)
from ui.texts import VersionTexts

HISTORY_TURNS = 10
HISTORY_CHARS = 4000
# Faster than this the page would spend its time on drawing, with nothing more to see.
DRAW_EVERY_S = 0.05
LATEST_PIECE_S = 0.3


class StoredTurn(TypedDict):
    """A turn as the tab keeps it. `answer` None has no part in the history sent."""

    question: str
    answer: str | None
    html: str


class Draft(TypedDict):
    """The question being answered, and the words that have arrived."""

    question: str
    text: str


Unchanged = dict[str, object]
Update = tuple[list[StoredTurn] | Unchanged, Draft | None, str | Unchanged, str]


class Talk:
    """Handlers of the conversation; what a tab holds is passed in and given back."""

    def __init__(self, client: ApiClient, texts: VersionTexts) -> None:
        self._client = client
        self._texts = texts

    async def ask(self, event: gr.EventData, turns: list[StoredTurn]) -> AsyncIterator[Update]:
        """Turns, draft, conversation and live turn, again and again while an answer arrives."""
        question = sent(event, "question").strip()
        if not question:
            return
        draft = Draft(question=question, text="")
        yield gr.skip(), draft, gr.skip(), render_searching(question)
        as_of = end_of_day(sent(event, "as_of"))
        drawn = 0.0
        try:
            events = self._client.ask(question, history(turns), as_of=as_of)
            async with aclosing(events) as arriving:
                async for piece in arriving:
                    if isinstance(piece, AnswerOut):
                        yield _finished(turns, await self._stored(piece))
                        return
                    draft, live = _progress(draft, piece)
                    if monotonic() - drawn >= DRAW_EVERY_S:
                        drawn = monotonic()
                        yield gr.skip(), draft, gr.skip(), live
        except ApiProblem as problem:
            yield _finished(turns, _unanswered(question, render_problem(question, problem)))

    async def stop(self, turns: list[StoredTurn], draft: Draft | None) -> Update:
        """The same four with the answer under way ended; its words are kept as unproved."""
        if draft is None:
            return gr.skip(), None, gr.skip(), ""
        stopped = render_stopped(draft["question"], draft["text"])
        return _finished(turns, _unanswered(draft["question"], stopped))

    async def clear(self) -> Update:
        """The same four with nothing said yet."""
        return [], None, "", ""

    async def settle(self) -> str:
        """No live turn, once more: a piece on its way when the answer ended has drawn it anew."""
        await sleep(LATEST_PIECE_S)
        return ""

    async def _stored(self, answer: AnswerOut) -> StoredTurn:
        texts = await self._texts.of(answer.citations)
        html = render_answered(answer, texts)
        return StoredTurn(question=answer.question, answer=answer.answer, html=html)


def sent(event: gr.EventData, name: str) -> str:
    """The text the page's script sent under this name; lone surrogates become question marks."""
    value = getattr(event, name, "")
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def history(turns: Sequence[StoredTurn]) -> list[HistoryTurn]:
    """The last answered turns, oldest first, each message cut to what a follow-up needs."""
    messages: list[HistoryTurn] = []
    for turn in [turn for turn in turns if turn["answer"]][-HISTORY_TURNS:]:
        messages.append(HistoryTurn(role="user", content=turn["question"][:HISTORY_CHARS]))
        content = (turn["answer"] or "")[:HISTORY_CHARS]
        messages.append(HistoryTurn(role="assistant", content=content))
    return messages


def end_of_day(day: str) -> datetime | None:
    """The last second of a past day in UTC; None, which is now, for today and for no day."""
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        return None
    if chosen >= datetime.now(UTC).date():
        return None
    return datetime.combine(chosen, time(23, 59, 59), UTC)


def _progress(draft: Draft, piece: AskEvent) -> tuple[Draft, str]:
    if isinstance(piece, DeltaEvent):
        draft = Draft(question=draft["question"], text=draft["text"] + piece.text)
        return draft, render_streaming(draft["question"], draft["text"])
    passages = piece.passages if isinstance(piece, PassagesEvent) else []
    return draft, render_reading(draft["question"], passages)


def _unanswered(question: str, html: str) -> StoredTurn:
    return StoredTurn(question=question, answer=None, html=_named(html))


def _named(html: str) -> str:
    """The turn with a name of its own, which an answered one has from its answer."""
    return html.replace('<article class="turn"', f'<article class="turn" id="t-{uuid4().hex}"', 1)


def _finished(turns: list[StoredTurn], turn: StoredTurn) -> Update:
    kept = [*turns, turn]
    return kept, None, "".join(one["html"] for one in kept), ""
