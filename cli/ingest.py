"""`attache ingest PATH|URL…`: takes files, folders and web pages into the library."""

import os
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import IngestError
from assistant.runs import RunRequest
from cli.importing import heavy_imports
from cli.options import AsJson
from ingest.naming import may_be_folder, place_of, without_secret

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH|URL",
        help="Files, folders with all they hold, and addresses of the web.",
        show_default=False,
    ),
]
Sync = Annotated[
    bool,
    typer.Option("--sync", help="Mirror folders: remove what they no longer hold."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]
Watch = Annotated[
    bool, typer.Option("--watch", help="Go on, and take in each change as it is made.")
]
Ray = Annotated[
    str | None,
    typer.Option(
        "--ray",
        metavar="ADDRESS",
        help="Read, split and embed on this Ray cluster, as HOST:6379; `local` starts one here.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Try again what failed before.")]


def ingest(
    sources: Sources,
    sync: Sync = False,
    dry_run: DryRun = False,
    watch: Watch = False,
    force: Force = False,
    ray: Ray = None,
    as_json: AsJson = False,
) -> None:
    """Takes files, folders and web pages into the library.

    What has not changed since the last time is left alone. While `attache serve` runs, it does the
    work. Exits with 1 when a source failed; the report names each, and why. Ctrl-C stops it;
    what was taken in stays.
    """
    if not all(map(str.strip, sources)):
        # By the rules of paths it would be the folder that the shell is in, with all it holds.
        raise typer.BadParameter(
            "A source is empty, as an unset variable leaves it. Name a file, a folder or an "
            "address; `.` is the folder you are in."
        )
    if dry_run and watch:
        raise typer.BadParameter("--dry-run and --watch exclude each other. Choose one.")
    if ray is not None and (dry_run or watch):
        raise typer.BadParameter("--ray is for one run. Leave --dry-run and --watch out.")
    if sync:
        _require_folders(sources)
    request = RunRequest("sync" if sync else "paths", tuple(map(_named, sources)), force)
    with heavy_imports():
        from cli.ingesting import foresee, take_in  # noqa: PLC0415

    if watch:
        with heavy_imports():
            from cli.watching import watch as go_on  # noqa: PLC0415

        raise typer.Exit(go_on(request, as_json=as_json))
    if dry_run:
        raise typer.Exit(foresee(request, as_json=as_json))
    raise typer.Exit(take_in(request, as_json=as_json, ray=ray))


def _require_folders(sources: list[str]) -> None:
    for source in sources:
        if not may_be_folder(source):
            raise typer.BadParameter(
                f"--sync mirrors folders, and {without_secret(source)!r} is none. Leave --sync "
                "out, or name the folder it lies in."
            )


def _named(source: str) -> str:
    """The source under a name that means the same to another process, and gives nothing away."""
    try:
        place = place_of(source)
    except IngestError:
        return without_secret(source)  # the run says what is wrong with it
    if place is None:
        return source
    path = Path(os.path.abspath(place))  # noqa: PTH100  # links are followed when it is read
    try:
        str(path).encode()
    except UnicodeEncodeError:  # a name that is no text: an address has its bytes
        return path.as_uri()
    return str(path)
