"""`attache runs list|show|cancel|retry`: the ingest runs of the library."""

from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.options import AsJson

runs = typer.Typer(
    name="runs", help="Lists, shows, cancels and repeats ingest runs.", no_args_is_help=True
)

Named = Annotated[
    str, typer.Argument(metavar="ID", help="A run's id, or how it begins.", show_default=False)
]


@runs.command("list")
def list_runs(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Lists the last runs, newest first."""
    with heavy_imports():
        from cli.runlist import list_last  # noqa: PLC0415

    list_last(limit, as_json=as_json)


@runs.command("show")
def show_run(run_id: Named, as_json: AsJson = False) -> None:
    """Shows a run with its report, every failure and every warning."""
    with heavy_imports():
        from cli.runlist import show  # noqa: PLC0415

    show(run_id, as_json=as_json)


@runs.command("cancel")
def cancel_run(run_id: Named, as_json: AsJson = False) -> None:
    """Asks a run to stop, whichever process carries it out. What was taken in stays."""
    with heavy_imports():
        from cli.runlist import cancel  # noqa: PLC0415

    cancel(run_id, as_json=as_json)


@runs.command("retry")
def retry_run(run_id: Named, as_json: AsJson = False) -> None:
    """Tries again what failed in a run, or all of one that was cut short."""
    with heavy_imports():
        from cli.runlist import retry  # noqa: PLC0415

    raise typer.Exit(retry(run_id, as_json=as_json))
