"""The chat window: our own page in Gradio's blocks, wired to the handlers and mounted."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Literal, TypedDict, TypeVar

import gradio as gr
import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui.calls import Calls, Reply
from ui.client import ApiClient
from ui.shell import NAME, render_page
from ui.talk import Talk
from ui.texts import VersionTexts
from ui.theme import build_theme, page_head
from ui.visit import Message

AppT = TypeVar("AppT", bound=Starlette)

# The page's script finds each part by name, raises its events and makes its calls through these.
_CONNECT = "window.attache.connect(element, trigger, server)"
_WATCH = "window.attache.watch(element)"


class _Quiet(TypedDict):
    show_progress: Literal["hidden"]
    concurrency_limit: None
    api_visibility: Literal["private"]


# No spinner over the page, no queue behind other visitors, no second public API.
_QUIETLY = _Quiet(show_progress="hidden", concurrency_limit=None, api_visibility="private")


def mount(
    app: AppT,
    *,
    api_url: str,
    path: str = "/",
    max_upload_mb: int = 64,
    max_question_chars: int = 4000,
) -> AppT:
    """The app with the chat window at `path`, asking the API at `api_url` over HTTP.

    Mount it last: at "/" it answers every path that no earlier route took. Call it where an event
    loop runs, as in uvicorn's `factory`: without one Gradio makes loops that nobody closes.
    """
    # The API is named by its address: a proxy meant for the internet must not stand between.
    http = httpx2.AsyncClient(base_url=api_url, trust_env=False)
    client = ApiClient(http)
    talk = Talk(client, VersionTexts())
    _close_with(app, talk, http)
    # Files go to the API, which asks for a key; Gradio would take them from anybody.
    app.router.routes.append(Route("/gradio_api/upload", _refuse, methods=["POST"]))
    gr.mount_gradio_app(
        app,
        build_window(client, talk, max_question_chars),
        path=path,
        theme=build_theme(),
        head=page_head(max_upload_mb),
        footer_links=[],
        run_history=False,
        max_file_size=1,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
    )
    return app


def build_window(client: ApiClient, talk: Talk, max_question_chars: int) -> gr.Blocks:
    """The page's blocks with their events; nothing of a tab is kept outside its own state."""
    call = _server_function(Calls(client, talk))
    window: gr.Blocks = gr.Blocks(title=NAME, analytics_enabled=False, fill_width=True)
    with window:
        page = gr.HTML(
            render_page(max_question_chars),
            elem_id="page",
            elem_classes="part",
            js_on_load=_CONNECT,
            apply_default_css=False,
            server_functions=[call],
        )
        live, finished = _mailbox("live"), _mailbox("finished")
        outputs = [live, finished]
        # The page itself asks one at a time. Gradio would drop, without a word, a question that
        # is sent between the end of an answer and its own notice that the event is over.
        asking = page.submit(talk.ask, None, outputs, trigger_mode="multiple", **_QUIETLY)
        stopping = page.stop(talk.stop, None, outputs, cancels=[asking], **_QUIETLY)
        stopping.then(talk.settle, None, live, **_QUIETLY)
    window.queue(api_open=False)
    # After each event Gradio summarises up to 10,000 earlier ones, for a monitor nobody can open
    # here. There is no switch for it but the interval.
    window._queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize  # noqa: SLF001
    return window


def _mailbox(name: str) -> gr.HTML:
    """Where the server puts HTML that the page's script shows in its place."""
    return gr.HTML(
        "", elem_id=name, elem_classes="mailbox", js_on_load=_WATCH, apply_default_css=False
    )


def _server_function(calls: Calls) -> Callable[[Message, gr.Request], Awaitable[Reply]]:
    """A plain function, which Gradio can mark as one that the page may call."""

    async def call(message: Message, request: gr.Request) -> Reply:
        return await calls.answer(message, request)

    return call


async def _refuse(_request: Request) -> Response:
    return Response("Send files to /v1/documents.", 404, media_type="text/plain")


def _close_with(app: Starlette, talk: Talk, http: httpx2.AsyncClient) -> None:
    """Ends what is under way and closes the client's connections when the app shuts down."""
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: Starlette) -> AsyncIterator[Mapping[str, object]]:
        async with outer(running) as state:
            try:
                yield state or {}
            finally:
                await talk.close()
                await http.aclose()

    app.router.lifespan_context = lifespan
