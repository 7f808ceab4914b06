"""How much must speak for an answer, for one to be given."""

import pytest

from assistant.answers.enough import needed
from assistant.answers.forms import read_form
from assistant.answers.scoring import refusal
from tests.unit.answers.test_standing import passage

SAID = ("The person of a pilot is inviolable. He is liable to no form of arrest.", 0.1)


@pytest.mark.parametrize(
    ("question", "score", "less"),
    [
        ("Can a pilot be arrested?", 0.7, True),
        ("Can a pilot be arrested?", 0.5, False),
        ("Can a pilot be dismissed?", 0.7, False),
        ("Which pilot was arrested?", 0.7, False),
    ],
)
def test_yes_or_no_needs_less_where_a_good_passage_has_all_that_is_asked(
    question: str, score: float, less: bool
) -> None:
    limits, pool = refusal(), passage("a", score, SAID)
    enough = needed(read_form(question), question, pool, in_words=False)
    assert enough == (limits.named if less else limits.answers)


@pytest.mark.parametrize(
    ("question", "less"),
    [
        ("How many boats did Denmark lose off Skagen?", True),
        ("How many boats did Norway lose off Skagen?", False),
        ("How many boats did Denmark build off Skagen?", False),
    ],
)
def test_a_number_that_is_told_in_other_forms_of_the_same_words_needs_less(
    question: str, less: bool
) -> None:
    pool = passage("a", 0.4, ("Off Skagen the Danes lost 41 boats in one night.", 0.1))
    enough = needed(read_form(question), question, pool, in_words=False)
    assert (enough < refusal().answers) is less
