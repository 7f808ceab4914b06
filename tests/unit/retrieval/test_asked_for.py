"""What was asked for is "it" after that, told by who did what where the answer does not name it."""

import pytest

from assistant.retrieval.asked_for import past, what_of
from tests.unit.retrieval.test_pronouns import reading

CRANE = ("When did Edgar Crane become Secretary of State?", "In 1802 Crane did. [1]")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            (
                *CRANE,
                "Which treaty did he sign with Nova?",
                "It was long. [1]",
                "What did it settle?",
            ),
            "What did the treaty that Edgar Crane signed with Nova settle?",
        ),
        (
            (
                *CRANE,
                "Which treaty did he sign with Nova?",
                "[1]",
                "What did it give Ruritania?",
                "The Gull Coast Treaty gave all. [1]",
                "When was the treaty replaced?",
            ),
            "When was the treaty that Edgar Crane signed with Nova replaced?",
        ),
        (
            (*CRANE, "Which talks did he lead?", "[1]", "When did he die?"),
            "When did Edgar Crane die?",
        ),
        (
            ("When was the Nova Treaty signed?", "In 1803. [1]", "Which article speaks of ports?"),
            "Which article of the Nova Treaty speaks of ports?",
        ),
        (
            ("What was the Polk Doctrine?", "A doctrine. [1]", "Where did he announce it?"),
            "Where did Polk announce the Polk Doctrine?",
        ),
        (
            ("What did Crane think of the Nova Revolution?", "[1]", "Who agreed with him?"),
            "Who agreed with Crane?",
        ),
        (
            ("When did Otto de Lang resign from the Field cabinet?", "[1]", "Why did he do so?"),
            "Why did Otto de Lang do so?",
        ),
    ],
)
def test_it_is_what_was_asked_for_and_he_is_who_did_it(
    said: tuple[str, ...], expected: str
) -> None:
    assert reading(*said) == expected


def test_a_question_that_names_its_text_or_speaks_of_none_stays() -> None:
    nova = ("When was the Nova Treaty signed?", "In 1803. [1]")
    own = "Which article of the Gull Convention speaks of ports?"
    assert reading(*nova, own) == own
    war = ("When did the Nova War begin?", "In 1803. [1]")
    assert "Nova" not in reading(*war, "Which article speaks of ports?")


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("sign", "signed"),
        ("ratify", "ratified"),
        ("win", "won"),
        ("negotiate", "negotiated"),
        ("ban", "banned"),
        ("permit", "permitted"),
        ("obey", "obeyed"),
        ("attend", "attended"),
        ("visit", "visited"),
    ],
)
def test_the_past_of_a_verb(verb: str, expected: str) -> None:
    assert past(verb) == expected


def test_what_leans_on_what_was_said_is_not_told() -> None:
    assert what_of("Which medal did Crane give him?") == "the medal"
    assert what_of("Which medal did Crane win in Nova?") == "the medal that Crane won in Nova"
    assert what_of("Who won?") == ""
    assert what_of("What else was it about?") == ""
    assert what_of("What year did Crane win in?") == ""
