"""`attache eval retrieval DIR`: measures on judged sets."""

from pathlib import Path
from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.options import AsJson

evaluate = typer.Typer(name="eval", help="Measures on judged sets.", no_args_is_help=True)

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="DIR", help="Holds corpus.jsonl, qrels.tsv and queries.jsonl.", show_default=False
    ),
]
Queries = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The queries; a name alone is looked for in DIR."),
]
Limit = Annotated[
    int | None,
    typer.Option(min=1, help="A quick look: the first texts only, and what is judged among them."),
]
Keep = Annotated[
    Path | None,
    typer.Option(
        metavar="HOME", help="Keep the ingested texts in this folder, and use what it holds."
    ),
]


@evaluate.callback()
def _judged_sets() -> None:
    """Measures on judged sets."""


@evaluate.command()
def retrieval(
    folder: Folder,
    queries: Queries = None,
    limit: Limit = None,
    keep: Keep = None,
    as_json: AsJson = False,
) -> None:
    """Ingests a corpus and measures how well its judged texts are found."""
    with heavy_imports():
        from cli.evaluation.retrieval import measure  # noqa: PLC0415

    raise typer.Exit(measure(folder, queries, limit, keep, as_json=as_json))
