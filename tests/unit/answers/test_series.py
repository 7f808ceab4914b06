"""A series in prose is told whole, and a row that answers is not padded."""

from assistant.answers.forms import read_form
from assistant.answers.selection import select
from tests.unit.answers.test_standing import passage

ASKED = "Why was Velm not invited to join the Gull Pact?"
FIRST = ("One concern was that Skagen feared the colonies of Velm.", 0.6)
SECOND = ("Another was that the ships of Velm were far away.", 0.05)
THIRD = ("Velm was also dealing with unrest in its own harbours.", 0.02)
BEHIND = ("The Gull Pact was signed in 1911.", 0.02)


def test_who_is_told_the_first_reason_is_told_the_others() -> None:
    pool = passage("a", 0.7, FIRST, SECOND, THIRD, BEHIND)
    assert select(read_form(ASKED), pool, sure=True) == pool[:3]


def test_what_opens_no_series_stays_by_itself() -> None:
    pool = passage("a", 0.7, FIRST, BEHIND)
    assert select(read_form(ASKED), pool, sure=True) == pool[:1]


def test_a_row_that_answers_stands_without_what_else_there_was() -> None:
    form = read_form("What principles did the Gull Pact stand for?")
    row = ("The principles of the Gull Pact were peace, free trade, and fair tolls.", 0.8)
    beside = ("The Gull Pact was signed at Ribe by eleven harbours.", 0.6)
    pool = passage("a", 0.7, row, beside)
    assert select(form, pool, sure=True) == pool[:1]


def test_a_row_of_some_of_them_does_not_stand_alone() -> None:
    form = read_form("Which islands did Velm renounce in the Gull Pact?")
    some = (
        "Velm renounced Ribe, including the islands of Als, Fur, and Mors, in the Gull Pact.",
        0.8,
    )
    other = ("Velm renounced all right to Rum and Eigg in the Gull Pact.", 0.6)
    pool = passage("a", 0.7, some, other)
    assert select(form, pool, sure=True) == pool
