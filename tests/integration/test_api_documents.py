from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.integration.serving import TEXT, WHEN, document_path, serving, sha256, version_path


def titles(client: TestClient, **query: str | int) -> list[str]:
    items = client.get("/v1/documents", params=query).json()["items"]
    return [item["title"] for item in items]


def test_documents_are_listed_a_page_at_a_time(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        for name in ("b.md", "c.md", "d.md"):
            shelf.put(name, f"Text of {name}.")
        first = client.get("/v1/documents", params={"limit": 2}).json()
        rest = client.get("/v1/documents", params={"cursor": first["next_cursor"]}).json()
        listed = [item["title"] for item in first["items"] + rest["items"]]
        assert listed == ["attachés.md", "b.md", "c.md", "d.md"]
        assert first["total"] == 4
        assert rest["next_cursor"] is None


def test_a_listing_as_of_a_time_shows_what_stood_then(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        shelf.put("later.md", "Later.", WHEN + timedelta(days=20))
        assert titles(client, as_of="2026-01-15T00:00:00Z") == ["attachés.md"]
        assert titles(client, as_of="2026-01-15") == ["attachés.md"]
        assert titles(client) == ["attachés.md", "later.md"]


def test_removed_documents_are_listed_until_they_stand_again(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, _, stored):
        shelf.put("attachés.md", "Another text.", WHEN + timedelta(days=1))
        shelf.put("stays.md", "It stays.")
        assert titles(client, removed="true") == []
        client.delete(document_path(stored))
        listed = client.get("/v1/documents", params={"removed": "true"}).json()
        assert [one["title"] for one in listed["items"]] == ["attachés.md"]
        assert listed["items"][0]["valid_to"] is not None
        assert listed["total"] == 1
        assert titles(client) == ["stays.md"]

        assert client.post(f"{document_path(stored)}/restore").status_code == 200
        assert titles(client, removed="true") == []
        assert client.get("/v1/documents?removed=true&cursor=none").status_code == 422


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("as_of=yesterday", "as_of"),
        ("as_of=2026-01-15T00:00:00", "as_of"),
        ("cursor=abc", "cursor"),
        ("cursor=%00", "cursor"),
        ("cursor=WyJcdWQ4MDAiLCAiYSJd", "cursor"),  # a lone surrogate inside
        ("cursor=" + "W1tb" * 900, "cursor"),  # arrays in arrays
        ("cursor=" + "x" * 5000, "cursor"),
    ],
)
def test_a_bad_query_names_the_parameter(tmp_path: Path, query: str, field: str) -> None:
    with serving(tmp_path) as (client, *_):
        reply = client.get(f"/v1/documents?{query}")
        assert reply.status_code == 422
        assert reply.json()["errors"][0]["field"] == field


def test_a_document_is_shown_by_the_version_that_stands(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, _, old):
        new = shelf.put("attachés.md", "New text.", WHEN + timedelta(days=1))
        assert client.get(document_path(old)).json()["version_id"] == new.version_id
        items = client.get(document_path(old) + "/versions").json()["items"]
        assert [item["version_id"] for item in items] == [new.version_id, old.version_id]
        assert client.get(version_path(old)).json()["valid_to"] == items[0]["valid_from"]


