"""PDFium: documents and pages opened, with what stands on them, and closed again."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from assistant.errors import SourceUnreadableError

PDFIUM = threading.Lock()
"""To be held while any function of this module is used: PDFium is not safe in threads."""

# Annotations that show text of their own: fields that were filled in, and typed remarks.
_SHOWN = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT})
_MOST_ANNOTATIONS = 2_000  # looked at for text, of one page
_UNITS = 1_000_000  # PDFium gives places on a page in whole units


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page with its text. `width` and `height` are in points, as the page is shown.

    `rotation` is by how many degrees it is turned clockwise to be shown.
    """

    page: pdfium.PdfPage
    text: pdfium.PdfTextPage
    width: float
    height: float
    rotation: int

    def shown_at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page's content is shown: in fractions, from the upper left."""
        left, top = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(
            self.page.raw, 0, 0, _UNITS, _UNITS, 0, x, y, ctypes.byref(left), ctypes.byref(top)
        )
        return left.value / _UNITS, top.value / _UNITS


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document in the bytes of a PDF file.

    Raises:
        SourceUnreadableError: it is damaged, or asks for a password.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise SourceUnreadableError(_reason(error)) from error
    try:
        if document.get_formtype() == raw.FORMTYPE_ACRO_FORM:
            document.init_forms()  # fields that have no look of their own are given one
        yield document
    finally:
        document.close()


@contextmanager
def opened_page(document: pdfium.PdfDocument, index: int) -> Iterator[OpenPage | None]:
    """A page of the document, from 0, or None where it cannot be read.

    What was filled into its fields and typed on it is made part of its content.
    """
    page, text = _loaded(document, index)
    try:
        if page is None or text is None:
            yield None
        else:
            width, height = page.get_size()
            yield OpenPage(page, text, width, height, page.get_rotation())
    finally:
        for part in (text, page):
            if part is not None:
                part.close()


def _loaded(
    document: pdfium.PdfDocument, index: int
) -> tuple[pdfium.PdfPage | None, pdfium.PdfTextPage | None]:
    page = None
    try:
        page = document[index]
        if _has_shown_annotations(page):
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[index]
        return page, page.get_textpage()
    except pdfium.PdfiumError:
        return page, None


def _has_shown_annotations(page: pdfium.PdfPage) -> bool:
    return any(
        _subtype(page, i) in _SHOWN
        for i in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS))
    )


def _subtype(page: pdfium.PdfPage, index: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    if not annotation:
        return 0
    try:
        return int(raw.FPDFAnnot_GetSubtype(annotation))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _reason(error: Exception) -> str:
    if "password" in str(error).lower():
        return "is protected by a password. Save it without one and ingest that."
    return "is damaged: it cannot be opened as PDF. Open it in a viewer and save it again."
