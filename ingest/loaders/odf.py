"""OpenDocument texts, presentations and drawings, packed (ODT, ODP, ODG) or in one XML file."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from assistant.errors import NoTextError, SourceUnreadableError
from assistant.types import LoadedDocument
from ingest.loaders import grid, package
from ingest.loaders.blocks import Block, promote, write
from ingest.loaders.margins import of_package, told
from ingest.loaders.office import dated, described, refuse_pages
from ingest.loaders.package import local
from ingest.normalise import TextBuilder
from ingest.parsed import Reading
from ingest.sources import Source

_MEDIA_TYPE = "application/vnd.oasis.opendocument."
_KINDS = ("text", "presentation", "drawing", "spreadsheet")
_NAMED = {"drawing": "graphics"}
_SKIPPED = frozenset(
    {
        "annotation",
        "annotation-end",
        "tracked-changes",
        "table-of-content",
        "forms",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "title",
        "desc",
        "page-number",
        "note-citation",
        "ruby-text",
        "object",
        "object-ole",
        "binary-data",
    }
)
_BESIDE = frozenset({"header", "footer", "header-left", "footer-left", "annotation"}) | {
    "header-decl",
    "footer-decl",
    "header-first",
    "footer-first",
    "tracked-changes",
}
_RUNNING = ("header", "footer", "date-time", "page-number")
_LISTING = ("outline", "object")
_BULLET = "• "
_MOST_REPEATED = 64  # cells; more of them are the empty rest of a row


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes of an OpenDocument package.

    Raises:
        SourceUnreadableError: it is damaged, or protected by a password.
        SourceLimitError: it has more pages than is allowed, or unpacks to too much.
    """
    with package.opened(data, reading.limits) as parts:
        parts.refuse_protected()
        data = parts.read("content.xml") or b""
        said = parts.properties()
        beside = (*of_package(parts), *told(said.values()))
    content = package.xml(data)
    if content is None:
        raise SourceUnreadableError(package.DAMAGED)
    loaded = read(source, content, said, reading, is_sound=package.is_sound(data))
    return replace(loaded, margins=(*loaded.margins, *beside))


def read(
    source: Source,
    content: etree._Element,
    said: Mapping[str, str],
    reading: Reading,
    *,
    is_sound: bool,
) -> LoadedDocument:
    """The document in a tree of OpenDocument's XML, mended where it was not sound.

    Raises:
        SourceUnreadableError: it cannot be mended.
    """
    try:
        loaded = _read(source, content, said, reading)
    except NoTextError as error:
        if is_sound:
            raise
        raise SourceUnreadableError(package.DAMAGED) from error
    mended = () if is_sound else (package.MENDED,)
    return replace(loaded, warnings=(*loaded.warnings, *mended))


def _read(
    source: Source, content: etree._Element, said: Mapping[str, str], reading: Reading
) -> LoadedDocument:
    body = next((e for e in content.iter("*") if local(e) in _KINDS and _in_body(e)), None)
    if body is None:
        raise NoTextError("holds no text. Ingest a version of it that has text.")
    pages = [element for element in body.iter("*") if local(element) == "page"]
    if local(body) == "spreadsheet":
        pages = [element for element in body.iterchildren("*") if local(element) == "table"]
    refuse_pages(len(pages), "pages", reading.limits)
    builder = TextBuilder()
    try:
        blocks = list(_blocks(body)) if not pages else []
        write(promote(blocks), builder)
        for number, page in enumerate(pages, start=1):
            builder.page(number)
            on_page = sorted(_page(page), key=lambda block: block.kind != "heading")
            blocks += on_page
            write(on_page, builder)
    except RecursionError as error:
        raise SourceUnreadableError("is nested too deeply. Save it as PDF.") from error
    headings = [block for block in blocks if block.kind == "heading"]
    first = min(headings, key=lambda block: block.level).text if headings else None
    metadata = described(source, said, [b.text for b in blocks[:3]], first)
    kind = _NAMED.get(local(body), local(body))
    built = replace(builder.build(metadata, _MEDIA_TYPE + kind), margins=tuple(_beside(content)))
    return dated(built, source, said, by_text=kind != "spreadsheet")


