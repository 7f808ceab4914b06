"""`attache migrate --to PLACE`: copies the library to servers, to a folder, and back."""

from pathlib import Path
from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.options import AsJson


def migrate(
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="PLACE", help="A new data directory, or a PostgreSQL database."
        ),
    ],
    chroma: Annotated[
        str | None,
        typer.Option("--chroma", metavar="URL", help="The Chroma server for the vectors."),
    ] = None,
    originals: Annotated[
        str | None,
        typer.Option("--originals", metavar="PLACE", help="Where original files shall be kept."),
    ] = None,
    home: Annotated[
        Path | None,
        typer.Option("--home", metavar="FOLDER", help="The data directory beside a database."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Copies the library of the settings to another place, and never changes it where it is.

    Versions, spans, conversations, keys and the audit trail come along; indexes are made there from
    the vectors that the ledger keeps. What was cut short goes on when the same command is run
    again. At the end everything is compared. Exits with 1 when original files were missing.
    """
    with heavy_imports():
        from cli.moving import Wanted, move_library  # noqa: PLC0415

    raise typer.Exit(move_library(Wanted(to, chroma, originals, home), as_json=as_json))
