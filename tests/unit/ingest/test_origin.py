from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from assistant.types import LoadedDocument, Metadata, Page
from ingest.limits import Limits
from ingest.loaders.language import detected
from ingest.loaders.load import load
from ingest.loaders.metadata import date_of
from ingest.loaders.origin import NOTHING, Filed, settled
from ingest.loaders.written_dates import dates_in
from ingest.parsed import Reading
from ingest.sources import uploaded

BODY = "The Parties agree to consult whenever the security of any of them is threatened by others."
PDF = "application/pdf"
LATER = date(2022, 7, 5)


def document(text: str, kind: str = PDF, title: str = "A title") -> LoadedDocument:
    return LoadedDocument(text, Metadata(title), kind)


def told(text: str, filed: Filed = NOTHING, name: str = "a.pdf", kind: str = PDF) -> Metadata:
    return settled(document(text, kind), name, filed).metadata


def issued(text: str, filed: Filed = NOTHING, name: str = "a.pdf", kind: str = PDF) -> str:
    return str(told(text, filed, name, kind).published_on)


def loaded(name: str, data: str | bytes) -> LoadedDocument:
    raw = data.encode() if isinstance(data, str) else data
    parsed = load(uploaded(name, raw), Reading(Limits(ocr=False), Path("no-room-is-needed")))
    assert parsed.document is not None
    return parsed.document


