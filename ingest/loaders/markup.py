"""XML that is no page: OpenDocument in one file, or any that reads like a document."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from assistant.errors import SourceUnreadableError, UnsupportedSourceError
from assistant.types import LoadedDocument
from ingest.loaders import html, odf, package
from ingest.loaders.blocks import Block, write
from ingest.loaders.decode import repaired
from ingest.loaders.metadata import marking_said, together
from ingest.loaders.office import described
from ingest.loaders.package import local
from ingest.normalise import TextBuilder
from ingest.parsed import Reading
from ingest.sources import Source

MEDIA_TYPE = "application/xml"

_INLINE = frozenset({"a", "abbr", "b", "bold", "cite", "code", "date", "em", "emphasis", "foreign"})
_INLINE |= frozenset(
    {"g", "hi", "i", "italic", "link", "name", "persname", "placename", "q", "ref"}
)
_INLINE |= frozenset({"quote", "span", "strong", "sub", "sup", "term", "u", "ulink"})
_HEADINGS = frozenset({"head", "heading", "title"})
_WORDS = 4  # a passage of so many is prose
_PROSE = 0.5  # of the words in such passages: a document
_FEWEST = 8  # words


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes of an XML file.

    Raises:
        UnsupportedSourceError: it holds data or drawings rather than a text.
        SourceUnreadableError: it is damaged.
    """
    tree = package.xml(data)
    if tree is None:
        raise SourceUnreadableError("is damaged: it is no XML. Save it anew.")
    if local(tree) == "html":
        return html.load(source, data, reading)
    if local(tree) == "document" and any(local(child) == "body" for child in tree):
        meta = next((child for child in tree if local(child) == "meta"), None)
        said = package.said_in(meta) if meta is not None else {}
        return odf.read(source, tree, said, reading, is_sound=package.is_sound(data))
    try:
        return _prose(source, tree)
    except UnsupportedSourceError as error:
        if package.is_sound(data):
            raise
        raise SourceUnreadableError(package.DAMAGED) from error


def _beside(tree: etree._Element) -> Iterator[str]:
    """What is no part of the text and may be a marking: comments and attributes."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield from map(str, element.attrib.values())
        else:
            yield from (element.text or "").splitlines()


def _prose(source: Source, tree: etree._Element) -> LoadedDocument:
    beside = tuple(_beside(tree))
    said = {local(e).lower(): e.text or "" for e in package.elements(tree) if len(e) == 0}
    etree.strip_elements(
        tree, etree.Comment, etree.ProcessingInstruction, etree.Entity, with_tail=False
    )
    try:
        passages = list(_passages(tree))
    except RecursionError as error:
        raise SourceUnreadableError("is nested too deeply. Save it as HTML or PDF.") from error
    counts = [len(block.text.split()) for block in passages]
    if sum(n for n in counts if n >= _WORDS) < max(_FEWEST, _PROSE * sum(counts)):
        raise UnsupportedSourceError(
            "is XML that holds data and no text to read. Save it as CSV or HTML, or leave it."
        )
    mended = [repaired(block.text) for block in passages]
    blocks = [replace(b, text=text) for b, (text, _) in zip(passages, mended, strict=True)]
    warnings = list(dict.fromkeys(warning for _, warning in mended if warning))[:1]
    builder = TextBuilder()
    write(blocks, builder)
    first = next((block.text for block in blocks if block.kind == "heading"), None)
    metadata = described(source, {}, [block.text for block in blocks[:3]], first)
    marking = together([metadata.marking, marking_said(said, loosely=True)])
    built = builder.build(replace(metadata, marking=marking), MEDIA_TYPE)
    return replace(built, warnings=tuple(warnings), margins=beside)


def _passages(element: etree._Element) -> Iterator[Block]:
    """The texts of elements, those that only mark words kept in the passage they stand in."""
    name = local(element).lower()
    said = element.text or ""
    for child in element:
        if local(child).lower() in _INLINE:
            said += "".join(str(part) for part in child.itertext()) + (child.tail or "")
            continue
        yield from _passage(said, name)
        yield from _passages(child)
        said = child.tail or ""
    yield from _passage(said, name)


def _passage(text: str, name: str) -> Iterator[Block]:
    words = " ".join(text.split())
    if words:
        yield Block(words, "heading", 1) if name in _HEADINGS else Block(words)
