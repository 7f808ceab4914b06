"""Words read from images, found again in the text that was made of them."""

from collections.abc import Iterator, Sequence

from assistant.types import Page, PlacedWord
from ingest.loaders.lines import Line
from ingest.normalise import clean

REACH = 200  # characters looked ahead for a word, where one before it is not in the text


def placed(
    text: str, pages: Sequence[Page], lines: Sequence[Sequence[Line]]
) -> Iterator[PlacedWord]:
    """The words of each page's lines with their spans of the text, in its order.

    A word divided at a line's end is two, each with its own place; the hyphen is in no span unless
    it is in the text.
    """
    for page, on_page in zip(pages, lines, strict=True):
        at = page.start
        for line in on_page:
            for word in line.words:
                span = _span(text, " ".join(clean(word.text).split()), at, page.end)
                if span is not None:
                    start, at = span
                    yield PlacedWord(
                        page.number, start, at, word.left, word.top, word.right, word.bottom
                    )


def _span(text: str, word: str, at: int, end: int) -> tuple[int, int] | None:
    """Where the word stands next; a hyphen at its end may be missing there."""
    whole = text.find(word, at, min(end, at + REACH + len(word))) if word else -1
    stem = word[:-1] if len(word) > 1 and word.endswith("-") else ""
    part = text.find(stem, at, min(end, at + REACH + len(stem))) if stem else -1
    if stem and part >= 0 and (whole < 0 or part < whole):
        return part, part + len(stem)
    return (whole, whole + len(word)) if whole >= 0 else None
