from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from assistant.errors import (
    IngestError,
    NoTextError,
    SourceUnreadableError,
    UnsupportedSourceError,
)
from assistant.types import LoadedDocument
from ingest.limits import Limits
from ingest.loaders.load import load
from ingest.parsed import Reading
from ingest.sources import uploaded

BODY = "The Parties agree to consult whenever the security of any of them is threatened by others."


def loaded(name: str, data: str | bytes) -> LoadedDocument:
    raw = data.encode() if isinstance(data, str) else data
    parsed = load(uploaded(name, raw), Reading(Limits(), Path("no-room-is-needed")))
    assert parsed.document is not None
    return parsed.document


def headings(document: LoadedDocument) -> list[tuple[int, str]]:
    return [(h.level, document.text[h.start : h.end]) for h in document.headings]


def pdf(*pages: list[str]) -> bytes:
    data = BytesIO()
    canvas = Canvas(data, pagesize=A4, invariant=True)
    for lines in pages:
        for i, line in enumerate(lines):
            canvas.drawString(72, 780 - 15 * i, line)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def word(title: str = "", keywords: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.keywords = keywords
    document.add_heading("Purpose", 1)
    document.add_paragraph(BODY)
    document.add_paragraph("One item", style="List Bullet")
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def test_bare_lines_before_longer_paragraphs_are_headings_of_a_text() -> None:
    document = loaded("a-note-on-nato.txt", f"{BODY}\nRole of attachés\n{BODY}\n{BODY}\n")
    assert headings(document) == [(1, "Role of attachés")]


def test_a_text_without_a_title_is_named_by_its_file() -> None:
    document = loaded("defense-diplomacy-in-nato-operations.txt", f"{BODY}\n{BODY}")
    assert document.metadata.title == "Defense Diplomacy in NATO Operations"


def test_a_text_in_another_encoding_is_read() -> None:
    text = "Les attachés de défense représentent leur État auprès des alliés européens. " * 5
    assert "attachés de défense" in loaded("a.txt", text.encode("cp1252")).text


def test_a_banner_gives_the_marking() -> None:
    assert loaded("a.txt", f"NATO UNCLASSIFIED\n\n{BODY}").metadata.marking == "NATO UNCLASSIFIED"


def test_front_matter_says_what_a_markdown_file_is() -> None:
    front = "title: On trust\nissuer: NATO\ndate: 2026-09-02\nmarking: UNMARKED\nlanguage: en"
    metadata = loaded("a.md", f"---\n{front}\n---\n\n{BODY}").metadata
    assert (metadata.title, metadata.issuer, metadata.language) == ("On trust", "NATO", "en")
    assert (metadata.published_on, metadata.marking) == (date(2026, 9, 2), None)


def test_front_matter_that_is_no_yaml_stays_text() -> None:
    document = loaded("a.md", f"---\ntitle: [unclosed\n---\n\n{BODY}")
    assert BODY in document.text


def test_a_bare_title_in_markdown_is_a_heading_one_level_deeper() -> None:
    document = loaded("a.md", f"## The Pact\n\nFrench Involvement\n\n{BODY}\n")
    assert headings(document) == [(2, "The Pact"), (3, "French Involvement")]


def test_a_labelled_line_in_markdown_is_no_heading() -> None:
    document = loaded("a.md", f"# Algeria\n\n**Map References:** Africa\n\n{BODY}\n")
    assert headings(document) == [(1, "Algeria")]


def test_a_table_is_read_row_by_row_and_a_list_item_by_item() -> None:
    document = loaded("a.md", "| Name | Year |\n|---|---|\n| NATO | 1949 |\n\n- one\n- two\n")
    assert document.text == "Name: NATO; Year: 1949\n• one\n• two"


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        # Bars without a header and without a line of signs below one.
        ("|\n|\n|Ribe |2 boats |\n|Lund |1 boat |", ["Ribe | 2 boats", "Lund | 1 boat"]),
        # Signs stand for a header that the first row is.
        (
            "| --- | --- |\n|:---|:---|\n|*in Ribe* |* in Lund* |\n|GULL |(none) |\n| --- |TERN |",
            ["in Ribe: GULL; in Lund: (none)", "in Lund: TERN"],
        ),
        ("| --- | --- |\n|:---|:---|\n|Ribe |2 |\n|Lund |1 |", ["Ribe | 2", "Lund | 1"]),
        ("```\n|Ribe |2 |\n|Lund |1 |\n```", ["|Ribe |2 | |Lund |1 |"]),
    ],
)
def test_a_table_of_markdown_without_a_header_is_one(table: str, lines: list[str]) -> None:
    document = loaded("a.md", f"{BODY}\n{table}\n\n{BODY}\n")
    assert document.text.split("\n\n")[1].split("\n") == lines


