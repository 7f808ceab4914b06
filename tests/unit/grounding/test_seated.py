"""What has its seat in one town has none in another, though that stands near by."""

import pytest

from assistant.grounding.seated import placed_in_another

SPAN = "Headquartered in Gullport, Skagen, the League had only a few formal functions."


def test_a_seat_in_another_town_is_wrong() -> None:
    found = placed_in_another("The League had its headquarters in Ribe and kept no ships.", SPAN)
    assert "Gullport" in found
    assert "Ribe" in found


@pytest.mark.parametrize(
    "sentence",
    [
        "The League had its headquarters in Gullport.",
        "The League had its headquarters in Skagen.",
        "The League held a feast in Ribe.",
        "The League had its headquarters there in May.",
    ],
)
def test_the_same_town_and_what_is_told_of_nothing_else_are_not(sentence: str) -> None:
    assert placed_in_another(sentence, SPAN) == ""


def test_a_town_and_a_state_are_not_held_against_each_other() -> None:
    span = "The treaty was signed in Paris by three States."
    assert placed_in_another("The treaty was signed in France.", span) == ""
    assert placed_in_another("The treaty was signed in London.", span) != ""
