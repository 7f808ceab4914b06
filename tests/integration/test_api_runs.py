"""Ingest runs over the API, on a real queue with real readers; only the embedder counts words."""

import json
import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from httpx2 import Response
from pydantic import JsonValue
from starlette.testclient import TestClient

from api.app import build_app
from api.deps import Tell
from api.server_schemas import TaskProgress
from assistant.errors import LibraryError
from assistant.library.ledger import open_ledger
from assistant.library.library import open_library
from assistant.library.stores import Library
from assistant.runs import Run, RunItem, RunProgress, RunRequest
from assistant.types import RunId
from ingest.apart.pool import ParserPool
from ingest.limits import Limits
from ingest.queue import IngestQueue
from ingest.reading import Copier
from ingest.requests import UPLOADS, plan_request
from ingest.run import IngestRun
from ingest.web.fetch import Fetcher
from tests.fakes import QuotingAssistant
from tests.integration.serving import BASE, TOKEN, Shelf, services, serving
from tests.integration.serving import opened as opened_shelf
from tests.unit.ingest.encoders import WordEncoder

TEXT = "The Parties agree to consult. They meet every year in one of their capitals.\n"
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}


@dataclass(frozen=True)
class Desk:
    """A client of the API, the library behind it, and the queue of its runs."""

    client: TestClient
    library: Library
    queue: IngestQueue

    def send(self, *names: str, wait: bool = True) -> Response:
        """Uploads a file of each name; one with "bad" in it cannot be read."""
        parts = [
            ("files", (name, b"\x00\x01" if "bad" in name else f"{name}: {TEXT}".encode()))
            for name in names
        ]
        return self.client.post("/v1/documents", files=parts, params={"wait": wait})

    def ended(self, run_id: str) -> dict[str, object]:
        """The run once it ended."""
        self.queue.wait(RunId(run_id), 60)
        body: dict[str, object] = self.client.get(f"/v1/ingest-runs/{run_id}").json()
        return body


@pytest.fixture(scope="module")
def parsers() -> Iterator[ParserPool]:
    with ParserPool(Limits(seconds=60), 1) as pool:
        yield pool


@contextmanager
def opened(home: Path, parsers: ParserPool) -> Iterator[Desk]:
    with open_library(home, "words") as library:
        copier = Copier(library.spool, Fetcher(10_000_000, 5.0), 10_000_000)
        run = IngestRun(library, WordEncoder(), parsers, copier, default_marking=None)
        queue = IngestQueue(library.ledger, run, home / UPLOADS)
        queue.resume()
        shelf = Shelf(library.ledger, library.files)
        plain = services(home, shelf, QuotingAssistant(shelf.put("a.md", "Text.")))
        given = replace(
            plain,
            runs=queue,
            plan=lambda request: plan_request(request, library.ledger, home / UPLOADS),
        )
        with TestClient(build_app(given), base_url=BASE) as client:
            yield Desk(client, library, queue)
        queue.finish()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, parsers: ParserPool) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("home"), parsers) as found:
        yield found


def events(reply: Response) -> list[tuple[str, str, dict[str, object]]]:
    """The events of a stream: name, id and data."""
    found = []
    for block in reply.text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "data" in fields:
            found.append((fields["event"], fields.get("id", ""), json.loads(fields["data"])))
    return found


def put_run(desk: Desk, run_id: str, days: int, **changes: object) -> None:
    """Writes a run of some days ago that never was carried out."""
    started = datetime(2020, 1, 1, tzinfo=UTC) - timedelta(days=days)
    run = Run(RunId(run_id), RunRequest("paths", ("/a",)), "done", started, RunProgress())
    desk.library.ledger.runs.begin(replace(run, **changes))  # type: ignore[arg-type]


