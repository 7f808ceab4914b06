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


def test_an_article_that_is_told_whole_keeps_its_order(encoder: TokenLocalEncoder) -> None:
    sections = (
        (
            "Article 4",
            "1. Nothing here is read as:\n\n(a) a renunciation;\n\n(b) a claim of Gull.\n\n"
            "2. No new claim is made by a party to the Gull Treaty.",
        ),
        ("Article 5", "1. Fires are forbidden.\n\n2. The Gull Treaty applies to lamps."),
    )
    shelf = Shelf("The Gull Treaty", sections, encoder)
    text = shelf.draft("What does Article 4 of the Gull Treaty say?", encoder).text
    places = [text.index(one) for one in ("read as:", "renunciation", "claim of", "No new claim")]
    assert places == sorted(places)
    assert "lamps" not in text


def test_items_with_a_letter_and_a_full_stop_keep_what_leads_them_in(
    encoder: TokenLocalEncoder,
) -> None:
    text = "The parties hold to these principles:\n\na.the boats are lit;\n\nb.the oars are dry."
    shelf = Shelf("The Gull Treaty", (("Article 2", text), ("Article 3", "X.")), encoder)
    said = shelf.draft("What does Article 2 of the Gull Treaty say?", encoder).text
    assert "principles:" in said
    assert "oars" in said


def test_the_items_that_answer_come_whole_with_what_leads_them_in(
    encoder: TokenLocalEncoder,
) -> None:
    items = (
        "(a)when the wreck lies in its harbour;\n\n(b)when the wrecker is its citizen. "
        "A guest is none;\n\n(c)when nobody else claims it."
    )
    told = (
        "1. Each party claims jurisdiction over the plunder of wrecks in the following cases:"
        f"\n\n{items}\n2. Each party likewise claims the wreck of a plunderer in this case."
    )
    shelf = Shelf("The Gull Treaty", (("Article 4", told), ("Article 5", "X.")), encoder)
    asked = "In which cases does a party claim jurisdiction over the plunder of wrecks?"
    text = shelf.draft(asked, encoder).text
    assert "in the following cases: [1]\n\n- when the wreck lies" in text
    assert "is its citizen. A guest is none; [3]\n- when nobody" in text
    assert "likewise" not in text


def test_who_asks_for_one_thing_is_not_told_a_list(encoder: TokenLocalEncoder) -> None:
    told = (
        "The Gull Guild was founded in 1911. The founders were:\n\n(a) the pilots of 1909;\n\n"
        "(b) the fishermen."
    )
    shelf = Shelf("The Gull Guild", (("Founding", told), ("Harbours", "X.")), encoder)
    text = shelf.draft("When was the Gull Guild founded?", encoder).text
    assert "1911" in text
    assert "fishermen" not in text


def test_items_under_an_item_do_not_end_the_list(encoder: TokenLocalEncoder) -> None:
    told = (
        "The surrender of a pilot who was judged in a third harbour shall not be granted:\n\n"
        "a.if the judgment set him free;\n\nb.if the term to which he was sentenced:\n\n"
        "i.has been served;\n\nii.has been pardoned;\n\nc.if no penalty was imposed."
    )
    shelf = Shelf("The Gull Treaty", (("Article 9", told), ("Article 10", "X.")), encoder)
    asked = "In which cases is the surrender of a pilot judged in a third harbour not granted?"
    text = shelf.draft(asked, encoder).text
    assert "pardoned" in text
    assert "no penalty" in text


def test_the_rows_of_a_table_are_items_of_what_leads_them_in(
    encoder: TokenLocalEncoder,
) -> None:
    rows = "Union of Lund | 2 boats\nRepublic of Ribe | 1 boat"
    sections = (
        (
            "Article 5",
            "5.1. The Parties shall contribute to the Programme so that boats are kept.\n\n5.2. "
            "The initial contributions of the original Parties to the fleet are as follows:\n\n"
            + rows,
        ),
        ("Article 6", "6.1. Each Party is responsible for the costs of what it contributes."),
    )
    shelf = Shelf("The Gull Programme Agreement", sections, encoder)
    one = shelf.draft("What did Ribe contribute to the fleet of the Gull Programme?", encoder).text
    assert one == (
        "5.2. The initial contributions of the original Parties to the fleet are as follows: [1] "
        "Republic of Ribe | 1 boat [2]"
    )
    text = shelf.draft("What did each original party contribute to the Gull fleet?", encoder).text
    assert text == (
        "5.2. The initial contributions of the original Parties to the fleet are as follows: [1]"
        "\n\n"
        "- Union of Lund | 2 boats [2]\n- Republic of Ribe | 1 boat [3]"
    )
