"""`attache ingest PATH…`: takes files and folders into the library."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.runs import RunRequest
from cli.importing import heavy_imports
from cli.options import AsJson

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH", help="Files, and folders with all they hold.", show_default=False
    ),
]


def ingest(paths: Paths, as_json: AsJson = False) -> None:
    """Takes files and folders into the library.

    What has not changed since the last time is left alone. Exits with 1 when a source failed;
    the report names each, and why.
    """
    with heavy_imports():
        from cli.intake import take_in  # noqa: PLC0415

    request = RunRequest("paths", tuple(map(str, paths)))
    raise typer.Exit(take_in(request, as_json=as_json))
