"""Markings that stand beside a document's text, where its reader does not show them."""

import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Length
from pptx import Presentation
from pptx.util import Inches
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from assistant.access.ladders import DEFAULT, Ladders
from assistant.errors import UnsupportedSourceError
from assistant.types import LoadedDocument
from ingest.limits import Limits
from ingest.loaders.load import load
from ingest.markings import Marker
from ingest.parsed import Reading
from ingest.sources import uploaded
from tests.unit.ingest.pdfs import printed, set_lines

MARKER = Marker(Ladders.read(DEFAULT))
BODY = "The exercise begins in May and ends in June, when the ships have left the port again."
SECRET = "NATO SECRET"


def marked(name: str, data: bytes | str) -> LoadedDocument:
    """The document in a file, with its marking settled."""
    data = data.encode() if isinstance(data, str) else data
    document = load(uploaded(name, data), Reading(Limits(), Path("none"))).document
    assert document is not None
    return MARKER.marked(document)


def page(head: str = "", body: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}<p>{BODY}</p></body></html>"


@pytest.mark.parametrize(
    "markup",
    [
        page(body="<header>NATO SECRET</header>"),
        page(body="<header><span>Registry</span><b>NATO SECRET</b></header>"),
        page(body="<nav><ul><li>Home</li><li>NATO SECRET</li></ul></nav>"),
        page(body="<aside>nato secret</aside>"),
        page(body="<footer><p>Page 1</p><p>NATO SECRET</p></footer>"),
        page(body="<form><button>NATO SECRET</button></form>"),
        page(body="<!-- NATO SECRET -->"),
        page(head="<title>NATO SECRET</title>"),
        page(head="<title>Plan [NATO SECRET]</title>"),
        page(head='<meta name="keywords" content="plan, NATO SECRET">'),
        page(head='<meta name="description" content="NATO SECRET">'),
        page(head='<meta http-equiv="X-Classification" content="NATO SECRET">'),
        page(head='<script type="application/ld+json">{"classification":"NATO SECRET"}</script>'),
        page(body='<div data-classification="NATO SECRET"></div>'),
        page(body='<img src="stamp.png" alt="NATO SECRET">'),
        f"<!-- NATO SECRET -->{page()}",
    ],
)
def test_what_a_page_says_beside_its_text_marks_it(markup: str) -> None:
    document = marked("plan.html", markup)
    assert document.text == BODY
    assert document.metadata.marking == SECRET


def slides(where: str) -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "The exercise"
    slide.shapes.add_textbox(Inches(1), Inches(2), Inches(6), Inches(1)).text_frame.text = BODY
    if where == "footer":
        for shape in slide.slide_layout.placeholders:
            if "Footer" in shape.name:
                slide.shapes.clone_placeholder(shape)
        next(s for s in slide.placeholders if "Footer" in s.name).text_frame.text = SECRET
    else:
        on = deck.slide_master if where == "master" else slide.slide_layout
        shape = next(shape for shape in on.placeholders if shape.has_text_frame)
        shape.text_frame.text = SECRET
    file = BytesIO()
    deck.save(file)
    return file.getvalue()


def sheet(where: str) -> bytes:
    file = BytesIO()
    book = Workbook(file)
    page = book.add_worksheet("NATO SECRET" if where == "name" else "Plan")
    page.write_row(0, 0, ["What", "When"])
    page.write_row(1, 0, ["exercise", "May"])
    if where == "header":
        page.set_header('&L&"Arial,Bold"&12Registry&C&"Arial,Bold"&KFF0000NATO SECRET&RPage &P')
    if where == "footer":
        page.set_footer("&CNATO SECRET")
    if where == "hidden":
        book.add_worksheet("NATO SECRET").hide()
    if where == "subject":
        book.set_properties({"subject": "NATO SECRET"})
    book.close()
    return file.getvalue()


def word(where: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(BODY)
    section = document.sections[0]
    if where == "first page":
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = SECRET
    elif where == "cell of a header":
        section.header.add_table(1, 2, Length(5_000_000)).rows[0].cells[1].text = SECRET
    elif where == "category":
        document.core_properties.category = "Nato Secret"
    elif where == "title":
        document.core_properties.title = "Plan (NATO SECRET)"
    else:
        getattr(section, where).paragraphs[0].text = SECRET
    file = BytesIO()
    document.save(file)
    return file.getvalue()


STYLES = (
    '<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:master-styles>'
    "<style:master-page><style:%s><text:p>NATO <text:span>SECRET</text:span></text:p></style:%s>"
    "</style:master-page></office:master-styles></office:document-styles>"
)
CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    "<text:p>%s</text:p></office:text></office:body></office:document-content>"
)


