import pytest

from api.schemas import FailureOut, IngestReportOut
from tests.unit.ui.samples import EVIL, document
from ui.client import ApiProblem
from ui.shelves import (
    Shelf,
    kind,
    render_library_problem,
    render_removed,
    render_report,
    render_shelf,
    render_taking_in,
)


def report(**changes: object) -> IngestReportOut:
    fields: dict[str, object] = {
        "run_id": "r",
        "added": 0,
        "updated": 0,
        "unchanged": 0,
        "removed": 0,
        "failed": [],
        "chunks": 0,
        "elapsed_s": 0,
    }
    return IngestReportOut.model_validate(fields | changes)


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

    html = render_report(report(added=2, failed=[failure]))

    assert "2 files added, 1 file not taken in" in html
    assert "<strong>scan.pdf</strong> Add a text layer." in html


def test_nothing_new_is_said_too() -> None:
    assert "1 file already here" in render_report(report(unchanged=1))


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
        render_report(report(failed=[failure])),
        render_taking_in([EVIL], 0),
        render_removed(EVIL),
        render_library_problem(ApiProblem(EVIL, EVIL, 500, EVIL)),
    ]

    assert not [html for html in drawn if "<img" in html]
