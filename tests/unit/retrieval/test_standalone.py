import pytest

from assistant.retrieval.standalone import needs_context, resolve, subject
from assistant.types import Role, Turn

ASKED = Turn(Role.USER, "What is defence capacity building?")
ANSWERED = Turn(Role.ASSISTANT, "Support for the forces of partners. [1]")


def test_a_first_question_is_searched_as_it_is() -> None:
    standalone = resolve("  What is\na SOFA? ", ())
    assert standalone.text == "What is a SOFA?"
    assert standalone.context is None


@pytest.mark.parametrize(
    "question", ["and for partners?", "Why is that?", "What about the costs?", "Examples?"]
)
def test_a_follow_up_carries_the_question_it_follows(question: str) -> None:
    standalone = resolve(question, (ASKED, ANSWERED))
    assert standalone.text == f"{question} — defence capacity building"
    assert standalone.context == ASKED.content


def test_a_chain_of_follow_ups_goes_back_to_the_question_that_stood_by_itself() -> None:
    history = (ASKED, ANSWERED, Turn(Role.USER, "and for partners?"), ANSWERED)
    assert resolve("Why is that?", history).context == ASKED.content


def test_a_complete_question_keeps_its_own_words() -> None:
    standalone = resolve("Who commands Joint Force Command Naples?", (ASKED, ANSWERED))
    assert standalone.text == "Who commands Joint Force Command Naples?"
    assert 0 < standalone.weight < 0.5


def test_a_complete_question_needs_no_context() -> None:
    assert not needs_context("Which battlegroups did Germany lead in Lithuania?")


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("What does the liaison office at Lisbon cost?", "the liaison office at Lisbon cost"),
        ("Who is the Secretary General?", "the Secretary General"),
        ("Could you tell me about AJP-3?", "AJP-3"),
        ("What's a SOFA", "a SOFA"),
        ("Qu’est-ce que l’assistance mutuelle ?", "l’assistance mutuelle"),
        ("Quelles sont les missions d'un attaché ?", "les missions d'un attaché"),
        ("Isolated posts and their costs", "Isolated posts and their costs"),
        ("What?", "What"),
        ("?", "?"),
    ],
)
def test_what_a_question_is_about_is_shown_in_its_own_words(question: str, about: str) -> None:
    assert subject(question) == about


def test_what_is_counted_or_dated_is_still_asked_of_the_next() -> None:
    history = (Turn(Role.USER, "How many ships did Spain send?"), ANSWERED)
    assert resolve("And France?", history).text == "And France? — How many ships did Spain send"


def test_a_long_question_is_shown_as_far_as_it_is_read() -> None:
    about = subject("What is " + "the annex of the treaty " * 20)
    assert len(about) <= 122
    assert about.endswith(" …")


def test_a_question_that_is_said_to_lean_carries_the_one_before_it() -> None:
    history = (Turn(Role.USER, "When did the embassy in Burundi open?"),)
    asked = "Who was the first ambassador?"
    assert resolve(asked, history).text == asked
    leaning = resolve(asked, history, leans=True)
    assert leaning.asked == asked
    assert "Burundi" in leaning.text


def test_the_same_of_some_carries_what_was_asked() -> None:
    before = [Turn(Role.USER, "What is the military service age in Mali?")]

    assert resolve("What about women?", before, about="Mali").text == (
        "What about women? — the military service age in Mali"
    )
    assert resolve("What about its costs?", before, about="Mali").text == (
        "What about its costs? — Mali"
    )
