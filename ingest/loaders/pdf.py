"""PDF, page by page: the text layer, its running heads removed and its lines made paragraphs."""

import re
import threading
from collections.abc import Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from assistant.errors import NoTextError, SourceUnreadableError
from assistant.types import LoadedDocument, Metadata
from ingest.loaders.lines import Line, read_lines
from ingest.loaders.metadata import (
    banner,
    date_of,
    marking_in_keywords,
    one_line,
    own_title,
    readable_title,
)
from ingest.loaders.paragraphs import Headings, Vocabulary, flow
from ingest.loaders.running import without_running_lines
from ingest.normalise import TextBuilder
from ingest.sources import Source

MEDIA_TYPE = "application/pdf"

_WORD = re.compile(r"[^\W\d_]{2,}")
_PDFIUM = threading.Lock()  # PDFium is not safe in threads
_SCAN = (
    "has no text layer on any page ({pages} in all): it looks like a scan. "
    "Run text recognition (OCR) over it and ingest the result."
)


def load(source: Source, data: bytes) -> LoadedDocument:
    """The document in the bytes of a PDF file.

    Raises:
        SourceUnreadableError: it is damaged, or asks for a password.
        NoTextError: no page has a text layer.
    """
    with _PDFIUM:
        said, pages = _read(data)
    if not any(line.text for page in pages for line in page):
        raise NoTextError(_SCAN.format(pages=len(pages)))
    marking = marking_in_keywords(said.get("Keywords")) or banner(
        line.text for line in pages[0][:4] if pages
    )
    builder = TextBuilder()
    headings = _write(without_running_lines(pages), builder)
    metadata = Metadata(
        title=source.title
        or own_title(said.get("Title"))
        or _named(source.name)
        or next(iter(headings), None)
        or readable_title(source.name),
        issuer=one_line(said.get("Author") or None),
        published_on=date_of(said.get("CreationDate")),
        marking=marking,
    )
    return builder.build(metadata, MEDIA_TYPE)


def _read(data: bytes) -> tuple[dict[str, str], list[list[Line]]]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise SourceUnreadableError(_reason(error)) from error
    try:
        said = document.get_metadata_dict(skip_empty=True)
        return dict(said), [list(_page_lines(document, i)) for i in range(len(document))]
    finally:
        document.close()


def _page_lines(document: pdfium.PdfDocument, index: int) -> Iterator[Line]:
    """The lines of one page; a page that cannot be read is an empty one."""
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return
    try:
        yield from read_lines(text_page)
    finally:
        text_page.close()
        page.close()


def _reason(error: Exception) -> str:
    if "password" in str(error).lower():
        return "is protected by a password. Save it without one and ingest that."
    return "is damaged: it cannot be opened as PDF. Open it in a viewer and save it again."


def _named(name: str) -> str | None:
    """The title a file's name gives, where it has words; large print on a page misleads more."""
    title = readable_title(name)
    return title if len(_WORD.findall(title)) > 1 else None


def _write(pages: list[list[Line]], builder: TextBuilder) -> list[str]:
    """Adds every page to the text; returns the headings, highest level first."""
    found = Headings(pages)
    vocabulary = Vocabulary(line.text for page in pages for line in page)
    headings: list[tuple[int, str]] = []
    open_ended = False
    for number, page in enumerate(pages, start=1):
        builder.page(number)
        for i, block in enumerate(flow(page, found, vocabulary)):
            if block.kind == "heading":
                builder.heading(block.text, block.level)
                headings.append((block.level, block.text))
            elif i == 0 and open_ended and block.text[:1].islower():
                builder.continuation(block.text)
            elif block.kind == "line":
                builder.line(block.text)
            else:
                builder.paragraph(block.text)
            open_ended = block.kind == "paragraph" and block.text[-1:] not in ".!?:;"
    return [text for _, text in sorted(headings, key=lambda heading: heading[0])]
