"""Markdown, by way of HTML; front matter says what the document is."""

import re
from collections.abc import Iterator
from itertools import groupby

from markdown_it import MarkdownIt

from assistant.types import LoadedDocument, Metadata
from ingest.loaders import front_matter
from ingest.loaders.banners import banner
from ingest.loaders.blocks import Block, first_heading
from ingest.loaders.decode import read_text
from ingest.loaders.front_matter import FrontMatter
from ingest.loaders.html import blocks_of, compose
from ingest.loaders.metadata import (
    Told,
    groups_said,
    language_of,
    one_line,
    own_title,
    readable_title,
    together,
)
from ingest.loaders.origin import settled
from ingest.loaders.tree import parse
from ingest.parsed import Reading
from ingest.sources import Source

MEDIA_TYPE = "text/markdown"

# Two or more signs with no space after them: a heading to most writers, though not to CommonMark.
_TIGHT_HEADING = re.compile(r"^(#{2,6})(?=[^\s#])", re.MULTILINE)
# A row may have bars at its ends alone, and the line below a header has nothing but signs.
_BAR = re.compile(r" {0,3}\|")
_DELIMITER = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")


def load(source: Source, data: bytes, _reading: Reading) -> LoadedDocument:
    """The document in the bytes of a Markdown file."""
    text, warnings = read_text(data)
    told = Told()
    told.warnings.extend(warnings)
    front = front_matter.read(text.replace("\r\n", "\n"))
    if front.warning:
        told.warnings.append(front.warning)
    renderer = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    markup = renderer.render(_with_delimiters(_TIGHT_HEADING.sub(r"\1 ", front.body)))
    dropped: list[str] = []
    blocks = blocks_of(parse(markup), dropped) if markup.strip() else []
    metadata = _metadata(source, front, blocks, told)
    beside = [*dropped, *front_matter.values(front.said)]
    loaded = compose(blocks, metadata, MEDIA_TYPE, told.warnings, beside)
    return settled(loaded, source.name)


def _with_delimiters(text: str) -> str:
    """The text with an empty header over rows in bars that have none: they are a table, too."""
    lines: list[str] = []
    for is_row, run in groupby(_fenced(text), key=_is_row):
        found = [line for line, _ in run]
        rows = [row for row in found if row.count("|") > 1]
        if is_row and len(rows) > 1 and not any(map(_DELIMITER.fullmatch, rows)):
            columns = max(row.rstrip().rstrip("|").count("|") for row in rows)
            found = ["", f"|{' |' * columns}", f"|{'---|' * columns}", *rows]
        lines += found
    return "\n".join(lines)


def _is_row(line: tuple[str, bool]) -> bool:
    return line[1] and _BAR.match(line[0]) is not None


def _fenced(text: str) -> Iterator[tuple[str, bool]]:
    """The lines, each with whether it is outside of fenced code."""
    outside = True
    for line in text.split("\n"):
        fence = _FENCE.match(line) is not None
        yield line, outside and not fence
        outside = outside != fence


def _metadata(source: Source, front: FrontMatter, blocks: list[Block], told: Told) -> Metadata:
    said = front.said
    return Metadata(
        title=source.title
        or own_title(said.get("title"))
        or first_heading(blocks)
        or readable_title(source.name),
        issuer=one_line(said.get("issuer") or said.get("author")),
        published_on=told.date(said.get("date") or said.get("published_on")),
        marking=together([front.marking, banner(block.text for block in blocks[:3])]),
        language=language_of(said.get("language") or said.get("lang")),
        groups=groups_said(said),
    )
