"""Every route of the API by every role and clearance."""

from collections.abc import Iterator

import pytest
from httpx2 import Response

from api.rules import GUARDED, RULES, under
from assistant.access.keys import KeyRole
from assistant.types import StoredChunk
from tests.integration.guarded import HIGH, LOW, Guarded, Headers, guarded
from tests.unit.library.builders import new_version

ROUTES = sorted(RULES)
OF_DOCUMENTS = [route for route in ROUTES if "{document_id}" in route[1]]
ELSEWHERE = ("/mcp", "/metrics")
"""Paths that are no described routes."""
SPAN = {"start": 0, "end": 4}
SECRET = "The codename is Bluebird."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A server with a key in use."""
    with guarded(tmp_path_factory.mktemp("matrix")) as it:
        it.caller("first")
        yield it


@pytest.fixture(scope="module")
def callers(server: Guarded) -> dict[tuple[KeyRole, str], Headers]:
    """A caller of each role and clearance."""
    return {
        (role, clearance): server.caller(f"{role}-{clearance}", role, clearance)
        for role in KeyRole
        for clearance in (LOW, HIGH)
    }


def call(
    server: Guarded, route: tuple[str, str], headers: Headers, stored: StoredChunk
) -> Response:
    """What a route answers about a document."""
    method, template = route
    path = template.format(
        document_id=stored.document_id,
        version_id=stored.version_id,
        run_id="none",
        conversation_id="none",
        task="none",
        model="none",
    )
    wants_span = path.endswith(("/passages", "/boxes"))
    body: dict[str, object] | None = (
        {} if method in ("POST", "PATCH") and not path.endswith("/restore") else None
    )
    return server.client.request(
        method, path, headers=headers, params=SPAN if wants_span else {}, json=body
    )


def nothing() -> StoredChunk:
    """A document that no library has."""
    made = new_version("file:///nowhere.md", "Nothing.")
    return StoredChunk(
        made.chunks[0],
        made.document_id,
        made.version_id,
        "file:///nowhere.md",
        made.document.metadata,
    )


def test_every_route_has_a_rule_and_every_rule_a_route(server: Guarded) -> None:
    described = server.client.get("/openapi.json").json()["paths"]
    routes = {
        (method.upper(), path)
        for path, operations in described.items()
        if under(path, *GUARDED)
        for method in operations
    }
    assert routes == {route for route in ROUTES if not under(route[1], *ELSEWHERE)}


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
@pytest.mark.parametrize("given", [None, "", "attache_wrong", "a-token-of-the-operatoR", "é"])
def test_no_route_answers_without_a_valid_key(
    server: Guarded, route: tuple[str, str], given: str | None
) -> None:
    headers = [] if given is None else [(b"Authorization", f"Bearer {given}".encode())]
    reply = server.client.request(route[0], route[1], headers=headers, json={})
    assert reply.status_code == 401
    assert reply.headers["www-authenticate"].startswith("Bearer")
    assert reply.json()["type"] == "urn:attache:problem:no-key"


@pytest.mark.parametrize("clearance", [LOW, HIGH])
@pytest.mark.parametrize("role", KeyRole)
@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_a_route_is_for_its_role_and_those_above(
    server: Guarded,
    callers: dict[tuple[KeyRole, str], Headers],
    route: tuple[str, str],
    role: KeyRole,
    clearance: str,
) -> None:
    stored = server.shelf.put("role.md", "Some words.", marking=LOW)
    reply = call(server, route, callers[role, clearance], stored)
    if role.may(RULES[route]):
        assert reply.status_code != 401
        assert _kind(reply) != "role"
    else:
        assert reply.status_code == 403
        assert _kind(reply) == "role"


@pytest.mark.parametrize("role", KeyRole)
@pytest.mark.parametrize("route", OF_DOCUMENTS, ids=" ".join)
def test_what_may_not_be_read_is_told_apart_from_nothing_in_no_way(
    server: Guarded,
    callers: dict[tuple[KeyRole, str], Headers],
    route: tuple[str, str],
    role: KeyRole,
) -> None:
    if not role.may(RULES[route]):
        return
    secret = server.shelf.put("secret.md", f"{SECRET} Old.", marking=HIGH)
    secret = server.shelf.put("secret.md", SECRET, marking=HIGH)
    absent = nothing()
    hidden = call(server, route, callers[role, LOW], secret)
    missing = call(server, route, callers[role, LOW], absent)
    assert hidden.status_code == missing.status_code == 404
    told = [
        reply.text.replace(stored.document_id, "D")
        .replace(stored.version_id, "V")
        .replace(reply.headers["x-request-id"], "R")
        for reply, stored in ((hidden, secret), (missing, absent))
    ]
    assert told[0] == told[1]
    assert server.shelf.ledger.document(secret.document_id).valid_to is None
    assert call(server, route, callers[role, HIGH], secret).status_code != 404


def _kind(reply: Response) -> str:
    if not reply.headers.get("content-type", "").startswith("application/problem"):
        return ""
    return str(reply.json()["type"]).rpartition(":")[2]


def test_the_paths_that_need_no_key_tell_nothing_of_the_library(server: Guarded) -> None:
    server.shelf.put("secret.md", SECRET, marking=HIGH)
    for path in ("/healthz", "/readyz", "/openapi.json", "/docs"):
        reply = server.client.get(path)
        assert reply.status_code == 200
        assert SECRET not in reply.text
    ready = server.client.get("/readyz").json()
    assert ready["documents"] is ready["chunks"] is ready["home"] is None


def test_an_unknown_path_is_one_for_every_caller(
    server: Guarded, callers: dict[tuple[KeyRole, str], Headers]
) -> None:
    for headers in callers.values():
        assert server.client.get("/v1/nowhere", headers=headers).status_code == 404
    assert server.client.get("/v1/nowhere").status_code == 401


def test_head_is_as_guarded_as_get(server: Guarded) -> None:
    assert server.client.head("/v1/documents").status_code == 401
