"""PDF files made for tests, and scans of pages."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from assistant.types import LoadedDocument
from ingest.limits import Limits
from ingest.loaders.pdf import load
from ingest.parsed import Reading
from ingest.sources import uploaded

Placed = tuple[float, float, str]
"""A line of print: its distance from the left and from the bottom of the page, and its text."""


def set_lines(lines: Sequence[str], top: float = 780, left: float = 72) -> list[Placed]:
    """The lines one under the other, 15 points apart."""
    return [(left, top - 15 * i, line) for i, line in enumerate(lines)]


def printed(*pages: Iterable[Placed], bold: Iterable[str] = (), rotation: int = 0) -> bytes:
    """A PDF of these pages in 12 point Helvetica; lines in `bold` are printed so."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=A4, invariant=True)
    for page in pages:
        canvas.setPageRotation(rotation)
        for left, bottom, text in page:
            canvas.setFont("Helvetica-Bold" if text in bold else "Helvetica", 12)
            canvas.drawString(left, bottom, text)
        canvas.showPage()
    canvas.save()
    return bytes(data.getvalue())


def scan(lines: Sequence[str], turned: int = 0) -> Image.Image:
    """The image of an A4 page at 150 dots per inch with these lines, turned by so many degrees."""
    image = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=28)
    for i, line in enumerate(lines):
        draw.text((120, 150 + 50 * i), line, fill=0, font=font)
    return image.rotate(turned, expand=True)


def image_of(data: bytes) -> Image.Image:
    """The first page of a PDF, as a scanner sees it."""
    document = pdfium.PdfDocument(data)
    image: Image.Image = document[0].render(scale=200 / 72).to_pil().convert("L")
    document.close()
    return image


def scanned(*images: Image.Image | None, text: Sequence[str] = ()) -> bytes:
    """A PDF of pages that are images; where one is None, a page of print stands instead."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=A4, invariant=True)
    for image in images:
        if image is None:
            for left, bottom, line in set_lines(text):
                canvas.drawString(left, bottom, line)
        else:
            canvas.drawImage(ImageReader(image), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return bytes(data.getvalue())


def read(data: bytes, limits: Limits | None = None, name: str = "a.pdf") -> LoadedDocument:
    """The document in a PDF; pages are read from their images only where `limits` are given."""
    reading = Reading(limits or Limits(ocr=False), Path())
    return load(uploaded(name, data), data, reading)


def pages_of(path: Path, numbers: Iterable[int]) -> bytes:
    """A PDF of these pages of a file."""
    whole, part = pdfium.PdfDocument(path), pdfium.PdfDocument.new()
    part.import_pages(whole, [number - 1 for number in numbers])
    data = BytesIO()
    part.save(data)
    part.close()
    whole.close()
    return data.getvalue()


def spans(document: LoadedDocument) -> list[str]:
    """The text of each page."""
    return [document.text[page.start : page.end].strip() for page in document.pages]


def headings(document: LoadedDocument) -> list[str]:
    """The text of each heading."""
    return [document.text[heading.start : heading.end] for heading in document.headings]
