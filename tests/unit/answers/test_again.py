"""What asks for the last answer once more, and what it is then shown."""

import pytest

from assistant.answers.again import again, before, unfounded
from assistant.answers.courtesy import heard
from assistant.types import Question, Role, Turn

NOTHING = "Not answered."
TALK = (
    Turn(Role.USER, "What is a STANAG?"),
    Turn(Role.ASSISTANT, "A STANAG is an agreement. [1]"),
    Turn(Role.USER, "Who signs it?"),
    Turn(Role.ASSISTANT, "The Allies sign it. [1]"),
)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("source?", "sources"),
        ("What are your sources for that?", "sources"),
        ("Where did you find this?", "sources"),
        ("Can you cite your sources, please?", "sources"),
        ("D'où tenez-vous cela ?", "sources"),
        ("summarise that", "shorter"),
        ("Shorter, please.", "shorter"),
        ("ok, could you sum it up in one sentence?", "shorter"),
        ("Pouvez-vous résumer ?", "shorter"),
        ("Résumez cela en deux phrases.", "shorter"),
        ("Say that again, please", "same"),
        ("Summarise the INF Treaty", None),
        ("Which sources does the ministry name?", None),
        ("Where is it?", None),
        ("a shorter version", "shorter"),
        ("version?", None),
        ("Who says that the treaty is void?", None),
        ("?", None),
    ],
)
def test_the_last_answer_is_asked_for_once_more(said: str, kind: str | None) -> None:
    assert again(said) == kind


def test_it_is_that_of_the_question_before_with_what_was_said_before_that() -> None:
    asked = before(Question("source?", TALK), TALK)
    assert asked is not None
    assert (asked.text, asked.history) == ("Who signs it?", TALK[:2])


def test_without_a_question_before_it_it_asks_the_library() -> None:
    assert before(Question("source?"), ()) is None


def test_it_leaves_no_trace_in_what_is_read_after_it() -> None:
    more = (Turn(Role.USER, "source?"), Turn(Role.ASSISTANT, "“STANAGs”: The Allies sign it. [1]"))
    assert heard((*TALK, *more), NOTHING) == TALK


@pytest.mark.parametrize(("said", "told"), [("source?", "quotes no"), ("Tes sources ?", "ne cite")])
def test_where_nothing_was_answered_there_is_nothing_to_show(said: str, told: str) -> None:
    talk = (*TALK[:3], Turn(Role.ASSISTANT, f"{NOTHING} Nearest to it: “Tariffs”."))
    assert told in unfounded(Question(said, talk), heard(talk, NOTHING))
    assert unfounded(Question(said, TALK), TALK) == ""