def test_an_upload_that_is_not_waited_for_can_be_followed(desk: Desk) -> None:
    reply = desk.send("one.txt", "two.txt", wait=False)
    run = reply.json()
    assert (reply.status_code, run["kind"], run["refused"]) == (202, "upload", [])
    assert reply.headers["location"] == f"/v1/ingest-runs/{run['run_id']}"
    followed = events(desk.client.get(f"{reply.headers['location']}/events"))
    names = [name for name, _, _ in followed]
    assert names.count("item") == 2
    assert names[-1] == "report"
    assert followed[-1][2]["report"]["added"] == 2  # type: ignore[index]
    assert followed[-1][2] == desk.ended(run["run_id"])


def test_a_client_that_comes_late_or_again_gets_what_it_has_not_had(desk: Desk) -> None:
    run_id = desk.send("three.txt", "four.txt", "five.txt").json()["run_id"]
    address = f"/v1/ingest-runs/{run_id}/events"
    numbers = [number for name, number, _ in events(desk.client.get(address)) if name == "item"]
    assert len(numbers) == 3
    rest = events(desk.client.get(address, headers={"Last-Event-ID": numbers[0]}))
    assert [number for name, number, _ in rest if name == "item"] == numbers[1:]
    odd = events(desk.client.get(address, headers={"Last-Event-ID": "none"}))
    assert len([name for name, _, _ in odd if name == "item"]) == 3


def test_what_became_of_each_source_is_listed_a_page_at_a_time(desk: Desk) -> None:
    run_id = desk.send("six.txt", "bad.pdf", "seven.txt").json()["run_id"]
    first = desk.client.get(f"/v1/ingest-runs/{run_id}/items", params={"limit": 2}).json()
    rest = desk.client.get(
        f"/v1/ingest-runs/{run_id}/items", params={"after": first["next_after"]}
    ).json()
    found = {item["source"]: item for item in first["items"] + rest["items"]}
    assert rest["next_after"] is None
    assert {item["outcome"] for item in found.values()} == {"added", "failed"}
    assert found["upload:bad.pdf"]["error"] == "SourceUnreadableError"
    assert found["upload:six.txt"]["document_id"]
    assert desk.ended(run_id)["counts"] == {"added": 2, "failed": 1}


def test_an_upload_names_the_document_and_version_that_each_file_is(desk: Desk) -> None:
    report = desk.send("once.txt", "bad.pdf").json()
    (first,) = report["documents"]
    document = desk.client.get(f"/v1/documents/{first['document_id']}").json()
    assert (first["source"], first["outcome"]) == ("upload:once.txt", "added")
    assert first["version_id"] == document["version_id"]

    again = desk.send("once.txt").json()
    assert again["documents"] == [{**first, "outcome": "unchanged"}]
    (item,) = desk.client.get(f"/v1/ingest-runs/{again['run_id']}/items").json()["items"]
    assert (item["outcome"], item["document_id"]) == ("unchanged", first["document_id"])
    assert desk.ended(again["run_id"])["counts"] == {"unchanged": 1}

    same = [("files", ("another name.txt", desk.client.get(source_of(first)).content))]
    copied = desk.client.post("/v1/documents", files=same).json()
    (copy,) = copied["documents"]
    assert (copied["added"], copied["duplicated"]) == (0, 1)
    assert copy == {**first, "source": "upload:another%20name.txt", "outcome": "duplicated"}


def source_of(taken_in: dict[str, str]) -> str:
    return "/v1/documents/{document_id}/versions/{version_id}/source".format_map(taken_in)


