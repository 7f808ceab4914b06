import re

from tests.unit.ui.samples import EVIL, SAY, sentence
from ui.prose import Block, blocks, render_prose


def test_blank_lines_divide_paragraphs_and_dashes_make_a_list() -> None:
    text = "One.\nStill one.\n\nTwo:\n- a\n• b"

    shown = [(block.tag, [text[a:b] for a, b in block.spans]) for block in blocks(text)]

    assert shown == [("p", ["One.", "Still one."]), ("p", ["Two:"]), ("ul", ["a", "b"])]


def test_a_dash_inside_a_line_is_no_list() -> None:
    assert blocks("1949-2023 was long") == [Block("p", ((0, 18),))]


def test_an_empty_text_has_no_blocks() -> None:
    assert render_prose(SAY, " \n\n ") == ""


def test_a_marker_becomes_a_button_that_names_its_source() -> None:
    html = render_prose(SAY, "Yes. [1]", [], {1: "Attachés, page 3"})

    assert '<button type="button" class="marker" data-marker="1"' in html
    assert 'aria-label="Source 1: Attachés, page 3. Show the quotation"' in html
    assert "[1]" not in html


def test_several_numbers_in_one_bracket_are_several_buttons() -> None:
    assert render_prose(SAY, "Yes [1, 2].", [], {1: "A", 2: "B"}).count("<button") == 2


def test_a_bracketed_year_stays_as_written() -> None:
    html = render_prose(SAY, "Finland joined [2023] in spring. [1]", [], {1: "A"})

    assert "joined [2023] in" in html


def test_while_streaming_a_marker_is_a_number_that_cannot_be_pressed() -> None:
    html = render_prose(SAY, "Yes. [1] And [2")

    assert '<sup class="marker">1</sup>' in html
    assert "<button" not in html
    assert "And [2" in html


def test_a_marker_stays_on_the_line_of_its_last_word() -> None:
    html = render_prose(SAY, "Two words. [1]", [], {1: "A"})

    assert html.startswith('<p>Two <span class="tail">words.<sup>')


def test_words_and_titles_are_escaped() -> None:
    html = render_prose(SAY, f"{EVIL} [1]", [sentence(EVIL, 0)], {1: EVIL})

    assert "<img" not in html
    assert "alert('1')" not in html


def test_each_sentence_carries_its_verdict() -> None:
    text = "One. Two."
    html = render_prose(SAY, text, [sentence("One.", 0), sentence("Two.", 5, "unsupported")], {})

    assert '<span class="sentence quoted" data-proof="Quoted word for word">One.</span>' in html
    assert 'class="sentence unsupported"' in html
    assert ">not supported</span>" in html


def test_a_sentence_over_two_lines_is_marked_on_both() -> None:
    assert (
        render_prose(SAY, "One\ntwo.", [sentence("One\ntwo.", 0)], {}).count("sentence quoted") == 2
    )


def test_no_word_is_lost_when_spans_overlap_or_leave_the_text() -> None:
    spans = [sentence("One. Two", 0), sentence("Two. Three. and beyond", 5)]

    html = render_prose(SAY, "One. Two. Three.", spans, {})

    assert re.sub("<[^>]+>", "", html) == "One. Two. Three."
