"""Who asks which article says something is told its number."""

import pytest

from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

SECTIONS = (
    ("Article 26", "The receiving harbour shall ensure freedom of movement to all pilots."),
    (
        "Article 27",
        "1. The receiving harbour shall protect letters of the pilots.\n\n"
        "3. The bag of a pilot shall not be opened or detained.",
    ),
    ("Article 28", "The dues levied by a pilot shall be exempt from all tolls."),
)


@pytest.fixture(scope="module")
def shelf(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("The Gull Convention", SECTIONS, encoder)


def test_the_article_is_told_before_what_it_says(shelf: Shelf, encoder: TokenLocalEncoder) -> None:
    asked = "Which article of the Gull Convention says that the bag of a pilot shall not be opened?"
    text = shelf.draft(asked, encoder).text
    assert text.startswith("Article 27 — The bag of a pilot shall not be opened or detained.")
    assert "letters" not in text


def test_what_is_asked_of_a_thing_is_told_without_it(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = shelf.draft("May the bag of a pilot be opened under the Gull Convention?", encoder).text
    assert "Article 27 —" not in text
