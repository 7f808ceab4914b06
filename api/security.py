"""What surrounds every request: an id, safe headers, and who may ask at all. Pure ASGI.

`Envelope` is outermost: it names the request, sets the headers of its response, and turns what
nobody expected into a problem. `Doorkeeper` refuses what a browser was tricked into sending.
"""

import re
import uuid
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import CROSS_ORIGIN, FOREIGN_HOST, Failure, logged, refusal
from api.rules import under

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
}
DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
DATA_PATHS = ("/v1", "/healthz", "/readyz", "/openapi.json")


def is_loopback(host: str) -> bool:
    """Whether the name or address, without a port, can only mean this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Envelope:
    """Gives each request an id and each response its headers; lets no error out unanswered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        headers = {"X-Request-ID": request_id, **HEADERS, **_policies(scope["path"])}
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(headers)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001  # the last place that can tell the caller
            failure = logged(error, scope)
            if not started:
                await refusal(failure, scope)(scope, receive, send_with_headers)


def _policies(path: str) -> Mapping[str, str]:
    if under(path, "/docs"):
        return {"Content-Security-Policy": DOCS_POLICY}
    if under(path, *DATA_PATHS):
        return {"Content-Security-Policy": DATA_POLICY, "Cache-Control": "no-store"}
    return {}  # the window, which brings its own scripts and styles


class Doorkeeper:
    """Refuses names that are not ours (DNS rebinding) and changes that other sites ask for."""

    def __init__(self, app: ASGIApp, host: str, origins: Sequence[str] = ()) -> None:
        self._app = app
        self._origins = frozenset(origins)
        self._loopback_only = is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request, or refuses it."""
        failure = self._refuse(scope) if scope["type"] in ("http", "websocket") else None
        if failure is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": failure.kind.title})
        else:
            await refusal(failure, scope)(scope, receive, send)

    def _refuse(self, scope: Scope) -> Failure | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._loopback_only and not is_loopback(_authority(f"//{host}")[0]):
            return Failure(
                FOREIGN_HOST,
                "The server listens on this machine alone and answers as localhost or 127.0.0.1. "
                "Use one of these names, with the same port.",
            )
        origin = headers.get("origin")
        changes = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
        foreign = origin is not None and origin not in self._origins
        if changes and origin is not None and foreign and not _same_site(origin, host):
            return Failure(
                CROSS_ORIGIN,
                "A page of another origin sent this. Send it from the server's own page, or from "
                "a program, without an Origin header.",
            )
        return None


def _same_site(origin: str, host: str) -> bool:
    scheme = origin.partition("://")[0].lower()
    name, port = _authority(origin)
    asked_name, asked_port = _authority(f"//{host}")
    default = {"http": 80, "https": 443}.get(scheme)
    return bool(name) and (name, port or default) == (asked_name, asked_port or default)


def _authority(url: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").rstrip("."), parts.port
    except ValueError:  # a port that is no number, an address with a bracket missing
        return "", None
