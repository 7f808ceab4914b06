"""`attache ask QUESTION`: one question, one answer."""

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


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)],
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
    """Answers one question, each sentence with its place in the library.

    While `attache serve` runs, it answers. Exits with 1 when the library holds no answer.
    """
    stood = None if as_of is None else moment(as_of)
    filters = Narrowing(document, issuer, language, marking, folder, first, last).filters()
    with heavy_imports():
        from cli.asking import answer_once  # noqa: PLC0415

    asked = Question(text=question, as_of=stood, filters=filters)
    raise typer.Exit(answer_once(asked, as_json=as_json))
