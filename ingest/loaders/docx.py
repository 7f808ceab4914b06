"""Word documents (DOCX), by way of HTML; core properties say what the document is."""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.parsers.expat import ExpatError

import mammoth  # type: ignore[import-untyped]
from lxml import etree

from assistant.errors import SourceUnreadableError
from assistant.types import LoadedDocument
from ingest.loaders import package
from ingest.loaders.blocks import Block, first_heading
from ingest.loaders.html import blocks_of, compose
from ingest.loaders.margins import of_package, told
from ingest.loaders.office import dated, described
from ingest.loaders.tree import parse
from ingest.parsed import Reading
from ingest.sources import Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_DIAGRAM = re.compile(r"word/diagrams/data\d*\.xml")
# What the reader raises on files that are not what they claim.
_ERRORS = (
    ExpatError,
    AttributeError,
    TypeError,
    RecursionError,
    etree.LxmlError,
    *package.ZIP_ERRORS,
)


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes of a DOCX file.

    Raises:
        SourceUnreadableError: it is damaged.
        SourceLimitError: it unpacks to more than is allowed.
    """
    with package.opened(data, reading.limits) as parts:
        said = parts.properties()
        margins = list(_paragraphs(parts, _MARGIN))
        drawn = list(_paragraphs(parts, _DIAGRAM))
        beside = list(of_package(parts))
    try:
        result = mammoth.convert_to_html(
            BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {}),
        )
    except _ERRORS as error:
        raise SourceUnreadableError(package.DAMAGED) from error
    blocks = blocks_of(parse(str(result.value))) if result.value.strip() else []
    blocks = [*blocks, *drawn] or margins  # of a letterhead, they are all there is
    opening = [block.text for block in blocks[:3]]
    metadata = described(source, said, opening, first_heading(blocks))
    loaded = compose(blocks, metadata, MEDIA_TYPE, margins=[*beside, *told(said.values())])
    return dated(loaded, source, said)


def _paragraphs(parts: package.Package, wanted: re.Pattern[str]) -> Iterator[Block]:
    """The paragraphs of the parts of this name, which the reader passes over."""
    for name in parts.names():
        tree = parts.tree(name) if wanted.fullmatch(name) else None
        for element in package.elements(tree) if tree is not None else ():
            if package.local(element) == "p":
                text = "".join(t.text or "" for t in element.iter("*") if package.local(t) == "t")
                if text.strip():
                    yield Block(text)
