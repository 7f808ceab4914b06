"""`attache feedback`: what people said of answers, as questions to measure with."""

from pathlib import Path
from typing import Annotated

import typer

from cli.importing import heavy_imports

feedback = typer.Typer(name="feedback", help="What people said of answers.", no_args_is_help=True)


@feedback.callback()
def _group() -> None:
    """Keeps `export` a command of its own: a group of one would be taken for it."""


@feedback.command("export")
def export_set(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is made, or an empty one.")
    ],
) -> None:
    """Writes feedback as a set of questions that `attache eval` reads."""
    with heavy_imports():
        from cli.measurable import export_feedback  # noqa: PLC0415

    export_feedback(folder)
