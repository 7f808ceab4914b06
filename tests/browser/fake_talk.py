"""Conversations of the stand-in API: kept in memory, in the shapes of the real one."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse, Response

from api.answer_schemas import AnswerOut
from api.conversation_schemas import (
    ConversationChange,
    ConversationList,
    ConversationOut,
    ConversationRequest,
    ConversationSummary,
    FeedbackRequest,
    TurnOut,
    TurnRequest,
)


@dataclass
class Talks:
    """Conversations by their names, last asked last, and what was said of answers."""

    kept: dict[str, ConversationOut] = field(default_factory=dict)
    feedback: list[FeedbackRequest] = field(default_factory=list)

    def begin(self, title: str = "") -> ConversationOut:
        now = datetime.now(UTC)
        made = ConversationOut(
            conversation_id=uuid4().hex,
            title=title,
            created_at=now,
            updated_at=now,
            turns=0,
            items=[],
        )
        self.kept[made.conversation_id] = made
        return made

    def add(self, name: str, answer: AnswerOut, replaces: int | None = None) -> None:
        talk = self.kept.pop(name)
        if replaces is not None:
            items = [turn for turn in talk.items if turn.number < replaces]
            talk = talk.model_copy(update={"items": items, "turns": len(items)})
        turn = TurnOut(
            number=talk.turns + 1,
            asked_at=datetime.now(UTC),
            question=answer.question,
            answer=answer,
        )
        self.kept[name] = talk.model_copy(
            update={
                "title": talk.title or answer.question,
                "turns": talk.turns + 1,
                "items": [*talk.items, turn],
                "updated_at": datetime.now(UTC),
            }
        )


Asks = Callable[[str, TurnRequest], Response]


def add_talks(app: FastAPI, talks: Talks, ask: Asks, missing: Callable[[], Response]) -> None:
    """The routes of conversations; `ask` answers a turn."""

    @app.post("/v1/conversations", status_code=201)
    async def create(body: ConversationRequest) -> ConversationOut:
        return talks.begin(body.title or "")

    @app.get("/v1/conversations")
    async def listing(limit: int = 50, query: str = "", citing: str = "") -> ConversationList:
        found = [
            talk
            for talk in reversed(talks.kept.values())
            if query.casefold() in f"{talk.title} {[t.question for t in talk.items]}".casefold()
            and citing in str([turn.answer.citations for turn in talk.items])
        ]
        items = [ConversationSummary(**talk.model_dump(exclude={"items"})) for talk in found]
        return ConversationList(items=items[:limit], next_cursor=None)

    @app.get("/v1/conversations/{name}", response_model=None)
    async def one(
        name: str, last: int | None = None, before: int | None = None
    ) -> ConversationOut | Response:
        talk = talks.kept.get(name)
        if talk is None:
            return missing()
        items = [turn for turn in talk.items if before is None or turn.number < before]
        return talk.model_copy(update={"items": items[-last:] if last else items})

    @app.patch("/v1/conversations/{name}")
    async def rename(name: str, body: ConversationChange) -> ConversationOut:
        talks.kept[name] = talks.kept[name].model_copy(update={"title": body.title})
        return talks.kept[name]

    @app.delete("/v1/conversations/{name}", status_code=204)
    async def delete(name: str) -> None:
        talks.kept.pop(name)

    @app.post("/v1/conversations/{name}/turns")
    async def turn(name: str, body: TurnRequest) -> Response:
        return ask(name, body) if name in talks.kept else missing()

    add_words(app, talks)


def add_words(app: FastAPI, talks: Talks) -> None:
    """What is said of conversations and answers."""

    @app.get("/v1/conversations/{name}/export")
    async def export(name: str, format: str = "md") -> Response:  # noqa: A002
        headers = {"content-disposition": f'attachment; filename="talk.{format}"'}
        return PlainTextResponse(talks.kept[name].title, headers=headers)

    @app.post("/v1/feedback", status_code=201)
    async def give(body: FeedbackRequest) -> dict[str, str]:
        talks.feedback.append(body)
        return {"answer_id": body.answer_id}


async def kept(
    talks: Talks, name: str, events: AsyncIterator[str], replaces: int | None
) -> AsyncIterator[str]:
    """The same events; the answer is kept as a turn of its conversation."""
    async for event in events:
        if event.startswith("event: answer\n"):
            whole = AnswerOut.model_validate_json(event.split("data: ", 1)[1])
            talks.add(name, whole, replaces)
        yield event
