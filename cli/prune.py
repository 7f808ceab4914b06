"""`attache prune`: removes retired versions for good."""

from datetime import timedelta
from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.moments import age
from cli.options import AsJson


def prune(
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than",
            metavar="AGE",
            help="Remove what was retired so long ago: 90d, 12w, 2y, 36h.",
        ),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep",
            min=1,
            metavar="N",
            help="Keep the N newest versions of each document, the standing one among them.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be removed, and remove nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Removes retired versions for good, never one that stands; by default those of 90 days ago.

    What would go is counted and asked about first. With both --older-than and --keep, only what
    both name goes. Citations of a removed version open no more, and questions as of a time at which
    it stood cannot be answered afterwards; those as of any later time can, as before.
    """
    span: timedelta | None = None if older_than is None else age(older_than)
    with heavy_imports():
        from cli.clearing import clear  # noqa: PLC0415

    clear(span, keep, dry_run=dry_run, ask_first=not yes, as_json=as_json)
