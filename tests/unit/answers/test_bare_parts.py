"""A part that only asks for a time is answered by the time that another part was told."""

import pytest

from assistant.answers.draft import PartFound
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.reading import Reader
from assistant.models.encoder import TokenLocalEncoder
from assistant.phrases import phrase
from assistant.retrieval.standalone import resolve
from tests.unit.shelf import Shelf

DATA = (
    (
        "Ships of Velm",
        "Velm must send the names of its pilots to the harbour of Skagen at least 15 days before "
        "its ships arrive in Skagen.",
    ),
)


@pytest.mark.parametrize(
    ("other", "open_"), [("How long in advance?", False), ("How many crews?", True)]
)
def test_how_long_in_advance_is_told_beside(
    other: str, open_: bool, encoder: TokenLocalEncoder
) -> None:
    shelf = Shelf("Ships of Velm", DATA, encoder)
    first = resolve("Who must send the names of its pilots to the harbour of Skagen?", ())
    later = resolve(other, ())
    parts = (PartFound(first, tuple(shelf.passages(first))), PartFound(later, ()))
    draft = ExtractiveAnswerer(Reader(encoder), shelf.neighbours).draft(first, (), parts)
    assert "15 days" in draft.text
    assert draft.missing == ((phrase("part-open", question=other),) if open_ else ())