def _beside(content: etree._Element) -> Iterator[str]:
    """What stands beside the text: heads and feet of one-file documents, remarks, forms."""
    for element in content.iter("*"):
        if local(element) in _BESIDE:
            for part in element.iter("*"):
                if local(part) in ("p", "h"):
                    yield " ".join(str(text) for text in part.itertext())


def _page(page: etree._Element) -> Iterator[Block]:
    """A slide, or a sheet under its name."""
    if local(page) == "page":
        yield from _blocks(page)
    else:
        yield Block(_attribute(page, "name") or "", "heading", 1)
        yield from _table(page)


def _in_body(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "body"


def _blocks(parent: etree._Element) -> Iterator[Block]:
    """What the element holds, in order."""
    for element in parent.iterchildren("*"):
        yield from _block(element)


def _block(element: etree._Element) -> Iterator[Block]:
    match local(element):
        case name if name in _SKIPPED:
            return
        case "h":
            level = _attribute(element, "outline-level") or "1"
            yield Block(_words(element), "heading", int(level) if level.isdigit() else 1)
            yield from _inside(element)
        case "p":
            yield Block(_words(element))
            yield from _inside(element)
        case "list":
            yield from _items(element)
        case "table":
            yield from _table(element)
        case "notes":
            yield from _joined(element, "Notes: ")
        case "frame" | "custom-shape" | "rect" | "ellipse":
            yield from _frame(element)
        case _:
            yield from _blocks(element)


def _frame(element: etree._Element) -> Iterator[Block]:
    """What a frame on a slide holds; its role there is an attribute."""
    role = _attribute(element, "class")
    if role == "title":
        yield from (replace(block, kind="heading", level=1) for block in _joined(element))
    elif role in _LISTING or _nearest(element) is not None:
        yield from _blocks(element)
    elif role not in _RUNNING:
        # A box of text on a slide is written as a list, whether it looks like one or not.
        yield from (_unlisted(block) for block in _blocks(element))


def _unlisted(block: Block) -> Block:
    bullet = block.kind == "line" and block.text.startswith(_BULLET)
    return Block(block.text.removeprefix(_BULLET)) if bullet else block


def _joined(element: etree._Element, before: str = "") -> Iterator[Block]:
    """All that the element holds, as one paragraph."""
    text = " ".join(" ".join(_unlisted(block).text for block in _blocks(element)).split())
    if text:
        yield Block(before + text)


def _items(element: etree._Element) -> Iterator[Block]:
    """The items of a list, and of lists in it; headings may be items, too."""
    for block in _blocks(element):
        bare = block.kind == "paragraph" and block.text.strip()
        yield Block(_BULLET + block.text, "line") if bare else block


def _table(element: etree._Element) -> Iterator[Block]:
    rows = (row for row in element.iter("*") if local(row) == "table-row")
    yield from (
        Block(line, "line") for line in grid.lines([_cell(c) for c in _cells(row)] for row in rows)
    )


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for cell in row.iterchildren("*"):
        if local(cell) == "table-cell":
            repeated = _attribute(cell, "number-columns-repeated") or "1"
            count = int(repeated) if repeated.isdigit() else 1
            yield from [cell] * (count if count <= _MOST_REPEATED else 1)


def _cell(cell: etree._Element) -> str:
    return next((grid.shown(block.text) for block in _joined(cell)), "")


def _inside(paragraph: etree._Element) -> Iterator[Block]:
    """What is anchored in a paragraph: notes, and the text of frames."""
    for element in paragraph.iter("*"):
        if local(element) == "note-body":
            yield from _joined(element)
        elif local(element) == "text-box" and _nearest(element) is paragraph:
            yield from _blocks(element)


def _nearest(element: etree._Element) -> etree._Element | None:
    """The paragraph or heading that the element stands in."""
    return next((above for above in element.iterancestors("*") if local(above) in ("p", "h")), None)


def _words(element: etree._Element) -> str:
    """The text of a paragraph, without what is only anchored in it."""
    return (element.text or "") + "".join(_run(child) + (child.tail or "") for child in element)


def _run(element: etree._Element) -> str:
    match local(element):
        case "s":
            return " "
        case "tab":
            return "\t"
        case "line-break":
            return "\n"
        case name if name in _SKIPPED or name in ("note", "frame", "custom-shape", "g"):
            return ""
        case _:
            return _words(element)


def _attribute(element: etree._Element, name: str) -> str | None:
    """The attribute of this name, whatever its namespace."""
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}" + name)), None)
