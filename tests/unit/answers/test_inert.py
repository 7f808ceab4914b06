import pytest

from assistant.answers.inert import Inert
from assistant.types import (
    Chunk,
    ChunkId,
    DocumentId,
    Metadata,
    Passage,
    StoredChunk,
    VersionId,
)


def passages(text: str) -> list[Passage]:
    chunk = Chunk(ChunkId("c"), 0, 0, len(text), text, ())
    stored = StoredChunk(chunk, DocumentId("d"), VersionId("v"), "file:///d", Metadata("T"))
    return [Passage(1, 0.9, stored, 0.9)]


def made(written: str, held: str = "No address.", size: int = 3) -> str:
    inert = Inert(passages(held))
    pieces = [inert.take(written[at : at + size]) for at in range(0, len(written), size)]
    return "".join([*pieces, inert.end()])


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See https://a.invalid/?q=secret now.", "See  now."),
        ("![x](https://a.invalid/p.png?q=1) It opened.", "[x] It opened."),
        ("[x](javascript:alert(1)) It opened.", "[x] It opened."),
        ("<img src=//a.invalid/p> It opened.", "‹img src= It opened."),
        ("[x][1] and [x]: www.a.invalid/q", "[x] [1] and [x] : "),
        ("It was [founded](https://a.invalid/q) in 1967.", "It was [founded] in 1967."),
        ("It opened (see https://a.invalid/q). It shut.", "It opened (see ). It shut."),
    ],
)
def test_what_leads_away_is_taken_out_however_it_arrives(
    written: str, shown: str, size: int
) -> None:
    assert made(written, size=size) == shown


def test_an_address_that_a_passage_holds_word_for_word_stays() -> None:
    held = "Its office answers at https://office.example/visa."
    assert made("It answers at https://office.example/visa.", held) == (
        "It answers at https://office.example/visa."
    )
    assert "secret" not in made("It answers at https://office.example/visa?q=secret", held)


def test_plain_prose_with_its_markers_arrives_as_it_was() -> None:
    text = "It opened in 1993 [1]. Costs: 3 < 4 and 12:30 [sic]\n- “Oui” [2]."
    assert made(text) == text
