"""The composition root of the server: settings to stores to app, and an orderly end."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from types import FrameType
from typing import NoReturn

import uvicorn
from rich.console import Console
from rich.text import Text

from api.app import App, build_app
from api.closing import EndingStreams
from api.deps import Services
from assistant.backends import Backends, open_backends
from assistant.errors import ConfigurationError
from assistant.library.lock import SERVING
from assistant.settings import Settings
from cli.address import bind, require_loopback, url_of
from cli.console import counted, messages
from cli.control import announced, new_token
from cli.ending import EndingServer
from cli.patience import PatientProtocol
from cli.queueing import serving_runs
from cli.readiness import checks_of
from cli.setup import settings_for_command
from cli.starter import is_wanted, take_in_starter
from cli.taking import boxes_by, pages_by
from cli.upkeep import tasks
from ingest.apart.pool import ParserPool
from ingest.queue import IngestQueue
from ingest.requests import UPLOADS, plan_request
from ui.app import mount

logger = logging.getLogger(__name__)

# A browser's open event streams would else keep a stopping server waiting.
_LAST_RESPONSES_S = 5


def run_server(host: str | None, port: int | None) -> None:
    """Serves until the process is told to stop, then closes the stores and lets the lock go.

    Raises:
        ConfigurationError: a setting, the address or the port cannot be used.
        LibraryError: the library is in use or cannot be opened.
    """
    settings = _with_address(settings_for_command(), host, port)
    signal.signal(signal.SIGTERM, _stop)
    console, url = messages(), url_of(settings.host, settings.port)
    with bind(settings.host, settings.port) as held:
        with console.status("Opening the library…"):
            backends = open_backends(settings, f"{SERVING} at {url}")
        with backends:
            keys = backends.library.ledger.keys
            require_loopback(settings.host, has_keys=keys.in_use())
            backends.snapshots.begin()
            _serve(settings, backends, held, url, console)


def _serve(
    settings: Settings, backends: Backends, held: socket.socket, url: str, console: Console
) -> None:
    with serving_runs(settings, backends) as (runs, parsers):
        if is_wanted(backends, settings):
            take_in_starter(runs, settings.home, console)
        runs.resume()
        services = services_of_library(settings, backends, runs, parsers)
        with _traced(services) as app:
            _run(app, services, held, url, console)


@contextmanager
def _traced(services: Services) -> Iterator[App]:
    """The app; what it does is told to a collector, where the settings name one."""
    endpoint = services.settings.otlp_endpoint
    if endpoint is None:
        yield build_app(services)
        return
    try:
        from cli.telemetry import Traced, traces  # noqa: PLC0415  # an extra, and half a second
    except ImportError as error:
        raise ConfigurationError(
            "ATTACHE_OTLP_ENDPOINT needs the extra `telemetry`. Install it, or unset the variable."
        ) from error
    with traces(endpoint, services.version) as sent:
        app = build_app(replace(services, trace=sent.answered))
        app.add_middleware(Traced, tracer=sent.tracer)
        yield app


def _run(app: App, services: Services, held: socket.socket, url: str, console: Console) -> None:
    settings, closing = services.settings, asyncio.Event()
    app.add_middleware(EndingStreams, closing=closing)
    # Called by the server, inside its event loop: elsewhere the window opens one of its own.
    build = partial(
        mount,
        app,
        api_url=url,
        max_upload_mb=settings.max_upload_mb,
        max_question_chars=settings.max_question_chars,
    )
    config = _configured(build, settings.log_level)
    server = EndingServer(config, services.work, settings.stop_timeout_s, closing)
    _print_banner(services, url, console)
    try:
        with announced(settings.home, url, services.token):
            server.run(sockets=[held])
    except (KeyboardInterrupt, SystemExit):
        # Being told to stop is the ordinary end of a server.
        logger.info("stopped")
    if server.lifespan.should_exit:
        raise ConfigurationError("The server could not start; what it logged above says why.")


def _configured(build: Callable[[], App], log_level: str) -> uvicorn.Config:
    """The web server: what it would log, trust or tell of itself is the product's to say."""
    return uvicorn.Config(
        build,
        factory=True,
        http=PatientProtocol,
        log_level=log_level.lower(),
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_RESPONSES_S,
    )


def services_of_library(
    settings: Settings, backends: Backends, runs: IngestQueue, parsers: ParserPool
) -> Services:
    """What the API is given to answer from a library."""
    ledger, uploads = backends.library.ledger, settings.home / UPLOADS
    return Services(
        settings=settings,
        assistant=backends.assistant,
        ledger=ledger,
        files=backends.library.files,
        runs=runs,
        book=ledger.runs,
        conversations=ledger.conversations,
        feedback=ledger.feedback,
        plan=lambda request: plan_request(request, ledger, uploads),
        uploads=uploads,
        remove=lambda document_id: ledger.retire_all([document_id]),
        answerer=backends.answerer.name,
        embedder=backends.encoder.name,
        version=version("attache"),
        token=new_token(),
        boxes=boxes_by(parsers, backends.library.spool),
        pages=pages_by(parsers),
        maintenance=tasks(backends, settings, runs),
        checks=checks_of(backends, settings),
        keys=ledger.keys,
        audit=ledger.audit,
    )


def _print_banner(services: Services, url: str, console: Console) -> None:
    documents, chunks = services.ledger.count()
    rows = {
        "window": f"{url}/",
        "API": f"{url}/docs",
        "answers": services.answerer,
        "embedder": services.embedder,
        "library": f"{counted(documents, 'document')}, {counted(chunks, 'passage')}",
        "data": str(services.settings.home),
    }
    console.print(Text(f"Attaché {services.version}", style="bold"))
    for name, value in rows.items():
        console.print(Text.assemble((f"  {name:<9}", "dim"), value), soft_wrap=True)
    console.print(Text("Ctrl-C stops it.", style="dim"))


def _with_address(settings: Settings, host: str | None, port: int | None) -> Settings:
    return settings.model_copy(
        update={"host": host or settings.host, "port": port or settings.port}
    )


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Ends the process by unwinding, so that what is open is closed; the default would not."""
    raise SystemExit(0)
