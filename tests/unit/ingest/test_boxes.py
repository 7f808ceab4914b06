from io import BytesIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from assistant.errors import IngestError, SourceUnreadableError
from assistant.types import LoadedDocument, Page, PlacedWord
from ingest.boxes import boxes
from ingest.pages import page_image
from ingest.parsed import Box
from tests.unit.ingest.pdfs import printed, read, set_lines

FIRST = ["CJCSI 3520", "The Parties consult whenever the secur-", "ity of any of them is in ques-"]
SECOND = ["CJCSI 3520", "tion, and they meet at once.", "A last sentence stands here."]
THIRD = ["CJCSI 3520", "Nothing more is said of it."]


def found(data: bytes, document: LoadedDocument, quote: str) -> tuple[Box, ...]:
    start = document.text.index(quote)
    return boxes(data, document.text, document.pages, document.words, start, start + len(quote))


def shown(data: bytes, box: Box) -> str:
    """What the page shows inside the box."""
    document = pdfium.PdfDocument(data)
    page = document[box.page - 1]
    width, height = page.get_size()
    text = page.get_textpage()
    said = text.get_text_bounded(
        box.left * width - 1,
        (1 - box.bottom) * height,
        box.right * width + 1,
        (1 - box.top) * height,
    )
    document.close()
    return " ".join(str(said).split()).rstrip("-\ufffe\x02")


def test_a_span_has_a_box_for_each_of_its_lines_though_words_are_divided() -> None:
    data = printed(*map(set_lines, (FIRST, SECOND, THIRD)))
    document = read(data)
    places = found(data, document, "consult whenever the security of any")
    assert [shown(data, box) for box in places] == ["consult whenever the secur", "ity of any"]
    assert [box.page for box in places] == [1, 1]
    assert places[0].bottom < places[1].bottom
    assert 0.03 < places[0].top < 0.1


def test_a_span_over_a_page_break_has_boxes_on_both_pages() -> None:
    data = printed(*map(set_lines, (FIRST, SECOND, THIRD)))
    document = read(data)
    assert "question, and they meet" in document.text
    places = found(data, document, "is in question, and they")
    assert [(box.page, shown(data, box)) for box in places] == [
        (1, "is in ques"),
        (2, "tion, and they"),
    ]


def test_ligatures_and_accents_have_their_place() -> None:
    data = printed(set_lines(["Des attachés de défense", "assurent la liaison."]))
    document = read(data)
    assert [shown(data, box) for box in found(data, document, "défense")] == ["défense"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_on_a_page_that_is_shown_turned_boxes_are_where_it_is_shown(rotation: int) -> None:
    lines = [(72.0, 780.0, "The upper line of the page."), (72.0, 60.0, "The lower one.")]
    data = printed(lines, rotation=rotation)
    document = read(data)
    (box,) = found(data, document, "The lower one.")
    width, height = pdfium.PdfDocument(data)[0].get_size()
    corners = {
        90: (box.left * width, box.top * height, 60, 72),
        180: ((1 - box.right) * width, box.top * height, 72, 60),
        270: ((1 - box.right) * width, (1 - box.bottom) * height, 60, 72),
    }
    across, down, from_side, from_top = corners[rotation]
    assert across == pytest.approx(from_side, abs=4)
    assert down == pytest.approx(from_top, abs=4)


def test_boxes_are_fractions_of_the_page_as_it_is_cropped() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(600, 800), cropBox=(100, 400, 500, 800), invariant=True)
    canvas.drawString(300, 600, "In the very middle.")
    canvas.save()
    (box,) = found(data.getvalue(), read(data.getvalue()), "In the very middle.")
    assert box.left == pytest.approx(0.5, abs=0.01)
    assert box.bottom == pytest.approx(0.5, abs=0.02)


def test_words_read_from_an_image_are_boxed_line_by_line() -> None:
    text = "One two three"
    words = [
        PlacedWord(1, 0, 3, 0.1, 0.10, 0.2, 0.12),
        PlacedWord(1, 4, 7, 0.25, 0.101, 0.3, 0.122),
        PlacedWord(1, 8, 13, 0.1, 0.14, 0.2, 0.16),
    ]
    pages = [Page(1, 0, 13, confidence=0.9)]
    assert boxes(b"", text, pages, words, 0, 13) == (
        Box(1, 0.1, 0.10, 0.3, 0.122),
        Box(1, 0.1, 0.14, 0.2, 0.16),
    )
    assert boxes(b"", text, pages, words, 5, 6) == (Box(1, 0.25, 0.101, 0.3, 0.122),)


def test_a_span_outside_the_text_and_a_file_that_is_no_pdf_are_refused() -> None:
    pages = [Page(1, 0, 5)]
    for start, end in ((-1, 3), (2, 2), (0, 6)):
        with pytest.raises(IngestError, match="not inside the text"):
            boxes(b"", "Hello", pages, (), start, end)
    with pytest.raises(SourceUnreadableError, match="damaged"):
        boxes(b"no pdf", "Hello", pages, (), 0, 5)
    with pytest.raises(SourceUnreadableError, match="no page 9"):
        boxes(printed([]), "Hello", [Page(9, 0, 5)], (), 0, 5)


def test_a_page_is_shown_as_an_image_of_the_width_asked_for() -> None:
    image = Image.open(BytesIO(page_image(printed(set_lines(["Shown."])), 1, 500)))
    assert image.format == "PNG"
    assert image.size[0] == pytest.approx(500, abs=1)
    assert image.size[1] == pytest.approx(707, abs=2)
    shades = image.convert("L").tobytes()
    assert min(shades) < 100
    assert max(shades) == 255
    with pytest.raises(IngestError, match="no page 2"):
        page_image(printed(set_lines(["Shown."])), 2)
