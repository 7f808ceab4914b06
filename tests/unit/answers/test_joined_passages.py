"""Answers from a passage that covers several chunks: each sentence keeps its own place."""

from dataclasses import replace

import pytest

from assistant.answers.draft import Draft
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.messages import answer_prompt
from assistant.answers.reading import Reader
from assistant.grounding.prove import prove
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.types import FoundChunk, Passage
from prompts import load
from tests.unit.shelf import Shelf

SECTIONS = (
    ("Tasks", "The liaison office arranges visits of staff officers and reports on exercises."),
    ("Opening", "The liaison office at Lisbon opened on 4 May 1993 with eleven officers."),
)
QUESTION = resolve("When did the liaison office at Lisbon open?", ())


@pytest.fixture(scope="module")
def shelf(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("Liaison office", SECTIONS, encoder)


@pytest.fixture(scope="module")
def joined(shelf: Shelf) -> Passage:
    """Both sections as one passage, the first on page 1 and the second on page 2."""
    parts = tuple(
        FoundChunk(replace(s, chunk=replace(s.chunk, page=i)), p.score, p.cosine)
        for i, s in enumerate(shelf.stored, start=1)
        for p in shelf.passages(QUESTION)
        if p.stored is s
    )
    first, last = parts[0].stored.chunk, parts[-1].stored.chunk
    whole = replace(first, end=last.end, text=shelf.text[first.start : last.end])
    best = max(parts, key=lambda part: part.score)
    stored = replace(parts[0].stored, chunk=whole)
    return Passage(1, best.score, stored, best.cosine, parts=parts)


def test_a_quotation_from_a_later_part_has_the_page_and_headings_of_that_part(
    shelf: Shelf, encoder: TokenLocalEncoder, joined: Passage
) -> None:
    draft = ExtractiveAnswerer(Reader(encoder), shelf.neighbours).draft(QUESTION, [joined])
    (citation,) = prove(draft, [joined], encoder, "remove").citations
    assert shelf.text[citation.start : citation.end] == citation.quote == SECTIONS[1][1]
    assert (citation.page, citation.headings) == (2, ("Liaison office", "Opening"))


def test_a_model_sentence_is_proved_by_the_part_that_carries_it(
    shelf: Shelf, encoder: TokenLocalEncoder, joined: Passage
) -> None:
    draft = Draft("The liaison office at Lisbon opened on 4 May 1993 [1].", "a model")
    proof = prove(draft, [joined], encoder, "remove")
    assert [sentence.verdict for sentence in proof.sentences] == ["supported"]
    (citation,) = proof.citations
    assert shelf.text[citation.start : citation.end] == citation.quote == SECTIONS[1][1]
    assert citation.page == 2


def test_a_model_is_shown_the_whole_passage_under_one_number(joined: Passage) -> None:
    prompt = answer_prompt(load("answer"), QUESTION, [joined])
    assert prompt.count("[1] Liaison office") == 1
    assert joined.text in prompt
