"""The HTTP API as one app. The chat window may be mounted at `/` after it is built."""

from collections.abc import Sequence
from typing import TypeAlias

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from api.deps import Services
from api.errors import answer_errors
from api.gate import Gate
from api.heads import Heads
from api.limits import BodyLimit
from api.mcp import mount_tools
from api.metrics import Measured
from api.openapi import DESCRIPTION, TAGS, Described
from api.refused import Refused
from api.routes import (
    chat_completions,
    conversations,
    documents,
    feedback,
    maintenance,
    measures,
    questions,
    runs,
    server,
    session,
    verify,
    versions,
)
from api.routes.reference import reference_router
from api.security import Doorkeeper, Envelope
from api.turns import Turns

App: TypeAlias = FastAPI
"""What `build_app` makes, for those who need not know the framework."""
OURS = ("/v1", "/v1/{rest:path}", "/healthz", "/readyz", "/metrics", "/openapi.json", "/mcp")
"""Paths of which the window gets nothing."""
EXPOSED = [
    "Content-Disposition",
    "Location",
    "Mcp-Protocol-Version",
    "Mcp-Session-Id",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-ID",
]
"""Headers that pages of other origins may read, where they may read anything."""
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"]
ROUTES = (
    questions,
    verify,
    conversations,
    feedback,
    chat_completions,
    documents,
    versions,
    runs,
    maintenance,
    measures,
    server,
    session,
)
"""In the order in which the reference shows them."""


def build_app(services: Services) -> App:
    """The app that answers with these services."""
    app = Described(
        title="Attaché",
        summary="Answers about defense diplomacy, every sentence traced to its place.",
        description=DESCRIPTION,
        version=services.version,
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.services = services
    answer_errors(app)
    _add_layers(app, services)
    for module in ROUTES:
        app.include_router(module.router)
    mount_tools(app, services.version)
    app.include_router(reference_router())
    rest = _Leftover(app.routes.copy())
    app.router.routes.extend(Route(path, rest, include_in_schema=False) for path in OURS)
    return app


def _add_layers(app: FastAPI, services: Services) -> None:
    """Puts around the routes what every request passes; the last one added is the outermost."""
    settings = services.settings
    origins = settings.origins()
    app.add_middleware(
        Turns,
        most=settings.max_answers,
        queue=settings.queue,
        patience_s=settings.queue_timeout_s,
        work=services.work,
    )
    app.add_middleware(BodyLimit, max_upload_mb=settings.max_upload_mb)
    app.add_middleware(Gate, services=services)
    app.add_middleware(Heads)
    app.add_middleware(Doorkeeper, host=settings.host, origins=origins)
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=METHODS,
            # What a page of these origins may call, it may call with any header: the clients of
            # OpenAI and of the Model Context Protocol send a dozen, and others each year.
            allow_headers=["*"],
            expose_headers=EXPOSED,
        )
    app.add_middleware(Refused, trail=services.audit)
    app.add_middleware(Measured, metrics=services.metrics)
    app.add_middleware(Envelope)


class _Leftover:
    """Answers the rest of our paths, by any method, which would else fall to the window at `/`."""

    def __init__(self, known: Sequence[BaseRoute]) -> None:
        self._known = known

    async def __call__(self, scope: Scope, _receive: Receive, _send: Send) -> None:
        path = scope["path"]
        allowed = [method for method in METHODS if _takes(self._known, scope, method)]
        if "GET" in allowed and path.startswith("/v1/"):
            allowed = [*(method for method in allowed if method != "HEAD"), "HEAD"]
        if allowed:
            raise HTTPException(
                405, f"{path} takes {', '.join(allowed)}", {"Allow": ", ".join(allowed)}
            )
        raise HTTPException(404, f"There is no {path}")


def _takes(routes: Sequence[BaseRoute], scope: Scope, method: str) -> bool:
    # A copy for each: matching writes into the scope.
    return any(route.matches({**scope, "method": method})[0] is Match.FULL for route in routes)
