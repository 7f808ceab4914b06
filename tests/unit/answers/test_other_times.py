"""What is asked of a thing and not said of it is not answered by what is said of it."""

import pytest

from assistant.answers.forms import read_form
from assistant.answers.lasting import tells_another_time
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

OFFICE = (
    (
        "The Skagen office",
        "The Skagen office opened in Gullport on 3 June 1987. It has eleven pilots.",
    ),
)


def test_when_it_opened_does_not_tell_when_it_closes(encoder: TokenLocalEncoder) -> None:
    shelf = Shelf("The Skagen office", OFFICE, encoder)
    assert shelf.draft("When will the Skagen office close?", encoder).abstained
    assert "3 June 1987" in shelf.draft("When did the Skagen office open?", encoder).text


def test_the_number_of_them_is_told_and_a_date_is_none(encoder: TokenLocalEncoder) -> None:
    shelf = Shelf("The Skagen office", OFFICE, encoder)
    text = shelf.draft("How many pilots does the Skagen office have?", encoder).text
    assert "It has eleven pilots." in text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did the Gull War end?", "The outbreak of the Gull War in 1950 was a surprise."),
        ("When did Norway leave the League?", "Norway joined the League in 1950."),
        ("When was the Skagen office closed?", "The Skagen office opened in 1950."),
        ("When did the blockade begin?", "The blockade was lifted in 1950."),
    ],
)
def test_the_time_of_the_opposite_is_another(question: str, text: str) -> None:
    assert tells_another_time(read_form(question), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did the Gull War end?", "The Gull War, which began in 1950, ended in 1953."),
        ("When was the Skagen office closed?", "The Skagen office was shut in 1950."),
        ("When did the fleet sail the year after?", "It sailed in 1833, prior to the treaty."),
    ],
)
def test_what_tells_of_both_or_of_no_opposite_is_kept(question: str, text: str) -> None:
    assert not tells_another_time(read_form(question), text)
