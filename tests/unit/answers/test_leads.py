"""A sentence that leads in items is not told without them."""

from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

LEAD = "Each group of parties limits its boats so that the numbers do not exceed:"
ITEMS = "(A) 20 sloops, of which no more than 16 are afloat;\n\n(B) 30 barges."


def test_of_items_that_a_sentence_leads_in_those_asked_about_come_with_it(
    encoder: TokenLocalEncoder,
) -> None:
    sections = (
        ("Article 1", "In this Treaty a group is of two parties."),
        ("Article 4", f"{LEAD}\n\n{ITEMS}"),
    )
    shelf = Shelf("The Gull Treaty", sections, encoder)
    question = "How many sloops may each group of parties have under Article 4 of the Gull Treaty?"
    text = shelf.draft(question, encoder).text
    assert LEAD in text
    assert "20 sloops" in text
    assert "barges" not in text


def test_what_leads_in_nothing_is_left_out_beside_another_sentence(
    encoder: TokenLocalEncoder,
) -> None:
    sections = (
        ("Boats", f"The boats of the Gull Guild are 20 sloops and 30 barges. {LEAD}"),
        ("Harbours", "The Guild has two harbours."),
    )
    shelf = Shelf("The Gull Guild", sections, encoder)
    text = shelf.draft("How many boats of each group of parties does the Gull Guild have?", encoder)
    assert "do not exceed: [" not in text.text
