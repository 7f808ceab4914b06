"""Pages without a text layer: which they are, and their lines as read from their image."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from ingest.loaders.garbled import is_unreadable
from ingest.loaders.lines import Line, divides
from ingest.loaders.pdfium import OpenPage
from ingest.loaders.recognise import GreyImage, SeenWord, Tesseract

DPI = 300
MOST_PIXELS = 25_000_000
LEAST_DPI = 72  # below it no letter can be told from another
FEW_CHARACTERS = 40  # letters and digits; a stamp or page number put on a scan has fewer
ENOUGH = 2_000  # characters of a page that has text, whatever they are
LARGE_IMAGE = 0.3  # of the page's area: with few characters, what is to be read is in the image
UNSURE = 0.3  # mean confidence of a page or line below which it is no text
DOUBTFUL = 0.6  # confidence of a word that alone does not make a line believed
SURE_LETTERS = 3
MOST_OBJECTS = 1_000  # looked at, of one page


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a page as read from its image, and how sure their words are, in [0, 1].

    `doubted` counts the words left out because their lines are no text, or too uncertain.
    """

    lines: list[Line]
    confidence: float
    doubted: int = 0


def lacks_text(page: OpenPage, text: str) -> bool:
    """Whether what the page shows is in its image, and not in `text`, that of its text layer.

    A page that shows nothing lacks nothing.
    """
    if is_unreadable(text):
        return True
    count = sum(map(str.isalnum, text[:ENOUGH]))
    if count >= FEW_CHARACTERS or len(text) > ENOUGH:
        return False
    objects = raw.FPDFPage_CountObjects(page.page.raw)
    return objects > 0 if count == 0 else _has_large_image(page, objects)


def _has_large_image(page: OpenPage, objects: int) -> bool:
    needed = LARGE_IMAGE * page.width * page.height
    return any(area >= needed for area in _image_areas(page, min(objects, MOST_OBJECTS)))


def _image_areas(page: OpenPage, objects: int) -> Iterator[float]:
    for found in page.page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = found.get_bounds()
        yield (right - left) * (top - bottom)
        objects -= 1
        if objects <= 0:
            return


def recognise(page: OpenPage, tesseract: Tesseract, seconds: float) -> Recognised:
    """The lines of the page as read from its image.

    Raises:
        RecognitionError: Tesseract failed, or took longer than `seconds`.
    """
    image = _image(page)
    if image is None:
        return Recognised([], 0.0)
    words = [word for word in tesseract.words(image, seconds) if _is_word(word)]
    lines = [list(group) for _, group in groupby(words, key=lambda word: word.line)]
    believed = [line for line in lines if _is_believed(line)]
    kept = [word.confidence for line in believed for word in line]
    sure = round(fmean(kept), 4) if kept else 0.0
    return Recognised(list(_lines(believed)), sure, len(words) - len(kept))


def _image(page: OpenPage) -> GreyImage | None:
    """The page in grey, at the usual resolution or what its size allows; None for a huge page."""
    area = page.width * page.height
    dpi = min(DPI, math.floor(72 * math.sqrt(MOST_PIXELS / area))) if area > 0 else 0
    if dpi < LEAST_DPI or min(page.width, page.height) < 1:
        return None
    bitmap = page.page.render(scale=dpi / 72, grayscale=True, prefer_bgrx=False)
    try:
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        view = memoryview(bitmap.buffer).cast("B")
        rows = (view[at : at + width] for at in range(0, height * stride, stride))
        return GreyImage(width, height, dpi, b"".join(rows))
    finally:
        bitmap.close()


def _is_word(word: SeenWord) -> bool:
    """Whether it is more than a speck that was taken for a sign."""
    return any(character.isalnum() for character in word.text) or word.confidence >= DOUBTFUL


def _is_believed(line: Sequence[SeenWord]) -> bool:
    """Whether the line is text and no crest, stamp or signature."""
    if fmean(word.confidence for word in line) < UNSURE:
        return False
    return any(_letters(word) >= SURE_LETTERS and word.confidence >= DOUBTFUL for word in line) or (
        all(word.confidence >= DOUBTFUL for word in line)
    )


def _letters(word: SeenWord) -> int:
    return sum(character.isalnum() for character in word.text)


def _lines(lines: Iterable[Sequence[SeenWord]]) -> Iterator[Line]:
    """The lines; their places are left unknown, for a page that lies on its side has none."""
    for number, (_, group) in enumerate(groupby(lines, key=lambda line: line[0].paragraph), 1):
        for words in group:
            text = " ".join(word.text for word in words)
            yield Line(text, divided=divides(text), paragraph=number, words=tuple(words))
