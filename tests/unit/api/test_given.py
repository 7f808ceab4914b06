"""The answers that feedback may be about."""

from datetime import UTC, datetime

from api.answer_schemas import AnswerOut
from api.given import GivenAnswers


def answer(name: str) -> AnswerOut:
    return AnswerOut(
        id=name,
        conversation_id=None,
        question="Q",
        standalone_question="Q",
        answer="A",
        abstained=False,
        answered_by="extractive",
        sentences=[],
        citations=[],
        passages=[],
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
        marking=None,
        prompt_version=None,
        timings_ms={},
        note=None,
    )


def test_the_last_ones_are_remembered() -> None:
    given = GivenAnswers(most=2)
    for name in ("first", "second", "third"):
        given.remember(answer(name), "anna")
    known = [given.get(name, "anna") for name in ("first", "second", "third")]
    assert [one and one.id for one in known] == [None, "second", "third"]


def test_an_answer_is_known_to_who_got_it_alone() -> None:
    given = GivenAnswers()
    given.remember(answer("one"), "anna")
    assert given.get("one", "anna") is not None
    assert given.get("one", "ben") is None
