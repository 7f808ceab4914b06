"""`attache documents list|show|remove`: what the library holds."""

from typing import Annotated

import typer

from cli.importing import heavy_imports
from cli.options import AsJson

documents = typer.Typer(
    name="documents", help="Lists, shows and removes documents.", no_args_is_help=True
)

Named = Annotated[
    str,
    typer.Argument(metavar="ID", help="A document's id, or how it begins.", show_default=False),
]


@documents.command("list")
def list_documents(as_json: AsJson = False) -> None:
    """Lists every document, by title."""
    with heavy_imports():
        from cli.shelf import list_all  # noqa: PLC0415

    list_all(as_json=as_json)


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


@documents.command("remove")
def remove_document(
    document_id: Named,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Removes a document from answers; questions as of an earlier time still find it."""
    with heavy_imports():
        from cli.shelf import remove  # noqa: PLC0415

    remove(document_id, ask_first=not yes)
