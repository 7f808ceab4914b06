"""Rates, CORS and readiness: what the settings of a server's edge promise."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import build_app
from api.readiness import Checks
from assistant.access.keys import KeyRole
from assistant.errors import LibraryDamagedError
from assistant.settings import Settings
from tests.fakes import QuotingAssistant
from tests.integration.guarded import guarded
from tests.integration.serving import BASE, TEXT, opened, services, serving

ASK = {"question": "Q"}
DESK = "https://desk.example.org"


def test_more_requests_than_the_rate_are_refused_with_when_to_come_again(tmp_path: Path) -> None:
    with serving(tmp_path, rate="3/minute") as (client, _, assistant, _):
        statuses = [client.post("/v1/ask", json=ASK).status_code for _ in range(3)]
        assert statuses == [200] * 3
        refused = client.post("/v1/ask", json=ASK)
        assert refused.status_code == 429
        assert refused.json()["type"] == "urn:attache:problem:too-often"
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert len(assistant.asked) == 3
        assert client.get("/healthz").status_code == 200


def test_openais_client_is_told_of_the_rate_in_its_own_words(tmp_path: Path) -> None:
    with serving(tmp_path, rate="1/minute") as (client, *_):
        client.get("/v1/models")
        refused = client.get("/v1/models")
        assert refused.status_code == 429
        assert refused.json()["error"]["type"] == "requests"
        assert refused.json()["error"]["code"] == "rate_limit_exceeded"


def test_each_key_has_a_rate_of_its_own(tmp_path: Path) -> None:
    with guarded(tmp_path, rate="2/minute") as held:
        one, other = held.caller("one"), held.caller("other", KeyRole.LIBRARIAN)
        for _ in range(2):
            assert held.client.get("/v1/documents", headers=one).status_code == 200
        assert held.client.get("/v1/documents", headers=one).status_code == 429
        assert held.client.get("/v1/documents", headers=other).status_code == 200


def test_guessing_at_keys_is_slowed_like_anything(tmp_path: Path) -> None:
    with guarded(tmp_path, rate="2/minute") as held:
        held.caller("somebody")
        wrong = {"Authorization": "Bearer guessed"}
        statuses = [held.client.get("/v1/models", headers=wrong).status_code for _ in range(3)]
        assert statuses == [401, 401, 429]


def test_a_server_on_this_machine_has_no_rate(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        statuses = {client.get("/v1/models").status_code for _ in range(700)}
        assert statuses == {200}


def test_without_the_setting_no_page_of_another_origin_is_let_in(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        asked = {"origin": DESK, "access-control-request-method": "POST"}
        for reply in (
            client.options("/v1/ask", headers=asked),
            client.get("/v1/documents", headers={"origin": DESK}),
            client.post("/v1/ask", json=ASK, headers={"origin": DESK}),
        ):
            assert not [name for name in reply.headers if name.startswith("access-control-")]
        assert client.post("/v1/ask", json=ASK, headers={"origin": DESK}).status_code == 403


def test_the_origin_of_the_setting_may_ask_and_no_other(tmp_path: Path) -> None:
    with serving(tmp_path, cors_origins=DESK) as (client, *_):
        asked = {
            "origin": DESK,
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization,content-type",
        }
        before = client.options("/v1/ask", headers=asked)
        assert before.status_code == 200
        assert before.headers["access-control-allow-origin"] == DESK
        assert "access-control-allow-credentials" not in before.headers
        reply = client.post("/v1/ask", json=ASK, headers={"origin": DESK})
        assert reply.status_code == 200
        assert reply.headers["access-control-allow-origin"] == DESK
        assert "Retry-After" in reply.headers["access-control-expose-headers"]
        foreign = {"origin": "https://evil.example"}
        other = client.get("/v1/documents", headers=foreign)
        assert "access-control-allow-origin" not in other.headers
        assert client.post("/v1/ask", json=ASK, headers=foreign).status_code == 403


@pytest.mark.parametrize("given", ["*", "desk.example.org", "https://a.example/path", "file://x"])
def test_an_origin_that_is_none_is_refused_at_start(given: str) -> None:
    with pytest.raises(ValueError, match="origin"):
        Settings.model_validate({"cors_origins": given})


def _fails(error: Exception) -> Callable[[], object]:
    def check() -> None:
        raise error

    return check


def test_a_server_is_not_ready_when_a_part_fails_and_says_which(tmp_path: Path) -> None:
    with opened(tmp_path) as shelf:
        given = services(tmp_path, shelf, QuotingAssistant(shelf.put("a.md", TEXT)))
        damaged = LibraryDamagedError("The vectors cannot be read. Run attache reindex.")
        checks = {"ledger": lambda: None, "vectors": _fails(damaged), "x": _fails(KeyError("k"))}
        app = build_app(replace(given, checks=Checks(checks, kept_s=0)))
        with TestClient(app, base_url=BASE) as client:
            reply = client.get("/readyz")
            assert reply.status_code == 503
            assert reply.json()["type"] == "urn:attache:problem:not-ready"
            assert "Vectors: The vectors cannot be read." in reply.json()["detail"]
            assert "X: It failed" in reply.json()["detail"]
            assert "Ledger" not in reply.json()["detail"]
            assert client.get("/healthz").status_code == 200


def test_who_has_no_key_is_told_which_part_and_not_why(tmp_path: Path) -> None:
    with opened(tmp_path) as shelf:
        given = services(tmp_path, shelf, QuotingAssistant(shelf.put("a.md", TEXT)))
        shelf.ledger.keys.add("one", KeyRole.READER, (), ())
        failing = Checks({"vectors": _fails(LibraryDamagedError(f"{tmp_path} is gone."))})
        app = build_app(replace(given, checks=failing, keys=shelf.ledger.keys))
        with TestClient(app, base_url=BASE) as client:
            reply = client.get("/readyz")
            assert reply.status_code == 503
            assert "vectors" in reply.json()["detail"]
            assert str(tmp_path) not in reply.text


def test_a_part_is_not_tried_for_every_request() -> None:
    tried: list[int] = []
    checks = Checks({"embedder": lambda: tried.append(1)})
    for _ in range(5):
        assert not checks.failing()
    assert len(tried) == 1


STOCK = (
    "authorization, content-type, last-event-id, mcp-protocol-version, mcp-session-id, "
    "x-stainless-arch, x-stainless-lang, x-stainless-os, x-stainless-package-version, "
    "x-stainless-retry-count, x-stainless-runtime, x-stainless-runtime-version, x-stainless-timeout"
)


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/mcp", "/v1/ask"])
def test_a_page_that_is_allowed_may_use_the_stock_clients(tmp_path: Path, path: str) -> None:
    with serving(tmp_path, cors_origins=DESK) as (client, *_):
        asked = {
            "origin": DESK,
            "access-control-request-method": "POST",
            "access-control-request-headers": STOCK,
        }
        reply = client.options(path, headers=asked)
        assert reply.status_code == 200
        assert reply.headers["access-control-allow-origin"] == DESK
        admitted = reply.headers["access-control-allow-headers"].split(",")
        assert {one.strip() for one in admitted} >= set(STOCK.split(", "))
        foreign = client.options(path, headers={**asked, "origin": "https://evil.example"})
        assert "access-control-allow-origin" not in foreign.headers
        exposed = client.get("/v1/models", headers={"origin": DESK}).headers
    assert {"Retry-After", "X-Request-ID", "Mcp-Session-Id"} <= set(
        exposed["access-control-expose-headers"].split(", ")
    )
