"""Rows of tables are answers that read well, and every cell of them is a quotation."""

import pytest

from assistant.answers.disagreement import contradiction
from assistant.answers.draft import Draft, PartFound
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.forms import read_form
from assistant.answers.layout import Group, lay_out
from assistant.answers.pool import Pooled, Source
from assistant.answers.reading import Reader
from assistant.grounding.prove import prove
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from tests.unit.shelf import Shelf

SECTIONS = (
    (
        "Main differences",
        "Feature: Founding text; Gull League: Charter of Oslo; Northern Wardens: Act of 1962; Tern "
        "Bank: A contract\n\nFeature: Members in 2026; Gull League: 12 harbours; Northern Wardens: "
        "9 islands; Tern Bank: 40 owners\n\nFeature: Common fleet; Gull League: Yes; Northern "
        "Wardens: No; Tern Bank: No",
    ),
    (
        "The Gull League and the Northern Wardens",
        "Both keep lights on the coast. The Gull League is a union of harbours, while the Northern "
        "Wardens are a guard of islands.",
    ),
    (
        "Accession",
        "Step: Applied to the Gull League; Skagen: 2 May 1999; Esbjerg: 3 June 2001\n\n"
        "Step: Joined the Gull League; Skagen: 4 April 2003; Esbjerg: 7 March 2004",
    ),
)


