import contextlib
import struct
import time
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from random import Random

import docx
import pytest
from pptx import Presentation
from pptx.util import Inches
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from assistant.errors import (
    IngestError,
    NoTextError,
    SourceLimitError,
    SourceUnreadableError,
    UnsupportedSourceError,
)
from assistant.types import LoadedDocument
from ingest.limits import Limits
from ingest.loaders.load import load
from ingest.parsed import Reading
from ingest.sources import uploaded

BODY = "The Parties agree to consult whenever the security of any of them is threatened by others."
OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
ODF = (
    f'{OFFICE} xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"'
)
TEXT = "application/vnd.oasis.opendocument.text"


def loaded(name: str, data: bytes, room: Path = Path("none"), **limits: int) -> LoadedDocument:
    parsed = load(uploaded(name, data), Reading(Limits(**limits), room))  # type: ignore[arg-type]
    assert parsed.document is not None
    return parsed.document


def headings(document: LoadedDocument) -> list[str]:
    return [document.text[h.start : h.end] for h in document.headings]


def on_pages(document: LoadedDocument) -> list[str]:
    return [document.text[page.start : page.end].strip() for page in document.pages]


def packed(parts: Mapping[str, str]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def repacked(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new) if name == part else content)
    return changed.getvalue()


def deck(*titles: str) -> bytes:
    presentation = Presentation()
    presentation.core_properties.author = "NATO"
    presentation.core_properties.created = datetime(2024, 9, 2)  # noqa: DTZ001 - as Office has it
    for title in titles:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "First\nSecond"
        slide.notes_slide.notes_text_frame.text = f"Say {title}"
    last = presentation.slides[len(titles) - 1]
    table = last.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for i, words in enumerate(("Name", "Year", "NATO", "1949")):
        table.cell(i // 2, i % 2).text = words
    data = BytesIO()
    presentation.save(data)
    return data.getvalue()


def workbook(far: bool = False) -> bytes:
    data = BytesIO()
    # Else the writer looks for something in each of the million rows before the last.
    with Workbook(data, {"constant_memory": far, "in_memory": not far}) as book:
        sheet = book.add_worksheet("Dépenses")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Pays", "Depuis", "Part"])
        sheet.write_row(2, 0, ["France", "", 2.5])
        sheet.write_datetime(2, 1, datetime(1949, 4, 4), day)  # noqa: DTZ001 - a day of no zone
        for row in range(3, 2000):
            sheet.write_blank(row, 0, None, day)
        if far:
            sheet.write(1_048_575, 16_383, "x")
        hidden = book.add_worksheet("Lists")
        hidden.write(0, 0, "secret")
        hidden.hide()
    return data.getvalue()


def compound(stream: str, data: bytes) -> bytes:
    """The smallest compound file that holds one stream of 4096 bytes or more."""
    data = data.ljust(-(-max(len(data), 4096) // 512) * 512, b"\0")
    count = len(data) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    header += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0)
    header += struct.pack("<IIIII109I", 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        none = 0xFFFFFFFF
        start = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, none, none, child)
        return start.ljust(116, b"\0") + struct.pack("<IQ", first, size)

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    directory += entry(stream, 2, 0xFFFFFFFF, 2, len(data))
    return header + struct.pack("<128I", *table) + directory.ljust(512, b"\0") + data


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_a_slide_is_a_page_with_its_title_points_table_and_notes() -> None:
    document = loaded("a.pptx", deck("Purpose", "Means"))
    assert on_pages(document)[0] == "Purpose\n\n• First\n• Second\n\nNotes: Say Purpose"
    assert "Name: NATO; Year: 1949" in on_pages(document)[1]
    assert headings(document) == ["Purpose", "Means"]
    assert document.metadata.issuer == "NATO"
    assert document.metadata.published_on == date(2024, 9, 2)


def test_a_template_and_a_show_are_read_as_the_presentations_they_are() -> None:
    for kind in (b"template", b"slideshow"):
        data = repacked(
            deck("Purpose"), "[Content_Types].xml", b"presentation.main+xml", kind + b".main+xml"
        )
        assert headings(loaded("a.potx", data)) == ["Purpose"]


def test_more_slides_than_allowed_are_refused() -> None:
    with pytest.raises(SourceLimitError, match="3 slides"):
        loaded("a.pptx", deck("One", "Two", "Three"), pages=2)


def test_a_sheet_is_a_page_and_a_row_a_line_that_names_its_columns() -> None:
    document = loaded("a.xlsx", workbook())
    assert document.text == "Dépenses\n\nPays: France; Depuis: 1949-04-04; Part: 2.5"
    assert headings(document) == ["Dépenses"]
    assert len(document.pages) == 1


def test_a_hidden_sheet_is_left_out_and_named() -> None:
    document = loaded("a.xlsx", workbook())
    assert "secret" not in document.text
    assert any("Lists" in warning for warning in document.warnings)


def test_cells_beyond_measure_apart_are_refused_before_room_is_made_for_them() -> None:
    with pytest.raises(SourceLimitError, match="far apart"):
        loaded("a.xlsx", workbook(far=True))


def test_an_open_document_gives_headings_lists_tables_and_notes() -> None:
    content = (
        f"<office:document-content {ODF}><office:body><office:text>"
        '<text:h text:outline-level="1">Purpose</text:h>'
        f"<text:p>{BODY}<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p>"
        "<text:list><text:list-item><text:p>One<text:s/>item</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell>"
        "<table:table-cell><text:p>Year</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>NATO</text:p></table:table-cell>"
        "<table:table-cell><text:p>1949</text:p></table:table-cell></table:table-row></table:table>"
        "</office:text></office:body></office:document-content>"
    )
    meta = (
        f'<office:document-meta {OFFICE} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<office:meta><dc:title>On duties</dc:title><dc:language>fr-FR</dc:language>"
        "<dc:creator>OTAN</dc:creator><dc:date>2020-05-18T10:00:00</dc:date></office:meta>"
        "</office:document-meta>"
    )
    document = loaded("a.odt", packed({"mimetype": TEXT, "content.xml": content, "meta.xml": meta}))
    rows = "• One item\nName: NATO; Year: 1949"
    assert document.text == f"Purpose\n\n{BODY}\n\nA note.\n\n{rows}"
    assert headings(document) == ["Purpose"]
    metadata = document.metadata
    assert (metadata.title, metadata.issuer, metadata.language) == ("On duties", "OTAN", "fr")
    assert metadata.published_on == date(2020, 5, 18)


def test_pages_of_an_open_presentation_in_one_file_are_slides() -> None:
    slide = (
        '<draw:page><draw:frame presentation:class="outline"><draw:text-box><text:list>'
        "<text:list-item><text:p>First</text:p></text:list-item></text:list></draw:text-box>"
        '</draw:frame><draw:frame presentation:class="title"><draw:text-box><text:p>Title</text:p>'
        "</draw:text-box></draw:frame></draw:page>"
    )
    body = f"<office:body><office:presentation>{slide}{slide}</office:presentation></office:body>"
    flat = f'<?xml version="1.0"?><office:document {ODF}>{body}</office:document>'
    document = loaded("a.fodp", flat.encode())
    assert on_pages(document) == ["Title\n\n• First"] * 2


def test_an_encrypted_open_document_is_said_to_be_protected() -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    )
    parts = {"mimetype": TEXT, "content.xml": "\x00", "META-INF/manifest.xml": manifest}
    with pytest.raises(SourceUnreadableError, match="password"):
        loaded("a.odt", packed(parts))


def test_rich_text_gives_headings_rows_pages_notes_and_what_it_says_of_itself() -> None:
    markup = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}"
        rb"{\info{\title L'\'e9tat}{\author OTAN}{\creatim\yr2010\mo3\dy2}}"
        rb"\pard\outlinelevel0 Purpose\par\pard Raw \xe9 and \u8211? dash{\footnote \pard A note.}"
        rb"\par\trowd\intbl a\cell b\cell\row\pard After\page Next page\par}"
    ).replace(rb"\xe9", b"\xe9")
    document = loaded("a.rtf", markup)
    assert on_pages(document) == [
        "Purpose\n\nRaw é and – dash\n\na | b\n\nAfter",
        "Next page\n\nA note.",
    ]
    assert headings(document) == ["Purpose"]
    assert (document.metadata.title, document.metadata.issuer) == ("L'état", "OTAN")
    assert document.metadata.published_on == date(2010, 3, 2)


