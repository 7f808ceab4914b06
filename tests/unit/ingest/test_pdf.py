from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from assistant.errors import NoTextError, SourceLimitError, SourceUnreadableError
from ingest.limits import Limits
from tests.unit.ingest.pdfs import headings, pages_of, printed, read, set_lines, spans

LAW = Path(__file__).parents[4] / "shared/data/documents/dod/NDAA_FY2020.pdf"
LONG = "The Parties agree on what this article says, in a line that is as wide as the page."
BODY = [LONG] * 8


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        set_lines(["CJCSI 3520", f"Clause {word} is one.", str(number)])
        for number, word in enumerate("abcd", 1)
    ]
    assert spans(read(printed(*pages))) == [f"Clause {word} is one." for word in "abcd"]


def test_pages_that_say_the_same_with_other_numbers_keep_what_they_say() -> None:
    articles = [
        set_lines(
            [f"Article {n}", f"The Parties meet within {n * 10} days.", f"Signed in {2000 + n}."]
        )
        for n in range(1, 7)
    ]
    text = read(printed(*articles)).text
    for n in range(1, 7):
        assert f"Article {n}" in text
        assert f"The Parties meet within {n * 10} days." in text
        assert f"Signed in {2000 + n}." in text


def test_slides_keep_their_figures() -> None:
    countries = {"France": 12, "Norway": 7, "Spain": 9, "Italy": 14, "Greece": 5}
    slides = [
        [(72, 780, name), (72, 600, f"Spending {total} billion"), (72, 500, f"Ships {total * 3}")]
        for name, total in countries.items()
    ]
    text = read(printed(*slides)).text
    assert all(f"Spending {total} billion" in text for total in countries.values())
    assert all(f"Ships {total * 3}" in text for total in countries.values())


def test_years_and_words_of_roman_letters_at_the_foot_are_no_page_numbers() -> None:
    pages = [
        set_lines([*BODY, f"The word {word} stands here", year, word])
        for word, year in zip(
            ("civil", "mild", "dim", "vivid"), ("1949", "1955", "1982", "2004"), strict=True
        )
    ]
    text = read(printed(*pages)).text
    assert all(word in text.split() for word in ("civil", "mild", "1949", "2004"))


def test_a_head_set_apart_whose_number_goes_up_with_the_pages_is_left_out() -> None:
    pages = [
        [
            (72, 815, f"{40 + n} Handbook of liaison"),
            *set_lines([*BODY, f"Only page {word} says so."]),
        ]
        for n, word in enumerate(("one", "two", "three", "four"))
    ]
    text = read(printed(*pages)).text
    assert "Handbook" not in text
    assert "Only page three says so." in text


def test_the_head_of_a_table_that_goes_on_is_kept_on_its_first_page() -> None:
    plain = [set_lines([f"Remark {'abcdef'[i]} stands alone.", LONG]) for i in range(6)]
    table = [
        set_lines(["Sums by service", f"Row {'abc'[i]} of the table.", LONG]) for i in range(3)
    ]
    text = read(printed(*plain, *table)).text
    assert text.count("Sums by service") == 1


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The attachés strengthen co-", "operation."], "The attachés strengthen cooperation."),
        (
            ["A long-term plan.", "It is a long-", "term plan."],
            "A long-term plan. It is a long-term plan.",
        ),
        (["They were non-", "digitized files."], "They were non-digitized files."),
        (["The term is long. The long-", "term aim."], "The term is long. The long-term aim."),
        (["REPORT ON THE PRO-", "GRAM AND COSTS"], "REPORT ON THE PROGRAM AND COSTS"),
        (["The Franco-", "German brigade"], "The Franco-German brigade"),
    ],
)
def test_a_word_divided_at_a_line_end_is_joined_and_a_hyphen_of_its_own_kept(
    lines: list[str], text: str
) -> None:
    assert " ".join(read(printed(set_lines(lines))).text.split()) == text


def test_a_numbered_heading_over_two_lines_is_one_though_it_ends_in_a_full_stop() -> None:
    title = ["SEC. 125. LAND-BASED TEST PROGRAM FOR THE FRIGATE PRO-", "GRAM."]
    document = read(printed(set_lines([*title, *BODY]), bold=title))
    assert headings(document) == ["SEC. 125. LAND-BASED TEST PROGRAM FOR THE FRIGATE PROGRAM."]


def test_headings_that_number_themselves_stand_below_one_another() -> None:
    titles = [
        "TITLE I—PROCUREMENT",
        "Subtitle A—Army",
        "SEC. 101. AUTHORIZATION.",
        "TITLE II—FORCES",
    ]
    lines = [line for title in titles for line in (title, *BODY)]
    document = read(printed(set_lines(lines), bold=titles))
    assert [(h.level, document.text[h.start : h.end]) for h in document.headings] == list(
        zip([1, 2, 3, 1], titles, strict=True)
    )


def test_a_sentence_in_bold_and_the_entries_of_a_contents_table_are_no_headings() -> None:
    bold = [
        "Entries were made by hand and",
        "checked by a second person.",
        "Purpose 1",
        "Duties 12",
    ]
    document = read(printed(set_lines([*bold[:2], *BODY, *bold[2:], *BODY]), bold=bold))
    assert headings(document) == []


def test_rows_of_a_table_stand_in_lines_of_their_own_and_leaders_are_one_sign() -> None:
    lines = set_lines(
        [LONG, "Air patrol .......... 28,772 43,205", "Support .......... 158,803 90"]
    )
    assert read(printed(lines)).text == (
        f"{LONG}\n\nAir patrol … 28,772 43,205\nSupport … 158,803 90"
    )