def pdf(lines: list[str], *, author: str = "", keywords: str = "", maker: str = "") -> bytes:
    """A PDF of one page; its program says that it was made on 1 January 2000."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=A4, invariant=True)
    canvas.setAuthor(author)
    canvas.setKeywords(keywords)
    canvas.setCreator(maker)
    for i, line in enumerate(lines):
        canvas.drawString(72, 780 - 30 * i, line)
    canvas.save()
    return bytes(data.getvalue())


@pytest.mark.parametrize(
    "author",
    [
        "staggswt",
        "michelle.jackson",
        "Zvi.Muskal",
        "jenki300",
        "EJ04325S",
        "CORP\\jdoe",
        "@keeper",
        "Dell",
        "Hewlett-Packard Company",
        "Microsoft Office User",
        "Windows User",
        "Microsoft Corporation",
        "Administrator",
        "USER",
        "Valued Gateway Customer",
        "DESKTOP-4F2K",
        "PScript5.dll Version 5.2.2",
        "ARRAY(0x2c7cf020)",
        "Yury",
    ],
)
def test_an_account_a_machine_and_a_program_are_no_issuers(author: str) -> None:
    assert told(BODY, Filed(author)).issuer is None


@pytest.mark.parametrize(
    "author", ["NATO", "U.S. Census Bureau", "Department of Veterans Affairs", "van der Knijff"]
)
def test_a_body_and_a_person_named_as_the_author_are_the_issuer(author: str) -> None:
    assert told(BODY, Filed(author)).issuer == author


def test_a_single_word_is_the_issuer_where_the_text_has_it() -> None:
    assert told(f"{BODY} Eurocorps has eleven nations.", Filed("Eurocorps")).issuer == "Eurocorps"
    assert told(BODY, Filed("Eurocorps")).issuer is None
    assert told(f"{BODY} Write to jdoe2.", Filed("jdoe2")).issuer is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("1 September 2010", "2010-09-01"),
        ("July 2, 2004", "2004-07-02"),
        ("Thursday, 22 Jan 2020", "2020-01-22"),
        ("30 décembre 1991", "1991-12-30"),
        ("1er juillet 1999", "1999-07-01"),
        ("3 mei 2001", "2001-05-03"),
        ("25. September 1990", "1990-09-25"),
        ("16 de diciembre de 1970", "1970-12-16"),
        ("12.05.2010", "2010-05-12"),
        ("DISTRIBUTION: A, B, C, JS-LAN 1 September 2010", "2010-09-01"),
        ("Distr. LIMITED A/L.632 29 September 1971 ORIGINAL: ENGLISH", "1971-09-29"),
        ("MINISTRY OF FOREIGN AFFAIRS The Hague, 10 February 2015 Treaties", "2015-02-10"),
        ("Ottawa, 17 January 1995 No. 14 Excellency, I have the honour to refer", "1995-01-17"),
        ("June 11, 1956.Your Excellency, I have the honour to refer to it", "1956-06-11"),
        ("Last updated: 3 May 2001", "2001-05-03"),
        ("Received 30 November 2004; revised 5 May 2005; published 22 July 2005.", "2005-07-22"),
        ("Publié le 14 juillet 2016", "2016-07-14"),
        ("Date Published: February 2000", "2000-02-01"),
    ],
)
def test_the_date_at_the_head_of_a_text_comes_before_that_of_its_file(line: str, day: str) -> None:
    assert issued(f"A heading\n\n{line}\n\n{BODY}", Filed(on=LATER)) == day


@pytest.mark.parametrize(
    "line",
    [
        "The note verbale dated 24 February 2022 was answered on 28 February 2022.",
        "(a) Directive 6000.6, August 2, 1977 (hereby cancelled)",
        "Begun and held at the City of Washington on the third day of January, 2020",
        "EFFECTIVE DATE: DODI 6000 1 January 2025",
        "62 FR 13967, Mar. 24, 1997]",
        "4 April 1949\n\n9 May 1955\n\n30 May 1982",
    ],
)
def test_a_date_that_a_sentence_a_reference_or_a_chronology_names_is_not_the_documents(
    line: str,
) -> None:
    assert issued(f"A heading\n\n{line}\n\n{BODY}") == "None"


def test_a_date_that_stands_alone_behind_the_beginning_of_the_text_is_that_of_a_part() -> None:
    assert issued(f"Release notes\n\n{BODY}\n\n12 May 2010\n\nWhat is new") == "None"
    assert issued(f"Release notes\n\n• A first item\n\n12 May 2010\n\n{BODY}") == "None"
    assert issued(f"Release notes\n\n12 May 2010\n\n{BODY}") == "2010-05-12"


def test_what_a_caption_of_a_page_names_is_not_its_date() -> None:
    for caption in ("Pearl Harbor, December 7, 1941", "B-17 Fortress, October 14, 1943"):
        text = f"# Attack\n\n{caption}\n\nBy the Navy\n\n{BODY}\n"
        assert loaded("a.md", text).metadata.published_on is None


def test_a_number_before_a_month_is_no_day_where_it_counts_issues() -> None:
    assert dates_in("Volume 1, Issue 2 September 2005") == []


@pytest.mark.parametrize(
    ("closing", "day"),
    [
        ("DONE at Strasbourg, this 15th day of October 1975, in English.", "1975-10-15"),
        (
            "DONE at the city of San Francisco the twenty-sixth day of June, one thousand nine "
            "hundred and forty-five.",
            "1945-06-26",
        ),
        ("Signed at Paris the twenty-third day of October nineteen hundred and fifty four.", None),
        ("GEDAAN te Brussel, de 14 september 1994.", "1994-09-14"),
        ("Fait à Paris, le 23 octobre 1954.", "1954-10-23"),
    ],
)
def test_a_treaty_is_of_the_day_on_which_it_says_it_was_done(closing: str, day: str | None) -> None:
    text = f"Convention on trust\n\n{BODY} It follows that of 4 April 1949.\n\n{closing}"
    assert issued(text, Filed(on=LATER)) == (day or "1954-10-23")


def test_a_treaty_enclosed_in_letters_gives_them_no_date() -> None:
    text = f"{BODY} The Convention follows.\n\nDone at Bonn this 26th day of May, 1952."
    letters = document(text, title="Exchange of notes on a convention")
    assert settled(letters, "a.pdf").metadata.published_on is None


def test_a_month_is_made_a_day_by_the_file_that_was_made_in_it() -> None:
    text = f"A survey\n\nSeptember 2003\n\n{BODY}"
    assert issued(text, Filed(on=date(2003, 9, 4))) == "2003-09-04"
    assert issued(text, Filed(on=LATER)) == "2003-09-01"


def test_a_scan_is_not_dated_by_the_day_it_was_scanned() -> None:
    text = f"{BODY} It was adopted in 1971."
    scan = Filed(on=LATER, maker="Paper Capture Plug-in")
    assert issued(text, scan) == "None"
    assert issued(text.replace("1971", "2022"), scan) == "2022-07-05"
    read = LoadedDocument(text, Metadata("A title"), PDF, (Page(1, 0, len(text), 0.9),))
    assert settled(read, "a.pdf", Filed(on=LATER)).metadata.published_on is None


def test_a_file_of_an_instrument_made_decades_after_all_years_that_it_names_gives_no_date() -> None:
    about = f"{BODY} It was proposed in 1969, adopted in 1971 and printed in 1972."
    text = f"{about} In witness whereof they have signed it."
    assert issued(text, Filed(on=LATER)) == "None"
    assert issued(about, Filed(on=LATER)) == "2022-07-05"
    assert issued(text, Filed(on=date(1974, 1, 2))) == "1974-01-02"


def test_a_figure_that_was_not_recognised_makes_no_other_day() -> None:
    text = f"Distr. LIMITED A/L.632 ~9 September 1971\n\n{BODY}"
    assert dates_in("~9 September 1971, 1l September 1971") == []
    scan = Filed(on=LATER, maker="Paper Capture Plug-in")
    assert issued(text, scan, "A_L.632.pdf") == "None"
    assert issued(text, scan, "un_1971-09-29_A_L.632-EN.pdf") == "1971-09-29"
    assert issued(BODY, scan, "un_1971-09-29_A_L.632-EN.pdf") == "None"


def test_a_date_of_the_file_that_is_not_believed_is_told() -> None:
    scan = Filed(on=LATER, maker="RICOH IM C4500")
    dropped = settled(document(f"{BODY} That was in 1971."), "a.pdf", scan).warnings
    replaced = settled(document(f"30 December 1991\n\n{BODY}"), "a.pdf", scan).warnings
    assert "made on 2022-07-05" in dropped[0]
    assert "no date is kept" in dropped[0]
    assert "dated 1991-12-30" in replaced[0]
    assert settled(document(BODY), "a.pdf", Filed(on=LATER)).warnings == ()


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("Department of Defense\n\nDIRECTIVE\n\nNUMBER 6000.6", "Department of Defense"),
        (
            "CHAIRMAN OF THE JOINT CHIEFS OF STAFF INSTRUCTION\n\nCJCSI 3520.01C 1 September 2010",
            "Chairman of the Joint Chiefs of Staff",
        ),
        ("UNITED UT NATIONS\n\nDistr.\n\nGENERAL", "United Nations"),
        ("MINISTÈRE DE LA DÉFENSE\n\n14 juillet 2016", "Ministère de la Défense"),
        ("Ministerie van Buitenlandse Zaken\n\n3 mei 2001", "Ministerie van Buitenlandse Zaken"),
    ],
)
def test_the_letterhead_comes_before_the_author_of_the_file(head: str, issuer: str) -> None:
    assert told(f"{head}\n\n{BODY}", Filed("Paul Wolfowitz")).issuer == issuer


@pytest.mark.parametrize(
    "head",
    [
        "The Department of State",
        "Department of Defense Strategy for Cyberspace\n\n3 May 2001",
        "The Council decided to meet again\n\n3 May 2001",
        "The North Atlantic Council\n\n3 May 2001",
        "North Atlantic Council\n\nIts beginnings",
    ],
)
def test_a_heading_that_names_a_body_is_no_letterhead(head: str) -> None:
    assert told(f"{head}\n\n{BODY}").issuer is None
    text, title = f"North Atlantic Council\n\n3 May 2001\n\n{BODY}", "North Atlantic Council"
    assert settled(document(text, title=title), "a.pdf").metadata.issuer is None
    assert told(text).issuer == title


def test_what_is_given_by_hand_stands_whatever_text_and_file_say() -> None:
    front = "---\nissuer: The registry\ndate: 2024-09-02\n---\n"
    markdown = loaded("a.md", f"{front}# Title\n\n1 May 1990\n\n{BODY}").metadata
    assert (markdown.issuer, str(markdown.published_on)) == ("The registry", "2024-09-02")
    keywords = "marking: UNMARKED; issuer: United Nations; date: 1971-09-29"
    head = ["Department of Defense", "DIRECTIVE", "July 2, 2004", BODY]
    given = loaded("a.pdf", pdf(head, author="Dell", keywords=keywords)).metadata
    assert (given.issuer, str(given.published_on)) == ("United Nations", "1971-09-29")


def test_a_pdf_is_dated_and_issued_by_its_text_and_only_then_by_its_file() -> None:
    head = ["Department of Defense", "DIRECTIVE", "NUMBER 6000.6", "July 2, 2004", BODY]
    by_text = loaded("a.pdf", pdf(head, author="staggswt")).metadata
    assert (by_text.issuer, str(by_text.published_on)) == ("Department of Defense", "2004-07-02")
    by_file = loaded("a.pdf", pdf([BODY], author="U.S. Census Bureau")).metadata
    assert (by_file.issuer, str(by_file.published_on)) == ("U.S. Census Bureau", "2000-01-01")
    scan = loaded("a.pdf", pdf([f"{BODY} 1971."], author="Dell", maker="HP Scan")).metadata
    assert (scan.issuer, scan.published_on) == (None, None)


def test_a_word_document_takes_its_date_from_its_letter_and_none_from_a_template() -> None:
    def word(*lines: str, made: tuple[int, int, int]) -> Metadata:
        data, file = BytesIO(), docx.Document()
        for line in lines:
            file.add_paragraph(line)
        file.core_properties.author = "admin"
        file.core_properties.created = datetime(*made)  # noqa: DTZ001 - as Office has it
        file.core_properties.modified = datetime(2016, 2, 3)  # noqa: DTZ001
        file.save(data)
        return loaded("a.docx", data.getvalue()).metadata

    salutation = "Brussels, 12 July 2013 Dear Secretary General,"
    letter = word(salutation, BODY, made=(2013, 7, 20))
    assert (letter.issuer, str(letter.published_on)) == (None, "2013-07-12")
    assert str(word(BODY, made=(2013, 12, 23)).published_on) == "2016-02-03"


def test_the_publisher_of_a_page_is_its_issuer_where_its_author_is_an_account() -> None:
    metas = '<meta name="author" content="admin"><meta name="dc.publisher" content="NATO">'
    when = '<meta name="date" content="2019-03-04">'
    page = f"<html><head><title>On trust</title>{metas}{when}</head><body><p>{BODY}</p>"
    assert loaded("a.html", page).metadata.issuer == "NATO"
    assert str(loaded("a.html", page).metadata.published_on) == "2019-03-04"
    old = page.replace("<p>", "<p>12 May 1971</p><p>", 1)
    assert str(loaded("a.html", old).metadata.published_on) == "1971-05-12"


def test_the_rows_of_a_table_give_no_date() -> None:
    assert loaded("a.csv", "Date,Event\n3 May 2001,Meeting\n").metadata.published_on is None
    data = BytesIO()
    with Workbook(data) as book:
        book.add_worksheet().write_column(0, 0, ["Date", "3 May 2001"])
    assert str(loaded("a.xlsx", data.getvalue()).metadata.published_on) != "2001-05-03"


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: On trust\ndate: {}\n---\n",
        '+++\ntitle = "On trust"\ndate = {} # when\n+++\n',
    ],
)
def test_a_date_that_is_none_spoils_only_itself(front: str) -> None:
    read = loaded("a.md", f"{front.format('2022-13-45')}# A heading\n\n{BODY}\n")
    assert (read.metadata.title, read.metadata.published_on) == ("On trust", None)
    assert read.warnings == ("Its date “2022-13-45” cannot be read. Write it as 2026-09-02.",)
    timed = loaded("a.md", f"{front.format('2022-03-04 10:11:12')}# A heading\n\n{BODY}\n")
    assert str(timed.metadata.published_on) == "2022-03-04"
    assert timed.warnings == ()


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2024-1-5", "2024-01-05"),
        ("2024/09/02", "2024-09-02"),
        ("14 juillet 2016", "2016-07-14"),
        ("3rd May 2001", "2001-05-03"),
        ("May 2001", "2001-05-01"),
        ("D:20240902101112+01'00'", "2024-09-02"),
        ("04/05/2024", "None"),
        ("soon", "None"),
    ],
)
def test_a_date_given_by_hand_may_be_written_out(given: str, day: str) -> None:
    assert str(date_of(given)) == day


def test_the_letters_of_a_formula_make_no_title() -> None:
    data, prose = BytesIO(), f"{BODY} " * 3
    canvas = Canvas(data, pagesize=A4, invariant=True)
    canvas.drawString(72, 780, "Summary of noise spectra")
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(72, 720, "Frequency, c/yr")
    canvas.setFont("Helvetica", 12)
    for i in range(12):
        canvas.drawString(72, 660 - 15 * i, prose[60 * (i % 3) : 60 * (i % 3 + 1)])
    canvas.save()
    read = loaded("427669.pdf", data.getvalue())
    assert "Frequency, c/yr" in [read.text[h.start : h.end] for h in read.headings]
    assert read.metadata.title == "Summary of noise spectra"


def test_a_text_whose_middle_leaves_doubt_has_the_language_of_its_other_parts() -> None:
    shares = "total: 54,027,000; male: 26,700,000; (2023 est.); Kikuyu 17.1%; Luhya 14.3%; "
    middle = f"{shares}Kalenjin 13.4%; GDP: $113.7 billion; other; " * 14
    english = "The assembly agreed that the members would meet again in the autumn. " * 60
    dutch = "De vergadering kwam overeen dat de leden in het najaar bijeen zouden komen. " * 60
    assert detected(middle) is None
    assert detected(english + middle + english) == "en"
    assert detected(english + middle + dutch) is None
