from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.integration.serving import serving

ASK = {"question": "Q"}


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client for requests that change nothing."""
    with serving(tmp_path_factory.mktemp("calm")) as (client, *_):
        yield client


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "127.0.0.2", "localhost", "LOCALHOST:9", "a.localhost", "[::1]:80"]
)
def test_loopback_names_are_answered(calm: TestClient, host: str) -> None:
    assert calm.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "10.0.0.1", "", "["],
)
def test_a_name_that_is_not_ours_is_refused(calm: TestClient, host: str) -> None:
    reply = calm.get("/v1/documents", headers={"host": host})
    assert reply.status_code == 421
    assert reply.json()["type"] == "urn:attache:problem:foreign-host"


def test_a_server_on_the_network_answers_to_any_name(tmp_path: Path) -> None:
    with serving(tmp_path, host="0.0.0.0") as (client, *_):
        assert client.get("/healthz", headers={"host": "attache.example"}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "http://127.0.0.1:x", ""]
)
def test_another_site_cannot_change_anything(tmp_path: Path, origin: str) -> None:
    with serving(tmp_path) as (client, shelf, *_):
        files = [("files", ("a.txt", b"Hi."))]
        reply = client.post("/v1/documents", files=files, headers={"origin": origin})
        assert reply.status_code == 403
        assert reply.json()["type"] == "urn:attache:problem:cross-origin"
        assert shelf.ledger.count()[0] == 1


def test_the_servers_own_page_may_ask(calm: TestClient) -> None:
    same = {"origin": "http://127.0.0.1:8000"}
    assert calm.post("/v1/ask", json=ASK, headers=same).status_code == 200
    default = {"origin": "http://localhost", "host": "LocalHost:80"}
    assert calm.post("/v1/ask", json=ASK, headers=default).status_code == 200


def test_no_other_origin_is_let_read(calm: TestClient) -> None:
    reply = calm.get("/v1/documents", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize("path", ["/healthz", "/v1/documents", "/v1/nowhere", "/docs"])
def test_every_response_has_its_headers(calm: TestClient, path: str) -> None:
    headers = calm.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert len(headers["x-request-id"]) == 32


def test_the_window_is_left_without_a_policy(calm: TestClient) -> None:
    assert "content-security-policy" not in calm.get("/").headers


def test_what_the_library_says_is_never_kept_by_a_cache(calm: TestClient) -> None:
    assert calm.get("/v1/documents").headers["cache-control"] == "no-store"


def test_a_request_id_that_was_given_is_kept(calm: TestClient) -> None:
    reply = calm.get("/v1/nowhere", headers={"x-request-id": "proxy-7"})
    assert reply.headers["x-request-id"] == "proxy-7"
    assert reply.json()["request_id"] == "proxy-7"


@pytest.mark.parametrize("given", ["a b", "x" * 65, "<script>", "é", ""])
def test_a_request_id_that_is_odd_is_not(calm: TestClient, given: str) -> None:
    reply = calm.get("/healthz", headers=[(b"x-request-id", given.encode())])
    assert len(reply.headers["x-request-id"]) == 32


@pytest.mark.parametrize("header", ["x-odd", "cookie", "authorization", "accept", "user-agent"])
def test_huge_headers_do_no_harm(calm: TestClient, header: str) -> None:
    reply = calm.post("/v1/ask", json=ASK, headers={header: "x" * 100_000})
    assert reply.status_code == 200