def test_runs_are_listed_newest_first_and_each_once(desk: Desk) -> None:
    for number in range(5):
        # Two began at the same time.
        put_run(desk, f"listed{number}", number // 2)
    found: list[str] = []
    page = desk.client.get("/v1/ingest-runs", params={"limit": 2}).json()
    while True:
        found += [run["run_id"] for run in page["items"]]
        if page["next_cursor"] is None:
            break
        query = {"limit": 2, "cursor": page["next_cursor"]}
        page = desk.client.get("/v1/ingest-runs", params=query).json()
    assert found[-5:] == ["listed0", "listed1", "listed2", "listed3", "listed4"]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("rest", ["", "/items", "/events"])
def test_an_unknown_run_is_not_found(desk: Desk, rest: str) -> None:
    reply = desk.client.get(f"/v1/ingest-runs/none{rest}")
    assert reply.status_code == 404
    assert reply.json()["type"] == "urn:attache:problem:run-not-found"


def test_a_cursor_of_no_listing_names_the_parameter(desk: Desk) -> None:
    reply = desk.client.get("/v1/ingest-runs", params={"cursor": "none"})
    assert (reply.status_code, reply.json()["errors"][0]["field"]) == (422, "cursor")


def test_a_run_that_waits_is_cancelled_before_it_begins(desk: Desk) -> None:
    with desk.queue.quiet():
        run_id = desk.send("eight.txt", wait=False).json()["run_id"]
        reply = desk.client.post(f"/v1/ingest-runs/{run_id}/cancel")
        assert (reply.status_code, reply.json()["state"]) == (202, "queued")
    assert desk.ended(run_id)["state"] == "cancelled"
    assert "upload:eight.txt" not in desk.library.ledger.sources()
    again = desk.client.post(f"/v1/ingest-runs/{run_id}/cancel")
    assert (again.status_code, again.json()["title"]) == (409, "Conflict")
    # Its files were kept, and so it can be done after all.
    retried = desk.client.post(f"/v1/ingest-runs/{run_id}/retry")
    assert retried.status_code == 202
    assert retried.headers["location"] == f"/v1/ingest-runs/{retried.json()['run_id']}"
    assert desk.ended(retried.json()["run_id"])["counts"] == {"added": 1}


def test_a_stop_asked_for_while_a_run_is_planned_is_not_forgotten(desk: Desk) -> None:
    book = desk.library.ledger.runs
    put_run(desk, "planned", 0, state="queued")
    assert desk.client.post("/v1/ingest-runs/planned/cancel").status_code == 202
    put_run(desk, "planned", 0, state="running")
    assert not book.advance(RunId("planned"), RunProgress(), ())
    book.end(RunId("planned"), "cancelled", datetime.now(UTC))
    put_run(desk, "planned", 0, state="running")
    assert book.advance(RunId("planned"), RunProgress(), ())
    book.end(RunId("planned"), "done", datetime.now(UTC))


def test_what_failed_is_tried_again_and_what_did_not_is_not(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Good. " + TEXT)
    (tmp_path / "later.txt").write_bytes(b"\x00\x01")
    body = {"paths": [str(tmp_path)]}
    reply = desk.client.post("/v1/ingest-runs", json=body, headers=OPERATOR)
    assert reply.status_code == 202
    run_id = reply.json()["run_id"]
    assert desk.ended(run_id)["counts"] == {"added": 1, "failed": 1}
    (tmp_path / "later.txt").write_text("Mended. " + TEXT)
    again = desk.client.post(f"/v1/ingest-runs/{run_id}/retry").json()
    assert again["sources"] == [(tmp_path / "later.txt").as_uri()]
    assert desk.ended(again["run_id"])["counts"] == {"added": 1}
    nothing = desk.client.post(f"/v1/ingest-runs/{again['run_id']}/retry")
    assert (nothing.status_code, "Nothing failed" in nothing.json()["detail"]) == (409, True)


@pytest.mark.parametrize("token", [None, "", "Bearer ", "Bearer wrong", TOKEN[:-1], "é"])
@pytest.mark.parametrize("path", ["/v1/ingest-runs", "/v1/maintenance/prune"])
def test_only_the_operator_reads_the_servers_disk(desk: Desk, path: str, token: str | None) -> None:
    headers = {} if token is None else {b"Authorization": token.encode("latin-1")}
    reply = desk.client.post(path, json={"paths": ["/etc/hostname"]}, headers=headers)
    assert reply.status_code == 403
    assert "operator" in reply.json()["detail"]


def test_a_password_in_an_address_is_not_kept_and_other_addresses_are_refused(desk: Desk) -> None:
    paths = ["https://us3r:w0rd@example.org/a", "ftp://example.org/b", "file:///c%00"]
    for more in ({}, {"dry_run": True}):
        begun = desk.client.post("/v1/ingest-runs", json={"paths": paths, **more}, headers=OPERATOR)
        body = begun.json() if more else desk.ended(begun.json()["run_id"])
        report = body if more else body["report"]
        assert isinstance(report, dict)
        assert [(one["source"], one["error"]) for one in report["failed"]] == [
            ("https://***@example.org/a", "SourceUnreadableError"),
            ("ftp://example.org/b", "UnsupportedSourceError"),
            ("file:///c%00", "SourceUnreadableError"),
        ]
        assert "w0rd" not in begun.text + str(body)
    kept = desk.client.get("/v1/ingest-runs?limit=1").json()["items"][0]["sources"]
    assert kept[0] == "https://***@example.org/a"


def test_a_dry_run_says_what_would_be_done_and_does_nothing(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "mirrored"
    folder.mkdir()
    for name in ("stays", "changes", "goes", "moves"):
        (folder / f"{name}.txt").write_text(f"{name}. {TEXT}")
    body = {"paths": [str(folder)], "sync": True}
    started = desk.client.post("/v1/ingest-runs", json=body, headers=OPERATOR).json()
    assert desk.ended(started["run_id"])["counts"] == {"added": 4}
    (folder / "changes.txt").write_text(f"Changed now. {TEXT}")
    (folder / "goes.txt").unlink()
    (folder / "moves.txt").rename(folder / "moved.txt")
    (folder / "twin.txt").write_text(f"stays. {TEXT}")
    (folder / "new.txt").write_text(f"New. {TEXT}")
    (folder / "odd.exe").write_bytes(b"MZ")
    before = desk.library.ledger.sources()
    reply = desk.client.post("/v1/ingest-runs", json={**body, "dry_run": True}, headers=OPERATOR)
    uri = folder.as_uri()
    failed = reply.json()["failed"]
    assert (reply.status_code, [one["source"] for one in failed]) == (200, [f"{folder}/odd.exe"])
    assert {**reply.json(), "failed": []} == {
        "added": [f"{uri}/new.txt"],
        "updated": [f"{uri}/changes.txt"],
        "moved": [{"from": f"{uri}/moves.txt", "to": f"{uri}/moved.txt"}],
        "duplicated": [{"source": f"{uri}/twin.txt", "of": f"{uri}/stays.txt"}],
        "removed": [f"{uri}/goes.txt"],
        "unchanged": 1,
        "failed": [],
    }
    assert desk.library.ledger.sources() == before


def test_a_run_over_a_folder_that_is_gone_fails_and_removes_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    body = {"paths": [str(tmp_path / "gone")], "sync": True}
    run = desk.client.post("/v1/ingest-runs", json=body, headers=OPERATOR).json()
    ended = desk.ended(run["run_id"])
    assert ended["state"] == "failed"
    assert "is not there, so nothing of it was removed" in str(ended["error"])


def test_files_over_the_limit_are_refused_while_the_others_are_taken_in(desk: Desk) -> None:
    large = b"x" * (65 * 1024 * 1024)
    parts = [("files", ("large.txt", large)), ("files", ("ok.txt", b"Fine. " + TEXT.encode()))]
    reply = desk.client.post("/v1/documents", files=parts, params={"wait": False})
    run = reply.json()
    assert [one["error"] for one in run["refused"]] == ["SourceTooLargeError"]
    assert desk.ended(run["run_id"])["counts"] == {"added": 1}


def test_sent_files_are_gone_when_all_are_taken_in(desk: Desk) -> None:
    run_id = desk.send("nine.txt").json()["run_id"]
    uploads = Path(str(desk.client.get("/readyz").json()["home"])) / UPLOADS
    deadline = time.monotonic() + 5
    while (uploads / run_id).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not (uploads / run_id).exists()
    assert not list(uploads.glob("incoming-*"))


def test_files_that_arrived_before_a_crash_are_taken_in_after_it(
    tmp_path: Path, parsers: ParserPool
) -> None:
    ledger = open_ledger(tmp_path)
    request = RunRequest("upload", ("kept.txt",))
    ledger.runs.begin(Run(RunId("cut"), request, "running", datetime.now(UTC), RunProgress()))
    ledger.close()
    folder = tmp_path / UPLOADS / "cut"
    folder.mkdir(parents=True)
    (folder / "0").write_text(f"Kept. {TEXT}")
    half = tmp_path / UPLOADS / "incoming-1"
    half.mkdir()
    (half / "a").write_text("Half a file")
    with opened(tmp_path, parsers) as desk:
        assert desk.ended("cut")["counts"] == {"added": 1}
        assert "upload:kept.txt" in desk.library.ledger.sources()
        assert not half.exists()


def test_a_stream_goes_on_until_the_run_ends(desk: Desk) -> None:
    put_run(desk, "slow", 0, state="running")
    book = desk.library.ledger.runs

    def carry_out() -> None:
        for number in range(3):
            time.sleep(0.3)
            item = RunItem(f"s{number}", "added", datetime.now(UTC))
            book.advance(RunId("slow"), RunProgress(3, number + 1, 30, 10 * number), [item])
        book.end(RunId("slow"), "done", datetime.now(UTC))

    worker = Thread(target=carry_out)
    worker.start()
    followed = events(desk.client.get("/v1/ingest-runs/slow/events"))
    worker.join()
    names = [name for name, _, _ in followed]
    assert names.count("item") == 3
    assert 3 <= names.count("progress") <= 5
    assert names[-1] == "report"


def test_a_full_disk_refuses_an_upload_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        parts = [("files", ("small.txt", b"x")), ("files", ("large.txt", b"x" * 3_000_000))]
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        # No file may be longer than this: as good as a full disk, and it needs no other.
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, limits[1]))
        try:
            reply = client.post("/v1/documents", files=parts)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert (reply.status_code, reply.json()["title"]) == (507, "Insufficient Storage")
        assert "Make room" in reply.json()["detail"]
        assert list((tmp_path / UPLOADS).iterdir()) == []
        assert client.get("/v1/ingest-runs").json()["items"] == []
        assert client.post("/v1/documents", files=parts).json()["added"] == 2


def test_a_task_of_the_operator_tells_how_far_it_is_and_how_it_ended(tmp_path: Path) -> None:
    def task(body: Mapping[str, JsonValue], tell: Tell, /) -> TaskProgress:
        if "wrong" in body:
            raise LibraryError("That cannot be done.")
        tell("Counting", 1, 2)
        time.sleep(0.2)
        return TaskProgress(what="Counted", done=2, total=2)

    with opened_shelf(tmp_path) as shelf:
        plain = services(tmp_path, shelf, QuotingAssistant(shelf.put("a.md", "Text.")))
        app = build_app(replace(plain, maintenance={"count": task}))
        with TestClient(app, base_url=BASE) as client:
            done = client.post("/v1/maintenance/count", headers=OPERATOR)
            wrong = client.post("/v1/maintenance/count", json={"wrong": 1}, headers=OPERATOR)
            unknown = client.post("/v1/maintenance/none", headers=OPERATOR)
    assert [name for name, _, _ in events(done)] == ["progress", "result"]
    assert events(done)[-1][2]["what"] == "Counted"
    assert [(name, data["detail"]) for name, _, data in events(wrong)] == [
        ("error", "That cannot be done.")
    ]
    assert (unknown.status_code, "there are: count" in unknown.json()["detail"]) == (404, True)
