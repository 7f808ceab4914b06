"""A day has its year, a number counts all, and a share is of the year that is asked for."""

from assistant.answers.counting import counts_all
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

DECLARED = "Holm declared its independence from Lund on 17 March 1908."
RECOGNISED = "The Hanse formally recognised Holm as a free town on 18 March."


def test_a_day_comes_with_the_sentence_that_has_its_year(encoder: TokenLocalEncoder) -> None:
    asked = "When did the Hanse recognise Holm?"
    text = f"{DECLARED} The town kept its old flag. {RECOGNISED}"
    told = Shelf("Holm", [("Holm and the Hanse", text)], encoder).draft(asked, encoder).text
    assert told == f"{DECLARED} [1] {RECOGNISED} [2]"
    whole = "The Hanse recognised Holm on 18 March 1908 by letter."
    sections = [("Holm and the Hanse", text), ("Letters", whole)]
    assert Shelf("Holm", sections, encoder).draft(asked, encoder).text == f"{whole} [1]"


def test_the_first_four_and_four_more_are_not_all() -> None:
    assert counts_all("boats", "The harbour has eight boats.")
    assert counts_all("boats", "It bought four more boats, which brought the total to eight.")
    assert not counts_all("boats", "1912: The first four boats came.")
    assert not counts_all("boats", "It bought four additional boats.")


def test_how_many_there_are_is_not_answered_by_the_first_of_them(
    encoder: TokenLocalEncoder,
) -> None:
    first = "The Hanse had its first four rescue boats in Lund, Ribe, Holm and Velm."
    all_of_them = "A list of the Hanse named 90 sailors of the eight rescue boats."
    shelf = Shelf("Rescue", [("Rescue boats", f"{first} {all_of_them}")], encoder)
    assert shelf.draft("How many rescue boats does the Hanse have?", encoder).text.startswith(
        all_of_them
    )


def test_how_many_somebody_has_of_what_no_sentence_counts_is_not_answered(
    encoder: TokenLocalEncoder,
) -> None:
    text = (
        "The war of Holm broke out when five Hanse towns sent boats to Holm on 14 May 1948. "
        "Cannons were cheap to cast, and Holm had cast its first cannon by 1949."
    )
    others = "Lund and Ribe met in May. They agreed to keep 40 cannons each."
    shelf = Shelf("Wars", [("The war of Holm", text), ("Cannons", others)], encoder)
    assert shelf.draft("How many cannons does Holm have?", encoder).abstained