def open_document(where: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        parts.writestr("content.xml", CONTENT % BODY)
        parts.writestr("styles.xml", STYLES % (where, where))
    return file.getvalue()


def rich(where: str) -> bytes:
    return rf"{{\rtf1\ansi{{\{where} \pard NATO {{\b SECRET}}\par}}\pard {BODY}\par}}".encode()


def letter(subject: str) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "a@b.example", "c@d.example"
    message.set_content(BODY)
    return bytes(message)


Made = Callable[[str], bytes]


@pytest.mark.parametrize(
    ("name", "made", "where"),
    [
        ("plan.docx", word, "header"),
        ("plan.docx", word, "footer"),
        ("plan.docx", word, "first page"),
        ("plan.docx", word, "cell of a header"),
        ("plan.docx", word, "category"),
        ("plan.docx", word, "title"),
        ("plan.pptx", slides, "footer"),
        ("plan.pptx", slides, "master"),
        ("plan.pptx", slides, "layout"),
        ("plan.xlsx", sheet, "header"),
        ("plan.xlsx", sheet, "footer"),
        ("plan.xlsx", sheet, "name"),
        ("plan.xlsx", sheet, "hidden"),
        ("plan.xlsx", sheet, "subject"),
        ("plan.odt", open_document, "header"),
        ("plan.odt", open_document, "footer"),
        ("plan.odt", open_document, "header-first"),
        ("plan.rtf", rich, "header"),
        ("plan.rtf", rich, "footerf"),
        ("plan.eml", letter, "[NATO SECRET] Plan"),
        ("plan.eml", letter, "RE: Fwd: [NATO SECRET] Plan"),
        ("plan.eml", letter, "NATO SECRET: plan"),
        ("plan.eml", letter, "Plan – Nato Secret"),
        ("plan.eml", letter, "NATO SECRET Plan of the exercise"),
    ],
)
def test_heads_feet_masters_and_subjects_mark_what_they_stand_beside(
    name: str, made: Made, where: str
) -> None:
    assert marked(name, made(where)).metadata.marking == SECRET


@pytest.mark.parametrize("at", [820, 20])
def test_the_head_or_foot_of_every_page_of_a_pdf_marks_it_in_any_letters(at: int) -> None:
    lines = [f"The ship number {n} has left the port again and is at sea." for n in range(60)]
    pages = [[*set_lines(lines[n : n + 12]), (250, at, "Nato Secret")] for n in range(0, 60, 12)]
    document = marked("plan.pdf", printed(*pages))
    assert "Secret" not in document.text
    assert document.metadata.marking == SECRET


@pytest.mark.parametrize(
    "name",
    ["NATO SECRET.txt", "plan (NATO SECRET).txt", "NATO_SECRET_Plan 7.txt", "nato-secret.txt"],
)
def test_the_name_of_a_file_marks_it(name: str) -> None:
    assert marked(name, BODY).metadata.marking == SECRET


@pytest.mark.parametrize(
    "name", ["secret.txt", "official.txt", "top-secrets.txt", "restricted-area.txt"]
)
def test_a_file_called_by_a_plain_word_is_not_marked_by_that(name: str) -> None:
    assert marked(name, BODY).metadata.marking is None


@pytest.mark.parametrize(
    "table",
    [
        "id,text,marking\n1,The gate was opened,NATO SECRET\n2,The wall was built,\n",
        "id;text;Classification\n1;The gate was opened;nato secret\n",
        "id,text,security classification\n1,The gate,NATO SECRET\n2,It shut,NATO RESTRICTED\n",
        "A list of gates,,\nid,text,marking\n1,The gate was opened,NATO SECRET\n",
    ],
)
def test_a_table_bears_the_highest_marking_of_its_rows(table: str) -> None:
    assert marked("gates.csv", table).metadata.marking == SECRET
    file = BytesIO()
    book = Workbook(file)
    page = book.add_worksheet("Gates")
    for number, row in enumerate(table.strip().split("\n")):
        page.write_row(number, 0, row.replace(";", ",").split(","))
    book.close()
    assert marked("gates.xlsx", file.getvalue()).metadata.marking == SECRET


@pytest.mark.parametrize(
    "text",
    [
        "<!-- NATO SECRET -->\n\n{}",
        "<header>NATO SECRET</header>\n\n{}",
        "![NATO SECRET](stamp.png)\n\n{}",
    ],
)
def test_what_markdown_holds_of_a_page_marks_it(text: str) -> None:
    document = marked("plan.md", text.format(BODY))
    assert document.metadata.marking == SECRET
    assert "SECRET" not in document.text


def test_a_form_of_a_message_that_is_not_read_marks_it() -> None:
    message = EmailMessage()
    message["Subject"] = "Plan"
    message.set_content(BODY)
    message.add_alternative(f"<p>NATO SECRET</p><p>{BODY}</p>", subtype="html")
    document = marked("plan.eml", bytes(message))
    assert document.metadata.marking == SECRET
    assert "SECRET" not in document.text


def test_a_header_of_a_message_marks_it_whatever_it_is_called() -> None:
    message = b"Subject: Plan\r\nX-Registry-Stamp: NATO SECRET\r\n\r\n" + BODY.encode()
    assert marked("plan.eml", message).metadata.marking == SECRET


@pytest.mark.parametrize(
    "markup",
    [
        f"<?xml version='1.0'?><doc classification='NATO SECRET'><p>{BODY}</p></doc>",
        f"<?xml version='1.0'?><doc><marking>nato secret</marking><p>{BODY}</p></doc>",
    ],
)
def test_elements_and_attributes_of_xml_mark_it(markup: str) -> None:
    assert marked("plan.xml", markup).metadata.marking == SECRET


def test_a_watermark_of_word_marks_what_it_lies_under() -> None:
    drawn = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:textpath string="NATO SECRET"/></v:shape></w:pict></w:r></w:p></w:hdr>'
    )
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(word("header"))) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            text = old.read(part).replace(b"NATO SECRET", b"Registry")
            new.writestr(part, text.replace(b"</w:hdr>", drawn.encode()))
    assert marked("plan.docx", file.getvalue()).metadata.marking == SECRET


