"""Who asks what came of something is told that; yes or no is told by what is said of the thing."""

import pytest

from assistant.answers.enough import needed
from assistant.answers.forms import read_form
from assistant.answers.scoring import refusal
from assistant.answers.selection import select
from tests.unit.answers.test_standing import passage

ASKED = "What were the results of the Tern conference?"
WHAT = ("The Tern conference was a meeting of three captains in the autumn.", 0.8)
CAME = ("The captains agreed to open a second harbour for the Tern fleet.", 0.15)


@pytest.mark.parametrize(
    ("question", "result"),
    [
        (ASKED, True),
        ("What was the main outcome of the war?", True),
        ("What did the conference achieve?", True),
        ("Quelles ont été les conséquences de la guerre ?", True),
        ("What is the effect?", False),
        ("Which results were printed?", False),
    ],
)
def test_what_came_of_something_is_asked_for(question: str, result: bool) -> None:
    assert read_form(question).asks_result is result


def test_what_came_of_it_is_the_answer_and_not_what_it_was() -> None:
    pool = passage("a", 0.5, WHAT, CAME)
    assert select(read_form(ASKED), pool, sure=True) == pool[1:]
    assert select(read_form("What was the Tern conference?"), pool, sure=True)[0] == pool[0]


def test_what_is_hardly_likely_is_no_result_of_it() -> None:
    pool = passage("a", 0.5, WHAT, (CAME[0], 0.05))
    assert select(read_form(ASKED), pool, sure=True)[0] == pool[0]


@pytest.mark.parametrize(
    ("question", "score", "least"),
    [
        ("Is STANAG 2067 automatic?", 0.7, 0.0),
        ("Is STANAG 2067 automatic?", 0.3, refusal().named),
        ("Is Ternland in force?", 0.7, refusal().named),
        ("Is Ternland in force?", 0.3, refusal().answers),
        ("Is Gullport in force?", 0.7, refusal().answers),
        ("Why is Ternland a league?", 0.7, refusal().answers),
    ],
)
def test_what_is_spoken_of_by_name_and_found_well_needs_little(
    question: str, score: float, least: float
) -> None:
    pool = passage("a", score, ("Under STANAG 2067 each town of Ternland decides alone.", 0.3))
    assert needed(read_form(question), question, pool, in_words=False) == least
