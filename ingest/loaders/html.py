"""HTML to blocks. Markdown and DOCX come this way too, so that all three read alike."""

import contextlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from inscriptis.annotation import Annotation  # type: ignore[import-untyped]
from inscriptis.css_profiles import STRICT_CSS_PROFILE  # type: ignore[import-untyped]
from inscriptis.html_engine import Inscriptis  # type: ignore[import-untyped]
from inscriptis.html_properties import Display  # type: ignore[import-untyped]
from inscriptis.model.config import ParserConfig  # type: ignore[import-untyped]
from inscriptis.model.html_element import HtmlElement  # type: ignore[import-untyped]
from lxml import etree, html

from assistant.access.spellings import parts
from assistant.errors import SourceUnreadableError
from assistant.types import LoadedDocument, Metadata
from ingest.loaders import tables
from ingest.loaders.accounts import issuer_named
from ingest.loaders.banners import banner
from ingest.loaders.blocks import Block, first_heading, promote, write
from ingest.loaders.decode import decode, repaired
from ingest.loaders.margins import told
from ingest.loaders.metadata import (
    date_of,
    groups_said,
    is_marking_key,
    language_of,
    marking_said,
    one_line,
    own_title,
    readable_title,
    together,
)
from ingest.loaders.origin import Filed, settled
from ingest.loaders.tree import TOO_DEEP, parse, said_by
from ingest.normalise import TextBuilder
from ingest.parsed import Reading
from ingest.sources import Source

MEDIA_TYPE = "text/html"

_DROPPED = (
    "script style nav footer aside noscript template svg iframe button select textarea object"
)
_SAYING = frozenset({"title", "alt", "content", "srcdoc", "aria-label", "label"})
_CODE = ("script", "style")
_LONG_FORM = 500  # characters; a form around more than this is the page itself
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_BULLET = re.compile(r"[*+o-]\s+")

