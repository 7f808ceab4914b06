from tests.unit.ui.samples import EVIL, QUOTE, SAY, TEXT, answer, citation, passage
from ui.proof import Around, excerpt, render_excerpt, render_nearest, render_proof

KEY = ("d1", "v1")


def test_an_excerpt_is_the_paragraph_around_the_quotation() -> None:
    start = TEXT.index(QUOTE)

    piece = excerpt(TEXT, start, start + len(QUOTE))

    assert (piece.before, piece.quote) == ("", QUOTE)
    assert piece.after == " Visits are arranged too."
    assert not piece.cut_before
    assert not piece.cut_after


def test_a_long_paragraph_is_cut_at_words_and_says_so() -> None:
    text = "alpha " * 200 + "QUOTED" + " omega" * 200
    start = text.index("QUOTED")

    piece = excerpt(text, start, start + 6, limit=100)

    assert piece.cut_before
    assert piece.cut_after
    assert len(piece.before) + len(piece.after) <= 100
    assert piece.before.startswith("alpha ")
    assert piece.after.endswith(" omega")


def test_a_quotation_longer_than_the_limit_is_whole() -> None:
    text = f"before {'x' * 900} after"

    assert excerpt(text, 7, 907).quote == "x" * 900


def test_spans_count_code_points_and_not_bytes() -> None:
    text = "🕊️ é 🕊️ The quotation. 🕊️"
    start = text.index("The")

    assert excerpt(text, start, start + 14).quote == "The quotation."


def test_only_the_quotation_is_marked() -> None:
    html = render_proof(SAY, answer(), Around({KEY: TEXT}))

    assert f"<blockquote><mark>{QUOTE}</mark> Visits are arranged too.</blockquote>" in html


def test_a_missing_text_leaves_the_quotation_alone() -> None:
    assert f"<blockquote><mark>{QUOTE}</mark></blockquote>" in render_proof(SAY, answer())


def test_a_text_that_does_not_agree_is_not_shown() -> None:
    html = render_proof(
        SAY, answer(), Around({KEY: "Another text altogether, of which nothing is quoted."})
    )

    assert f"<blockquote><mark>{QUOTE}</mark></blockquote>" in html
    assert "Another" not in html


def test_a_card_says_where_the_quotation_is_from() -> None:
    html = render_proof(SAY, answer())

    for fact in ("Staff College", "9 March 2021", "page 3", "NATO UNCLASSIFIED", "Duties"):
        assert fact in html
    assert 'href="/?d=d1&amp;v=v1&amp;start=16&amp;end=52" data-open' in html


def test_cards_stand_in_the_order_of_their_markers() -> None:
    html = render_proof(SAY, answer(citations=[citation(2), citation(1)]))

    assert html.index('data-marker="1"') < html.index('data-marker="2"')


def test_every_field_of_a_card_is_escaped() -> None:
    hostile = citation(
        title=EVIL, issuer=EVIL, marking=EVIL, headings=[EVIL], source_uri=EVIL, quote=EVIL
    )

    html = render_proof(SAY, answer(citations=[hostile]))

    assert "<img" not in html
    assert html.count("&lt;img") >= 6


def test_the_words_around_a_quotation_are_escaped() -> None:
    text = f"{EVIL} quoted {EVIL}"
    start = text.index("quoted")

    html = render_excerpt(excerpt(text, start, start + 6))

    assert "<img" not in html
    assert "<mark>quoted</mark>" in html


def test_the_nearest_passages_are_listed_and_escaped() -> None:
    html = render_nearest(SAY, answer(passages=[passage(title=EVIL, text=EVIL)] * 5))

    assert html.count("<li>") == 3
    assert "<img" not in html


def test_a_passage_tells_where_else_it_is_said_by_title_or_by_source() -> None:
    place = {"document_id": "d2", "version_id": "v1", "marking": None, "start": 0, "end": 9}
    also = [
        place | {"title": title, "source_uri": f"file:///a/{name}", "score": 0.4}
        for title, name in (("Attachés", "copy.md"), (EVIL, "b.md"), ("C", "c.md"), ("D", "d.md"))
    ]

    html = render_nearest(SAY, answer(passages=[passage(title="Attachés", also=also)]))

    assert "also in: copy.md; &lt;img" in html
    assert "; C and 1 more" in html
    assert "also in" not in render_nearest(SAY, answer(passages=[passage()]))


def test_nothing_near_leaves_no_empty_list() -> None:
    assert render_nearest(SAY, answer()) == ""
