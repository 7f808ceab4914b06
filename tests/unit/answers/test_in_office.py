"""Who had an office at a time is told by the term that holds it, and by nothing that is near it."""

from datetime import date

import pytest

from assistant.answers.in_office import office_at
from assistant.answers.offices import stems_of_office
from assistant.answers.terms_of_office import Term, holding, of_one_person, terms_in
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

OFFICE = stems_of_office("Secretary of Harbours")


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("Who was Secretary of Harbours in 1950?", (1950, 1, 1), (1950, 12, 31)),
        ("Who served as the Secretary of Harbours in July 1945?", (1945, 7, 1), (1945, 7, 31)),
        ("Who was Secretary of Harbours on 2 May 1931?", (1931, 5, 2), (1931, 5, 2)),
        (
            "Who held the office of Secretary of Harbours between 1950 and 1952?",
            (1950, 1, 1),
            (1952, 12, 31),
        ),
        ("Qui était le ministre de la Défense en 1950 ?", (1950, 1, 1), (1950, 12, 31)),
    ],
)
def test_an_office_is_asked_for_at_a_time(
    question: str, since: tuple[int, int, int], until: tuple[int, int, int]
) -> None:
    asked = office_at(question)
    assert asked is not None
    assert (asked.since, asked.until) == (date(*since), date(*until))


@pytest.mark.parametrize(
    "question",
    [
        "Who was Secretary of Harbours?",
        "Who was president in 1950?",
        "Who was Secretary of Harbours when Lund fell in 1950?",
        "When was Ole Holm Secretary of Harbours?",
    ],
)
def test_what_asks_for_no_office_at_a_time(question: str) -> None:
    assert office_at(question) is None


@pytest.mark.parametrize(
    ("sentences", "since", "until"),
    [
        (
            ["Holm served as Secretary of Harbours from May 1, 1949, until June 2, 1953."],
            (1949, 5, 1),
            (1953, 6, 2),
        ),
        (
            [
                "President Ribe appointed Ole Holm Secretary of Harbours on May 1, 1949.",
                "He entered duty on May 3 and left office on 2 June 1953.",
            ],
            (1949, 5, 3),
            (1953, 6, 2),
        ),
        (
            ["On May 1, 1949, Ole Holm was sworn in as the fourth Secretary of Harbours."],
            (1949, 5, 1),
            None,
        ),
        (
            [
                "Holm was appointed Secretary of Harbours on May 1, 1949.",
                "General Dag Rey retired in July 1951.",
            ],
            (1949, 5, 1),
            None,
        ),
    ],
)
def test_a_term_is_read(
    sentences: list[str], since: tuple[int, int, int], until: tuple[int, int, int] | None
) -> None:
    (term,) = terms_in(OFFICE, sentences)
    assert (term.since, term.until) == (date(*since), until and date(*until))


@pytest.mark.parametrize(
    "text",
    [
        "Holm served as Assistant Secretary of Harbours from May 1, 1949, until June 2, 1953.",
        "The Secretary of Harbours opened a quay on May 1, 1949.",
        "After the storm, Secretary of Harbours Holm began talks on May 1, 1949.",
    ],
)
def test_what_tells_no_term(text: str) -> None:
    assert terms_in(OFFICE, [text]) == []


def test_two_terms_of_one_are_read_apart() -> None:
    found = terms_in(
        OFFICE,
        [
            "Holm served as Secretary of Harbours from May 1, 1949, until May 1, 1950.",
            "He returned to the position on June 1, 1953, and left it on July 1, 1955.",
        ],
    )
    assert [term.since.year for term in found] == [1949, 1953]


def test_a_term_without_an_end_is_ended_by_the_next() -> None:
    first, then = Term(date(1953, 1, 1), None, (0,)), Term(date(1959, 1, 1), None, (0,))
    assert holding([then, first], date(1957, 1, 1), date(1957, 12, 31)) == [1]
    assert holding([then, first], date(1961, 1, 1), date(1961, 12, 31)) == []


def test_of_one_person_the_term_with_an_end_is_known_better() -> None:
    whole = Term(date(1953, 1, 1), date(1959, 1, 1), (0,))
    assert of_one_person([Term(date(1953, 1, 1), None, (0,)), whole]) == [1]


def test_both_are_named_where_a_year_holds_two(encoder: TokenLocalEncoder) -> None:
    texts = (
        ("Holm", "Holm served as Secretary of Harbours from May 1, 1949, until June 2, 1953."),
        ("Rey", "Dag Rey served as Secretary of Harbours from June 2, 1953, until June 1, 1957."),
        ("Quay", "In 1953 the Secretary of Harbours opened the quay of Lund and gave a speech."),
    )
    shelf = Shelf("Secretaries of the coast", texts, encoder)
    told = shelf.draft("Who was Secretary of Harbours in 1953?", encoder).text
    assert told == f"{texts[0][1]} [1] {texts[1][1]} [2]"
    told = shelf.draft("Who was Secretary of Harbours in 1951?", encoder).text
    assert told == f"{texts[0][1]} [1]"
