"""Questions that say too little, and what in the library they may mean."""

import pytest

from assistant.retrieval.standalone import resolve
from assistant.retrieval.vague import (
    bare_term,
    expansions,
    generic,
    named_kinds,
    says_nothing,
    with_term,
)
from assistant.types import Role, Turn


@pytest.mark.parametrize(
    ("term", "question"),
    [
        ("ISAF", "What is ISAF?"),
        ("NATO?", "What is NATO?"),
        ("STANAG 2067", "What is STANAG 2067?"),
        ("defence attaché", "What is a defence attaché?"),
        ("exercises", "What are exercises?"),
        ("capacity building", "What is capacity building?"),
        ("host nation support", "What is host nation support?"),
    ],
)
def test_a_name_given_in_place_of_a_question_is_asked_about(term: str, question: str) -> None:
    found = with_term(resolve(term, ()))
    assert found.text == question
    assert found.asked == term
    assert found.term == term.rstrip("?")


@pytest.mark.parametrize(
    "text",
    [
        "When was NATO founded?",
        "list the members",
        "why",
        "the exercise",
        "Finland is a member",
        "Et alors ?",
    ],
)
def test_questions_requests_and_sentences_are_no_names(text: str) -> None:
    assert not bare_term(text)


def test_a_name_in_the_middle_of_a_conversation_is_a_follow_up() -> None:
    history = (Turn(Role.USER, "What does KFOR do?"), Turn(Role.ASSISTANT, "It keeps the peace."))
    assert not with_term(resolve("ISAF", history)).term


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what about it?", True),
        ("why?", True),
        ("Et alors ?", True),
        ("So what?", True),
        ("Et puis quoi ?", True),
        ("why NATO?", False),
        ("Alors and Company", False),
    ],
)
def test_nothing_is_said_where_no_word_tells_what_is_meant(text: str, expected: bool) -> None:
    assert says_nothing(resolve(text, ())) is expected


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("When did the mission end?", "mission"),
        ("the exercise", "exercise"),
        ("When was the treaty signed?", "treaty"),
        ("When did the convention enter into force?", "convention"),
        ("What does the treaty require?", "treaty"),
        ("When did the mission in Kosovo end?", None),
        ("When did the Kosovo mission end?", None),
        ("What does the mission commander do?", None),
    ],
)
def test_a_kind_of_thing_without_a_name_is_noticed(text: str, noun: str | None) -> None:
    found = generic(text)
    assert (found and found["noun"]) == noun


def test_things_of_a_kind_are_known_by_the_names_that_texts_give_them() -> None:
    texts = [
        "The Resolute Support Mission ended. The Resolute Support Mission trained many.",
        "The EU Training Mission goes on; another mission began.",
    ]
    assert named_kinds("mission", texts) == ["Resolute Support Mission", "EU Training Mission"]


def test_an_acronym_has_the_meanings_that_texts_spell_out() -> None:
    texts = [
        "the Treaty on Conventional Armed Forces in Europe (CFE), and",
        "a Centre for Exercises (CFE) was opened; Conventional Armed Forces in Europe (CFE).",
        "other words (CFE)",
    ]
    assert expansions("CFE", texts) == ["Centre for Exercises"]
    assert expansions("cfe", texts) == []
    both = ["Host Nation Support (HNS)", "Humanitarian Needs Survey (HNS)"]
    assert expansions("HNS", both) == ["Host Nation Support", "Humanitarian Needs Survey"]
