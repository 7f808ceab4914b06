"""What each request needs, told from its method and path alone."""

import pytest

from api.rules import RULES, is_answered, needed, template_of, under
from assistant.access.keys import KeyRole


@pytest.mark.parametrize("path", sorted({path for method, path in RULES if method == "GET"}))
def test_what_may_be_read_may_be_looked_for(path: str) -> None:
    filled = path.replace("{", "").replace("}", "")
    assert needed("HEAD", filled) == needed("GET", filled) == RULES["GET", path]


def test_a_path_without_a_rule_has_none() -> None:
    assert needed("GET", "/v1/documents/a/secrets") is None
    assert needed("PUT", "/v1/documents/a") is None
    assert needed("DELETE", "/v1/documents/a") is KeyRole.LIBRARIAN


@pytest.mark.parametrize(
    ("method", "path", "waits"),
    [
        ("POST", "/v1/ask", True),
        ("POST", "/v1/conversations/a/turns", True),
        ("GET", "/v1/conversations/a/turns", False),
        ("POST", "/v1/conversations", False),
        ("POST", "/v1/conversations/a/b/turns", False),
    ],
)
def test_only_what_is_asked_takes_a_turn(method: str, path: str, waits: bool) -> None:
    assert is_answered(method, path) is waits


def test_what_callers_put_into_a_path_is_not_in_its_template() -> None:
    assert template_of("/v1/documents/anything%2Fat-all") == "/v1/documents/{document_id}"
    assert template_of("/mcp/") == "/mcp"
    assert template_of("/v1/nothing") is None


def test_a_name_that_only_begins_so_is_not_below() -> None:
    assert under("/v1/ask", "/v1")
    assert not under("/v10/ask", "/v1")
