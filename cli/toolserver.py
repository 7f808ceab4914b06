"""The library's tools for an MCP client that starts this program and speaks to its input."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

import httpx2

from api.app import build_app
from api.mcp import build_server
from assistant.backends import open_backends
from assistant.settings import Settings
from cli.console import messages
from cli.control import running_server
from cli.queueing import serving_runs
from cli.serving import services_of_library
from cli.setup import settings_for_command
from cli.starter import is_wanted, take_in_starter

_PURPOSE = "attache mcp"


def run_tools(url: str | None) -> None:
    """Serves until the client goes away: by the server that runs, else from the library here.

    Raises:
        ConfigurationError: a setting cannot be used.
        LibraryError: another command holds the library, or it cannot be opened.
    """
    settings = settings_for_command()
    key = settings.key.get_secret_value() if settings.key else ""
    with _transport(settings, url) as (base_url, transport):
        asyncio.run(_serve(base_url, transport, key))


async def _serve(base_url: str, transport: httpx2.AsyncBaseTransport | None, key: str) -> None:
    # On this machine, as a rule: a proxy meant for the internet must not stand between.
    async with httpx2.AsyncClient(base_url=base_url, transport=transport, trust_env=False) as http:
        await build_server(http, version("attache"), key).run_stdio_async()


@contextmanager
def _transport(
    settings: Settings, url: str | None
) -> Iterator[tuple[str, httpx2.AsyncBaseTransport | None]]:
    """Where the API is, and how it is reached: None for over the network."""
    server = None if url else running_server(settings.home)
    if url or server:
        yield url or (server.url if server else ""), None
        return
    with open_backends(settings, _PURPOSE) as backends, serving_runs(settings, backends) as parts:
        if is_wanted(backends, settings):
            take_in_starter(parts[0], settings.home, messages())
        app = build_app(services_of_library(settings, backends, *parts))
        yield "http://127.0.0.1", httpx2.ASGITransport(app)
