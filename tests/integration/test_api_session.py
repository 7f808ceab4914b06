"""A browser that is signed in: by a cookie of its own, with what its key allows and no more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.server_schemas import SESSION_COOKIE
from assistant.access.keys import KeyRole
from tests.integration.guarded import LOW, Guarded, guarded
from tests.integration.serving import TOKEN


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Guarded]:
    with guarded(tmp_path) as it:
        yield it


def test_without_keys_in_use_everybody_here_is_the_local_administrator(server: Guarded) -> None:
    reply = server.client.get("/v1/session")

    assert reply.json() == {"name": "local", "role": "administrator", "keyed": False}
    assert "set-cookie" not in server.client.post("/v1/session").headers


def test_a_key_goes_into_a_cookie_that_scripts_and_other_sites_cannot_use(server: Guarded) -> None:
    headers = server.caller("ana", KeyRole.READER, LOW)

    reply = server.client.post("/v1/session", headers=headers)

    assert reply.json() == {"name": "ana", "role": "reader", "keyed": True}
    cookie = reply.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie


def test_over_https_the_cookie_is_for_https_alone(server: Guarded) -> None:
    headers = server.caller("ana")

    reply = server.client.post("https://127.0.0.1:8000/v1/session", headers=headers)

    assert "secure" in reply.headers["set-cookie"].lower()


def test_the_cookie_serves_until_the_browser_is_signed_out(server: Guarded) -> None:
    server.client.post("/v1/session", headers=server.caller("ana"))

    assert server.client.get("/v1/session").json()["name"] == "ana"
    assert server.client.get("/v1/ingest-runs").status_code == 403

    assert server.client.delete("/v1/session").status_code == 204
    assert server.client.get("/v1/session").status_code == 401


def test_a_header_counts_before_the_cookie(server: Guarded) -> None:
    ben = server.caller("ben", KeyRole.LIBRARIAN)
    server.client.post("/v1/session", headers=server.caller("ana"))

    assert server.client.get("/v1/session", headers=ben).json()["name"] == "ben"
    wrong = server.client.get("/v1/session", headers={"Authorization": "Bearer wrong"})
    assert wrong.status_code == 401


@pytest.mark.parametrize("value", ["wrong", "", "é", "a;b"])
def test_a_cookie_that_is_no_key_opens_nothing(server: Guarded, value: str) -> None:
    server.caller("ana")

    cookie = f"{SESSION_COOKIE}={value}".encode()
    reply = server.client.get("/v1/documents", headers=[(b"cookie", cookie)])

    assert reply.status_code == 401


def test_the_operators_token_goes_into_no_cookie(server: Guarded) -> None:
    server.caller("ana")

    reply = server.client.post("/v1/session", headers={"Authorization": f"Bearer {TOKEN}"})

    assert reply.status_code == 200
    assert "set-cookie" not in reply.headers


def test_another_site_cannot_use_the_cookie_to_change_anything(server: Guarded) -> None:
    server.client.post("/v1/session", headers=server.caller("ana"))

    reply = server.client.post(
        "/v1/conversations", json={}, headers={"Origin": "http://elsewhere.example"}
    )

    assert reply.status_code == 403