def test_rich_text_by_another_name_is_rich_text() -> None:
    assert loaded("a.doc", rb"{\rtf1 Hello}").media_type == "application/rtf"


@pytest.mark.parametrize(
    ("stream", "data"),
    [
        ("EncryptedPackage", b""),
        ("WordDocument", b"\xec\xa5\xc1\x00".ljust(10, b"\0") + b"\x00\x01"),
        ("Workbook", struct.pack("<HH16xHH", 0x0809, 16, 0x002F, 54)),
        ("EncryptedSummary", b""),
    ],
)
def test_what_asks_for_a_password_is_refused_for_that(stream: str, data: bytes) -> None:
    with pytest.raises(SourceUnreadableError, match="password"):
        loaded("a.doc", compound(stream, data))


def test_an_old_document_without_libreoffice_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnsupportedSourceError, match="Install LibreOffice"):
        loaded("a.doc", compound("WordDocument", b"\xec\xa5\xc1\x00"), tmp_path)
    with pytest.raises(UnsupportedSourceError, match="PPTX"):
        loaded("a.ppt", compound("PowerPoint Document", b""), tmp_path)


@pytest.mark.office
def test_an_old_document_is_read_by_way_of_libreoffice(tmp_path: Path) -> None:
    word = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        f"<w:body><w:p><w:r><w:t>{BODY}</w:t></w:r></w:p></w:body></w:wordDocument>"
    )
    document = loaded("a.doc", word.encode(), tmp_path)
    assert (document.text, document.media_type) == (BODY, "application/msword")
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_hangs_is_ended_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60 &\necho $! > ../../child\nsleep 60\n")
    program.chmod(0o755)
    room = tmp_path / "room" / "inner"
    room.mkdir(parents=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceLimitError, match="LibreOffice longer"):
        loaded("a.doc", compound("WordDocument", b"\xec\xa5\xc1\x00"), room, seconds=1)
    child = int((tmp_path / "room" / "child").read_text())
    deadline = time.monotonic() + 10
    while lives(child) and time.monotonic() < deadline:
        time.sleep(0.02)  # what is killed takes a moment to go
    assert not lives(child)


