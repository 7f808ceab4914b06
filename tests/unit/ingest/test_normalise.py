import pytest

from assistant.errors import NoTextError
from assistant.types import Metadata
from ingest.normalise import TextBuilder, clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("e\u0301", "é"),
        ("co\u00adop\u200beration", "cooperation"),
        ("a\u00a0\u2003b", "a b"),
        ("o\ufb03ce \ufb02ag", "office flag"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x07\ud800", "ab"),
        ("a  \n  b", "a\nb"),
        ("می\u200cروم", "می\u200cروم"),
    ],
)
def test_text_is_brought_into_one_form(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_headings_and_pages_are_spans_of_the_text() -> None:
    builder = TextBuilder()
    builder.page(1)
    builder.heading("  The \ufb01rst\u00a0one ", 1)
    builder.paragraph("Some text.\n\n\n\nMore text.")
    builder.page(2)
    builder.line("• one")
    builder.line("• two")
    document = builder.build(Metadata("t"), "text/plain")
    (heading,) = document.headings
    assert document.text == "The first one\n\nSome text.\n\nMore text.\n\n• one\n• two"
    assert document.text[heading.start : heading.end] == "The first one"
    assert [document.text[p.start : p.end].strip() for p in document.pages] == [
        "The first one\n\nSome text.\n\nMore text.",
        "• one\n• two",
    ]


def test_a_heading_too_long_to_be_one_is_a_paragraph() -> None:
    builder = TextBuilder()
    builder.heading("word " * 100, 2)
    assert builder.build(Metadata("t"), "text/plain").headings == ()


def test_a_document_without_a_letter_has_no_text() -> None:
    builder = TextBuilder()
    builder.paragraph(" --- \u200b ")
    with pytest.raises(NoTextError):
        builder.build(Metadata("t"), "text/plain")


def test_a_word_divided_by_the_end_of_a_page_is_joined_and_pages_still_cover_the_text() -> None:
    builder = TextBuilder()
    builder.page(1)
    builder.paragraph("That is in ques-")
    builder.page(2, 0.9)
    builder.continuation("tion, not more.", divided=True)
    document = builder.build(Metadata("t"), "text/plain")
    assert document.text == "That is in question, not more."
    assert [document.text[p.start : p.end] for p in document.pages] == [
        "That is in ques",
        "tion, not more.",
    ]
    assert [page.confidence for page in document.pages] == [None, 0.9]
