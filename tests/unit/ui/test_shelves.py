import pytest

from tests.unit.ui.samples import EVIL, SAY, document
from ui.problems import ApiProblem
from ui.shelves import (
    Shelf,
    facets_of,
    kind,
    render_library_problem,
    render_options,
    render_shelf,
)


def test_a_document_shows_what_it_is() -> None:
    html = render_shelf(SAY, Shelf((document(),), 1, 1), may_change=False)

    for fact in ("Attachés", "Staff College", "9 March 2021", "12 pages", "PDF", "attaches.pdf"):
        assert fact in html


def test_part_of_the_library_says_how_much_it_is() -> None:
    html = render_shelf(SAY, Shelf((document(),), 2310, 2310), may_change=False)

    assert "1 of 2,310 documents" in html
    assert 'data-action="more"' in html


def test_a_search_without_result_says_what_to_do() -> None:
    html = render_shelf(SAY, Shelf((), 3, 0, "x"), may_change=False)

    assert "Try fewer words, or remove a filter" in html


def test_an_empty_library_says_how_to_fill_it() -> None:
    assert "Add documents above" in render_shelf(SAY, Shelf((), 0, 0), may_change=True)


@pytest.mark.parametrize(
    ("media_type", "name"),
    [("application/pdf", "PDF"), ("text/html; charset=utf-8", "Web page"), ("image/png", "PNG")],
)
def test_a_media_type_has_a_short_name(media_type: str, name: str) -> None:
    assert kind(media_type) == name


def test_names_titles_and_reasons_are_escaped() -> None:
    hostile = document(title=EVIL, issuer=EVIL, marking=EVIL, media_type=EVIL, source_uri=EVIL)
    drawn = [
        render_shelf(SAY, Shelf((hostile,), 1, 1, EVIL), may_change=True),
        render_shelf(SAY, Shelf((), 1, 0, EVIL), may_change=True),
        render_library_problem(SAY, ApiProblem(EVIL, EVIL, 500, EVIL)),
        *render_options(SAY, facets_of([hostile])).values(),
    ]

    assert not [html for html in drawn if "<img" in html]


def test_readers_see_no_tool_that_changes_the_library() -> None:
    shelf = Shelf((document(),), 1, 1)

    assert "data-remove" in render_shelf(SAY, shelf, may_change=True)
    assert "data-remove" not in render_shelf(SAY, shelf, may_change=False)


def test_the_most_frequent_choice_of_a_filter_stands_first() -> None:
    papers = [document(issuer=issuer) for issuer in ("NATO", "EU", "EU")]

    assert [issuer for issuer, _ in facets_of(papers).issuers] == ["EU", "NATO"]
    assert '<option value="EU">EU (2)</option>' in render_options(SAY, facets_of(papers))["issuers"]


def test_folders_are_told_apart_by_the_end_of_their_names() -> None:
    places = [
        "file:///a/b/treaties/x.md",
        "file:///a/b/minutes%201/y.md",
        "file:///a/b/treaties/z#1",
    ]
    papers = [document(source_uri=place) for place in places]

    folders = render_options(SAY, facets_of(papers))["folders"]

    assert '<option value="file:///a/b/treaties">treaties (2)</option>' in folders
    assert '<option value="file:///a/b/minutes%201">minutes 1 (1)</option>' in folders
    assert facets_of(papers[:1]).folders == ()
