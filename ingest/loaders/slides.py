"""Presentations (PPTX): a page a slide, with its title, text, tables and notes."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from assistant.errors import SourceUnreadableError
from assistant.types import LoadedDocument
from ingest.loaders import package
from ingest.loaders.blocks import Block, write
from ingest.loaders.figures import chart_blocks, drawing_blocks, table_blocks
from ingest.loaders.margins import of_package, told
from ingest.loaders.office import dated, described, refuse_pages
from ingest.normalise import TextBuilder, clean
from ingest.parsed import Reading
from ingest.sources import Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_TYPES = "[Content_Types].xml"
_MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
# Templates and shows are presentations in all but the name of their main part.
_ALIKE = (
    b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    b"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
    b"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
)
_RUNNING = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_LISTING = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)
# What the reader of presentations raises on files that are not what they claim.
_ERRORS = (
    PythonPptxError,
    etree.LxmlError,
    AttributeError,
    TypeError,
    AssertionError,
    RecursionError,
    *package.ZIP_ERRORS,
)


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes of a presentation.

    Raises:
        SourceUnreadableError: it is damaged.
        SourceLimitError: it has more slides than is allowed, or unpacks to too much.
    """
    warnings: list[str] = []
    with package.opened(data, reading.limits) as parts:
        deck = _deck(data, parts)
        refuse_pages(len(deck.slides), "slides", reading.limits)
        builder = TextBuilder()
        titles = []
        for number in range(1, len(deck.slides) + 1):
            builder.page(number)
            blocks = _slide(deck, number, warnings)
            titles += [block.text for block in blocks if block.kind == "heading"]
            write(blocks, builder)
        said = parts.properties()
        metadata = described(source, said, titles, next(iter(titles), None))
        beside = (*of_package(parts), *told(said.values()))
    built = builder.build(metadata, MEDIA_TYPE)
    loaded = replace(built, warnings=tuple(warnings), margins=beside)
    return dated(loaded, source, said)


def _deck(data: bytes, parts: package.Package) -> Deck:
    try:
        deck = Presentation(BytesIO(_as_presentation(data, parts.read(_TYPES) or b"")))
        len(deck.slides)
    except _ERRORS as error:
        raise SourceUnreadableError(package.DAMAGED) from error
    return deck


def _as_presentation(data: bytes, types: bytes) -> bytes:
    """The package, said to be a presentation where it is a template or a show."""
    if not any(kind in types for kind in _ALIKE):
        return data
    for kind in _ALIKE:
        types = types.replace(kind, _MAIN)
    rewritten = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(rewritten, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, types if part.filename == _TYPES else old.read(part))
    return rewritten.getvalue()


def _slide(deck: Deck, number: int, warnings: list[str]) -> list[Block]:
    """What a slide says; nothing, and a warning, where it is damaged."""
    try:
        slide = deck.slides[number - 1]
        shown = [block for shape in slide.shapes for block in _shape(shape)]
        blocks = [*shown, *drawing_blocks(slide), *_notes(slide)]
    except _ERRORS:
        warnings.append(f"Slide {number} was left out: damaged. Compare with the original.")
        return []
    # A title may be drawn last; it is read first.
    return sorted(blocks, key=lambda block: block.kind != "heading")


def _shape(shape: BaseShape) -> Iterator[Block]:
    role = shape.placeholder_format.type if shape.is_placeholder else None
    if role in _RUNNING:
        return
    if hasattr(shape, "shapes"):  # a group
        for part in shape.shapes:
            yield from _shape(part)
    elif getattr(shape, "has_table", False):
        yield from table_blocks(shape)
    elif getattr(shape, "has_chart", False):
        yield from chart_blocks(shape)
    elif isinstance(shape, Shape):
        paragraphs = [clean(part.text) for part in shape.text_frame.paragraphs]
        yield from _text([part for part in paragraphs if part.strip()], role)


def _text(paragraphs: list[str], role: object) -> Iterator[Block]:
    if not paragraphs:
        return
    if role in _TITLES:
        yield Block(" ".join(paragraphs), "heading", 1)
    elif role in _LISTING and len(paragraphs) > 1:
        yield from (Block(f"• {text.lstrip('•').strip()}", "line") for text in paragraphs)
    else:
        yield from (Block(text) for text in paragraphs)


def _notes(slide: Slide) -> Iterator[Block]:
    if not slide.has_notes_slide:
        return
    frame = slide.notes_slide.notes_text_frame
    text = clean(frame.text) if frame is not None else ""
    if text.strip():
        yield Block(f"Notes: {text}")
