"""A French question is answered from French texts where they answer it, else from English ones."""

from dataclasses import replace

from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.reading import Reader
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.retrieval.translation import with_translation
from assistant.types import Passage
from tests.unit.shelf import Shelf

FRENCH = (
    "Les difficultés",
    "La diplomatie de défense rencontre plusieurs difficultés. Le manque de pilotes ralentit les "
    "visites. La langue sépare les équipages.",
)
ENGLISH = (
    "The main challenges in order",
    "- Officers of the coast are few.\n- Money comes late.\n- Languages differ.",
)
COUNCIL = "Le Conseil de la Côte est le principal organe de décision de la Hanse."
CHAIRS = "The Harbour Master of the Hanse chairs the Coast Council."


def told(question: str, french: Shelf, english: Shelf, encoder: TokenLocalEncoder) -> str:
    """The answer to a question for which both were found, the French text a little better."""
    asked = with_translation(resolve(question, ()))
    assert asked.translated
    shelves = ((french, "fr", 0.9), (english, "en", 0.85))
    found: list[Passage] = []
    for shelf, language, score in shelves:
        for one in shelf.passages(asked):
            metadata = replace(one.stored.metadata, language=language)
            stored = replace(one.stored, metadata=metadata)
            found.append(replace(one, score=score, stored=stored))
    answerer = ExtractiveAnswerer(Reader(encoder), english.neighbours)
    return answerer.draft(asked, found).text


def test_a_list_in_french_is_given_before_a_longer_one_in_english(
    encoder: TokenLocalEncoder,
) -> None:
    french = Shelf("Glossaire de la diplomatie de défense", [FRENCH], encoder)
    english = Shelf("Challenges of defense diplomacy", [ENGLISH], encoder)
    text = told(
        "Quelles sont les difficultés de la diplomatie de défense ?", french, english, encoder
    )
    assert "difficultés" in text
    assert "Money" not in text


def test_what_no_french_sentence_answers_is_answered_in_english(
    encoder: TokenLocalEncoder,
) -> None:
    french = Shelf("Glossaire", [("Les acteurs", COUNCIL)], encoder)
    english = Shelf("The Coast Council", [("The Coast Council", CHAIRS)], encoder)
    assert told("Qui préside le Conseil ?", french, english, encoder) == f"{CHAIRS} [1]"
