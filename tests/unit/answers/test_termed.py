"""What a term is: below a line that is the term, or where the document opens that has its name."""

import pytest

from assistant.models.encoder import TokenLocalEncoder
from assistant.phrases import phrase
from tests.unit.shelf import Shelf

TOLD = "A person whom the League has paid to bring ships into a harbour of the coast."
GOES_ON = "The term does not include fishermen who help a ship in need."
DEFINITIONS = (
    f"3.1. Harbour Pilot. {TOLD} {GOES_ON} 3.2. Coast Watch. Those who keep the fires on the coast "
    "of the League."
)
DUTIES = (
    "The warden pays every harbour pilot of the League in May. A harbour pilot who has lost a ship "
    "shall not be paid."
)


@pytest.fixture(scope="module")
def directive(encoder: TokenLocalEncoder) -> Shelf:
    sections = [("DUTIES", DUTIES), ("DEFINITIONS", DEFINITIONS)]
    return Shelf("Directive 6000 of the League", sections, encoder)


def test_what_a_term_is_stands_below_the_line_that_is_the_term(
    directive: Shelf, encoder: TokenLocalEncoder
) -> None:
    told = directive.draft("What is a harbour pilot?", encoder)
    assert told.outcome == "answered"
    assert told.text.startswith(f"Harbour Pilot — {TOLD}")
    assert GOES_ON in told.text
    assert "fires" not in told.text


def test_a_line_with_another_term_tells_nothing(
    directive: Shelf, encoder: TokenLocalEncoder
) -> None:
    told = directive.draft("What is a harbour?", encoder)
    assert "Harbour Pilot" not in told.text


def test_what_only_speaks_of_a_thing_does_not_say_what_it_is(encoder: TokenLocalEncoder) -> None:
    shelf = Shelf("Directive 6000 of the League", [("DUTIES", DUTIES)], encoder)
    told = shelf.draft("What is a harbour pilot of the League?", encoder)
    assert told.outcome == "partly_answered"
    assert told.missing == (phrase("meaning-open"),)


def test_a_term_in_quotation_marks_is_told_what_it_is(encoder: TokenLocalEncoder) -> None:
    told = "As used in Article I, the term “harbour pilots” refers to those who bring in ships."
    shelf = Shelf("Directive 6000 of the League", [("DUTIES", f"{told} {DUTIES}")], encoder)
    assert shelf.draft("What is a harbour pilot?", encoder).outcome == "answered"


FORMED = "In May of 1911, Ribe, Lund and Skagen formed the Gull League of Harbours, or GLOH."
PURPOSE = "The purpose of the organisation was to keep pirates away from the coast."
LATER = (
    "Lund formally left GLOH in 1923, because the organisation had failed to help it. As a result, "
    "GLOH disbanded in 1927. GLOH faced charges of being a league of merchants."
)


@pytest.fixture(scope="module")
def league(encoder: TokenLocalEncoder) -> Shelf:
    sections = [("Opening", f"{FORMED} {PURPOSE}"), ("Its end", LATER)]
    return Shelf("Gull League of Harbours (GLOH), 1911", sections, encoder)


def test_a_document_whose_title_has_the_short_name_is_about_what_bears_it(
    league: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert league.draft("What was GLOH?", encoder).text.startswith(FORMED)


def test_why_it_came_about_is_the_purpose_that_its_document_opens_with(
    league: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert league.draft("Why was GLOH founded?", encoder).text.startswith(PURPOSE)


def test_who_did_it_may_stand_where_the_document_names_the_time_elsewhere(
    encoder: TokenLocalEncoder,
) -> None:
    sections = [
        ("Talks", "Tarn shuttled between Ribe and Lund for two rounds of talks, but failed."),
        ("The end", "The victory of Lund brought an end to the Gull crisis of 1911."),
    ]
    shelf = Shelf("The harbour war of 1911", sections, encoder)
    asked = "Who shuttled between Ribe and Lund during the Gull crisis?"
    assert "Tarn shuttled" in shelf.draft(asked, encoder).text
    other = "Who shuttled between Ribe and Lund during the Tern crisis?"
    assert "Tarn shuttled" not in shelf.draft(other, encoder).text
