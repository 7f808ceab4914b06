"""PDF, page by page: the text of its pages, running heads removed and lines made paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.access.ladders import Ladders
from assistant.errors import NoTextError
from assistant.types import LoadedDocument, Metadata
from ingest.loaders.banners import banners
from ingest.loaders.blocks import is_bare
from ingest.loaders.headings import Headings
from ingest.loaders.lines import Line
from ingest.loaders.margins import told
from ingest.loaders.metadata import (
    date_of,
    given_in_keywords,
    groups_in_keywords,
    marking_in_keywords,
    one_line,
    own_title,
    readable_title,
)
from ingest.loaders.origin import Filed, settled
from ingest.loaders.paragraphs import Vocabulary, flow
from ingest.loaders.pdf_pages import PageReader, Sheet
from ingest.loaders.pdfium import PDFIUM, opened
from ingest.loaders.placing import placed
from ingest.loaders.running import without_running_lines
from ingest.normalise import TextBuilder
from ingest.parsed import Reading
from ingest.sources import Source

MEDIA_TYPE = "application/pdf"

_HEAD, _FOOT = 4, 2
"""Lines at the top and the foot of a page where its marking may stand."""
_TOP = 12
"""Lines of the first page that may be a letterhead."""
_SAID = ("Keywords", "Subject")
"""Properties that may say `marking: X`."""
_NAMING = ("Title", "Subject", "Keywords")
"""Properties that may be a marking."""
_TELLING = re.compile(r"[^\W\d_]{3,}")
_WORD = re.compile(r"[^\W\d_]{2,}")


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes of a PDF file.

    Raises:
        SourceUnreadableError: it is damaged, or asks for a password.
        SourceLimitError: it has more pages or more text than is allowed.
        NoTextError: no page has text, nor is any read from an image.
    """
    reader = PageReader(reading)
    with PDFIUM, opened(data) as document:
        said = dict(document.get_metadata_dict(skip_empty=True))
        sheets = reader.sheets(document)
    if not any(sheet.lines for sheet in sheets):
        raise NoTextError(reader.remarks.why_empty(len(sheets)))
    pages = without_running_lines([sheet.lines for sheet in sheets])
    builder = TextBuilder()
    headings = _write(pages, sheets, builder)
    metadata = _metadata(source, said, sheets, headings, Ladders.read(reading.limits.markings))
    loaded = builder.build(metadata, MEDIA_TYPE)
    whole = replace(
        loaded,
        words=tuple(placed(loaded.text, loaded.pages, pages)),
        warnings=tuple(reader.remarks.sentences()),
        margins=(*dict.fromkeys(_edges(sheets)), *told(said.get(name) for name in _NAMING)),
    )
    top = (line.text for line in sheets[0].lines[:_TOP])
    return settled(whole, source.name, _filed(said), top=top)


def _filed(said: dict[str, str]) -> Filed:
    maker = f"{said.get('Creator', '')} {said.get('Producer', '')}"
    return Filed(one_line(said.get("Author") or None), date_of(said.get("CreationDate")), maker)


def _metadata(
    source: Source,
    said: dict[str, str],
    sheets: Sequence[Sheet],
    headings: Sequence[str],
    ladders: Ladders,
) -> Metadata:
    issuer, published_on = given_in_keywords(said.get(name) for name in _SAID)
    return Metadata(
        title=source.title
        or own_title(said.get("Title"))
        or _named(source.name)
        or _printed(headings, [line.text.strip() for line in sheets[0].lines])
        or readable_title(source.name),
        issuer=issuer,
        published_on=published_on,
        marking=ladders.highest(
            [*(marking_in_keywords(said.get(name)) for name in _SAID), _banner(sheets, ladders)]
        ),
        groups=groups_in_keywords(said.get("Keywords")),
    )


def _banner(sheets: Sequence[Sheet], ladders: Ladders) -> str | None:
    """The marking at the edges of the pages; of several the highest.

    Lines at the edges that repeat are no part of the text, so nobody could find it there later.
    """
    return ladders.highest(banners(_edges(sheets), ladders))


def _edges(sheets: Sequence[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        yield from (line.text for line in (*sheet.lines[:_HEAD], *sheet.lines[-_FOOT:]))


def _named(name: str) -> str | None:
    """The title a file's name gives, where it has words; large print on a page misleads more."""
    title = readable_title(name)
    return title if len(_WORD.findall(title)) > 1 else None


def _printed(headings: Sequence[str], first: Sequence[str]) -> str | None:
    """The first heading that could be a title, else such a line of the first page.

    Letters of formulas and the names of axes are large, too.
    """
    return next(filter(_could_name, (*headings, *first[:_TOP])), None)


def _could_name(line: str) -> bool:
    words = _TELLING.findall(line)
    return is_bare(line) and len(words) > 1 and 2 * len(set(words)) > len(words)


def _write(
    pages: Sequence[Sequence[Line]], sheets: Sequence[Sheet], builder: TextBuilder
) -> list[str]:
    """Adds every page to the text; returns the headings, highest level first."""
    levels = Headings(pages).levels
    vocabulary = Vocabulary(line for page in pages for line in page)
    headings: list[tuple[int, str]] = []
    open_end = ""
    for number, (page, sheet, its_levels) in enumerate(
        zip(pages, sheets, levels, strict=True), start=1
    ):
        builder.page(number, sheet.confidence)
        for i, block in enumerate(flow(page, its_levels, vocabulary)):
            if block.kind == "heading":
                builder.heading(block.text, block.level)
                headings.append((block.level, block.text))
            elif i == 0 and open_end and block.text[:1].islower():
                divided = vocabulary.divides(open_end, block.text)
                builder.continuation(block.text, divided=divided)
            elif block.kind == "line":
                builder.line(block.text)
            else:
                builder.paragraph(block.text)
            is_open = block.kind == "paragraph" and block.text[-1:] not in ".!?:;"
            open_end = block.text if is_open else ""
    return [text for _, text in sorted(headings, key=lambda heading: heading[0])]
