"""When something was is told by a sentence that speaks of the day of the one before it."""

from assistant.answers.forms import read_form
from assistant.answers.selection import select
from tests.unit.answers.test_standing import passage

BEFORE = ("After a vote, Lund became a free town on June 17, 1911.", 0.3)
SAME = ("That same day, Skagen recognized Lund in a letter of its warden.", 0.5)
ASKED = "When did Skagen recognize Lund?"


def test_the_day_stands_in_the_sentence_before() -> None:
    pool = passage("a", 0.5, BEFORE, SAME)
    assert select(read_form(ASKED), pool, sure=True) == pool


def test_a_day_that_is_named_nowhere_is_not_told() -> None:
    undated = ("After a vote, Lund became a free town.", 0.3)
    assert select(read_form(ASKED), passage("a", 0.5, undated, SAME), sure=True) == []
