"""The one normalised text of a version, built block by block so that spans stay true.

Paragraphs and headings stand apart by one blank line; items of a list and rows of a table follow
each other line by line.
"""

import re
import unicodedata
from dataclasses import replace
from typing import Literal

from assistant.errors import NoTextError
from assistant.types import Heading, LoadedDocument, Metadata, Page

MAX_HEADING_CHARS = 300

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_ODD_SPACES = r"\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# A single plain space, by far the most frequent, is not matched: it need not be replaced.
_SPACES = re.compile(rf"[ {_ODD_SPACES}]{{2,}}|[{_ODD_SPACES}]")
_INVISIBLE = re.compile(
    r"[\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    r"\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\U000e0000-\U000e0fff]"
)
# The joiners mean something in scripts that use them and nothing beside Latin letters.
_LATIN_JOINERS = re.compile(r"(?<=[\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\u024f]|$)")
_SPELT = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc", "•")
)
_TO_SPELL = re.compile(f"[{''.join(map(chr, _SPELT))}]")  # far quicker to look for than to replace
_BLANK_LINES = re.compile(r"\n{2,}")

Kind = Literal["heading", "paragraph", "line"]


def clean(text: str) -> str:
    """The text in NFC, with plain spaces and line breaks and nothing invisible in it.

    Runs of white space become one space, lines lose their outer spaces, ligatures are spelt out.
    """
    text = _BREAKS.sub("\n", text)
    text = _LATIN_JOINERS.sub("", _INVISIBLE.sub("", text))
    if _TO_SPELL.search(text):
        text = text.translate(_SPELT)
    text = unicodedata.normalize("NFC", text)
    return "\n".join(line.strip(" ") for line in _SPACES.sub(" ", text).split("\n")).strip("\n")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that separates them by blank lines, cleaned, none empty."""
    return [part for part in _BLANK_LINES.split(clean(text)) if part]


class TextBuilder:
    """Collects blocks in reading order and yields the document with its spans."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last: Kind = "heading"
        self._headings: list[Heading] = []
        self._pages: list[Page] = []

    def page(self, number: int, confidence: float | None = None) -> None:
        """Says that what follows stands on this page; an empty page covers nothing.

        `confidence` is given for a page read from its image.
        """
        self._pages.append(Page(number, self._length, self._length, confidence))

    def heading(self, text: str, level: int) -> None:
        """Adds a heading; one too long to be a heading is a paragraph."""
        line = " ".join(clean(text).split())
        if len(line) > MAX_HEADING_CHARS:
            self.paragraph(text)
        elif line:
            start = self._append(line, "heading")
            self._headings.append(Heading(level, start, self._length))

    def paragraph(self, text: str) -> None:
        """Adds a paragraph, or several where the text has blank lines."""
        for part in paragraphs(text):
            self._append(part, "paragraph")

    def continuation(self, text: str, *, divided: bool = False) -> None:
        """Goes on with the paragraph before, as where a page ends inside a sentence.

        `divided` says that the hyphen it ends in only divides a word.
        """
        part = " ".join(clean(text).split())
        if self._last != "paragraph":
            self.paragraph(part)
        elif part:
            if divided:
                self._drop_hyphen()
            joint = "" if divided or self._parts[-1].endswith(("-", "–", "—")) else " "
            self._parts.append(joint + part)
            self._length += len(joint) + len(part)

    def _drop_hyphen(self) -> None:
        """Takes the hyphen off the end, and what begins after it back by one."""
        self._parts[-1] = self._parts[-1].removesuffix("-")
        self._length = sum(map(len, self._parts))
        self._pages = [replace(page, start=min(page.start, self._length)) for page in self._pages]

    def line(self, text: str) -> None:
        """Adds an item of a list or a row of a table, on the line after the one before."""
        line = " ".join(clean(text).split())
        if line:
            self._append(line, "line")

    def build(self, metadata: Metadata, media_type: str) -> LoadedDocument:
        """The document. Raises `NoTextError` where there is nothing to read in it."""
        text = "".join(self._parts)
        if not any(character.isalnum() for character in text):
            raise NoTextError("holds no text. Ingest a version of it that has text.")
        return LoadedDocument(
            text=text,
            metadata=metadata,
            media_type=media_type,
            pages=self._page_spans(),
            headings=tuple(self._headings),
        )

    def _append(self, text: str, kind: Kind) -> int:
        if self._parts:
            separator = "\n" if kind == "line" == self._last else "\n\n"
            self._parts.append(separator)
            self._length += len(separator)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        self._last = kind
        return start

    def _page_spans(self) -> tuple[Page, ...]:
        """Pages cover the text in order, each up to where the next begins."""
        ends = [*(page.start for page in self._pages[1:]), self._length]
        return tuple(replace(page, end=end) for page, end in zip(self._pages, ends, strict=False))
