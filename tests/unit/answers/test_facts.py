"""A fact answers what was asked: who held that office, how many of those, who did not."""

import pytest

from assistant.answers.forms import read_form
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

LEAGUE = (
    (
        "The Gull League",
        "The Gull League was born in the storms of 1899, designed to meet three complementary "
        "objectives: to light the coast, to share pilots and to keep the peace.",
    ),
    (
        "Garrisons",
        "(1) The Gull League keeps approximately 3,400 members of the Coastal Guard in Skagen, and "
        "the Gull League may raise that level.",
    ),
)
WARDENS = (
    (
        "Wardens",
        "President Ole Brandt appointed Marie Holt as Warden of the Coast on 21 January 1953. "
        "Warden of the Coast Per Lind was a former counsel under Brandt, a lawyer known for his "
        "patience and his skill with charters.",
    ),
)
RECOGNITION = (
    (
        "Recognition of Skagen",
        "Skagen declared its independence in 1908. Skagen was recognized by Norway, Scotland and "
        "the Faroes. When a first movement failed, the harbours of Skagen armed themselves.",
    ),
)
REFUSED = "Denmark and the islands never recognized Skagen."


@pytest.mark.parametrize(
    "text",
    [
        "It was designed to meet three complementary objectives.",
        "(1) The League keeps 3,400 members of the Coastal Guard there.",
        "In 1899 it was one of the first of its kind.",
        "On 4 April 1949 it was founded in the 1940s by both.",
    ],
)
def test_a_number_of_something_else_is_no_number_of_members(text: str) -> None:
    assert read_form("How many members does the Gull League have?").counts_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Gull League has 12 members.",
        "It grew to 12 by then.",
        "Norway became its 12th member.",
        "Its twelve countries met.",
    ],
)
def test_a_number_that_may_be_theirs_is_kept(text: str) -> None:
    assert not read_form("How many members does the Gull League have?").counts_another(text)


def test_a_visit_counts_as_a_trip_and_a_meeting_as_a_session() -> None:
    trips = read_form("How many trips to foreign countries did he make?")
    assert not trips.counts_another("He made 213 visits to foreign countries.")
    sessions = read_form("How many sessions did they hold?")
    assert not sessions.counts_another("The talks went on through 136 total meetings.")


def test_a_number_of_others_is_no_answer(encoder: TokenLocalEncoder) -> None:
    draft = Shelf("The coast", LEAGUE, encoder).draft(
        "How many members does the Gull League have?", encoder
    )
    assert draft.abstained


def test_who_held_an_office_under_somebody_is_whom_he_appointed(
    encoder: TokenLocalEncoder,
) -> None:
    shelf = Shelf("Wardens of the Coast", WARDENS, encoder)
    text = shelf.draft("Who was Warden of the Coast under Brandt?", encoder).text
    assert text.startswith("President Ole Brandt appointed Marie Holt")


def test_who_has_not_done_it_is_not_answered_by_who_has(encoder: TokenLocalEncoder) -> None:
    shelf = Shelf("The coast", RECOGNITION, encoder)
    assert shelf.draft("Which countries have not recognized Skagen?", encoder).abstained


def test_who_has_not_done_it_is_who_never_did(encoder: TokenLocalEncoder) -> None:
    sections = ((RECOGNITION[0][0], f"{RECOGNITION[0][1]} {REFUSED}"),)
    shelf = Shelf("The coast", sections, encoder)
    text = shelf.draft("Which countries have not recognized Skagen?", encoder).text
    assert text == f"{REFUSED} [1]"


def test_what_another_thing_has_is_told_by_its_own_word(encoder: TokenLocalEncoder) -> None:
    text = "Norway has an embassy in Skagen. The embassy in Skagen stands on the Old Quay."
    shelf = Shelf("Skagen and Norway", (("Summary", text),), encoder)
    assert shelf.draft("What is the call sign of the embassy in Skagen?", encoder).abstained
    assert read_form("What is the call sign of the embassy in Skagen?").fact == {"call", "sign"}
    # A role is told by what somebody did.
    assert not read_form("What was the role of the embassy in Skagen?").fact
