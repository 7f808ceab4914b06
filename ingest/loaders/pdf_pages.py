"""The pages of a PDF: their lines, of the text layer or read from the image, with remarks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import fmean

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from assistant.errors import SourceLimitError
from ingest.limits import Limits
from ingest.loaders.garbled import is_encoded_twice, is_garbled, is_unreadable, mended
from ingest.loaders.lines import Line
from ingest.loaders.ocr import UNSURE, Recognised, lacks_text, recognise
from ingest.loaders.order import page_lines
from ingest.loaders.pdfium import opened_page
from ingest.loaders.recognise import RecognitionError, Tesseract, find_tesseract
from ingest.parsed import Reading

NAMED = 20  # pages named in one remark
GLANCE = 24  # lines of a page that tell whether its text is garbled
MANY = 10  # words that could not be believed: a page of text, not a photograph
_OFF = "text recognition is switched off. Set ATTACHE_OCR=true and ingest it again"
_ABSENT = "Tesseract is not installed. Install it (`make ocr` says how) and ingest it again"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one page; `confidence`, in [0, 1], where they were read from its image."""

    lines: list[Line]
    confidence: float | None = None


@dataclass(slots=True)
class Remarks:
    """What became of pages that were not simply read, by their numbers.

    `wordless` are those in whose image no word was found, as in that of a photograph; `failed`
    says what Tesseract did on each page it failed on.
    """

    unread: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)
    wordless: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    recognised: dict[int, float] = field(default_factory=dict)
    reason: str = _ABSENT

    def sentences(self) -> Iterator[str]:
        """The remarks, a sentence or two each."""
        if self.recognised:
            mean = fmean(self.recognised.values())
            yield (
                f"{_pages(self.recognised)} read from {_its(self.recognised)} image"
                f" (mean confidence {mean:.2f})."
            )
        if self.unread:
            yield f"{_pages(self.unread)} left out: no readable text layer, and {self.reason}."
        if self.unsure:
            yield (
                f"{_pages(self.unsure)} left out: what was read from {_its(self.unsure)} image is"
                " too uncertain. Scan it again, more sharply."
            )
        if self.damaged:
            yield f"{_pages(self.damaged)} left out: damaged. Compare with the original."
        if self.mended:
            yield f"{_pages(self.mended)} wrongly encoded in places, which was put right."
        if self.garbled:
            yield (
                f"{_pages(self.garbled)} read, but the text looks wrongly encoded. "
                "Compare it with what the document shows."
            )
        for number, what in self.failed.items():
            yield f"Page {number} was left out: reading its image {what}."

    def why_empty(self, pages: int) -> str:
        """Why a document of so many pages has no text, and what to do about it."""
        if self.unread:
            none = f"has no text layer on any page ({pages} in all)"
            return f"{none}: it looks like a scan, and {self.reason}."
        if self.failed:
            number, what = next(iter(self.failed.items()))
            return (
                f"has no text layer, and reading the image of page {number} {what}. "
                "Raise ATTACHE_OCR_TIMEOUT_S, or run text recognition over it elsewhere."
            )
        if self.unsure or self.wordless:
            return "has no text layer, and no text could be read from its images. Scan it again."
        if self.damaged:
            return (
                "is damaged: none of its pages can be read. Open it in a viewer and save it again."
            )
        return f"shows no text and no scan of any ({pages} empty pages). Check it in a viewer."


def _pages(numbers: list[int] | dict[int, float]) -> str:
    """The pages as the subject of a sentence, with its verb."""
    shown = ", ".join(str(number) for number in list(numbers)[:NAMED])
    more = f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else ""
    return f"Page {shown} was" if len(numbers) == 1 else f"Pages {shown}{more} were"


def _its(numbers: list[int] | dict[int, float]) -> str:
    return "its" if len(numbers) == 1 else "their"


def _readable(lines: list[Line]) -> list[Line]:
    """The lines without those whose font does not say what they show."""
    return [line for line in lines if not is_unreadable(line.text)]


def _spread(lines: list[Line]) -> list[Line]:
    """Some lines from all over the page."""
    return lines[:: 1 + len(lines) // GLANCE]


def _letters(lines: list[Line]) -> int:
    return sum(map(str.isalnum, "".join(line.text for line in lines)))


class PageReader:
    """Reads the pages of one document, and remembers what is to be remarked."""

    def __init__(self, reading: Reading) -> None:
        self.remarks = Remarks()
        self._reading = reading
        self._limits: Limits = reading.limits
        self._tesseract: Tesseract | None = None
        self._sought = False

    def sheets(self, document: pdfium.PdfDocument) -> list[Sheet]:
        """All pages.

        Raises:
            SourceLimitError: there are more of them, or of characters, than is allowed.
        """
        if len(document) > self._limits.pages:
            raise SourceLimitError(
                f"has {len(document)} pages, and {self._limits.pages} are allowed. "
                "Split it, or raise ATTACHE_MAX_PAGES."
            )
        sheets: list[Sheet] = []
        room = self._limits.characters
        for index in range(len(document)):
            sheet = self._sheet(document, index)
            sheets.append(sheet)
            room -= sum(len(line.text) for line in sheet.lines)
            if room < 0:
                raise SourceLimitError(
                    f"holds more than {self._limits.characters} characters of text. "
                    "Split it, or raise ATTACHE_MAX_CHARACTERS."
                )
        return sheets

    def _sheet(self, document: pdfium.PdfDocument, index: int) -> Sheet:
        with opened_page(document, index) as page:
            if page is None:
                self.remarks.damaged.append(index + 1)
                return Sheet([])
            lines = page_lines(page)
            text = "\n".join(line.text for line in lines)
            if not lacks_text(page, text):
                return Sheet(self._told(index + 1, lines, text))
            tesseract = self._found()
            if tesseract is None:
                self.remarks.unread.append(index + 1)
                return Sheet(_readable(lines))
            try:
                seen = recognise(page, tesseract, self._limits.page_seconds)
            except RecognitionError as error:
                self.remarks.failed[index + 1] = str(error)
                return Sheet(_readable(lines))
            finally:
                self._reading.page_recognised()
        return self._better(index + 1, _readable(lines), seen)

    def _told(self, number: int, lines: list[Line], text: str) -> list[Line]:
        """The lines of a text layer, put right where they are wrongly encoded, and that said."""
        right = mended(lines) if is_encoded_twice(text) else lines
        if right != lines:
            self.remarks.mended.append(number)
        elif is_garbled(" ".join(line.text for line in _spread(lines))):
            self.remarks.garbled.append(number)
        return right

    def _better(self, number: int, lines: list[Line], seen: Recognised) -> Sheet:
        """What was recognised, or what little the text layer says where that is more."""
        if _letters(seen.lines) > _letters(lines) and seen.confidence >= UNSURE:
            self.remarks.recognised[number] = seen.confidence
            return Sheet(seen.lines, seen.confidence)
        if seen.doubted >= MANY:
            self.remarks.unsure.append(number)
        elif not lines:
            self.remarks.wordless.append(number)
        return Sheet(lines)

    def _found(self) -> Tesseract | None:
        """Tesseract, sought when first needed."""
        if not self._sought:
            self._sought = True
            if self._limits.ocr:
                self._tesseract = find_tesseract(self._limits.ocr_languages)
            else:
                self.remarks.reason = _OFF
        return self._tesseract
