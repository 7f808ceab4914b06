"""`attache search QUERY`: passages, without an answer."""

from typing import Annotated

import typer

from assistant.types import Question
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


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", show_default=False)],
    top_k: Annotated[
        int | None,
        typer.Option("--top-k", min=1, max=50, help="How many passages.", show_default=False),
    ] = None,
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
    """Finds the passages that answers would be composed from, best first.

    While `attache serve` runs, it searches. Exits with 1 when nothing is found.
    """
    stood = None if as_of is None else moment(as_of)
    filters = Narrowing(document, issuer, language, marking, folder, first, last).filters()
    with heavy_imports():
        from cli.asking import search_once  # noqa: PLC0415

    asked = Question(text=query, as_of=stood, top_k=top_k, filters=filters)
    raise typer.Exit(search_once(asked, as_json=as_json))
