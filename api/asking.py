"""Answers on their way to a caller: streamed or whole, and kept where they belong."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.types import Scope

from api.access import Caller
from api.answer_schemas import AnswerOut
from api.answer_wire import answer_out
from api.deps import Services
from api.stream import AnswerStream, stream
from assistant.conversations import ConversationId, ConversationTurn
from assistant.types import Answered, AnswerEvent, Question, Role, Turn

_TURNS = 20
"""Turns of a conversation that a follow-up is read with."""


async def answer_to(
    question: Question,
    services: Services,
    caller: Caller,
    scope: Scope,
    *,
    conversation_id: str | None = None,
    streamed: bool = False,
    replaces: int | None = None,
) -> AnswerOut | AnswerStream:
    """The answer, or its stream. In a conversation it follows its turns and becomes one.

    It may take the place of one that it `replaces`, and follows those before that one.

    Raises:
        ConversationNotFoundError: there is no such conversation of this caller.
        RequestValidationError: it has no turn of the number that `replaces` names.
    """
    asked = question
    if conversation_id is not None:
        asked = await run_in_threadpool(
            _within, question, conversation_id, services, caller, replaces
        )
    events = _kept(
        services.assistant.ask(asked), asked, services, caller, conversation_id, replaces
    )
    if streamed:
        return await stream(events, conversation_id, scope)
    answers = [event.answer async for event in events if isinstance(event, Answered)]
    return answer_out(answers[-1], conversation_id)


def _within(
    question: Question,
    conversation_id: str,
    services: Services,
    caller: Caller,
    before: int | None,
) -> Question:
    """The question after what was said; a caller who sends a history is taken at the word.

    Raises:
        RequestValidationError: there is no turn of the number that it is to replace.
    """
    turns = services.conversations.turns(
        ConversationId(conversation_id), caller.name, last=_TURNS, before=before
    )
    if before is not None:
        _require_turn(conversation_id, services, caller, before)
    if question.history:
        return question
    return replace(question, history=tuple(m for turn in turns for m in _said(turn)))


def _require_turn(conversation_id: str, services: Services, caller: Caller, number: int) -> None:
    named = services.conversations.turns(
        ConversationId(conversation_id), caller.name, last=1, before=number + 1
    )
    if not named or named[-1].number != number:
        advice = "the conversation has no such turn. Name one that it shows, or leave it out"
        raise RequestValidationError(
            [{"type": "replaces", "loc": ("body", "replaces"), "msg": advice}]
        )


def _said(turn: ConversationTurn) -> tuple[Turn, Turn]:
    return Turn(Role.USER, turn.question), Turn(Role.ASSISTANT, str(turn.answer["answer"]))


async def _kept(
    events: AsyncIterator[AnswerEvent],
    question: Question,
    services: Services,
    caller: Caller,
    conversation_id: str | None,
    replaces: int | None,
) -> AsyncIterator[AnswerEvent]:
    """The same events; the answer is kept before it is given."""
    assert isinstance(events, AsyncGenerator)
    async with aclosing(events) as each:
        async for event in each:
            if isinstance(event, Answered):
                out = answer_out(event.answer, conversation_id)
                services.given.remember(out, caller.name)
                services.metrics.answered(event.answer)
                services.trace(event.answer)
                if conversation_id is not None:
                    await run_in_threadpool(
                        services.conversations.add_turn,
                        ConversationId(conversation_id),
                        caller.name,
                        question.text,
                        out.model_dump(mode="json"),
                        datetime.now(UTC),
                        replaces,
                    )
            yield event
