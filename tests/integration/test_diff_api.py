"""Differences, restoration, boxes and the past over HTTP."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from starlette.testclient import TestClient

from api.app import build_app
from assistant.library.forgetting import PruneRule
from assistant.types import Page, PlacedWord
from ingest.parsed import Box
from tests.fakes import QuotingAssistant
from tests.integration.serving import (
    BASE,
    WHEN,
    Shelf,
    document_path,
    opened,
    services,
    serving,
    version_path,
)

LATER = WHEN + timedelta(days=1)


def test_a_difference_says_what_changed_and_where(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        old = shelf.put("a.md", "It was signed in Paris by all. It holds.")
        new = shelf.put("a.md", "It was signed in London by all. It holds.", LATER)
        body = client.get(f"{document_path(old)}/diff").json()
        assert (body["from"]["version_id"], body["to"]["version_id"]) == (
            old.version_id,
            new.version_id,
        )
        told = [(c["kind"], c["from_text"], c["to_text"]) for c in body["changes"]]
        assert told == [
            ("equal", None, None),
            ("replace", "Paris", "London"),
            ("equal", None, None),
        ]
        change = body["changes"][1]
        assert (change["from_start"], change["from_end"]) == (17, 22)
        assert (change["to_start"], change["to_end"]) == (17, 23)
        assert body["metadata"] == []


def test_context_shows_equal_text_beside_a_change(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        old = shelf.put("a.md", "It was signed in Paris by all. It holds.")
        shelf.put("a.md", "It was signed in London by all. It holds.", LATER)
        body = client.get(f"{document_path(old)}/diff", params={"context": 4}).json()
        assert [c["to_text"] for c in body["changes"]] == [None, " in ", "London", " by ", None]


def test_context_ends_between_words(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        old = shelf.put("a.md", "It was signed in Paris by everyone. It holds.")
        shelf.put("a.md", "It was signed in London by everyone. It holds.", LATER)
        body = client.get(f"{document_path(old)}/diff", params={"context": 7}).json()
        assert [c["to_text"] for c in body["changes"]] == [None, " in ", "London", " by ", None]


def test_two_versions_are_compared_either_way(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        old = shelf.put("a.md", "Paris holds.")
        new = shelf.put("a.md", "Paris holds. So do we.", LATER)
        asked = {"from": new.version_id, "to": old.version_id}
        body = client.get(f"{document_path(old)}/diff", params=asked).json()
        assert [c["kind"] for c in body["changes"]] == ["equal", "delete"]


def test_a_first_version_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, __, stored):
        reply = client.get(f"{document_path(stored)}/diff")
        assert reply.status_code == 404
        assert "stood before" in reply.json()["detail"]


def test_a_version_is_restored_once(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        old = shelf.put("a.md", "Old.")
        shelf.put("a.md", "New.", LATER)
        reply = client.post(f"{document_path(old)}/restore", json={"version_id": old.version_id})
        assert reply.status_code == 200
        assert reply.json()["version_id"] == old.version_id
        assert client.get(document_path(old)).json()["version_id"] == old.version_id
        again = client.post(f"{document_path(old)}/restore", json={"version_id": old.version_id})
        assert (again.status_code, again.json()["type"]) == (
            409,
            "urn:attache:problem:restore-conflict",
        )
        assert (
            client.post(f"{document_path(old)}/restore", json={"version": "x"}).status_code == 422
        )


def test_what_was_pruned_is_gone_and_named(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        old = shelf.put("a.md", "Old.")
        shelf.put("a.md", "New.", LATER)
        forgetting = shelf.ledger.forgetting
        now = LATER + timedelta(days=1)
        forgetting.forget(forgetting.doomed(PruneRule(timedelta()), now), now)
        for path in ("", "/text", "/source"):
            reply = client.get(version_path(old) + path)
            assert reply.status_code == 404
            assert "was pruned on 2026-01-12" in reply.json()["detail"]
        listed = client.get("/v1/documents", params={"as_of": "2026-01-10T12:00:00Z"})
        assert (listed.status_code, listed.json()["type"]) == (
            410,
            "urn:attache:problem:as-of-pruned",
        )
        assert "2026-01-11T00:00:00Z or later" in listed.json()["detail"]


def test_the_total_of_a_listing_is_of_the_time_asked_about(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        shelf.put("later.md", "Later.", LATER)
        then = {"as_of": "2026-01-10T12:00:00Z"}
        assert client.get("/v1/documents", params=then).json()["total"] == 1
        assert client.get("/v1/documents").json()["total"] == 2


@contextmanager
def finding(home: Path) -> Iterator[tuple[TestClient, Shelf]]:
    """A client of a server that finds every span on the first page."""

    def boxes(
        path: Path,
        text: str,
        pages: Sequence[Page],
        words: Sequence[PlacedWord],
        start: int,
        end: int,
    ) -> list[Box]:
        assert path.read_bytes()[: len(text)] == text.encode()[: len(text)]
        assert (pages, words) == ((), ())
        return [Box(1, 0.1, 0.2, 0.3, start / end)]

    with opened(home) as shelf:
        stored = shelf.put("attachés.md", "Text.")
        given = replace(services(home, shelf, QuotingAssistant(stored)), boxes=boxes)
        with TestClient(build_app(given), base_url=BASE) as client:
            yield client, shelf


def test_the_boxes_of_a_span_are_found(tmp_path: Path) -> None:
    with finding(tmp_path) as (client, shelf):
        stored = shelf.put("a.pdf", "A treaty.", media_type="application/pdf")
        reply = client.get(version_path(stored) + "/boxes", params={"start": 2, "end": 8})
        assert reply.json() == {
            "boxes": [{"page": 1, "left": 0.1, "top": 0.2, "right": 0.3, "bottom": 0.25}]
        }


def test_a_span_outside_the_text_or_of_no_pdf_has_no_boxes(tmp_path: Path) -> None:
    with finding(tmp_path) as (client, shelf):
        pdf = shelf.put("a.pdf", "A treaty.", media_type="application/pdf")
        for start, end in ((2, 10), (3, 3), (5, 2)):
            reply = client.get(version_path(pdf) + "/boxes", params={"start": start, "end": end})
            assert (reply.status_code, reply.json()["errors"][0]["field"]) == (422, "end")
            assert "end by 9" in reply.json()["detail"]
        text = shelf.put("a.md", "A treaty.")
        reply = client.get(version_path(text) + "/boxes", params={"start": 2, "end": 8})
        assert reply.status_code == 422
        assert "is no PDF" in reply.json()["detail"]
