"""What each route of the API needs: a role. A route that is not here is for administrators."""

import re
from collections.abc import Mapping, Sequence

from assistant.access.keys import KeyRole

READER, LIBRARIAN, ADMINISTRATOR = KeyRole.READER, KeyRole.LIBRARIAN, KeyRole.ADMINISTRATOR
GUARDED = ("/v1", "/mcp", "/metrics")
"""Paths below which a key is needed, once there are keys."""

_OPEN = ("/healthz", "/readyz", "/openapi.json")
_VERSION = "/v1/documents/{document_id}/versions/{version_id}"
_TALK = "/v1/conversations"
RULES: Mapping[tuple[str, str], KeyRole] = {
    ("GET", "/v1/session"): READER,
    ("POST", "/v1/session"): READER,
    ("DELETE", "/v1/session"): READER,
    ("POST", "/v1/ask"): READER,
    ("POST", "/v1/search"): READER,
    ("POST", "/v1/verify"): READER,
    ("GET", "/v1/models"): READER,
    ("GET", "/v1/models/{model}"): READER,
    ("POST", "/v1/chat/completions"): READER,
    ("POST", "/v1/feedback"): READER,
    ("GET", _TALK): READER,
    ("POST", _TALK): READER,
    ("GET", _TALK + "/{conversation_id}"): READER,
    ("PATCH", _TALK + "/{conversation_id}"): READER,
    ("DELETE", _TALK + "/{conversation_id}"): READER,
    ("POST", _TALK + "/{conversation_id}/turns"): READER,
    ("GET", _TALK + "/{conversation_id}/export"): READER,
    ("GET", "/v1/documents"): READER,
    ("POST", "/v1/documents"): LIBRARIAN,
    ("GET", "/v1/documents/{document_id}"): READER,
    ("DELETE", "/v1/documents/{document_id}"): LIBRARIAN,
    ("GET", "/v1/documents/{document_id}/versions"): READER,
    ("GET", "/v1/documents/{document_id}/diff"): READER,
    ("POST", "/v1/documents/{document_id}/restore"): LIBRARIAN,
    ("GET", _VERSION): READER,
    ("GET", _VERSION + "/text"): READER,
    ("GET", _VERSION + "/passages"): READER,
    ("GET", _VERSION + "/source"): READER,
    ("GET", _VERSION + "/boxes"): READER,
    ("GET", _VERSION + "/pages/{number}.png"): READER,
    ("GET", "/v1/ingest-runs"): LIBRARIAN,
    ("POST", "/v1/ingest-runs"): ADMINISTRATOR,
    ("GET", "/v1/ingest-runs/{run_id}"): LIBRARIAN,
    ("GET", "/v1/ingest-runs/{run_id}/items"): LIBRARIAN,
    ("GET", "/v1/ingest-runs/{run_id}/events"): LIBRARIAN,
    ("POST", "/v1/ingest-runs/{run_id}/cancel"): LIBRARIAN,
    ("POST", "/v1/ingest-runs/{run_id}/retry"): LIBRARIAN,
    ("POST", "/v1/maintenance/{task}"): ADMINISTRATOR,
    ("GET", "/metrics"): ADMINISTRATOR,
    ("GET", "/mcp"): READER,
    ("POST", "/mcp"): READER,
    ("DELETE", "/mcp"): READER,
    ("POST", "/mcp/"): READER,
    ("GET", "/mcp/"): READER,
    ("DELETE", "/mcp/"): READER,
}
ANSWERING = ("/v1/ask", "/v1/search", "/v1/verify", "/v1/chat/completions")
"""Paths whose requests take a place among those that are answered at once."""
_TURNS = re.compile(r"/v1/conversations/[^/]+/turns")


def under(path: str, *roots: str) -> bool:
    """Whether the path is one of the roots or below one."""
    return any(path == root or path.startswith(f"{root}/") for root in roots)


def needed(method: str, path: str) -> KeyRole | None:
    """The role that a request needs; None where no rule is made for its path."""
    named = "GET" if method == "HEAD" else method
    rules = _PATTERNS.get(named, ())
    return next((role for pattern, role in rules if pattern.fullmatch(path)), None)


def is_answered(method: str, path: str) -> bool:
    """Whether the request asks something that takes a while to answer."""
    return method == "POST" and (path in ANSWERING or _TURNS.fullmatch(path) is not None)


def template_of(path: str) -> str | None:
    """The template of the route that has such a path, by whatever method; None where none has."""
    return next((named for pattern, named in _TEMPLATES if pattern.fullmatch(path)), None)


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)))


def _patterns() -> Mapping[str, Sequence[tuple[re.Pattern[str], KeyRole]]]:
    found: dict[str, list[tuple[re.Pattern[str], KeyRole]]] = {}
    for (method, template), role in RULES.items():
        found.setdefault(method, []).append((_pattern(template), role))
    return found


_PATTERNS = _patterns()
_TEMPLATES = tuple(
    (_pattern(named), named.rstrip("/"))
    for named in dict.fromkeys([*(path for _, path in RULES), *_OPEN])
)