@pytest.fixture(scope="module")
def shelf(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("Harbours and islands", SECTIONS, encoder)


def _compared(shelf: Shelf, encoder: TokenLocalEncoder, one: str, other: str) -> Draft:
    whole = resolve(f"What is the difference between the {one} and the {other}?", ())
    parts = [PartFound(whole, tuple(shelf.passages(whole)), "")]
    for side in (one, other):
        asked = resolve(f"What is the {side}?", ())
        parts.append(PartFound(asked, tuple(shelf.passages(asked)), side))
    answerer = ExtractiveAnswerer(Reader(encoder), shelf.neighbours)
    return answerer.draft(whole, shelf.passages(whole), parts)


def test_a_comparison_is_the_table_that_has_a_column_for_each_side(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = _compared(shelf, encoder, "Gull League", "Northern Wardens").text
    assert text.splitlines()[-3:] == [
        "- Founding text — Gull League: Charter of Oslo; Northern Wardens: Act of 1962 [2]",
        "- Members in 2026 — Gull League: 12 harbours; Northern Wardens: 9 islands [3]",
        "- Common fleet — Gull League: Yes; Northern Wardens: No [4]",
    ]


def test_a_comparison_opens_with_the_sentence_that_sets_the_one_against_the_other(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    draft = _compared(shelf, encoder, "Gull League", "Northern Wardens")
    assert draft.text.startswith("The Gull League is a union of harbours, while the Northern")
    assert not draft.missing


def test_a_row_tells_the_column_that_was_asked_for(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = shelf.draft("When did Esbjerg join the Gull League?", encoder).text
    assert "Joined the Gull League — Esbjerg: 7 March 2004 [" in text
    assert "Skagen" not in text
    assert "Step:" not in text


def test_cells_that_are_no_neighbours_are_quoted_each_and_cited_with_what_stands_between(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    draft = _compared(shelf, encoder, "Gull League", "Tern Bank")
    proof = prove(draft, [], encoder, "remove")
    for sentence in proof.sentences:
        assert proof.text[sentence.start : sentence.end] == sentence.text
        cited = next(one for one in proof.citations if one.marker == sentence.citations[0])
        assert sentence.text in cited.quote
        assert shelf.text[cited.start : cited.end] == cited.quote
    quotes = [one.quote for one in proof.citations]
    row = "Members in 2026; Gull League: 12 harbours; Northern Wardens: 9 islands; Tern Bank: 40"
    assert any(quote.startswith(row) for quote in quotes), proof.text
    assert "Members in 2026 — Gull League: 12 harbours; Tern Bank: 40 owners [" in proof.text


def test_a_line_with_colons_that_is_no_row_stays_as_it_is(encoder: TokenLocalEncoder) -> None:
    note = "Note: the harbour of Skagen closed in 1911; Reason: the ice of that winter broke it."
    shelf = Shelf("Notes", (("Skagen", f"{note}\n\nThe quay was built of oak."),), encoder)
    assert note in shelf.draft("Why did the harbour of Skagen close in 1911?", encoder).text


def test_a_row_that_says_no_of_another_column_contradicts_nobody() -> None:
    prose = "The Gull League has a common fleet, unlike the Northern Wardens."
    row = "Common fleet; Gull League: Yes; Northern Wardens: No"
    assert contradiction(prose, row) is None


POSTS = (
    (
        "Posts of the coast guard",
        "Post: Gull Command; Location: Skagen, Denmark; Role: Rescue at sea\n\n"
        "Post: Tern Command; Location: Esbjerg, Denmark; Role: Pilots of the coast guard",
    ),
    ("Orders", "The Coast Union gives its orders to every post by telegraph each morning."),
)


def test_where_something_is_is_told_by_its_row_and_by_no_other(encoder: TokenLocalEncoder) -> None:
    shelf = Shelf("The coast guard", POSTS, encoder)
    assert shelf.draft("Where is Gull Command?", encoder).text == (
        "Gull Command — Location: Skagen, Denmark [1]"
    )
    assert "Skagen" not in shelf.draft("Where is the post of the Coast Union?", encoder).text


def test_a_row_beside_prose_has_a_line_of_its_own(encoder: TokenLocalEncoder) -> None:
    text = f"Both towns applied in one year.\n\n{SECTIONS[2][1]}"
    shelf = Shelf("Harbours and islands", (("Accession", text),), encoder)
    stored = shelf.stored[0]
    reader = Reader(encoder)
    asked = reader.ask(resolve("When did Skagen join the Gull League?", ()))
    sentences = reader.read(asked, [stored])[0].parts
    chosen = [Pooled(Source(stored, 0.5, 0.5), part, 0.5) for part in (sentences[2], sentences[0])]
    form = read_form("When did Skagen join the Gull League?")
    assert lay_out([Group(form, chosen, as_list=False)]).text == (
        "Joined the Gull League — Skagen: 4 April 2003 [1]\n\nBoth towns applied in one year. [2]"
    )


def test_who_asks_for_a_list_gets_the_rows_below_the_heading_and_no_prose_between(
    encoder: TokenLocalEncoder,
) -> None:
    heading, rows = POSTS[0]
    section = (heading, f"{rows}\n\nThe guard moved its clerks in 1911.")
    draft = Shelf("The coast guard", (section, POSTS[1]), encoder).draft(
        "What posts does the coast guard have?", encoder
    )
    assert draft.text.splitlines() == [
        "- Gull Command — Location: Skagen, Denmark; Role: Rescue at sea [1]",
        "- Tern Command — Location: Esbjerg, Denmark; Role: Pilots of the coast guard [2]",
    ]


def test_a_heading_with_half_of_four_words_names_another_list(encoder: TokenLocalEncoder) -> None:
    stations = (
        "Posts of the coast",
        "Post: Gull Command; Location: Skagen\n\nPost: Tern Command; Location: Esbjerg",
    )
    trained = (
        "Training",
        "The coast guard trained pilots in the posts of Norway and Scotland. Officers of the guard "
        "trained clerks in other posts.",
    )
    shelf = Shelf("The harbours", (stations, trained), encoder)
    text = shelf.draft("Which posts has the guard trained pilots in?", encoder).text
    assert "Gull Command" not in text
    assert "Gull Command" in shelf.draft("Which posts?", encoder).text


def test_of_two_lists_that_of_the_document_that_is_named_is_given(
    encoder: TokenLocalEncoder,
) -> None:
    own = Shelf("The coast guard", POSTS[:1], encoder)
    other = Shelf(
        "Words",
        (("Posts", "Post: Inn; Meaning: A house\n\nPost: Mail; Meaning: Letters"),),
        encoder,
    )
    question = resolve("What posts does the coast guard have?", ())
    passages = [*other.passages(question), *own.passages(question)]
    answerer = ExtractiveAnswerer(
        Reader(encoder),
        lambda stored, reach: (own if stored in own.stored else other).neighbours(stored, reach),
    )
    assert answerer.draft(question, passages).text.startswith("- Gull Command")
