"""Rich text (RTF): paragraphs, headings by their outline level, tables, and page breaks."""

import re
from collections.abc import Iterator
from dataclasses import replace

from striprtf.striprtf import rtf_to_text

from assistant.errors import SourceUnreadableError
from assistant.types import LoadedDocument
from ingest.loaders import grid
from ingest.loaders.blocks import Block, first_heading, is_list_item, promote, write
from ingest.loaders.decode import repaired
from ingest.loaders.margins import told
from ingest.loaders.office import dated, described, refuse_pages
from ingest.normalise import TextBuilder
from ingest.parsed import Reading
from ingest.sources import Source

MEDIA_TYPE = "application/rtf"

_DAMAGED = "is damaged. Open it in a word processor, save it again and ingest that."
# Signs that no text has, put where the reader says nothing of what is there.
_PAGE, _LEVEL, _CELL, _ROW = "\x0c", "\x1c", "\x1e", "\x1d"
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_HIGH = re.compile(rb"[\x80-\xff]")
_FIELD = re.compile(r"\\field(?![a-z])")
_MARKS = (
    (re.compile(r"\\(?:page|pagebb)(?![a-z0-9])"), r"\\'0c\\par "),
    (re.compile(r"\\outlinelevel([0-8])(?![0-9])"), r"\\'1c\\'3\1 "),
    (re.compile(r"\\(?:nest)?cell(?![a-z])"), r"\\'1e "),
    (re.compile(r"\\(?:nest)?row(?![a-z])"), r"\\'1d\\par "),
)
_NOTE = re.compile(r"\{(?:\\\*)?\\footnote(?![a-z])")
_BESIDE = re.compile(r"\{(?:\\\*)?\\(?:header|footer)[lrf]?(?![a-z])|\{\\\*\\annotation(?![a-z])")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_CODE_PAGE = re.compile(r"\\ansicpg\d+")
_PROPERTY = r"\{\\%s ((?:[^{}\\]|\\'[0-9a-f]{2}|\\u-?\d+\s?\S?|\\[{}\\~])*)\}"
_PROPERTIES = {
    name: re.compile(_PROPERTY % word)
    for name, word in (
        ("title", "title"),
        ("author", "author"),
        ("keywords", "keywords"),
        ("subject", "subject"),
        ("category", "category"),
        ("comment", "doccomm"),
    )
}
_MADE = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_INFO = 20_000  # characters after the beginning of the properties, where all of them are
_BULLET = re.compile(r"^[\ufffd\uf000-\uf0ff·§]\s+", re.MULTILINE)  # of a font of signs
_LEVELLED = re.compile(f"{_LEVEL}([0-8])")


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes of an RTF file.

    Raises:
        SourceUnreadableError: it is damaged.
        SourceLimitError: it has more pages than is allowed.
    """
    markup = _markup(data)
    text, warning = repaired(_text(markup))
    warnings = [warning] if warning else []
    pages = text.split(_PAGE)
    refuse_pages(len(pages), "pages", reading.limits)
    builder = TextBuilder()
    blocks: list[Block] = []
    for number, page in enumerate(pages, start=1):
        if len(pages) > 1:
            builder.page(number)
        on_page = promote(list(_blocks(page)))
        write(on_page, builder)
        blocks += on_page
    opening = [block.text for block in blocks[:3]]
    said = _said(markup)
    metadata = described(source, said, opening, first_heading(blocks))
    loaded = replace(
        builder.build(metadata, MEDIA_TYPE),
        warnings=tuple(warnings),
        margins=(*_beside(markup), *told(said.values())),
    )
    return dated(loaded, source, said)


def _beside(markup: str) -> Iterator[str]:
    """The lines of heads, feet and remarks, which the reader passes over."""
    for found in _BESIDE.finditer(markup):
        inner = markup[found.end() : _group_end(markup, found.end())]
        yield _stripped(_opening(markup) + inner + "}")


def _markup(data: bytes) -> str:
    """The file in ASCII: pictures cut out, characters beyond it written as their code."""
    kept, at = [], 0
    while found := _BINARY.search(data, at):
        kept.append(data[at : found.start()])
        at = found.end() + int(found.group(1))
    kept.append(data[at:])
    plain = _HIGH.sub(lambda byte: b"\\'%02x" % byte.group()[0], b"".join(kept))
    # The address a link leads to is no part of the text.
    return _with_notes_last(_FIELD.sub("", plain.decode("ascii")))


def _with_notes_last(markup: str) -> str:
    """The markup with its footnotes after the text, so that they part no sentence."""
    kept, notes, at = [], [], 0
    while found := _NOTE.search(markup, at):
        end = _group_end(markup, found.end())
        kept.append(markup[at : found.start()])
        notes.append("\\par\\pard {" + markup[found.end() : end])
        at = end
    body = "".join(kept) + markup[at:]
    last = body.rfind("}")
    return body[:last] + "".join(notes) + body[last:] if notes and last > 0 else body


def _group_end(markup: str, at: int) -> int:
    depth = 1
    for found in _BRACE.finditer(markup, at):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return found.end()
    return len(markup)


def _text(markup: str) -> str:
    for pattern, mark in _MARKS:
        markup = pattern.sub(mark, markup)
    return _stripped(markup)


def _stripped(markup: str) -> str:
    try:
        text = str(rtf_to_text(markup, errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise SourceUnreadableError(_DAMAGED) from error
    # Characters beyond the first plane are written as two halves.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _BULLET.sub("• ", whole)


def _blocks(page: str) -> Iterator[Block]:
    for row in page.split(_ROW):
        before, cells = _parted(row)
        yield from _paragraphs(before)
        line = grid.spelt([grid.shown(_LEVELLED.sub("", cell)) for cell in cells], ())
        if line:
            yield Block(line, "line")


def _parted(row: str) -> tuple[str, list[str]]:
    """The paragraphs before a row of a table, and the row's cells."""
    first, *cells = row.split(_CELL)
    if not cells:
        return first, []
    before, _, opening = first.rpartition("\n")
    return before, [opening, *cells]


def _paragraphs(text: str) -> Iterator[Block]:
    for line in text.split("\n"):
        found = _LEVELLED.search(line)
        words = _LEVELLED.sub("", line).strip()
        if found and words:
            yield Block(words, "heading", int(found.group(1)) + 1)
        elif words:
            yield Block(words, "line" if is_list_item(words) else "paragraph")


def _opening(markup: str) -> str:
    """What a part of the markup begins with where it is read by itself."""
    page = _CODE_PAGE.search(markup[:1000])
    return "{\\rtf1\\ansi" + (page.group() if page else "") + " "


def _said(markup: str) -> dict[str, str]:
    start = markup.find("{\\info")
    info = markup[start : start + _INFO] if start >= 0 else ""
    opening = _opening(markup)
    found = {name: pattern.search(info) for name, pattern in _PROPERTIES.items()}
    said = {name: _stripped(opening + it.group(1) + "}") for name, it in found.items() if it}
    made = _MADE.search(info)
    if made and int(made.group(1)):
        said["created"] = "{}-{:0>2}-{:0>2}".format(*made.groups())
    return said
