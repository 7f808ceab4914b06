"""`attache mcp`: the library's tools over standard input and output."""

from typing import Annotated

import typer

from cli.importing import heavy_imports

Url = Annotated[
    str | None,
    typer.Option(
        help="A server to ask; by default the one that runs here, or the library itself.",
        show_default=False,
    ),
]


def mcp(url: Url = None) -> None:
    """Serves the tools `ask`, `search`, `open_passage` and `list_documents` to an MCP client.

    An access key, where the server asks for one, is read from ATTACHE_KEY.
    """
    with heavy_imports():
        from cli.toolserver import run_tools  # noqa: PLC0415

    run_tools(url)
