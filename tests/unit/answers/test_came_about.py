"""What came about by a clause of a text that is named is told by it, or by what names it."""

from collections.abc import Sequence

import pytest

from assistant.answers.draft import Draft
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.reading import Reader
from assistant.models.encoder import TokenLocalEncoder
from assistant.phrases import phrase
from assistant.retrieval.standalone import resolve
from assistant.types import StoredChunk
from tests.unit.shelf import Shelf

TREATY = (
    (
        "Article 9",
        "The present Treaty shall enter into force when three states have ratified it.",
    ),
    ("Signatures", "The delegates have signed.Done at Lund, the fourth day of May, 1949."),
)
PILOTS = (
    (
        "Article 2",
        "The present Agreement, made by the parties to the Gull Treaty, shall enter into force on "
        "3 June 1960.",
    ),
)
HISTORY = (("The coast", "The Gull Treaty was signed in 1949 and entered into force in 1951."),)
ORDER = (
    (
        "Instruction",
        "This instruction is about lamps. 2. Cancellation. GCSI 1203.04A is hereby canceled. "
        "3. Lamps. Lamps replace flags.",
    ),
    ("Date", "This instruction is effective on 1 May 1990."),
)
CLAUSE = "The present Treaty shall enter into force when three states have ratified it."


class Library:
    """Several documents, all found for each question."""

    def __init__(self, encoder: TokenLocalEncoder, *shelves: Shelf) -> None:
        self._encoder, self._shelves = encoder, shelves

    def draft(self, question: str) -> Draft:
        asked = resolve(question, ())
        found = [one for shelf in self._shelves for one in shelf.passages(asked)]
        found.sort(key=lambda one: -one.score)
        return ExtractiveAnswerer(Reader(self._encoder), self._near).draft(asked, found)

    def _near(self, stored: StoredChunk, reach: int) -> Sequence[StoredChunk]:
        shelf = next(s for s in self._shelves if s.stored[0].version_id == stored.version_id)
        return shelf.neighbours(stored, reach)


@pytest.fixture(scope="module")
def texts(encoder: TokenLocalEncoder) -> tuple[Shelf, Shelf]:
    return (
        Shelf("The Gull Treaty", TREATY, encoder),
        Shelf("Agreement on the pilots of the Gull Treaty", PILOTS, encoder),
    )


def test_when_a_treaty_came_into_force_is_not_told_by_another(
    texts: tuple[Shelf, Shelf], encoder: TokenLocalEncoder
) -> None:
    draft = Library(encoder, *texts).draft("When did the Gull Treaty enter into force?")
    assert draft.text == f"{CLAUSE} [1]"
    assert draft.missing == (phrase("date-open"),)


def test_what_says_when_by_its_name_comes_first(
    texts: tuple[Shelf, Shelf], encoder: TokenLocalEncoder
) -> None:
    history = Shelf("A history of the coast", HISTORY, encoder)
    draft = Library(encoder, *texts, history).draft("When did the Gull Treaty enter into force?")
    assert draft.text.replace("\n\n", " ") == f"{HISTORY[0][1]} [1] {CLAUSE} [2]"
    assert not draft.missing


def test_where_it_was_signed_is_told_by_its_last_words(
    texts: tuple[Shelf, Shelf], encoder: TokenLocalEncoder
) -> None:
    text = Library(encoder, *texts).draft("Where was the Gull Treaty signed?").text
    assert "Done at Lund" in text


def test_a_treaty_that_is_not_there_is_not_told_by_another(
    texts: tuple[Shelf, Shelf], encoder: TokenLocalEncoder
) -> None:
    draft = Library(encoder, *texts).draft("When did the Tern Treaty enter into force?")
    assert draft.abstained


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which instruction did GCSI 1203.04B replace?", "GCSI 1203.04A is hereby canceled. [1]"),
        ("What does GCSI 1203.04B cancel?", "GCSI 1203.04A is hereby canceled. [1]"),
        (
            "When did GCSI 1203.04B take effect?",
            "This instruction is effective on 1 May 1990. [1]",
        ),
    ],
)
def test_what_a_directive_cancels_and_since_when_it_says_itself(
    question: str, text: str, encoder: TokenLocalEncoder
) -> None:
    order = Shelf("GCSI 1203.04B 5 1 1990", ORDER, encoder)
    assert order.draft(question, encoder).text == text
