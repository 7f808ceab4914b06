import pytest

from api.schemas import FailureOut
from tests.unit.ui.samples import EVIL, document, run
from ui.client import ApiProblem
from ui.shelves import (
    Shelf,
    Work,
    kind,
    render_library_problem,
    render_outcome,
    render_removed,
    render_shelf,
    render_working,
)


def test_a_document_shows_what_it_is() -> None:
    html = render_shelf(Shelf((document(),), 1))

    for fact in ("Attachés", "Staff College", "9 March 2021", "12 pages", "PDF", "attaches.pdf"):
        assert fact in html


def test_part_of_the_library_says_how_much_it_is() -> None:
    assert "1 of 2,310 documents" in render_shelf(Shelf((document(),), 2310, more=True))


def test_a_search_without_result_says_what_was_searched() -> None:
    assert "No title, issuer or file name contains “x”." in render_shelf(Shelf((), 3, "x"))


def test_an_empty_library_says_how_to_fill_it() -> None:
    assert "attache ingest PATH" in render_shelf(Shelf((), 0))


def test_a_report_gives_the_reason_for_each_failure() -> None:
    failure = FailureOut(source="/tmp/x/scan.pdf", error="NoTextError", detail="Add a text layer.")

    html = render_outcome(Work(3, failed=(failure,), runs=(run(added=2, failed=1),)))

    assert "2 files added, 1 file not taken in" in html
    assert "<strong>scan.pdf</strong> Add a text layer." in html
    assert 'data-action="retry-runs" data-runs="r1"' in html


def test_a_report_of_hundreds_of_failures_shows_the_first() -> None:
    failures = tuple(FailureOut(source=f"{n}.pdf", error="E", detail="D.") for n in range(300))

    html = render_outcome(Work(300, failed=failures))

    assert "49.pdf" in html
    assert "50.pdf" not in html
    assert "… and 250 files more" in html


def test_nothing_new_is_said_too() -> None:
    html = render_outcome(Work(1, runs=(run(unchanged=1),)))

    assert "1 file already here" in html
    assert "Try again" not in html


def test_a_run_that_was_stopped_says_so_and_can_be_done_again() -> None:
    html = render_outcome(Work(5, runs=(run(state="cancelled", added=1),)))

    assert "Stopped: 1 file added" in html
    assert "Try again" in html


def test_work_under_way_shows_how_far_it_is_and_can_be_stopped() -> None:
    html = render_working(Work(4, done=2, share=0.5, doing="Reading", current="a.md", run_id="r1"))

    assert "Reading a.md… <span>2 of 4 files done</span>" in html
    assert 'max="4" value="2.50"' in html
    assert 'data-action="cancel-run" data-run="r1"' in html


@pytest.mark.parametrize(
    ("media_type", "name"),
    [("application/pdf", "PDF"), ("text/html; charset=utf-8", "Web page"), ("image/png", "PNG")],
)
def test_a_media_type_has_a_short_name(media_type: str, name: str) -> None:
    assert kind(media_type) == name


def test_names_titles_and_reasons_are_escaped() -> None:
    failure = FailureOut(source=EVIL, error=EVIL, detail=EVIL)
    hostile = document(title=EVIL, issuer=EVIL, marking=EVIL, media_type=EVIL, source_uri=EVIL)
    drawn = [
        render_shelf(Shelf((hostile,), 1, EVIL)),
        render_shelf(Shelf((), 1, EVIL)),
        render_outcome(Work(1, failed=(failure,), runs=(run(error=EVIL, run_id=EVIL),))),
        render_working(Work(1, doing=EVIL, current=EVIL, run_id=EVIL, failed=(failure,))),
        render_removed(EVIL),
        render_library_problem(ApiProblem(EVIL, EVIL, 500, EVIL)),
    ]

    assert not [html for html in drawn if "<img" in html]
