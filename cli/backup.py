"""`attache backup FILE` and `attache restore FILE`: the whole library in one file."""

from pathlib import Path
from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.options import AsJson


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to write.", show_default=False)
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the file if there is one.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Writes the whole library to one file, also while a server or an ingest is at work.

    It holds every version of every document, the original files and the vectors. Folders on the way
    to FILE that are not there are made. Exits with 1 when original files were missing;
    `attache doctor` names them.
    """
    with heavy_imports():
        from cli.backups import write_backup  # noqa: PLC0415

    raise typer.Exit(write_backup(file, force=force, as_json=as_json))


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.", show_default=False)],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the documents there are.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Puts a backup in place of what the library holds, also while a server answers from it.

    The backup is proved to be whole first, and the present library stays until all of it is there.
    """
    with heavy_imports():
        from cli.restores import restore_backup  # noqa: PLC0415

    raise typer.Exit(restore_backup(file, replace=replace, ask_first=not yes, as_json=as_json))
