"""The chat window: Gradio's blocks around our own HTML, wired to the handlers and mounted."""

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Literal, TypedDict, TypeVar

import gradio as gr
import httpx2
from starlette.applications import Starlette

from ui.client import ApiClient
from ui.desk import SHELF_STEP, Desk
from ui.intake import Intake
from ui.shell import (
    NAME,
    render_composer,
    render_finder,
    render_library_lead,
    render_masthead,
    render_proof_panel,
    render_remove_dialog,
    render_welcome,
)
from ui.talk import Talk
from ui.texts import VersionTexts
from ui.theme import build_theme, page_head

AppT = TypeVar("AppT", bound=Starlette)

# The page's one script finds each part by name and raises its events through `trigger`.
_CONNECT = "window.attache.connect(element, trigger)"
_UPLOADS_KEPT_S = 3600


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
    _close_with(app, http)
    gr.mount_gradio_app(
        app,
        build_window(ApiClient(http), max_question_chars),
        path=path,
        theme=build_theme(),
        head=page_head(),
        footer_links=[],
        run_history=False,
        max_file_size=f"{max_upload_mb}mb",
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
    )
    return app


def build_window(client: ApiClient, max_question_chars: int) -> gr.Blocks:
    """The page's blocks with their events; nothing of a tab is kept outside its own state."""
    talk = Talk(client, VersionTexts(client))
    desk = Desk(client)
    intake = Intake(client, desk)
    window: gr.Blocks = gr.Blocks(
        title=NAME,
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(_UPLOADS_KEPT_S, _UPLOADS_KEPT_S),
    )
    with window:
        masthead = _html(render_masthead(None), "masthead")
        welcome = _ask_view(talk, max_question_chars)
        _library_view(desk, intake, masthead, welcome, window)
    window.queue(api_open=False)
    # After each event Gradio summarises up to 10,000 earlier ones, for a monitor nobody can open
    # here. There is no switch for it but the interval.
    window._queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize  # noqa: SLF001
    return window


def _ask_view(talk: Talk, max_question_chars: int) -> gr.HTML:
    turns, draft = gr.State([]), gr.State(None)
    with gr.Column(elem_id="ask-view"):
        with gr.Column(elem_id="talk"):
            welcome = _html(render_welcome(None), "welcome")
            conversation = _html("", "conversation")
            live = _html("", "live")
            composer = _html(render_composer(max_question_chars), "composer", _CONNECT)
        _html(render_proof_panel(), "proof")
    outputs = [turns, draft, conversation, live]
    asking = composer.submit(talk.ask, [turns], outputs, **_QUIETLY)
    stopping = composer.stop(talk.stop, [turns, draft], outputs, cancels=[asking], **_QUIETLY)
    stopping.then(talk.settle, None, live, **_QUIETLY)
    clearing = composer.clear(talk.clear, None, outputs, cancels=[asking], **_QUIETLY)
    clearing.then(talk.settle, None, live, **_QUIETLY)
    return welcome


def _library_view(
    desk: Desk, intake: Intake, masthead: gr.HTML, welcome: gr.HTML, window: gr.Blocks
) -> None:
    words, limit = gr.State(""), gr.State(SHELF_STEP)
    with gr.Column(elem_id="library-view"):
        _html(render_library_lead(), "lead")
        files = gr.File(
            file_count="multiple",
            label="Add documents",
            show_label=False,
            elem_id="intake",
            height=150,
        )
        report = _html("", "report", _CONNECT)
        finder = _html(render_finder(), "finder", _CONNECT)
        shelf = _html("", "shelf", _CONNECT)
    _html(render_remove_dialog(), "dialog")
    overview = [masthead, welcome, shelf]
    window.load(desk.overview, None, overview, **_QUIETLY)
    taken_in = [report, files, *overview]
    files.upload(intake.take_in, [files, words, limit], taken_in, **_QUIETLY)
    report.submit(intake.retry, [words, limit], taken_in, **_QUIETLY)
    report.stop(intake.cancel, None, None, **_QUIETLY)
    finder.input(desk.find, None, [words, limit, shelf], trigger_mode="always_last", **_QUIETLY)
    shelf.select(desk.more, [words, limit], [limit, shelf], **_QUIETLY)
    shelf.delete(desk.remove, [words, limit], [report, *overview], **_QUIETLY)


def _html(value: str, name: str, script: str | None = None) -> gr.HTML:
    return gr.HTML(
        value, elem_id=name, js_on_load=script, apply_default_css=False, elem_classes="part"
    )


def _close_with(app: Starlette, http: httpx2.AsyncClient) -> None:
    """Closes the client's connections when the app shuts down."""
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: Starlette) -> AsyncIterator[Mapping[str, object]]:
        async with outer(running) as state:
            try:
                yield state or {}
            finally:
                await http.aclose()

    app.router.lifespan_context = lifespan
