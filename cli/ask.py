"""`attache ask QUESTION`: one question, one answer."""

from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.moments import moment
from cli.options import AsJson

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="Answer from the library as it stood then: 2024-06-30, or 2024-06-30T12:00Z.",
        show_default=False,
    ),
]


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Answers one question, each sentence with its place in the library.

    Exits with 1 when the library holds no answer.
    """
    stood = None if as_of is None else moment(as_of)
    with heavy_imports():
        from cli.asking import answer_once  # noqa: PLC0415

    raise typer.Exit(answer_once(question, stood, as_json=as_json))
