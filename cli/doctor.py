"""`attache doctor`: what is installed and in use, and what is wrong with it."""

import typer

from cli.importing import heavy_imports
from cli.options import AsJson


def doctor(as_json: AsJson = False) -> None:
    """Shows what is installed and in use, and what is wrong with it.

    Exits with 1 when something is wrong; each line says what to do.
    """
    with heavy_imports():
        from cli.checkup import examine  # noqa: PLC0415

    raise typer.Exit(examine(as_json=as_json))