@pytest.mark.parametrize("name", ["plan.md", "plan.txt"])
@pytest.mark.parametrize("key", ["groups", "group", "Groups"])
def test_groups_are_heard_in_texts_of_every_kind(name: str, key: str) -> None:
    document = marked(name, f"---\n{key}: planning\n---\n\n{BODY}\n")
    assert document.metadata.groups == ("planning",)


def test_what_lines_of_json_say_of_all_records_holds_for_each(tmp_path: Path) -> None:
    lines = [{"marking": SECRET}, {"_id": "1", "text": BODY}]
    raw = "\n".join(map(json.dumps, lines)).encode()
    member = load(uploaded("gates.jsonl", raw), Reading(Limits(), tmp_path)).members[0]
    assert marked(member.file_name, member.path.read_bytes()).metadata.marking == SECRET


def test_a_row_that_is_a_marking_alone_and_one_before_a_cell_mark_the_table() -> None:
    rows = "".join(f"{n},gate {n}\n" for n in range(40))
    assert marked("gates.csv", f"id,text\n{rows}NATO SECRET,\n{rows}").metadata.marking == SECRET
    assert marked("gates.csv", f"id,text\n{rows}7,(NS) It shut.\n").metadata.marking == SECRET


def test_a_marking_of_a_row_that_is_on_no_list_closes_the_table() -> None:
    document = marked("gates.csv", "id,text,marking\n1,The gate was opened,KRYPTON\n")
    assert document.metadata.marking == "KRYPTON"
    assert any("none in use" in one for one in document.warnings)


def test_a_table_is_for_the_groups_that_every_row_names() -> None:
    table = "id,text,groups\n1,The gate was opened,board/planning\n2,It shut,planning\n"
    assert marked("gates.csv", table).metadata.groups == ("planning",)
    apart = marked("gates.csv", table.replace("2,It shut,planning", "2,It shut,crew"))
    assert apart.metadata.marking == "MARKING UNREADABLE"


@pytest.mark.parametrize(
    "table",
    [
        "animal,classification\nbear,mammal\nadder,reptile\n",
        "word,meaning\nmarking,a sign on a hull\n",
    ],
)
def test_columns_about_other_things_mark_nothing(table: str) -> None:
    assert marked("animals.csv", table).metadata.marking is None


@pytest.mark.parametrize(
    "data",
    [
        {"marking": "NATO SECRET", "gates": {"north": "opened"}},
        {"meta": {"classification": {"level": "NATO SECRET"}}, "gates": ["north", "south"]},
        [{"gate": "north", "marking": "NATO SECRET"}, {"gate": "south"}],
    ],
)
def test_data_that_is_no_record_bears_what_it_says(data: object) -> None:
    assert marked("gates.json", json.dumps(data)).metadata.marking == SECRET


def test_records_bear_the_marking_of_the_list_they_stand_in(tmp_path: Path) -> None:
    data = {"marking": SECRET, "items": [{"id": "1", "text": BODY}]}
    raw = json.dumps(data).encode()
    member = load(uploaded("gates.json", raw), Reading(Limits(), tmp_path)).members[0]
    assert marked(member.file_name, member.path.read_bytes()).metadata.marking == SECRET


def test_a_picture_by_the_name_of_a_document_is_said_to_be_none() -> None:
    with pytest.raises(UnsupportedSourceError, match="is no PDF, whatever its name says"):
        load(uploaded("true.pdf", b"\xff\xd8\xff\xe0 no pdf"), Reading(Limits(), Path("none")))
