"""`attache doctor`: what is installed and in use, what is wrong with it, and mending it."""

from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.options import AsJson


def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what can be mended.", show_default=False)
    ] = False,
    deep: Annotated[
        bool,
        typer.Option(
            "--deep", help="Also read every original file and vector.", show_default=False
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Shows what is installed and in use, compares the stores, and says what is wrong.

    Exits with 1 when something is wrong; each line says what to do. With --repair, indexes are
    mended from the ledger and lost originals are taken from their sources where these are the same.
    Of original files only the sizes are compared, unless --deep has them read.
    """
    with heavy_imports():
        from cli.checkup import examine  # noqa: PLC0415

    raise typer.Exit(examine(repair=repair, deep=deep, as_json=as_json))
