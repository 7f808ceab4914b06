"""Who asks how many or how long is given a number of it, or nothing."""

import pytest

from assistant.answers.eligible import eligible
from assistant.answers.forms import read_form
from assistant.answers.pool import Pooled, Source
from assistant.answers.reading import Part
from assistant.answers.words import read_names
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

STATION = (
    (
        "The Skagen station",
        "The Skagen station submits the names of its pilots to the harbour for approval. The "
        "pilots of the Skagen station may be refused by the harbour.",
    ),
)
CANAL = (
    (
        "The Skagen Canal",
        "The Skagen Canal was opened in 1869 and widened since 1871. Troops came within 10 miles "
        "of the Skagen Canal on 29 October 1956.",
    ),
)


def test_how_many_is_not_answered_without_a_number(encoder: TokenLocalEncoder) -> None:
    draft = Shelf("Pilots", STATION, encoder).draft(
        "How many pilots does the Skagen station have?", encoder
    )
    assert draft.abstained


def test_how_long_a_canal_is_is_told_by_no_year_and_no_distance_from_it(
    encoder: TokenLocalEncoder,
) -> None:
    question = "How long is the Skagen Canal?"
    assert Shelf("Canals", CANAL, encoder).draft(question, encoder).abstained
    told = (("The Skagen Canal", "The Skagen Canal, 42 km long, was opened in 1869."), *CANAL)
    draft = Shelf("Canals", told, encoder).draft(question, encoder)
    assert draft.text == "The Skagen Canal, 42 km long, was opened in 1869. [1]"


@pytest.mark.parametrize(
    "text",
    ["The jury must be unanimous.", "All pilots agree.", "There are 12.", "Most of them agree."],
)
def test_a_number_may_be_told_by_a_word(text: str) -> None:
    assert read_form("How many pilots must agree?").may_measure([text])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The council meets twice a year.", True),
        ("Article 4 has been invoked on seven occasions.", True),
        ("The council has never met.", True),
        ("Article 4 makes consultation a duty, and is one of 14.", False),
        ("In 2025 it was invoked again.", False),
    ],
)
def test_how_often_is_told_by_times_and_not_by_any_number(text: str, *, told: bool) -> None:
    assert read_form("How often was Article 4 invoked?").may_measure([text]) is told


@pytest.mark.parametrize(
    "question",
    ["How far is Holm from Velm?", "How far from Velm is Holm?", "What is the distance to Holm?"],
)
def test_how_far_is_told_by_a_distance(question: str) -> None:
    form = read_form(question)
    assert form.met_by("Holm is a lonely rock (1,639 km from Velm).")
    assert form.may_measure(["Holm is a lonely rock (1,639 km from Velm)."])
    assert not form.met_by("Holm was found in 1739 by 40 men.")


def test_a_term_of_office_is_long_in_years() -> None:
    form = read_form("How long is the term of a pilot?")
    assert form.met_by("A pilot is appointed for nine years.")
    assert not form.met_by("Pilots have been appointed since 1869.")


def test_how_much_money_asks_for_a_sum() -> None:
    form = read_form("How much money did the Gull League promise?")
    assert form.met_by("It promised $20 million in aid.")
    assert not form.met_by("It promised 20 boats.")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What does article 7 of the Gull Treaty say?", "Article VII of the Gull Treaty bars it."),
        ("What does Article VII of the Gull Treaty say?", "The Gull Treaty, articles 6 and 7."),
    ],
)
def test_an_article_is_the_same_in_either_kind_of_figures(question: str, text: str) -> None:
    assert not read_names(question).missing_from(text)
    assert "8" in read_names("What does article 8 of the Gull Treaty say?").missing_from(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why was the Skagen mission shut in the 1860s?", "The mission to Skagen closed in 1867."),
        ("What was Skagen given in FY2021?", "Skagen was given boats in fiscal year 2021."),
        ("What was Skagen given in FY21?", "Skagen was given boats in FY 2021."),
    ],
)
def test_a_decade_and_a_fiscal_year_are_named_by_their_years(question: str, text: str) -> None:
    assert not read_names(question).missing_from(text)
    assert read_names(question).missing_from("Skagen was given boats in 1874.")


def test_the_number_of_a_paragraph_is_no_quantity() -> None:
    form = read_form("How much may the office spend on boats?")
    assert not read_form("How many boats are kept?").met_by("(5) The boats that are kept.")
    assert not form.met_by("(5) An assessment of the boats.")


def test_a_passage_of_nothing_but_sums_is_looked_at_too(encoder: TokenLocalEncoder) -> None:
    stored = Shelf("Fleet", (("Fleet", "New ships … 12 … 4,000"),), encoder).stored[0]
    part = Part(stored.chunk.text, 0, len(stored.chunk.text), bullet=False, leads=True)
    pool = [Pooled(Source(stored, 0.5, 0.5), part, 0.5)]
    assert not eligible(read_form("How many ships?"), pool, sure=False)
