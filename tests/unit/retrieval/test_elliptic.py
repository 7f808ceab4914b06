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


@pytest.mark.parametrize(
    ("before", "question", "full"),
    [
        ("When was New START signed?", "Where?", "Where was New START signed?"),
        ("Did Germany sign the pact?", "When?", "When did Germany sign the pact?"),
        ("Who signed the pact?", "When?", "When?"),
        (
            "When did he become Secretary of State?",
            "Under which president?",
            "Under which president did he become Secretary of State?",
        ),
    ],
)
def test_another_word_that_asks_asks_the_same_otherwise(
    before: str, question: str, full: str
) -> None:
    assert filled_in(question, before) == full


@pytest.mark.parametrize(
    ("before", "question", "full"),
    [
        (
            "What is the literacy rate in Ghana?",
            "and the unemployment rate?",
            "What is the unemployment rate in Ghana?",
        ),
        (
            "What does the SOFA say about taxes?",
            "And about customs?",
            "What does the SOFA say about customs?",
        ),
        (
            "What does Article 7 of the SOFA say?",
            "And Article 8?",
            "What does Article 8 of the SOFA say?",
        ),
        (
            "Did Germany sign the Kellogg-Briand Pact?",
            "And Japan?",
            "Did Japan sign the Kellogg-Briand Pact?",
        ),
        (
            "Quand la Tunisie est-elle devenue indépendante ?",
            "Et le Maroc ?",
            "Quand le Maroc est-elle devenue indépendante ?",
        ),
        ("What happened in 2014?", "And in 2015?", "What happened in 2015?"),
    ],
)
def test_what_is_exchanged_is_of_one_kind(before: str, question: str, full: str) -> None:
    assert filled_in(question, before) == full


def test_another_of_the_same_noun_takes_the_place_of_the_first() -> None:
    asked = filled_in("And the 5% target?", "Who meets the 2% target?", "the 2% target")
    assert asked == "Who meets the 5% target?"


def test_names_in_small_letters_are_exchanged_too() -> None:
    asked = "when did finland join nato?"
    assert filled_in("and sweden?", asked, "Finland") == "when did sweden join nato?"


def test_a_question_may_name_another_subject_first() -> None:
    talk = followed([Turn(Role.USER, "How many members does the African Union have?")])
    asked = talk.reading("And the Commonwealth, how many members does it have?")
    assert asked == "How many members does the Commonwealth have?"


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
