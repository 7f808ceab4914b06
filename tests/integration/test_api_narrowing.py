"""Filters over HTTP, other places of a passage, and what stands around a span."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.answer_wire import passage_out
from assistant.types import AlsoIn, DocumentId, Filters, Passage, VersionId
from tests.integration.serving import TEXT, WHEN, serving, version_path
from tests.unit.library.builders import day, new_version

PARAGRAPHS = [f"Paragraph {i} on attachés." for i in range(6)]
LONG = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search"])
def test_every_filter_reaches_the_search(tmp_path: Path, path: str) -> None:
    sent = {
        "document_ids": ["d1"],
        "issuers": [" NATO "],
        "languages": ["en"],
        "markings": ["NATO UNCLASSIFIED"],
        "published_from": "2001-02-03",
        "published_to": "2004-05-06",
        "folders": ["/archive/treaties", "https://example.org/texts"],
    }
    with serving(tmp_path) as (client, _, assistant, _):
        reply = client.post(path, json={"question": "Q", "filters": sent})
        assert reply.status_code == 200
    assert assistant.asked[0].filters == Filters(
        document_ids=(DocumentId("d1"),),
        issuers=("NATO",),
        languages=("en",),
        markings=("NATO UNCLASSIFIED",),
        published_from=date(2001, 2, 3),
        published_to=date(2004, 5, 6),
        folders=("/archive/treaties", "https://example.org/texts"),
    )


@pytest.mark.parametrize(
    ("filters", "field", "advice"),
    [
        ({"issuer": ["NATO"]}, "filters.issuer", "is not a field of this request"),
        ({"issuers": "NATO"}, "filters.issuers", "is refused"),
        ({"issuers": [" "]}, "filters.issuers.0", "is empty"),
        ({"issuers": [1]}, "filters.issuers.0", "is refused"),
        ({"languages": ["English"]}, "filters.languages.0", "such as en or fr"),
        ({"folders": ["./"]}, "filters.folders.0", "as a source_uri shows it"),
        ({"published_from": "May"}, "filters.published_from", "write it like 2026-01-31"),
        ({"published_to": 0}, "filters.published_to", "write it like 2026-01-31"),
        (
            {"published_from": "2020-01-01", "published_to": "2019-01-01"},
            "filters",
            "Exchange the two",
        ),
        ("NATO", "filters", "is not a JSON object"),
    ],
)
def test_filters_that_cannot_be_read_are_refused_with_advice(
    tmp_path: Path, filters: object, field: str, advice: str
) -> None:
    with serving(tmp_path) as (client, *_):
        reply = client.post("/v1/search", json={"question": "Q", "filters": filters})
        assert reply.status_code == 422
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["errors"][0]["field"] == field
        assert advice in reply.json()["detail"]


def test_a_passage_lists_where_else_it_is_said(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        shown = client.post("/v1/search", json={"question": "Q"}).json()["passages"]
        assert shown[0]["also"] == []
    also = AlsoIn(DocumentId("d2"), VersionId("v2"), "Copy", "file:///b", "SECRET", 3, 9, 0.4)
    (other,) = passage_out(Passage(1, 0.9, stored, 0.9, also=(also,))).also
    assert other.model_dump() == {
        "document_id": "d2",
        "version_id": "v2",
        "title": "Copy",
        "source_uri": "file:///b",
        "marking": "SECRET",
        "start": 3,
        "end": 9,
        "score": 0.4,
    }


def around(client: TestClient, path: str, **query: int) -> list[tuple[int, bool]]:
    """The numbers of the parts shown, and whether the span touches them; each told truly."""
    reply = client.get(f"{path}/passages", params=query)
    assert reply.status_code == 200
    text = client.get(f"{path}/text").text
    for item in reply.json()["items"]:
        assert item["text"] == text[item["start"] : item["end"]]
        assert (item["page"], item["headings"]) == (1, ["Duties"])
    assert reply.json()["total"] == len(PARAGRAPHS)
    return [(item["number"], item["within"]) for item in reply.json()["items"]]


def test_a_span_is_shown_with_what_stands_around_it(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        version = new_version("file:///long.md", LONG, headings=("Duties",))
        shelf.ledger.stage([version])
        shelf.ledger.publish([version], day(20))
        path = f"/v1/documents/{version.document_id}/versions/{version.version_id}"
        starts = [chunk.start for chunk in version.chunks]
        one = {"start": starts[2] + 3, "end": starts[2] + 5}
        two = {"start": starts[2] + 3, "end": starts[3] + 1}
        gap = {"start": starts[3] - 2, "end": starts[3]}
        assert around(client, path, **one) == [(2, False), (3, True), (4, False)]
        assert around(client, path, **one, before=0, after=2) == [(3, True), (4, False), (5, False)]
        assert around(client, path, **two) == [(2, False), (3, True), (4, True), (5, False)]
        assert around(client, path, **gap) == [(3, False), (4, False)]
        assert around(client, path, start=0, end=3) == [(1, True), (2, False)]
        whole = around(client, path, start=0, end=len(LONG))
        assert whole == [(i, True) for i in range(1, 7)]


def test_what_stands_around_a_span_stays_readable_in_an_earlier_version(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, _, old):
        shelf.put("attachés.md", "New text.", WHEN + timedelta(days=1))
        reply = client.get(f"{version_path(old)}/passages", params={"start": 0, "end": 5})
        assert [item["text"] for item in reply.json()["items"]] == [TEXT]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "start"),
        ("start=0", "end"),
        ("start=5&end=5", "end"),
        ("start=0&end=9999", "end"),
        ("start=-1&end=5", "start"),
        ("start=0&end=5&before=51", "before"),
        ("start=0&end=5&after=many", "after"),
    ],
)
def test_a_span_that_is_none_is_refused(tmp_path: Path, query: str, field: str) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        reply = client.get(f"{version_path(stored)}/passages?{query}")
        assert reply.status_code == 422
        assert reply.json()["errors"][0]["field"] == field


@pytest.mark.parametrize("path", ["none/versions/none", "{document}/versions/none"])
def test_nothing_stands_around_a_span_of_an_unknown_version(tmp_path: Path, path: str) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        address = f"/v1/documents/{path.format(document=stored.document_id)}/passages"
        reply = client.get(address, params={"start": 0, "end": 1})
        assert reply.status_code == 404
        assert reply.json()["type"] == "urn:attache:problem:document-not-found"
