"""`attache audit verify|export`: who asked or changed what, and whether that is all still there."""

from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.options import AsJson

audit = typer.Typer(name="audit", help="Checks and exports the audit trail.", no_args_is_help=True)


@audit.command("verify")
def verify_trail(
    head: Annotated[
        str | None,
        typer.Option(metavar="HASH", help="The hash that an earlier check printed."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Checks that no row was changed, added in between or taken away; exits 1 if one was.

    Keep the hash it prints in another place: with --head, a later check also tells whether the
    whole trail was written anew.
    """
    with heavy_imports():
        from cli.trail import check  # noqa: PLC0415

    raise typer.Exit(check(head, as_json=as_json))


@audit.command("export")
def export_trail(
    after: Annotated[
        int, typer.Option(min=0, metavar="NUMBER", help="Only the rows after this one.")
    ] = 0,
) -> None:
    """Writes the trail to standard output, one JSON object a line, oldest first."""
    with heavy_imports():
        from cli.trail import export  # noqa: PLC0415

    export(after)
