"""The time that "then" and "that year" are, and what "before that" is before."""

import pytest

from assistant.retrieval.moments import year_spoken_of
from tests.unit.retrieval.test_pronouns import reading

SEIZED = ("When did Avalon seize the mines?", "On 3 May 1938 Avalon seized the mines. [1]")
ENVOY = ("Who was the envoy to Nova in 1793?", "Edgar Crane served from 1793 to 1794. [1]")
PACT = ("When was the Nova Pact signed?", "It was signed in May 1955. [1]")
WAR = ("When did the Nova War begin?", "The Nova War began in 1904. [1]")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((*SEIZED, "Who was Secretary of State then?"), "Who was Secretary of State in 1938?"),
        ((*SEIZED, "Who was the king then?"), "Who was the king of Avalon in 1938?"),
        ((*PACT, "Who was the president at that time?"), "Who was the president in 1955?"),
        ((*ENVOY, "What did Washington do in that year?"), "What did Washington do in 1793?"),
        (
            (*ENVOY, "Why did he go?", "In 1801 he was ill. [1]", "Who ruled Nova that same year?"),
            "Who ruled Nova in 1793?",
        ),
        (
            (*SEIZED, "Which law came after that?"),
            "Which law came after 1938? — Avalon",
        ),
        (
            (*WAR, "Which treaty came before that?"),
            "Which treaty came before the Nova War?",
        ),
    ],
)
def test_then_is_the_year_that_was_spoken_of(said: tuple[str, ...], expected: str) -> None:
    assert reading(*said) == expected


@pytest.mark.parametrize(
    ("said", "question"),
    [
        (
            ("Who led Avalon?", "Orlov did from 1901 to 1909. [1]"),
            "Who was Secretary of State then?",
        ),
        (SEIZED, "Who was Secretary of State in 1940?"),
        (SEIZED, "What did the United States do then?"),
    ],
)
def test_no_year_is_put_where_several_may_be_meant_or_what_follows(
    said: tuple[str, ...], question: str
) -> None:
    assert "1938" not in reading(*said, question)
    assert "190" not in reading(*said, question)


def test_a_sum_is_no_year_and_the_questions_own_year_goes_first() -> None:
    answers = [("How much did Nova pay?", "It paid $1800 and 1900 men.")]
    assert year_spoken_of(answers, answers[-1][0]) == ""
    answers = [("What did Nova pay in 1710?", "It paid in 1712.")]
    assert year_spoken_of(answers, answers[-1][0]) == "1710"