def test_a_list_written_from_its_end_and_below_the_text_that_follows_is_put_in_order() -> None:
    entries = ["1. Rules of construction", "2. Acts and resolutions", "3. Seals of the State"]
    upwards = set_lines(entries, top=400)[::-1]
    document = read(printed([*upwards, *set_lines(["Opening words of the page."], top=780)]))
    assert document.text == "Opening words of the page.\n\n" + "\n".join(entries)


def test_columns_are_read_one_after_the_other_though_both_leave_space_at_one_height() -> None:
    left = [f"Left {word} of the first column." for word in ("one", "two", "three", "four")]
    right = [line.replace("Left", "Right") for line in left]
    columns = [
        *set_lines(left),
        *set_lines(left, top=500),
        *set_lines(right, left=320),
        *set_lines(right, top=500, left=320),
    ]
    text = " ".join(read(printed(columns)).text.split())
    assert text == " ".join(left + left + right + right)


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(600, 800), invariant=True)
    canvas.setPageRotation(90)
    canvas.rotate(90)
    for left, bottom, line in set_lines(["Sums by State.", LONG, LONG], top=-60):
        canvas.drawString(left, bottom, line)
    for i, (state, total) in enumerate((("Georgia", "n/a"), ("Texas", "none"))):
        canvas.drawString(72, -120 - 15 * i, state)
        canvas.drawString(300, -120 - 15 * i, total)
    canvas.save()
    assert read(data.getvalue()).text == (
        f"Sums by State.\n\n{LONG} {LONG}\n\nGeorgia n/a\nTexas none"
    )


def test_text_that_was_encoded_twice_is_put_right_and_that_is_said() -> None:
    document = read(printed(set_lines(["La politique de dÃ©fense et l’attachÃ© militaire"])))
    assert document.text == "La politique de défense et l’attaché militaire"
    assert document.warnings == ("Page 1 was wrongly encoded in places, which was put right.",)


def test_text_in_a_wrong_encoding_is_reported() -> None:
    noise = [f"T1/EG{i}PaO O-:G/S‘da[P BB:Pn{i}O/B aGb{i}Xc qWrTt" for i in range(10)]
    (warning,) = read(printed(set_lines(noise))).warnings
    assert "looks wrongly encoded" in warning


def test_an_accent_printed_over_its_letter_is_one_with_it_and_one_beside_it_is_not() -> None:
    lines = [
        (72, 780, "Les attach"),
        (129.37, 780, "´"),
        (128, 780, "e"),
        (134.7, 780, "s de l´air"),
    ]
    assert read(printed(lines)).text == "Les attachés de l´air"


def test_what_was_filled_into_a_form_is_part_of_the_text() -> None:
    data = BytesIO()
    canvas = Canvas(data, invariant=True)
    canvas.drawString(72, 780, "Name of the attaché:")
    canvas.acroForm.textfield(name="who", value="Colonel Durand", x=200, y=770, width=200)
    canvas.save()
    assert "Colonel Durand" in read(data.getvalue()).text


def test_more_pages_than_allowed_are_refused_before_any_is_read() -> None:
    document = pdfium.PdfDocument.new()
    for _ in range(30):
        document.new_page(10, 10)
    data = BytesIO()
    document.save(data)
    document.close()
    with pytest.raises(SourceLimitError, match="30 pages, and 20 are allowed"):
        read(data.getvalue(), Limits(pages=20))
    with pytest.raises(NoTextError, match="30 empty pages"):
        read(data.getvalue(), Limits(pages=30))


def test_more_text_than_allowed_is_refused() -> None:
    with pytest.raises(SourceLimitError, match="ATTACHE_MAX_CHARACTERS"):
        read(printed(set_lines(BODY)), Limits(characters=100))


def test_a_password_and_damage_are_told_apart() -> None:
    data = BytesIO()
    canvas = Canvas(data, encrypt="secret", invariant=True)
    canvas.drawString(72, 780, LONG)
    canvas.save()
    with pytest.raises(SourceUnreadableError, match="password"):
        read(data.getvalue())
    with pytest.raises(SourceUnreadableError, match="damaged"):
        read(b"%PDF-1.7 cut short")


def test_pages_cover_the_text_and_headings_are_spans_of_it() -> None:
    titles = ["Article 1: Consultation", "Article 2: Withdrawal"]
    pages = [set_lines([title, *BODY]) for title in titles]
    document = read(printed(*pages, bold=titles))
    assert [page.start for page in document.pages[1:]] == [p.end for p in document.pages[:-1]]
    assert (document.pages[0].start, document.pages[-1].end) == (0, len(document.text))
    assert headings(document) == titles
    assert [page.confidence for page in document.pages] == [None, None]


@pytest.mark.long
def test_the_headings_of_a_law_are_found_and_its_lines_keep_apart() -> None:
    document = read(pages_of(LAW, (1, 41, 42, 1341)))
    assert [title for title in headings(document) if "SEC. 12" in title] == [
        "SEC. 125. LAND-BASED TEST PROGRAM FOR THE FFG(X) FRIGATE PROGRAM.",
        "SEC. 126. TREATMENT IN FUTURE BUDGETS OF THE PRESIDENT OF SYSTEMS ADDED BY CONGRESS.",
        "SEC. 127. EXTENSION OF PROHIBITION ON AVAILABILITY OF FUNDS FOR NAVY WATERBORNE "
        "SECURITY BARRIERS.",
        "SEC. 128. REPORT ON STRATEGY TO USE ALQ–249 NEXT GENERATION JAMMER TO ENSURE FULL "
        "SPECTRUM ELECTROMAGNETIC SUPERIORITY.",
    ]
    assert "Subtitle C—Arctic" in headings(document)
    assert "missile defense capability.\n\nSec. 112. Report" in document.text
