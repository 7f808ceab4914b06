import random

import pytest

from assistant.types import Chunk, DocumentId, LoadedDocument, Metadata, VersionId
from ingest.chunking import split
from ingest.normalise import TextBuilder
from tests.unit.ingest.encoders import WordEncoder


def cut(document: LoadedDocument, max_tokens: int = 256) -> tuple[Chunk, ...]:
    return split(document, DocumentId("d"), VersionId("v"), WordEncoder(max_tokens))


def build(*blocks: tuple[int, str]) -> LoadedDocument:
    builder = TextBuilder()
    for level, text in blocks:
        if level:
            builder.heading(text, level)
        else:
            builder.paragraph(text)
    return builder.build(Metadata("Title"), "text/plain")


def generated(seed: int) -> LoadedDocument:
    dice = random.Random(seed)
    builder = TextBuilder()
    for number in range(1, dice.randint(2, 30)):
        builder.page(number)
        if dice.random() < 0.5:
            builder.heading(f"Heading {number} é😀", dice.randint(1, 4))
        for _ in range(dice.randint(0, 4)):
            size = dice.choice([1, 8, 40, 400])
            words = ["word", "é.", "Art.", "x" * 900]
            builder.paragraph(" ".join(dice.choices(words, k=size)))
        if dice.random() < 0.4:
            builder.line("• an item")
    builder.paragraph("The end.")
    return builder.build(Metadata("Title"), "text/plain")


@pytest.mark.parametrize("seed", range(25))
def test_chunks_are_ordered_spans_that_cover_all_but_headings(seed: int) -> None:
    document = generated(seed)
    chunks = cut(document)
    covered = set[int]()
    for ordinal, chunk in enumerate(chunks):
        span = range(chunk.start, chunk.end)
        assert chunk.ordinal == ordinal
        assert chunk.text == document.text[chunk.start : chunk.end] == chunk.text.strip()
        assert covered.isdisjoint(span)
        covered.update(span)
    for heading in document.headings:
        covered.update(range(heading.start, heading.end))
    assert all(i in covered or c.isspace() for i, c in enumerate(document.text))


@pytest.mark.parametrize("limit", [40, 128, 256, 512])
def test_no_chunk_has_more_tokens_than_the_encoder_takes(limit: int) -> None:
    counts = WordEncoder().count_tokens([c.embedding_text for c in cut(generated(7), limit)])
    assert max(counts) <= min(limit, 256)


def test_a_chunk_knows_its_headings_and_its_context() -> None:
    body = "The Parties agree on this and on that. " * 10
    (chunk,) = cut(build((1, "Duties"), (2, "Visits"), (0, body)))
    assert chunk.headings == ("Duties", "Visits")
    assert chunk.embedding_text.startswith("Title > Duties > Visits\nThe Parties")


AGREED = "The parties to the agreement agree on the status of their forces. " * 10
DUTCH, ENGLISH = "Verdrag nopens de rechtspositie", "Agreement on the status of forces"


def test_each_part_of_a_text_has_over_its_articles_what_it_is_called_in_its_language() -> None:
    articles = (3, "Article 1"), (0, AGREED), (3, "Article 2"), (0, AGREED)
    chunks = cut(build((2, "Verdrag"), (4, ENGLISH), *articles, (4, DUTCH), *articles))
    assert [chunk.headings for chunk in chunks] == [
        ("Verdrag", name, article)
        for name in (ENGLISH, DUTCH)
        for article in ("Article 1", "Article 2")
    ]


def test_of_two_names_that_are_too_long_that_in_the_language_of_the_text_is_kept() -> None:
    name = "Verdrag " + "nopens de rechtspositie " * 4
    articles = (3, "Article 1"), (0, AGREED), (3, "Article 2"), (0, AGREED)
    chunk, *_ = cut(build((2, name), (4, ENGLISH), *articles), max_tokens=60)
    assert chunk.embedding_text.startswith(f"{ENGLISH} > Article 1\n")


def test_a_small_heading_before_any_other_than_a_first_ends_with_its_section() -> None:
    written = (1, "Text"), (2, "I"), (3, "Costs"), (0, AGREED), (2, "II"), (0, AGREED)
    assert [chunk.headings for chunk in cut(build(*written))] == [
        ("Text", "I", "Costs"),
        ("Text", "II"),
    ]


def test_a_chunk_ends_with_a_paragraph_rather_than_inside_one() -> None:
    body = "One two three four five six seven eight nine ten. " * 11
    chunks = cut(build((0, body), (0, body)))
    assert [chunk.text for chunk in chunks] == [body.strip(), body.strip()]


def test_tiny_sections_under_one_parent_make_one_chunk() -> None:
    chunks = cut(build((1, "Geography"), (2, "Area"), (0, "total: 5"), (2, "Coast"), (0, "9 km")))
    assert [(chunk.text, chunk.headings) for chunk in chunks] == [
        ("Area\n\ntotal: 5\n\nCoast\n\n9 km", ("Geography",))
    ]


def test_a_document_of_headings_alone_still_has_a_chunk() -> None:
    assert [chunk.text for chunk in cut(build((1, "Only a title")))] == ["Only a title"]


def test_the_page_of_a_chunk_is_where_it_starts() -> None:
    builder = TextBuilder()
    for number in (1, 2):
        builder.page(number)
        builder.paragraph(f"Page {number} says something. " * 150)
    chunks = cut(builder.build(Metadata("Title"), "application/pdf"))
    assert (chunks[0].page, chunks[-1].page) == (1, 2)
