import pytest

from assistant.retrieval.standalone import needs_context, resolve
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
    assert ASKED.content in standalone.text
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
