"""The key that a request carries: in its `Authorization` header, or else in the window's cookie."""

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from api.server_schemas import SESSION_COOKIE

_SCHEME = "bearer "


def secret_in(scope: Scope) -> str | None:
    """The secret; None where there is none. A header counts before a cookie."""
    headers = Headers(scope=scope)
    given = headers.get("authorization", "")
    if given[: len(_SCHEME)].lower() == _SCHEME:
        return given[len(_SCHEME) :].strip()
    if given:
        return None
    return cookie_parser(headers.get("cookie", "")).get(SESSION_COOKIE) or None
