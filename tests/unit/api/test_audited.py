"""What is asked is in the trail before its answer is shown, however the answer ends."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import cast

import pytest

from api.audited import AuditedAssistant
from api.deps import AnswersQuestions
from api.notes import Notes
from assistant.access.acting import Actor
from assistant.access.keys import Caller, KeyRole
from assistant.errors import ModelUnavailableError
from assistant.types import AnswerEvent, PassagesFound, Question, TextDelta

ANNA = Caller("anna", KeyRole.READER, key_id="key")


@dataclass
class Trail:
    """The rows as they were written: what, and what was told of it."""

    rows: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)

    def note(self, what: str, told: Mapping[str, object], actor: Actor | None = None) -> None:
        assert actor is not None
        assert actor.name == "anna"
        self.rows.append((what, told))


@dataclass
class Breaking:
    """Shows passages, or not even these, and then fails."""

    shows: bool

    async def ask(self, _question: Question) -> AsyncIterator[AnswerEvent]:
        if self.shows:
            yield PassagesFound(())
            yield TextDelta("The")
        raise ModelUnavailableError("The model's server does not answer. Try again.")


def asking(trail: Trail, *, shows: bool, texts: bool = True) -> AsyncGenerator[AnswerEvent]:
    assistant = AuditedAssistant(cast(AnswersQuestions, Breaking(shows)), Notes(trail, ANNA, texts))
    events = assistant.ask(Question(text="What is it?"))
    assert isinstance(events, AsyncGenerator)
    return events


async def written(trail: Trail) -> list[tuple[str, Mapping[str, object]]]:
    """The rows, once those are written that nobody waits for."""
    await asyncio.get_running_loop().shutdown_default_executor()
    return trail.rows


async def test_an_answer_that_breaks_off_is_told_after_what_was_asked_and_found() -> None:
    trail = Trail()
    with pytest.raises(ModelUnavailableError):
        _ = [event async for event in asking(trail, shows=True)]
    assert await written(trail) == [
        ("ask", {"question": "What is it?", "documents": []}),
        ("answer", {"outcome": "broken off"}),
    ]


async def test_a_caller_who_goes_away_has_seen_what_the_trail_says() -> None:
    trail = Trail()
    async with aclosing(asking(trail, shows=True)) as events:
        await anext(events)
        assert [what for what, _ in trail.rows] == ["ask"], "before it is shown"
    assert [what for what, _ in await written(trail)] == ["ask", "answer"]


@pytest.mark.parametrize("texts", [True, False])
async def test_what_fails_before_anything_is_shown_is_told_as_asked(texts: bool) -> None:
    trail = Trail()
    with pytest.raises(ModelUnavailableError):
        await anext(asking(trail, shows=False, texts=texts))
    asked = {"question": "What is it?"} if texts else {}
    assert await written(trail) == [("ask", {**asked, "outcome": "broken off"})]
