from collections.abc import Iterator

import pytest

from assistant.grounding import sentences as splitting
from assistant.grounding.sentences import sentences


def texts(text: str, language: str | None = None) -> list[str]:
    return [sentence.text for sentence in sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("See para. 5 of the treaty.", None),
        ("It follows from Art. 4 of the Charter.", None),
        ("M. Dupont est venu.", "fr"),
        ("C'est l'art. 4 du traité.", "fr"),
        ("Il partit en janv. 2020 à Paris.", "fr"),
        ("1. First item.", None),
        ("J. K. Rowling wrote it.", None),
        ("Consul DeB. Holm Rey wrote it.", None),
        ("He met the U.S. Senate.", None),
        ("This is No. 5 of the series.", None),
        ("In Smith v. Jones it held.", None),
        ("Gen. Petraeus went to St. Petersburg.", None),
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(text: str, language: str | None) -> None:
    assert texts(text, language) == [text]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert texts("He said “Stop.” Then he left.") == ["He said “Stop.”", "Then he left."]


def test_a_sentence_in_brackets_stands_alone() -> None:
    assert texts("(It was late.) In May they left.") == ["(It was late.)", "In May they left."]


def test_an_acronym_ends_a_sentence_before_a_word_that_starts_one() -> None:
    assert texts("She lives in the U.S. She works.") == ["She lives in the U.S.", "She works."]


def test_a_newline_ends_a_sentence() -> None:
    assert texts("A heading\nand a line") == ["A heading", "and a line"]


def test_spans_count_code_points_beyond_the_basic_plane() -> None:
    text = "Voilà 😀 une phrase. Où est 𐌲𐌿? Fin."
    found = sentences(text)
    assert len(found) == 3
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]


def test_a_part_of_a_text_has_spans_of_the_whole() -> None:
    text = "Before it. The part. After it."
    found = sentences(text, start=11, end=20)
    assert [(one.text, one.start, one.end) for one in found] == [("The part.", 11, 20)]


def test_an_unclosed_quotation_does_not_swallow_the_text_after_it() -> None:
    text = 'He said "' + "this is one more sentence. And it goes on. " * 100
    assert len(sentences(text)) > 100


def test_three_megabytes_are_read_once_and_in_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The Parties agree on Art. 4. " * 100_000
    read: list[int] = []
    boundaries = splitting._boundaries

    def counted(line: str, language: str) -> Iterator[int]:
        read.append(len(line))
        return boundaries(line, language)

    monkeypatch.setattr(splitting, "_boundaries", counted)
    assert len(sentences(text)) == 100_000
    assert max(read) <= splitting.WINDOW
    assert sum(read) <= len(text)
