"""The row whose key is named tells who, when, where and which, in the column that says the rest."""

import pytest

from assistant.grounding.prove import prove
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

SECTIONS = (
    (
        "Stations",
        "Each coast has a rescue station. A keeping town is the town that runs a station.\n\n"
        "Station: Rescue Aid Station North; Location: Hirtshals; Leading town: Aalborg; Opened: "
        "1903\n"
        "Station: Rescue Aid Station West; Location: Thyboron; Leading town: Lemvig; Opened: 1911",
    ),
    (
        "Guests",
        "The towns keep a boat of the coast guard for each other.\n\nHost town: Skagen; First "
        "keeping town: Ribe; Main location: Gammel Quay\nHost town: Esbjerg; First keeping town: "
        "Ringsted; Main location: the old dock",
    ),
    (
        "Main pleas for help under Rule 4",
        "Date: June 1912; Pleading town or towns: Ribe; Reason for the plea: Loss of a pilot boat\n"
        "Date: 24 February 1922; Pleading town or towns: Skagen, Esbjerg and Lemvig; Reason for "
        "the plea: The great storm\n"
        "Date: February 1925; Pleading town or towns: Ribe; Reason for the plea: Ice in the river",
    ),
    (
        "Year Towns that joined the Coast Union",
        "1852 Ribe and Skagen 1855 Free State of Lemvig\n\n1882 Esbjerg\n\n1899 Aalborg, Hirtshals "
        "and Thyboron",
    ),
)


@pytest.fixture(scope="module")
def shelf(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("The coast guard", SECTIONS, encoder)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who led RAS North?", "Rescue Aid Station North — Leading town: Aalborg [1]"),
        ("Which town leads RAS West?", "Rescue Aid Station West — Leading town: Lemvig [1]"),
        (
            "When was Rescue Aid Station West opened?",
            "Rescue Aid Station West — Opened: 1911 [1]",
        ),
        ("Which station was opened in 1903?", "Rescue Aid Station North — Opened: 1903 [1]"),
        ("When did Rescue Aid Station North open?", "Rescue Aid Station North — Opened: 1903 [1]"),
        ("Where is Rescue Aid Station North based?", "Rescue Aid Station North — Location: Hirts"),
        ("Who runs the boat in Skagen?", "Skagen — First keeping town: Ribe [1]"),
        ("Where is the boat in Skagen?", "Skagen — Main location: Gammel Quay [1]"),
        (
            "Which town pleaded for help in June 1912?",
            "June 1912 — Pleading town or towns: Ribe [1]",
        ),
        (
            "Who pleaded for help on 24 February 1922?",
            "24 February 1922 — Pleading town or towns: Skagen, Esbjerg and Lemvig [1]",
        ),
        (
            "Which town pleaded for help in 1925?",
            "February 1925 — Pleading town or towns: Ribe [1]",
        ),
        (
            "Why did Ribe plead for help in June 1912?",
            "June 1912 — Reason for the plea: Loss of a pilot boat [1]",
        ),
        (
            "When did Ribe plead for help?",
            "- June 1912 — Pleading town or towns: Ribe [1]\n"
            "- February 1925 — Pleading town or towns: Ribe [2]",
        ),
        (
            "When did Skagen join the Coast Union?",
            "Towns that joined the Coast Union — 1852 Ribe and Skagen [1]",
        ),
        (
            "When did Lemvig join the Coast Union?",
            "Towns that joined the Coast Union — 1855 Free State of Lemvig [1]",
        ),
        (
            "Which towns joined the Coast Union in 1899?",
            "Towns that joined the Coast Union — 1899 Aalborg, Hirtshals and Thyboron [1]",
        ),
    ],
)
def test_a_row_tells_what_is_asked_of_its_key(
    shelf: Shelf, encoder: TokenLocalEncoder, question: str, told: str
) -> None:
    assert shelf.draft(question, encoder).text.startswith(told)


@pytest.mark.parametrize(
    "question",
    [
        "Who painted RAS North?",
        "Who painted the boat in Skagen?",
        "Which town pleaded for help in July 1912?",
        "When did Odense join the Coast Union?",
        "When did Ribe leave the Coast Union?",
    ],
)
def test_a_row_tells_nothing_that_its_headers_and_the_text_around_do_not_say(
    shelf: Shelf, encoder: TokenLocalEncoder, question: str
) -> None:
    stories = ("Aalborg [", "First keeping town: Ribe [1]", "Ribe [1]", "1852 Ribe", "1855")
    assert not shelf.draft(question, encoder).text.endswith(stories)


def test_the_cells_of_a_row_are_quoted_at_their_places(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    draft = shelf.draft("Who led RAS North?", encoder)
    proof = prove(draft, [], encoder, "remove")
    (citation,) = proof.citations
    assert shelf.text[citation.start : citation.end] == citation.quote
    assert all(sentence.text in citation.quote for sentence in proof.sentences)


def test_what_a_row_says_links_no_word_to_a_header(encoder: TokenLocalEncoder) -> None:
    rows = (
        "Term: Gull Code; Danish term: Maagekode; Meaning: The Gull Code has signals for pilots\n"
        "Term: Tern Rule; Danish term: Terneregel; Meaning: The Tern Rule has a Danish author"
    )
    shelf = Shelf("Terms", (("Agreements", rows),), encoder)
    text = shelf.draft("What are the Gull Code's signals?", encoder).text
    assert text != "Gull Code — Danish term: Maagekode [1]"


def test_which_of_a_kind_is_told_by_a_column_of_that_kind_alone(encoder: TokenLocalEncoder) -> None:
    text = (
        "One rule of the Tern Bank is a clause on loans.\n\n"
        "Feature: Main focus; Gull League: Common defence, lights; Tern Bank: Loans\n"
        "Feature: Members; Gull League: Six towns; Tern Bank: Four towns"
    )
    shelf = Shelf("Leagues", (("Both", text),), encoder)
    answer = shelf.draft("Which rule is the common defence clause?", encoder).text
    assert "Main focus" not in answer
