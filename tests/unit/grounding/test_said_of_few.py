"""What a sentence of few words says has to be told, however much the text is about the same."""

import pytest

from assistant.grounding.appositions import without_appositions
from assistant.grounding.clauses import unheard_of_few
from assistant.grounding.features import Beside
from assistant.grounding.settled import of_another
from assistant.grounding.states import renamed
from assistant.grounding.wording import compelled_nowhere

LUND = (
    "Lund keeps mostly older swans and boats; with the establishment of a pier it has received "
    "some newer boats."
)
AROUND = f"Lund — birds and boats\n{LUND}"
SERVES = "Ribe — military service age and obligation: 18-24 years of age for recruits; {rest}"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Lund has black swans.", "black"),
        ("Lund has a museum.", "museum"),
        ("Lund has older boats.", ""),
        ("Lund has an academy.", "academy"),
        # Of many words one may be the writer's own.
        ("Lund has, on the whole, wonderfully older swans and newer boats in its famous town.", ""),
    ],
)
def test_what_somebody_is_said_to_have_is_told(sentence: str, told: str) -> None:
    assert unheard_of_few(sentence, LUND, AROUND) == told


@pytest.mark.parametrize(
    ("sentence", "rest", "wrong"),
    [
        ("Ribe has compulsory service.", "no conscription", True),
        ("Ribe has compulsory service.", "some 400 soldiers", True),
        ("Ribe has compulsory service.", "conscripts serve for a year", False),
        ("Ribe has mandatory service.", "service is compulsory for men", False),
        ("Ribe has service for all.", "no conscription", False),
    ],
)
def test_nobody_is_compelled_where_the_text_compels_nobody(
    sentence: str, rest: str, wrong: bool
) -> None:
    assert bool(compelled_nowhere(sentence, SERVES.format(rest=rest))) is wrong


def test_who_did_it_stands_before_what_he_is() -> None:
    span = "In the summer of 1977, Somalia, a poor country in the east, invaded Ethiopia."
    assert without_appositions(span).startswith("In the summer of 1977, Somalia invaded")
    swapped = "Ethiopia invaded Somalia in the summer of 1977."
    told = "Somalia invaded Ethiopia in the summer of 1977."
    beside = Beside(span, span, frozenset(), 0.9, 0.9, 0.9)
    assert of_another(swapped, beside)
    assert not of_another(told, beside)


def test_a_capital_where_something_was_signed_is_a_town_and_not_its_state() -> None:
    text = "They signed it in Ostend, Belgium."
    assert renamed(text, "It was signed in Brussels.") == text


def test_who_trains_jointly_has_joined_nothing() -> None:
    span = "The League works with non-members, such as Lund, in joint exercises."
    assert unheard_of_few("Lund joined the League.", span, span) == "joined"
