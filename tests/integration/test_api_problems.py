import asyncio
import inspect
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from api.app import build_app
from api.errors import KINDS, kind_of
from assistant import errors
from tests.fakes import QuotingAssistant
from tests.integration.serving import BASE, opened, services, serving

JSON = {"content-type": "application/json"}

FIELDS = {"type", "title", "status", "detail", "request_id"}


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client for requests that change nothing."""
    with serving(tmp_path_factory.mktemp("calm"), max_upload_mb=1) as (client, *_):
        yield client


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": " \n\t "}, "question"),
        ({"question": 7}, "question"),
        ({"question": None}, "question"),
        ({"question": ["a"]}, "question"),
        ({"question": "a\x00b"}, "question"),
        ({"question": "ok", "as_of": "yesterday"}, "as_of"),
        ({"question": "ok", "as_of": "2026-01-01T00:00:00"}, "as_of"),
        ({"question": "ok", "surprise": 1}, "surprise"),
        ({"question": "ok", "a\x00b": 1}, "a\ufffdb"),
        ({"question": "ok", "top_k": 0}, "top_k"),
        ({"question": "ok", "top_k": 10**30}, "top_k"),
        ({"question": "ok", "top_k": "5"}, "top_k"),
        ({"question": "ok", "as_of": 5}, "as_of"),
        ({"question": "ok", "as_of": "0.5"}, "as_of"),
        ({"question": "ok", "filters": {"published_to": "1577836800"}}, "filters.published_to"),
        ({"question": "ok", "history": {}}, "history"),
        ({"question": "ok", "history": [{"role": "system", "content": ""}]}, "history.0.role"),
        ({"question": "ok", "history": [{"role": "user", "content": "\x00"}]}, "history.0.content"),
        ({"question": "ok", "history": [{"role": "user", "content": "x"}] * 201}, "history"),
        ({"question": "ok", "filters": None}, "filters"),
        ({"question": "ok", "filters": {"issuers": "NATO"}}, "filters.issuers"),
        ({"question": "ok", "filters": {"issuers": ["x"] * 101}}, "filters.issuers"),
        ({"question": "ok", "filters": {"published_to": "soon"}}, "filters.published_to"),
        ([], "body"),
        ("ok", "body"),
        (None, "body"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search"])
def test_a_field_that_does_not_fit_is_named(
    tmp_path: Path, path: str, body: object, field: str
) -> None:
    with serving(tmp_path) as (client, _, assistant, _):
        reply = client.post(path, json=body)
        assert reply.status_code == 422
        assert set(reply.json()) == FIELDS | {"errors"}
        assert reply.json()["errors"][0]["field"] == field
        assert assistant.asked == []


@pytest.mark.parametrize(
    "body",
    [
        r'{"question": "a\ud800b"}',
        r'{"question": "ok", "conversation_id": "\udfff"}',
        r'{"question": "ok", "history": [{"role": "user", "content": "\ud800"}]}',
        r'{"question": "ok", "filters": {"document_ids": ["\ud800"]}}',
        r'{"question": "ok", "\ud800": 1}',
        '{"question": NaN}',
        '{"question": "ok", "top_k": 1e999}',
        '{"question": "ok", "top_k": ' + "1" * 5000 + "}",
        '{"question": "ok", "as_of": "0001-01-01T00:00:00+14:00"}',
        '{"question": "ok", "as_of": 1e300}',
        '{"question": "\\u200b\\u2060"}',
        '{"question": "' + "x" * 200_000 + '"}',
        json.dumps({"question": "ok", "history": [{"role": "user", "content": "x" * 60_000}] * 2}),
        "{",
        "[" * 100_000,
        '{"a":' * 100_000,
        "{'question': 'ok'}",
        "\x00",
        "",
    ],
    ids=lambda body: body[:40],
)
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search"])
def test_junk_is_refused_and_never_a_failure(calm: TestClient, path: str, body: str) -> None:
    reply = calm.post(path, content=body.encode(), headers=JSON)
    assert reply.status_code in (400, 422)
    assert reply.headers["content-type"] == "application/problem+json"
    assert set(reply.json()) >= FIELDS


@pytest.mark.parametrize("body", [b"\xff\xfe", b'{"question": "\xff"}', b"\x1f\x8b\x08"])
def test_bytes_that_are_no_text_are_refused(calm: TestClient, body: bytes) -> None:
    reply = calm.post("/v1/ask", content=body, headers=JSON)
    assert reply.status_code in (400, 422)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"--b--"),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\nHi.\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data"),
        ("multipart/form-data; boundary=b", b"\x00" * 100),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="files"\r\n\r\nHi.\r\n--b--\r\n',
        ),
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"files=a"),
        ("text/plain", b"Hi."),
        ("multipart/form-data; boundary=b; charset=\xff", b"--b--\r\n"),
    ],
)
def test_an_upload_that_is_none_is_refused(
    calm: TestClient, content_type: str, body: bytes
) -> None:
    headers = [(b"content-type", content_type.encode("latin-1"))]
    reply = calm.post("/v1/documents", content=body, headers=headers)
    assert reply.status_code in (400, 422)
    assert set(reply.json()) >= FIELDS


@pytest.mark.parametrize(
    "name", ["%00", "%ff", "%ed%a0%80", "x" * 5000, "..", "%2e%2e%2fetc", "🪖"]
)
@pytest.mark.parametrize("path", ["/v1/documents/{}", "/v1/documents/{}/versions/{}/source"])
def test_an_odd_id_is_refused_or_not_found(calm: TestClient, path: str, name: str) -> None:
    reply = calm.get(path.replace("{}", name))
    assert reply.status_code in (404, 405, 422)
    assert set(reply.json()) >= FIELDS


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/nowhere", "/v1/documents/", "/elsewhere"])
@pytest.mark.parametrize(
    "method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
)
def test_an_address_there_is_none_of_is_a_problem(calm: TestClient, path: str, method: str) -> None:
    reply = calm.request(method, path)
    assert reply.status_code == 404
    assert reply.json()["type"] == "urn:attache:problem:not-found"


def test_a_method_an_address_does_not_take_is_told_with_those_it_does(calm: TestClient) -> None:
    reply = calm.put("/v1/documents")
    assert reply.status_code == 405
    assert reply.headers["allow"] == "GET, POST, HEAD"
    for method in ("POST", "TRACE", "PROPFIND"):
        assert calm.request(method, "/healthz").status_code == 405
        refused = calm.request(method, "/v1/documents/x/versions")
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["allow"] == "GET, HEAD"


def test_a_body_over_a_megabyte_is_refused_by_its_length(calm: TestClient) -> None:
    reply = calm.post("/v1/ask", json={"question": "x" * 1_100_000})
    assert reply.status_code == 413
    assert reply.json()["type"] == "urn:attache:problem:body-too-large"


async def test_a_body_without_a_length_is_refused_while_it_arrives(tmp_path: Path) -> None:
    asked, replies = 0, list[Message]()

    async def receive() -> Message:
        nonlocal asked
        asked += 1
        assert asked < 30, "it reads on and on"
        return {"type": "http.request", "body": b"x" * 1_000_000, "more_body": True}

    async def send(message: Message) -> None:
        replies.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/ask",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
    }
    with opened(tmp_path) as shelf:
        stored = shelf.put("a.md", "Text.")
        app = build_app(services(tmp_path, shelf, QuotingAssistant(stored)))
        await asyncio.wait_for(app(scope, receive, send), 5)
    assert replies[0]["status"] == 413


def test_the_last_piece_of_a_body_can_be_the_one_too_many(calm: TestClient) -> None:
    body = iter([b"x" * 600_000, b"x" * 600_000])
    assert calm.post("/v1/ask", content=body, headers=JSON).status_code == 413


def test_an_upload_over_the_limit_of_all_files_is_refused(calm: TestClient) -> None:
    headers = {"content-type": "multipart/form-data; boundary=b"}
    length = {"content-length": str(33 * 1024 * 1024)}
    reply = calm.post("/v1/documents", content=b"--b--", headers={**headers, **length})
    assert reply.status_code == 413


def test_what_nobody_expected_is_a_problem_without_a_trace(tmp_path: Path) -> None:
    with serving(tmp_path, error=ZeroDivisionError("secret")) as (client, *_):
        reply = client.post("/v1/ask", json={"question": "Q"})
        assert reply.status_code == 500
        assert set(reply.json()) == FIELDS
        assert "secret" not in reply.text
        assert reply.headers["x-request-id"] == reply.json()["request_id"]
        assert reply.headers["x-content-type-options"] == "nosniff"


def test_every_error_of_the_tree_has_a_kind_of_its_own() -> None:
    tree = [
        error
        for _, error in inspect.getmembers(errors, inspect.isclass)
        if issubclass(error, errors.AssistantError)
    ]
    assert {error for error in tree if error not in KINDS} == set()
    assert kind_of(type("Newer", (errors.DocumentNotFoundError,), {})).status == 404


def test_a_damaged_library_is_not_ready(tmp_path: Path) -> None:
    with opened(tmp_path) as shelf:
        stored = shelf.put("a.md", "Text.")
        given = services(tmp_path, shelf, QuotingAssistant(stored))
        client = TestClient(build_app(given), base_url=BASE)
        assert client.get("/readyz").json()["documents"] == 1
    (tmp_path / "ledger.db").write_bytes(b"no database" * 1000)
    (tmp_path / "ledger.db-wal").unlink(missing_ok=True)
    reply = client.get("/readyz")
    assert reply.status_code == 503
    assert reply.json()["type"] == "urn:attache:problem:not-ready"
    assert client.get("/healthz").status_code == 200
