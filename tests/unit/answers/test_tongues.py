"""Who asks in English is answered and asked back in English, as far as the library is English."""

from datetime import UTC, datetime

import pytest

from assistant.answers.clarify import Asking, Clarifier
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.forms import read_form
from assistant.answers.rating import rated
from assistant.answers.reading import Reader
from assistant.answers.selection import select
from assistant.answers.tongues import tongue_of
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.types import Filters, Passage, StandaloneQuestion
from tests.unit.answers.test_standing import passage
from tests.unit.shelf import Shelf

TITLE = "Verdrag inzake de havens van de kust"
SECTIONS = (
    ("Duties of the pilots", "Pilots keep the lights of the coast and bring ships to the quay."),
    ("Plichten van de loodsen", "De loodsen van de kust zorgen voor het licht aan de kade."),
)


class _Held:
    """A library that finds a shelf's sections whatever is asked, and keeps how it was asked."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.asked: list[tuple[datetime, Filters, bool]] = []

    def retrieve(
        self,
        question: StandaloneQuestion,
        *,
        as_of: datetime,
        top_k: int,
        filters: Filters,
        exactly: bool = False,
    ) -> list[Passage]:
        self.asked.append((as_of, filters, exactly))
        return self.shelf.passages(question, top_k)


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("Verdrag inzake de status van zendingen", "nl"),
        ("Noord-Atlantisch Verdrag", "nl"),
        ("Treaty on Conventional Armed Forces in Europe", "en"),
        ("Qu'est-ce que la doctrine Truman ?", "fr"),
        ("Marshall Plan, 1948", None),
    ],
)
def test_the_language_of_a_title_is_told_by_its_small_words(text: str, tongue: str | None) -> None:
    assert tongue_of(text) == tongue


def test_readings_are_offered_in_the_language_of_the_question(encoder: TokenLocalEncoder) -> None:
    shelf, other = Shelf(TITLE, SECTIONS, encoder), Shelf("Pilots", SECTIONS[:1], encoder)
    held = _Held(shelf)
    question = resolve("What about it?", ())
    passages = [*shelf.passages(question), *other.passages(question)]
    asking = Asking(question, datetime.now(UTC), Filters(), top_k=8, exactly=False)
    answers = ExtractiveAnswerer(Reader(encoder), shelf.neighbours)
    draft = Clarifier(held, answers).ask_back(asking, passages, "extractive")
    assert draft is not None
    assert set(draft.readings) == {
        "What does the library say of duties of the pilots?",
        "What does “Pilots” say of duties of the pilots?",
    }


def test_an_english_question_is_answered_in_english_where_the_library_can(
    encoder: TokenLocalEncoder,
) -> None:
    shelf = Shelf("Pilots", SECTIONS, encoder)
    text = shelf.draft("What do the pilots of the coast do?", encoder).text
    assert text.startswith("Pilots keep the lights")
    assert "loodsen" not in text


def test_a_sentence_in_another_language_counts_less_and_does_not_join() -> None:
    form = read_form("What do the pilots of the coast do?")
    english = passage("a", 0.5, ("The pilots of the coast keep the lights.", 0.4))
    dutch = passage("b", 0.5, ("De loodsen van de kust zorgen voor het licht.", 0.6))
    assert rated(form, english[0]) > rated(form, dutch[0])
    assert select(form, [*english, *dutch], sure=True) == english
