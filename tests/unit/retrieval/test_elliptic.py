"""A question that only names something else to ask of is searched in full."""

import pytest

from assistant.retrieval.conversation import followed
from assistant.retrieval.elliptic import filled_in
from assistant.types import Role, Turn

GHANA = "When were diplomatic relations with Ghana established?"


@pytest.mark.parametrize(
    ("before", "question", "full"),
    [
        (GHANA, "What about Togo?", "When were diplomatic relations with Togo established?"),
        (GHANA, "And with Côte d'Ivoire?", GHANA.replace("Ghana", "Côte d'Ivoire")),
        ("When was NATO founded?", "And the Warsaw Pact?", "When was the Warsaw Pact founded?"),
        ("When did the UN recognise Kosovo?", "And NATO?", "When did NATO recognise Kosovo?"),
        ("When did the United States recognize Ghana?", "and Togo?", None),
        ("What did NATO do in Kosovo?", "And in Libya?", "What did NATO do in Libya?"),
        ("What is Ghana's capital?", "And Togo's?", "What is Togo's capital?"),
        (
            "Quand les relations avec le Ghana ont-elles été établies ?",
            "Et avec le Togo ?",
            "Quand les relations avec le Togo ont-elles été établies ?",
        ),
        (
            "When did he become Secretary of State?",
            "And Dulles?",
            "When did Dulles become Secretary of State?",
        ),
    ],
)
def test_the_name_takes_the_place_of_its_like(before: str, question: str, full: str | None) -> None:
    expected = full or "When did the United States recognize Togo?"
    assert filled_in(question, before) == expected


def test_short_questions_follow_each_other() -> None:
    talk = followed([Turn(Role.USER, GHANA), Turn(Role.USER, "What about Togo?")])
    asked = talk.reading("And Benin?")
    assert asked == "When were diplomatic relations with Benin established?"


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("What do defence attachés do?", "What about Russia?"),
        ("What do defence attachés do in Ghana?", "What about the costs?"),
        ("Did Ghana and later Togo sign the treaty of Lomé?", "And Benin?"),
        ("When did she visit Ghana?", "And Albright?"),
        ("Who is the Secretary of State?", "And the Secretary of Defense?"),
        ("How many pages can I print?", "What about Hebrew?"),
        (GHANA, "And when did Togo join the United Nations?"),
        (GHANA, "Who was Kwame Nkrumah?"),
    ],
)
def test_where_it_is_not_plain_what_is_meant_the_question_stays(before: str, question: str) -> None:
    assert filled_in(question, before) == question


def test_a_first_question_stays() -> None:
    assert filled_in("What about Togo?", "") == "What about Togo?"