_AUTHORS = (
    *("author", "dc.creator", "dcterms.creator", "dc.publisher", "dcterms.publisher", "publisher"),
    "og:site_name",
)
_DATES = (
    *("date", "dc.date", "dcterms.date", "dcterms.issued", "article:published_time"),
    *("citation_publication_date", "datepublished", "pubdate"),
)
"""Of meta elements, the best first."""
_LABELS = {f"h{level}": [f"h{level}"] for level in range(1, 7)} | {
    "li": ["line"],
    "pre": ["line"],
    f"div#class={tables.PLACE}": ["line"],
    "strong": ["bold"],
    "b": ["bold"],
}
_BLOCK_TAGS = ("section", "main", "article", "dl", "dt", "dd", "details", "summary", "center")
_CSS = STRICT_CSS_PROFILE | {
    tag: HtmlElement(display=Display.block, margin_before=1, margin_after=1)
    for tag in ("blockquote", *_BLOCK_TAGS)
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the laid-out text, and where it stands there."""

    text: str
    start: int
    end: int


def load(source: Source, data: bytes, _reading: Reading) -> LoadedDocument:
    """The document in the bytes of an HTML page."""
    markup, warning = repaired(_characters(data))
    tree = parse(markup)
    said = said_by(tree)
    dropped: list[str] = []
    blocks = blocks_of(tree, dropped)
    # Programs that write pages name their account as the author; these two are written by hand.
    metadata = Metadata(
        title=source.title
        or own_title(said.get("title"))
        or first_heading(blocks)
        or readable_title(source.name),
        issuer=one_line(said.get("issuer")),
        published_on=date_of(said.get("published_on")),
        marking=together(
            [marking_said(said, loosely=True), banner(block.text for block in blocks[:3])]
        ),
        language=language_of(said.get("lang")),
        groups=groups_said(said),
    )
    dropped += told((said.get("title"), said.get("keywords"), said.get("description")))
    loaded = compose(blocks, metadata, MEDIA_TYPE, [warning] if warning else (), dropped)
    return settled(loaded, source.name, _filed(said, loaded.text))


def _filed(said: Mapping[str, str], text: str) -> Filed:
    """What the head of the page says: of several authors the first that is no account."""
    authors = (one_line(said.get(name)) for name in _AUTHORS)
    author = next((one for one in authors if issuer_named(one, text, stated=True)), None)
    on = next((date_of(said[name]) for name in _DATES if said.get(name)), None)
    return Filed(author, on, stated=True)


def compose(
    blocks: Iterable[Block],
    metadata: Metadata,
    media_type: str,
    warnings: Iterable[str] = (),
    margins: Iterable[str] = (),
) -> LoadedDocument:
    """The document these blocks make. Raises `NoTextError` where they hold no text."""
    builder = TextBuilder()
    write(blocks, builder)
    built = builder.build(metadata, media_type)
    return replace(built, warnings=tuple(warnings), margins=tuple(margins))


def blocks_of(tree: html.HtmlElement, dropped: list[str] | None = None) -> list[Block]:
    """The headings, paragraphs and lines of the tree, without what only serves navigation.

    What is left out as that is added to `dropped`: a page's header may be its marking.

    Raises:
        SourceUnreadableError: its elements lie too deep in one another, or it is damaged.
    """
    try:
        texts = _drop_boilerplate(tree)
        if dropped is not None:
            dropped += texts
        rows = tables.take_out(tree)
        layout = Inscriptis(tree, ParserConfig(css=dict(_CSS), annotation_rules=_LABELS))
        text, marks = layout.get_text(), layout.get_annotations()
    except RecursionError as error:
        raise SourceUnreadableError(TOO_DEEP) from error
    except (IndexError, ValueError) as error:
        raise SourceUnreadableError(f"is damaged: {error}. Save the page again.") from error
    return promote(list(tables.put_back(_blocks(text, marks), rows)))


def _characters(data: bytes) -> str:
    """The markup, in the encoding the page declares where that reads it."""
    declared = _DECLARED.search(data[:4096])
    if declared:
        try:
            return data.decode(declared.group(1).decode("ascii", "ignore"))
        except (LookupError, UnicodeDecodeError):
            pass  # what the page says of itself is wrong; its bytes decide
    return decode(data)


def _drop_boilerplate(tree: html.HtmlElement) -> list[str]:
    """Takes out what is no part of the text; returns the lines of it."""
    dropped = list(_unshown(tree))
    for element in list(tree.iter(*_DROPPED.split(), "header", "form", etree.Comment)):
        if element.getparent() is None:
            continue
        if element.tag == "header" and element.find(".//h1") is not None:
            continue  # the page's own title
        if element.tag == "form" and len(element.text_content()) > _LONG_FORM:
            element.drop_tag()
        else:
            if element.tag not in _CODE:
                dropped += _lines_in(element)
            element.drop_tree()
    return dropped


def _unshown(tree: html.HtmlElement) -> Iterator[str]:
    """What attributes, data for machines and comments around the page say."""
    for element in tree.itersiblings(preceding=True):
        yield from (element.text or "").splitlines()
    for element in tree.iter("*"):
        for name, value in element.attrib.items():
            if name in _SAYING or is_marking_key(str(name).removeprefix("data-")):
                yield str(value)
        if element.tag == "input":
            yield str(element.get("value") or "")
        if element.get("type") == "application/ld+json":
            with contextlib.suppress(ValueError, RecursionError):
                said = {"data": json.loads(element.text or "")}
                yield from parts(marking_said(said, loosely=True) or "")


def _lines_in(element: html.HtmlElement) -> Iterator[str]:
    """Each text in an element, and each element's text: one of them is a line that is shown."""
    if element.tag is etree.Comment:
        yield from (element.text or "").splitlines()
        return
    for part in element.iter("*"):
        yield " ".join(" ".join(str(text) for text in part.itertext()).split())
    yield from map(str, element.itertext())


def _blocks(text: str, marks: list[Annotation]) -> Iterator[Block]:
    lines = [_Line(raw, at, at + len(raw)) for raw, at in _lines(text)]
    spans = {
        label: _Spans([mark for mark in marks if mark.metadata == label])
        for label in ("line", "bold", *(f"h{level}" for level in range(1, 7)))
    }
    paragraph: list[_Line] = []
    for line in lines:
        kind = _kind(line, spans)
        if paragraph and (kind != "paragraph" or not line.text.strip()):
            yield _paragraph(paragraph, spans["bold"])
            paragraph = []
        if not any(character.isalnum() for character in line.text):
            continue  # blank, a rule, or a bullet of nothing
        if kind == "paragraph":
            paragraph.append(line)
        else:
            yield _marked(line.text.strip(), kind)
    if paragraph:
        yield _paragraph(paragraph, spans["bold"])


def _lines(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    for raw in text.split("\n"):
        yield raw, at
        at += len(raw) + 1


class _Spans:
    """Annotations of one label, to ask which of them covers a place."""

    def __init__(self, marks: list[Annotation]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for mark in sorted(marks):
            if self._ends and mark.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], mark.end)
            else:
                self._starts.append(mark.start)
                self._ends.append(mark.end)

    def end_at(self, place: int) -> int | None:
        """Where the span that covers the place ends; None where none does."""
        i = bisect_right(self._starts, place) - 1
        return self._ends[i] if i >= 0 and place < self._ends[i] else None


def _kind(line: _Line, spans: dict[str, _Spans]) -> str:
    """What the line is, by the annotation over its first character."""
    first = line.start + len(line.text) - len(line.text.lstrip())
    if first >= line.end:
        return "paragraph"
    labels = (label for label in spans if label != "bold")
    return next((label for label in labels if spans[label].end_at(first) is not None), "paragraph")


def _marked(text: str, kind: str) -> Block:
    if kind == "line":
        bullet = _BULLET.match(text)
        return Block(f"• {text[bullet.end() :]}" if bullet else text, "line")
    return Block(text, "heading", int(kind[1:]))


def _paragraph(lines: list[_Line], bold: _Spans) -> Block:
    text = "\n".join(line.text.strip() for line in lines)
    first = lines[0].start + len(lines[0].text) - len(lines[0].text.lstrip())
    bold_to = bold.end_at(first)
    if bold_to is None:
        return Block(text)
    return Block(
        text, lead="all" if bold_to >= lines[-1].start + len(lines[-1].text.rstrip()) else "part"
    )
