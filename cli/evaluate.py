"""`attache eval retrieval DIR`, `answers DIR` and `compare`: measures on judged sets."""

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
AnswerFolder = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="Holds corpus.jsonl and queries.jsonl.", show_default=False),
]
FirstQuestions = Annotated[int | None, typer.Option(min=1, help="The first questions only.")]
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
PerQuestion = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Write what was measured of each question, one JSON object a line."
    ),
]
History = Annotated[
    bool,
    typer.Option(
        "--history/--no-history", help="Ask a question with the conversation before it, or without."
    ),
]
Measured = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="What --per-question of one measurement wrote.", show_default=False
    ),
]
By = Annotated[
    str, typer.Option(metavar="MEASURE", help="The measure that tells what changed most.")
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
    per_question: PerQuestion = None,
    history: History = True,
    as_json: AsJson = False,
) -> None:
    """Ingests a corpus and measures how well and how fast its judged texts are found."""
    with heavy_imports():
        from cli.evaluation.retrieval import Measurement, measure  # noqa: PLC0415

    wanted = Measurement(folder, queries, limit, keep, per_question, history)
    raise typer.Exit(measure(wanted, as_json=as_json))


@evaluate.command()
def answers(
    folder: AnswerFolder,
    queries: Queries = None,
    limit: FirstQuestions = None,
    keep: Keep = None,
    per_question: PerQuestion = None,
    as_json: AsJson = False,
) -> None:
    """Asks a set's questions and measures what is chosen, what is refused and what is cited."""
    with heavy_imports():
        from cli.evaluation.answers import Wanted, measure  # noqa: PLC0415

    wanted = Wanted(folder, queries, limit, keep, per_question)
    raise typer.Exit(measure(wanted, as_json=as_json))


@evaluate.command()
def compare(first: Measured, second: Measured, by: By = "ndcg@5", as_json: AsJson = False) -> None:
    """Compares two measurements question by question: is the second better than the first?"""
    with heavy_imports():
        from cli.evaluation.comparison import compare as compare_files  # noqa: PLC0415

    raise typer.Exit(compare_files(first, second, by, as_json=as_json))
