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


SEVERED = (
    Turn(Role.USER, "When did the United States recognize Cuba?"),
    Turn(Role.ASSISTANT, "The United States recognized Cuba on May 20, 1902. [1]"),
    Turn(Role.USER, "When were relations severed?"),
    Turn(Role.ASSISTANT, "Relations were severed on January 3, 1961. [1]"),
)


@pytest.mark.parametrize(
    "doubt",
    [
        "Are you sure? I thought it was 1959.",
        "Really? Wasn't it 1959?",
        "But I read that it was in 1959.",
        "Is that right? I was told it was 1959",
    ],
)
def test_who_doubts_a_time_gets_the_answer_again_and_what_is_said_of_the_other(doubt: str) -> None:
    found = before(Question(text=doubt, history=SEVERED), SEVERED)
    assert found is not None
    assert found.text == "When were relations severed? Were relations with Cuba severed in 1959?"
    assert found.history == SEVERED[:2]


@pytest.mark.parametrize("doubt", ["Are you sure?", "Is that true?", "Really?", "Vraiment ?"])
def test_who_only_doubts_gets_the_answer_again(doubt: str) -> None:
    found = before(Question(text=doubt, history=SEVERED), SEVERED)
    assert found is not None
    assert found.text == "When were relations severed?"


@pytest.mark.parametrize(
    "text",
    [
        "Are you sure that Cuba was recognized in 1902?",
        "Is it in force?",
        "Isn't Cuba an island?",
        "Who thought it was 1959?",
    ],
)
def test_a_question_of_its_own_is_no_doubt(text: str) -> None:
    assert again(text) is None
