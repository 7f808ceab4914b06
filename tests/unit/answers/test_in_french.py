"""Who asks in French has a list, a definition or an article as who asks in English has."""

from dataclasses import replace

import pytest

from assistant.answers.draft import Draft
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.forms import read_form
from assistant.answers.question import Expected
from assistant.answers.reading import Reader
from assistant.answers.words import stems
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.retrieval.translation import with_translation
from tests.unit.shelf import Shelf

TREATY = (
    ("Preamble", "The parties to the Gull Treaty wish to keep the peace of the coast."),
    ("Article 2", "A ship in distress is taken in by the nearest harbour."),
    ("Article V", "Pilots are shared."),
    ("Final clauses", "Article 2 of the Gull Treaty applies to boats as well."),
)
MISSIONS = (
    ("Liaison missions", "A liaison mission keeps two staffs in touch. It was founded in 1998."),
    (
        "Challenges of liaison missions",
        "- Officers are few.\n- Money comes late.\n- Languages differ.",
    ),
)


def drafted(shelf: Shelf, question: str, encoder: TokenLocalEncoder) -> Draft:
    """The answer to a French question whose passages retrieval is sure of."""
    asked = with_translation(resolve(question, ()))
    assert asked.translated
    found = [replace(one, score=0.9) for one in shelf.passages(asked)]
    return ExtractiveAnswerer(Reader(encoder), shelf.neighbours).draft(asked, found)


@pytest.mark.parametrize(
    "question",
    [
        "Que dit l'article 2 du traité Gull ?",
        "Que prévoit l’article 2 du traité Gull ?",
        "Quel est le contenu de l'article 2 du traité Gull ?",
        "Citez l'article 2 du traité Gull.",
    ],
)
def test_an_article_asked_for_in_french_is_what_it_says(
    question: str, encoder: TokenLocalEncoder
) -> None:
    draft = drafted(Shelf("The Gull Treaty", TREATY, encoder), question, encoder)
    assert draft.text == "A ship in distress is taken in by the nearest harbour. [1]"


@pytest.mark.parametrize(
    "question", ["Que dit l'article 5 du traité Gull ?", "What does Article 5 of it say?"]
)
def test_an_article_is_found_by_its_number_in_whichever_figures(
    question: str, encoder: TokenLocalEncoder
) -> None:
    shelf = Shelf("The Gull Treaty", TREATY, encoder)
    if "of it" in question:
        draft = shelf.draft(question.replace("of it", "of the Gull Treaty"), encoder)
    else:
        draft = drafted(shelf, question, encoder)
    assert draft.text == "Pilots are shared. [1]"


def test_an_article_of_a_text_that_the_library_has_not_is_not_made_of_others(
    encoder: TokenLocalEncoder,
) -> None:
    shelf = Shelf("The Gull Treaty", TREATY, encoder)
    assert drafted(shelf, "Que dit l'article 2 de la convention des ports ?", encoder).abstained


def test_what_tells_of_an_article_whose_text_is_missing_is_given(
    encoder: TokenLocalEncoder,
) -> None:
    shelf = Shelf("Boats", TREATY[-1:], encoder)
    draft = drafted(shelf, "Que dit l'article 2 du traité Gull ?", encoder)
    assert draft.text == "Article 2 of the Gull Treaty applies to boats as well. [1]"


def test_a_list_asked_for_in_french_is_a_list(encoder: TokenLocalEncoder) -> None:
    shelf = Shelf("Missions", MISSIONS, encoder)
    draft = drafted(shelf, "Quels sont les défis des missions de liaison ?", encoder)
    assert draft.text.splitlines() == [
        "- Officers are few. [1]",
        "- Money comes late. [2]",
        "- Languages differ. [3]",
    ]


def test_a_french_question_in_english_words_keeps_its_form() -> None:
    form = read_form("Quand la mission a-t-elle été fondée ?", words="when mission founded")
    assert form.expected is Expected.TIME
    assert form.stems >= stems("mission founded")
    assert read_form("Quels sont les défis ?", words="what challenge").focus == stems("challenge")
    assert read_form("Quels sont les principaux objectifs du plan ?").focus == stems("objectif")


def test_who_names_somebody_asks_no_list() -> None:
    assert not read_form("Qui nomme les attachés de défense ?").asks_list
    assert read_form("Nommez les attachés.").asks_list


def test_an_article_before_a_vowel_is_no_part_of_a_word() -> None:
    assert stems("l'accord d’un défi") == stems("accord défis")
