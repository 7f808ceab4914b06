"""A number in a name, of a paragraph, of a time or of something else is no number of it."""

import pytest

from assistant.answers.eligible import eligible
from assistant.answers.forms import read_form
from assistant.answers.remarks import may_tell_how_much, missing_of
from assistant.answers.selection import select
from assistant.models.encoder import TokenLocalEncoder
from assistant.phrases import phrase
from tests.unit.answers.test_standing import passage
from tests.unit.shelf import Shelf

ASKED = "How large may the armed guard of the Velm ferry VF12 be?"
NAMED = ("1.2. The armed guard is of those whose people were on the Velm ferry VF12.", 0.7)
SIZED = ("1.3. The armed guard shall be composed of up to 40 pilots.", 0.2)
PROFILE = (
    ("Velm — Service", "Service obligation: 24-month conscript service; the navy has volunteers"),
    ("Velm — Past", "Velm was torn by a 30-year conflict that its neighbours had begun."),
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.2. The guard is of those who were on the Velm ferry VF12.", False),
        ("The guard has F-35 aircraft by Resolution 2166 and Article 5.", False),
        ("The guard arrived in 1958.", False),
        ("The guard shall be there no less than 10 hours before.", False),
        ("No. 26. The guard of the ferry has 40 pilots.", True),
        ("The guard was unanimous.", True),
    ],
)
def test_a_size_is_told_by_a_number_of_something(text: str, told: bool) -> None:
    assert may_tell_how_much(read_form(ASKED), [text]) is told


def test_how_old_something_is_may_be_told_by_a_year() -> None:
    assert may_tell_how_much(read_form("How old is the Velm ferry?"), ["It was built in 1958."])


def test_the_sentence_beside_the_likeliest_has_the_number() -> None:
    pool = passage("a", 0.8, NAMED, SIZED)
    assert eligible(read_form(ASKED), pool, sure=False) == pool[1:]


def test_a_number_of_something_else_beside_the_likeliest_is_none() -> None:
    asked = read_form("How many horsepower was the Velm engine?")
    idle = ("The Velm engine was the first of the coast.", 0.7)
    half = ("The Velm engine used half as much coal as others.", 0.2)
    pool = passage("a", 0.8, idle, half)
    assert eligible(asked, pool, sure=False) != pool[1:]


def test_an_answer_without_the_number_says_so() -> None:
    pool = passage("a", 0.8, NAMED)
    assert missing_of(read_form(ASKED), pool, ASKED) == (phrase("number-open"),)


def test_a_number_of_personnel_is_one_of_them() -> None:
    more = ("It was agreed to add ten additional personnel to the Velm guard.", 0.8)
    pool = passage("a", 0.8, more, ("The Velm guard has a contingent of 117 personnel.", 0.5))
    asked = read_form("How many personnel does the Velm guard have?")
    assert select(asked, pool, sure=True) == pool[1:]


def test_soldiers_are_personnel() -> None:
    asked = read_form("How many personnel does Velm have?")
    assert not asked.counts_another("Velm sent 40 soldiers.")
    assert asked.counts_another("Velm sent 40 letters.")


def test_how_long_they_serve_is_not_told_by_how_long_something_else_was(
    encoder: TokenLocalEncoder,
) -> None:
    pool = passage("Velm", 0.8, ("Velm was torn by a 30-year conflict.", 0.7))
    asked = read_form("How long do conscripts serve in Velm?")
    assert eligible(asked, pool, sure=True) == []
    draft = Shelf("Velm", PROFILE, encoder).draft("How long do conscripts serve in Velm?", encoder)
    assert "24-month conscript service" in draft.text
