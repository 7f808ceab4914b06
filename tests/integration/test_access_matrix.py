"""Every route of the API by every role and clearance."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

import pytest
from httpx2 import Response

from api.rules import GUARDED, RULES, under
from assistant.access.keys import KeyRole
from assistant.types import StoredChunk
from tests.integration.guarded import HIGH, LOW, Guarded, Headers, guarded
from tests.integration.serving import WHEN
from tests.unit.library.builders import new_version

ROUTES = sorted(RULES)
OF_DOCUMENTS = [route for route in ROUTES if "{document_id}" in route[1]]
ELSEWHERE = ("/mcp",)
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


@pytest.fixture(scope="module")
def secret(server: Guarded) -> StoredChunk:
    """What stands of a document of two versions that is not for everybody."""
    server.shelf.put("secret.md", f"{SECRET} Old.", marking=HIGH)
    return server.shelf.put("secret.md", SECRET, WHEN + timedelta(days=1), marking=HIGH)


def call(
    server: Guarded, route: tuple[str, str], headers: Headers, stored: StoredChunk
) -> Response:
    """What a route answers about a document."""
    method, template = route
    path = template.format_map(
        defaultdict(
            lambda: "none", document_id=stored.document_id, version_id=stored.version_id, number="1"
        )
    )
    wants_span = path.endswith(("/passages", "/boxes"))
    body: dict[str, object] | None = (
        {} if method in ("POST", "PATCH") and not path.endswith("/restore") else None
    )
    # The tools' own stream of events would not end.
    accepts = {"Accept": "text/plain"} if path.startswith("/mcp") else {}
    reply = server.client.request(
        method, path, headers={**headers, **accepts}, params=SPAN if wants_span else {}, json=body
    )
    server.client.cookies.clear()  # signing in keeps the key for the requests that follow
    return reply


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


@pytest.mark.parametrize("given", [None, "", "attache_wrong", "a-token-of-the-operatoR", "é"])
def test_no_route_answers_without_a_valid_key(server: Guarded, given: str | None) -> None:
    headers = [] if given is None else [(b"Authorization", f"Bearer {given}".encode())]
    for method, path in ROUTES:
        reply = server.client.request(method, path, headers=headers, json={})
        assert reply.status_code == 401, (method, path)
        assert reply.headers["www-authenticate"].startswith("Bearer")
        assert reply.json()["type"] == "urn:attache:problem:no-key"


@pytest.mark.parametrize("clearance", [LOW, HIGH])
@pytest.mark.parametrize("role", KeyRole)
def test_a_route_is_for_its_role_and_those_above(
    server: Guarded, callers: dict[tuple[KeyRole, str], Headers], role: KeyRole, clearance: str
) -> None:
    stored = server.shelf.put("role.md", "Some words.", marking=LOW)
    for route in ROUTES:
        reply = call(server, route, callers[role, clearance], stored)
        refused = reply.status_code == 403 and _kind(reply) == "role"
        assert refused != role.may(RULES[route]), route
        assert reply.status_code != 401, route


@pytest.mark.parametrize("role", KeyRole)
def test_what_may_not_be_read_is_told_apart_from_nothing_in_no_way(
    server: Guarded,
    callers: dict[tuple[KeyRole, str], Headers],
    secret: StoredChunk,
    role: KeyRole,
) -> None:
    absent = nothing()
    for route in (one for one in OF_DOCUMENTS if role.may(RULES[one])):
        hidden = call(server, route, callers[role, LOW], secret)
        missing = call(server, route, callers[role, LOW], absent)
        assert hidden.status_code == missing.status_code == 404, route
        assert _told(hidden, secret) == _told(missing, absent), route
        assert server.shelf.ledger.document(secret.document_id).valid_to is None
    for route in (one for one in OF_DOCUMENTS if one[0] == "GET"):
        assert call(server, route, callers[role, HIGH], secret).status_code != 404, route


def _told(reply: Response, stored: StoredChunk) -> tuple[str, dict[str, str]]:
    """All that a reply says, without the names that were asked for."""
    own = {stored.document_id: "D", stored.version_id: "V", reply.headers["x-request-id"]: "R"}
    text = reply.text
    for name, sign in own.items():
        text = text.replace(name, sign)
    told = {name: value for name, value in reply.headers.items() if name != "content-length"}
    return text, {**told, "x-request-id": "R"}


def _kind(reply: Response) -> str:
    if not reply.headers.get("content-type", "").startswith("application/problem"):
        return ""
    return str(reply.json()["type"]).rpartition(":")[2]


def test_the_paths_that_need_no_key_tell_nothing_of_the_library(server: Guarded) -> None:
    server.shelf.put("hidden.md", SECRET, marking=HIGH)
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
    reader = server.caller("head")
    plain = server.client.get("/v1/documents", headers=reader)
    head = server.client.head("/v1/documents", headers=reader)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == plain.headers["content-length"]
    assert server.client.head("/v1/documents/none", headers=reader).status_code == 404
    assert server.client.head("/v1/ask", headers=reader).headers["allow"] == "POST"