def test_what_serves_navigation_is_left_out_of_a_page() -> None:
    page = f"<html><body><nav>Menu</nav><h1>Title</h1><p>{BODY}</p><footer>Foot</footer></body>"
    assert loaded("a.html", page).text == f"Title\n\n{BODY}"


def test_words_divided_at_the_ends_of_lines_are_put_together() -> None:
    lines = [
        "The Ministry of Defence and the General Staff agreed on the inter-",
        "operability of their forces and on the exchange of officers be-",
        "tween academies, under the well-",
        "known memorandum that both of the countries had signed in Oslo",
    ]
    text = loaded("a.txt", "\n".join(lines)).text
    assert "interoperability of their forces" in text
    assert "officers between academies" in text
    assert "the well-known memorandum" in text


def test_a_page_nested_in_hundreds_of_boxes_is_read_to_its_bottom() -> None:
    page = f"<html><p>{BODY}</p>" + "<div><span>" * 3000 + "deep"
    assert loaded("a.html", page).text == f"{BODY}\n\ndeep"


def test_a_page_nested_beyond_measure_is_refused_and_not_cut_short() -> None:
    page = f"<html><p>{BODY}</p>" + "<ul><li>" * 3000 + "deep"
    with pytest.raises(SourceUnreadableError, match="nested"):
        loaded("a.html", page)


def test_characters_that_no_page_may_hold_cost_nothing_else() -> None:
    page = "<html><p>Be\x01fo&#x1b;re<script>x</script>\ufffe&#1;after &#39;all&#39;</p>"
    assert loaded("a.html", page).text == "Beforeafter 'all'"


def test_tables_stand_where_they_stood_in_the_page() -> None:
    table = "<table><tr><th>Name</th><th>Year</th></tr><tr><td>NATO</td><td>1949</td></tr></table>"
    page = f"<html><p>Before.</p>{table}<p>Between.</p>{table}<p>After.</p>"
    row = "Name: NATO; Year: 1949"
    assert loaded("a.html", page).text == f"Before.\n\n{row}\n\nBetween.\n\n{row}\n\nAfter."


def test_a_word_document_gives_headings_items_and_properties() -> None:
    document = loaded("a.docx", word("On duties", "x; marking: NATO RESTRICTED"))
    assert document.text == f"Purpose\n\n{BODY}\n\n• One item"
    assert headings(document) == [(1, "Purpose")]
    assert document.metadata.title == "On duties"
    assert document.metadata.marking == "NATO RESTRICTED"


def test_the_pages_of_a_pdf_are_spans_without_their_running_heads() -> None:
    pages = [["CJCSI 3520", f"Clause {word} is one.", str(n)] for n, word in enumerate("abcd", 1)]
    document = loaded("a.pdf", pdf(*pages))
    assert [document.text[p.start : p.end].strip() for p in document.pages] == [
        f"Clause {word} is one." for word in "abcd"
    ]


def test_a_word_divided_at_a_line_end_is_joined() -> None:
    document = loaded("a.pdf", pdf(["The attachés strengthen co-", "operation among the allies."]))
    assert document.text == "The attachés strengthen cooperation among the allies."


def test_a_bold_line_of_a_pdf_is_a_heading_and_no_part_of_the_paragraph_below_it() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for number, title in enumerate(("Article 1: Consultation", "Article 2: Withdrawal")):
        top = 780 - 200 * number
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, top, title)
        canvas.setFont("Helvetica", 11)
        for i in range(8):
            line = "The Parties agree on what this article says, in a line as wide as the page"
            canvas.drawString(72, top - 14 * (i + 1), line + ("." if i == 7 else ""))
    canvas.save()
    document = loaded("treaty.pdf", buffer.getvalue())
    assert headings(document) == [(1, "Article 1: Consultation"), (1, "Article 2: Withdrawal")]


def test_a_pdf_without_a_text_layer_is_said_to_be_a_scan() -> None:
    with pytest.raises(NoTextError, match="scan"):
        loaded("a.pdf", pdf([]))


def test_a_pdf_with_another_name_is_a_pdf() -> None:
    assert loaded("a.txt", pdf(["The Parties agree."])).media_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.txt", b"", NoTextError),
        ("a.txt", b" \n\t", NoTextError),
        ("a.txt", bytes(range(256)) * 20, SourceUnreadableError),
        ("a.pdf", b"no pdf at all", SourceUnreadableError),
        ("a.pdf", b"%PDF-1.7 cut short", SourceUnreadableError),
        ("a.docx", b"PK\x03\x04 cut short", SourceUnreadableError),
        ("a.jpg", b"\xff\xd8\xff\xe0", UnsupportedSourceError),
        ("a.txt", b"\x7fELF\x02\x01", UnsupportedSourceError),
    ],
)
def test_what_cannot_be_read_is_refused_for_its_reason(
    name: str, data: bytes, error: type[IngestError]
) -> None:
    with pytest.raises(error):
        loaded(name, data)