def test_the_text_of_a_version_is_plain_utf_8(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        reply = client.get(version_path(stored) + "/text")
        assert reply.headers["content-type"] == "text/plain; charset=utf-8"
        assert reply.content.decode("utf-8") == TEXT


def test_the_original_file_is_sent_to_be_saved(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        reply = client.get(version_path(stored) + "/source")
        assert sha256(reply.content) == sha256(TEXT.encode())
        assert reply.headers["content-type"] == "text/markdown"
        assert reply.headers["x-content-type-options"] == "nosniff"
        disposition = reply.headers["content-disposition"]
        assert disposition == "attachment; filename*=utf-8''attach%C3%A9s.md"


def test_a_page_among_the_originals_cannot_run_here(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        stored = shelf.put("page.html", "<script>alert(1)</script>", media_type="text/html")
        headers = client.get(version_path(stored) + "/source").headers
        assert headers["content-disposition"].startswith("attachment")
        assert headers["content-security-policy"].startswith("default-src 'none'")


def test_an_original_that_is_gone_is_not_found(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, _, stored):
        shelf.files.path(sha256(TEXT.encode())).unlink()
        assert client.get(version_path(stored) + "/source").status_code == 404


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_unknown_document_is_not_found(tmp_path: Path, method: str) -> None:
    with serving(tmp_path) as (client, *_):
        reply = client.request(method, "/v1/documents/none")
        assert reply.status_code == 404
        assert reply.json()["type"] == "urn:attache:problem:document-not-found"


@pytest.mark.parametrize("rest", ["", "/none", "/none/text", "/none/source"])
def test_versions_of_an_unknown_document_are_not_found(tmp_path: Path, rest: str) -> None:
    with serving(tmp_path) as (client, *_):
        assert client.get(f"/v1/documents/none/versions{rest}").status_code == 404


def test_a_removed_document_leaves_the_listing_and_stays_readable(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        assert client.delete(document_path(stored)).status_code == 204
        assert client.delete(document_path(stored)).status_code == 404
        assert titles(client) == []
        assert client.get(version_path(stored) + "/text").text == TEXT


def test_uploaded_files_are_taken_in_together(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        files = [("files", ("one.txt", b"One.")), ("files", ("two.txt", b"Two."))]
        report = client.post("/v1/documents", files=files)
        assert report.status_code == 200
        assert report.json()["added"] == 2
        assert titles(client) == ["attachés.md", "one.txt", "two.txt"]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        files = [("files", ("bad.txt", b"\xff")), ("files", ("good.txt", b"Good."))]
        report = client.post("/v1/documents", files=files).json()
        assert report["added"] == 1
        assert [f["source"] for f in report["failed"]] == ["bad.txt"]


def test_when_every_file_failed_the_first_failure_is_the_problem(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        files = [("files", ("bad.txt", b"\xff")), ("files", ("worse.txt", b"\xfe"))]
        reply = client.post("/v1/documents", files=files)
        assert reply.status_code == 422
        assert reply.json()["type"] == "urn:attache:problem:source-unreadable"
        assert [f["source"] for f in reply.json()["failed"]] == ["bad.txt", "worse.txt"]


def test_a_file_over_the_limit_fails_and_the_others_do_not(tmp_path: Path) -> None:
    with serving(tmp_path, max_upload_mb=1) as (client, *_):
        large = ("files", ("large.txt", b"x" * (1024 * 1024 + 1)))
        report = client.post("/v1/documents", files=[large, ("files", ("ok.txt", b"Fine."))])
        assert report.json()["added"] == 1
        assert report.json()["failed"][0]["error"] == "SourceTooLargeError"
        assert client.post("/v1/documents", files=[large]).status_code == 413


def test_two_files_of_one_name_are_not_taken_for_one(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        files = [("files", ("a/same.txt", b"One.")), ("files", ("b/same.txt", b"Two."))]
        report = client.post("/v1/documents", files=files).json()
        assert report["added"] == 1
        assert "same name" in report["failed"][0]["detail"]


def test_a_file_keeps_nothing_but_the_last_part_of_its_name(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        client.post("/v1/documents", files=[("files", ("../../etc\\é\u202e.txt", b"Hi."))])
        assert titles(client) == ["attachés.md", "é.txt"]


@pytest.mark.parametrize("name", [b"", b"..", b"/"])
def test_a_file_without_a_name_is_given_one(tmp_path: Path, name: bytes) -> None:
    disposition = b'Content-Disposition: form-data; name="files"; filename="%b"' % name
    part = b"--b\r\n" + disposition + b"\r\n\r\nHi.\r\n--b--\r\n"
    with serving(tmp_path) as (client, *_):
        headers = {"content-type": "multipart/form-data; boundary=b"}
        reply = client.post("/v1/documents", content=part, headers=headers)
        assert reply.status_code == 200
        assert titles(client) == ["attachés.md", "upload"]


def test_an_upload_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with serving(tmp_path) as (client, *_):
        client.post("/v1/documents", files=[("files", ("one.txt", b"One."))])
        assert list(folder.iterdir()) == []