def test_the_head_of_a_letter_is_read_where_there_is_nothing_else() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = BODY
    data = BytesIO()
    document.save(data)
    assert loaded("a.docx", data.getvalue()).text == BODY


def test_an_office_document_that_unpacks_to_too_much_is_refused() -> None:
    data = packed({"word/document.xml": "a" * 5_000_000, "[Content_Types].xml": "<Types/>"})
    with pytest.raises(SourceLimitError, match="unpacks"):
        loaded("a.docx", data, unpacked=1_000_000)


def test_a_package_that_lies_about_its_size_is_stopped_while_it_unpacks() -> None:
    data = bytearray(packed({"mimetype": TEXT, "content.xml": "a" * 5_000_000}))
    at = data.index((5_000_000).to_bytes(4, "little"), data.index(b"PK\x01\x02"))
    data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises((SourceLimitError, SourceUnreadableError)):
        loaded("a.odt", bytes(data), unpacked=1_000_000)


def test_entities_of_a_document_are_neither_fetched_nor_spelt_out(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    laughs = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12))
    content = (
        f"<!DOCTYPE x [<!ENTITY a0 'ha'>{laughs}<!ENTITY e SYSTEM '{secret.as_uri()}'>]>"
        f"<office:document-content {ODF}><office:body><office:text>"
        f"<text:p>{BODY} &e; &a11;</text:p></office:text></office:body></office:document-content>"
    )
    document = loaded("a.odt", packed({"mimetype": TEXT, "content.xml": content}))
    assert document.text.startswith(BODY)
    assert "secret" not in document.text
    assert len(document.text) < len(BODY) + 20


@pytest.mark.parametrize("name", ["a.pptx", "a.xlsx", "a.docx", "a.rtf", "a.doc", "a.xls"])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "")
    word = BytesIO()
    docx.Document().save(word)
    whole = {
        "a.pptx": deck("Purpose"),
        "a.xlsx": workbook(),
        "a.docx": word.getvalue(),
        "a.rtf": rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\footnote x}\trowd a\cell\row \u8211? \'e9}"
        * 9,
        "a.doc": compound("WordDocument", b"\xec\xa5\xc1\x00"),
        "a.xls": compound("Workbook", struct.pack("<HHHH", 0x0809, 4, 0x0600, 5)),
    }[name]
    random = Random(name)
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(random.choice((1, 4, 30))):
            data[random.randrange(len(data))] = random.randrange(256)
        cut = random.choice((len(data), random.randrange(8, len(data))))
        with contextlib.suppress(IngestError):
            assert loaded(name, bytes(data[:cut]), tmp_path).text


def test_pictures_alone_are_no_text() -> None:
    with pytest.raises(NoTextError):
        loaded("a.rtf", rb"{\rtf1{\pict\wmetafile8 0001}}")
