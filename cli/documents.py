"""`attache documents list|show|diff|restore|remove`: what the library holds, and held."""

from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.options import AsJson

documents = typer.Typer(
    name="documents",
    help="Lists, shows, compares, restores and removes documents.",
    no_args_is_help=True,
)

Named = Annotated[
    str,
    typer.Argument(metavar="ID", help="A document's id, or how it begins.", show_default=False),
]


@documents.command("list")
def list_documents(
    removed: Annotated[
        bool,
        typer.Option("--removed", help="List those that were removed and can be restored."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Lists every document, or with --removed what was removed, by title."""
    with heavy_imports():
        from cli.shelf import list_all, list_removed  # noqa: PLC0415

    (list_removed if removed else list_all)(as_json=as_json)


@documents.command("show")
def show_document(
    document_id: Named,
    text: Annotated[bool, typer.Option("--text", help="Print its text, and nothing else.")] = False,
    as_json: AsJson = False,
) -> None:
    """Shows a document with its versions, or its text."""
    if text and as_json:
        raise typer.BadParameter("--text and --json exclude each other. Choose one.")
    with heavy_imports():
        from cli.shelf import show, show_text  # noqa: PLC0415

    if text:
        show_text(document_id)
    else:
        show(document_id, as_json=as_json)


@documents.command("diff")
def diff_document(
    document_id: Named,
    earlier: Annotated[
        str | None,
        typer.Option("--from", metavar="V", help="The earlier version; by default the one before."),
    ] = None,
    later: Annotated[
        str | None,
        typer.Option("--to", metavar="V", help="The later version; by default the newest."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Shows what changed between two versions of a document, side by side.

    `-` is gone, `+` is new, `~` was changed. Versions are named by their id or how it begins.
    """
    with heavy_imports():
        from cli.shelf import show_difference  # noqa: PLC0415

    show_difference(document_id, earlier, later, as_json=as_json)


@documents.command("restore")
def restore_document(
    document_id: Named,
    version: Annotated[
        str | None,
        typer.Option("--version", metavar="V", help="Its id; by default the version before."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Lets an earlier version, or a removed document, stand again from now on.

    It stands until its source says something new.
    """
    with heavy_imports():
        from cli.restoration import restore  # noqa: PLC0415

    restore(document_id, version, as_json=as_json)


@documents.command("remove")
def remove_document(
    document_id: Named,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Removes a document from answers; questions as of an earlier time still find it."""
    with heavy_imports():
        from cli.restoration import remove  # noqa: PLC0415

    remove(document_id, ask_first=not yes, as_json=as_json)
