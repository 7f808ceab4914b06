"""`attache verify FILE`: somebody's text, checked sentence by sentence."""

from pathlib import Path
from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.moments import AsOf, moment
from cli.narrowing import (
    Documents,
    First,
    Folders,
    Issuers,
    Languages,
    Last,
    Markings,
    Narrowing,
)
from cli.options import AsJson


def verify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Any file that can be ingested; - for text on standard input.",
            show_default=False,
        ),
    ],
    as_of: AsOf = None,
    document: Documents = None,
    issuer: Issuers = None,
    language: Languages = None,
    marking: Markings = None,
    folder: Folders = None,
    first: First = None,
    last: Last = None,
    as_json: AsJson = False,
) -> None:
    """Checks a text against the library: which sentences it carries, where, and what is wrong.

    Exits with 1 when a sentence is not supported, or none states anything.
    """
    stood = None if as_of is None else moment(as_of)
    filters = Narrowing(document, issuer, language, marking, folder, first, last).filters()
    with heavy_imports():
        from cli.verifying import verify_file  # noqa: PLC0415

    raise typer.Exit(verify_file(file, stood, filters, as_json=as_json))
