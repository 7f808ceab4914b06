"""`attache serve`: the chat window and the API."""

from typing import Annotated

import typer

from cli.importing import heavy_imports

Host = Annotated[
    str | None,
    typer.Option(help="The loopback address to listen on; ATTACHE_HOST otherwise."),
]
Port = Annotated[
    int | None,
    typer.Option(min=1, max=65535, help="The port to listen on; ATTACHE_PORT otherwise."),
]


def serve(host: Host = None, port: Port = None) -> None:
    """Serves the chat window at /, the API under /v1 and its reference at /docs.

    An empty library is first given the starter documents.
    """
    with heavy_imports():
        from cli.serving import run_server  # noqa: PLC0415

    run_server(host, port)
