"""Electronic books (EPUB): their chapters in reading order, each read as the web page it is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from assistant.errors import NoTextError, SourceUnreadableError
from assistant.types import LoadedDocument
from ingest.loaders import html, package, tree
from ingest.loaders.blocks import Block, first_heading, write
from ingest.loaders.decode import decode, repaired
from ingest.loaders.margins import told
from ingest.loaders.office import dated, described, refuse_pages
from ingest.loaders.package import Package, local
from ingest.normalise import TextBuilder
from ingest.parsed import Reading
from ingest.sources import Source

MEDIA_TYPE = "application/epub+zip"

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/xml")
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PROTECTED = "is protected against copying. Ingest an edition without protection."


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes of a book.

    Raises:
        SourceUnreadableError: it is damaged, or protected against copying.
        SourceLimitError: it unpacks to too much, or has too many chapters.
    """
    warnings: list[str] = []
    dropped: list[str] = []
    with package.opened(data, reading.limits) as parts:
        _refuse_protected(parts)
        place, index = _index(parts)
        blocks = [
            block
            for name in _chapters(place, index, reading)
            for block in _chapter(parts, name, warnings, dropped)
        ]
    if warnings and not blocks:
        raise SourceUnreadableError(package.DAMAGED)
    builder = TextBuilder()
    write(blocks, builder)
    opening = [block.text for block in blocks[:3]]
    said = _said(index)
    metadata = described(source, said, opening, first_heading(blocks))
    loaded = replace(
        builder.build(metadata, MEDIA_TYPE),
        warnings=tuple(dict.fromkeys(warnings)),
        margins=(*dropped, *told(said.values())),
    )
    return dated(loaded, source, said, by_text=False, stated=True)


def _refuse_protected(parts: Package) -> None:
    """Raises where more than fonts is encrypted."""
    tree = parts.tree(_ENCRYPTION)
    for element in package.elements(tree) if tree is not None else ():
        if local(element) == "EncryptionMethod" and element.get("Algorithm") not in _FONTS:
            raise SourceUnreadableError(_PROTECTED)


def _index(parts: Package) -> tuple[str, etree._Element]:
    """The part that lists the others, and its name."""
    container = parts.tree(_CONTAINER)
    roots = package.elements(container) if container is not None else ()
    names = [str(root.get("full-path")) for root in roots if local(root) == "rootfile"]
    names += [name for name in parts.names() if name.endswith(".opf")]
    for name in names:
        tree = parts.tree(name)
        if tree is not None:
            return name, tree
    raise SourceUnreadableError(package.DAMAGED)


def _chapters(place: str, index: etree._Element, reading: Reading) -> list[str]:
    """The names of the chapters' parts in reading order."""
    listed = {
        str(item.get("id")): str(item.get("href"))
        for item in package.elements(index)
        if local(item) == "item" and item.get("media-type") in _PAGES
    }
    order = [str(e.get("idref")) for e in package.elements(index) if local(e) == "itemref"]
    refuse_pages(len(order), "chapters", reading.limits)
    hrefs = dict.fromkeys(listed[name] for name in order if name in listed)
    return [package.beside(place, unquote(href.partition("#")[0])) for href in hrefs]


def _chapter(parts: Package, name: str, warnings: list[str], dropped: list[str]) -> Iterator[Block]:
    try:
        data = parts.read(name)
        if data is None:
            raise SourceUnreadableError(package.DAMAGED)
        text, warning = repaired(decode(data))
        blocks = html.blocks_of(tree.parse(text), dropped)
    except NoTextError:
        return
    except SourceUnreadableError:
        warnings.append(f"The chapter “{name}” was left out: damaged. Compare with the original.")
        return
    warnings += [warning] if warning else []
    yield from blocks


def _said(index: etree._Element) -> Mapping[str, str]:
    meta = next((e for e in package.elements(index) if local(e) == "metadata"), None)
    return package.said_in(meta) if meta is not None else {}
