"""An answer speaks of what was asked about: of that body, by that acronym, for that reason."""

from dataclasses import replace

import pytest

from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.forms import read_form
from assistant.answers.reading import Reader
from assistant.answers.words import read_names
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.retrieval.translation import with_translation
from tests.unit.shelf import Shelf

SECTIONS = (
    (
        "Budgets",
        "COASTAL WATCH COOPERATION AGENCY … 598,559 588,559. Unjustified growth of its "
        "institute … [–10,000]. Transfer from the fund for training of partners.",
    ),
    (
        "Responsibilities",
        "The responsibilities of each agency for coastal cooperation are set by the watch "
        "committee. Every agency shall report on cooperation and on its responsibilities.",
    ),
    (
        "Standards",
        "Orders under a COSTAG (COSTAG 12, 14) are placed with the watch. The depot keeps the "
        "COSTAG in its files. Each order follows the Coastal Standards Agreement (COSTAG) 12 "
        "and is signed twice.",
    ),
    (
        "Article 3",
        "1. The functions of a coastal post consist, inter alia, in:\n\n"
        "(a) representing the watch abroad;\n\n"
        "(b) protecting the ships of its members;\n\n"
        "(c) reporting on storms and tides.\n\n"
        "2. Nothing in this article keeps a coastal post from consular functions.",
    ),
    (
        "Relations",
        "Opening of Relations with Genoa, 1911.\n\nRelations with Genoa were opened on 5 May 1911, "
        "when the first consul of the watch took up his post.",
    ),
    (
        "The League of Ports",
        "The League of Ports was a body of eleven harbours, founded in 1911 at Genoa. The League "
        "of Ports met every spring. The League of Ports failed because no harbour would pay for "
        "the others' quays.",
    ),
)


@pytest.fixture(scope="module")
def shelf(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("Coastal watch", SECTIONS, encoder)


def test_what_is_said_of_other_bodies_does_not_answer_for_one_in_a_budget(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    question = "What are the responsibilities of the Coastal Watch Cooperation Agency?"
    assert shelf.draft(question, encoder).abstained


def test_the_meaning_of_an_acronym_is_told_where_it_is_spelled_out(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = shelf.draft("What is a COSTAG?", encoder).text
    assert text.startswith("Each order follows the Coastal Standards Agreement (COSTAG)")


def test_who_asks_why_gets_the_reason_and_not_what_the_thing_was(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = shelf.draft("Why did the League of Ports fail?", encoder).text
    assert text.startswith("The League of Ports failed because")
    assert "1911" not in text


def test_what_stands_below_a_line_that_promises_it_is_the_list(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = shelf.draft("What are the functions of a coastal post?", encoder).text
    assert text.splitlines() == [
        "The functions of a coastal post consist, inter alia, in: [1]",
        "",
        "- representing the watch abroad; [2]",
        "- protecting the ships of its members; [3]",
        "- reporting on storms and tides. [4]",
    ]


def test_a_heading_in_the_text_is_no_sentence_of_an_answer(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = shelf.draft("When were relations with Genoa opened?", encoder).text
    assert "5 May 1911" in text
    assert "Opening of Relations" not in text


@pytest.mark.parametrize(("score", "abstained"), [(0.8, False), (0.4, True)])
def test_a_french_question_is_answered_where_the_passage_was_found_for_sure(
    shelf: Shelf, encoder: TokenLocalEncoder, score: float, *, abstained: bool
) -> None:
    question = "Quand les relations avec Genoa ont-elles été ouvertes ?"
    standalone = with_translation(resolve(question, ()))
    passages = [replace(one, score=score) for one in shelf.passages(standalone)]
    answerer = ExtractiveAnswerer(Reader(encoder), shelf.neighbours)
    assert answerer.draft(standalone, passages).abstained is abstained


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("The Defence Cooperation Agency trains officers.", True),
        ("Staff of the\nDefence  Cooperation Agency left.", True),
        ("The Defense Cooperation Agency trains officers.", True),
        ("The DCA's school trains officers.", True),
        ("In Washington, DC, cooperation of Defence with every agency grew.", False),
        ("Defence needs cooperation, which every agency of Defence wants.", False),
        ("The Agency for Defence Cooperation trains officers.", False),
    ],
)
def test_a_body_is_named_whole_or_by_its_initials(text: str, there: bool) -> None:
    names = read_names("What does the Defence Cooperation Agency do?")
    assert bool(names.missing_from(text)) is not there


def test_whose_a_body_is_may_be_said_elsewhere() -> None:
    names = read_names("What did the United Nations Security Council decide?")
    assert not names.missing_from("The Security Council of the United Nations met.")
    assert names.missing_from("The council of the United Nations spoke of security.")


@pytest.mark.parametrize(
    ("question", "defining"),
    [
        ("What is the North Atlantic Council?", True),
        ("What was the Organization for Security and Co-operation in Europe?", True),
        ("What is the capital of France?", False),
        ("What is the role of NATO?", False),
        ("What is the NATO position on Kosovo?", False),
    ],
)
def test_a_name_and_nothing_else_asks_what_the_thing_is(question: str, defining: bool) -> None:
    assert read_form(question).asks_definition is defining


def test_less_has_to_speak_for_what_has_the_designation_that_is_asked_for(
    encoder: TokenLocalEncoder,
) -> None:
    orders = (
        "In autumn he signed CWD 111, which sought calm with both neighbours of the strait. "
        "Storms kept the fleet in harbour."
    )
    shelf = Shelf("Orders", (("Autumn", orders),), encoder)
    assert "CWD 111" in shelf.draft("CWD 111: what did it want?", encoder).text
    assert shelf.draft("CWD 112: what did it want?", encoder).abstained


def test_what_a_proper_name_means_is_told_by_a_sentence_that_has_it(
    encoder: TokenLocalEncoder,
) -> None:
    rules = (
        "An amendment of the charter is published by the clerk. Whenever an amendment of the "
        "charter was adopted, the clerk sends what the amendment was to every harbour."
    )
    history = "In 1934 the old bond, based on the Plover Amendment, was ended at his wish."
    shelf = Shelf("Harbours", (("Rules", rules), ("History", history)), encoder)
    assert shelf.draft("What was the Plover Amendment?", encoder).text.startswith("In 1934")


def test_a_definition_opens_with_the_sentence_that_is_of_the_thing(
    encoder: TokenLocalEncoder,
) -> None:
    text = (
        "Worries after the Plover Crisis led to a new doctrine of the harbours. The Plover Crisis, "
        "which closed four harbours in 1911, lifted the name of the old warden."
    )
    shelf = Shelf("Harbours", (("Crises", text),), encoder)
    draft = shelf.draft("What was the Plover Crisis?", encoder)
    assert draft.text.startswith("The Plover Crisis, which closed")


def test_the_title_of_a_treaty_does_not_say_what_it_names(encoder: TokenLocalEncoder) -> None:
    title = "Agreement among the harbours of the coast regarding pilots of the Plover Partnership"
    text = f"{title}\n\nThe Plover Partnership shares its pilots with every harbour."
    shelf = Shelf("Treaties", (("Pilots", text),), encoder)
    draft = shelf.draft("What is the Plover Partnership?", encoder)
    assert draft.text == "The Plover Partnership shares its pilots with every harbour. [1]"
