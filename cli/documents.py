"""`attache documents list|show|remove`: what the library holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assistant.errors import DocumentNotFoundError
from assistant.library.ledger import SqlLedger, open_ledger
from assistant.library.lock import hold
from assistant.settings import Settings
from assistant.types import DocumentId, Version
from cli.console import note, print_json, results
from cli.options import AsJson, settings_for_command

SHORT = 12
"""Characters of an id that listings show: enough to name a document of any library."""
PAGE = 200

documents = typer.Typer(
    name="documents", help="Lists, shows and removes documents.", no_args_is_help=True
)

Named = Annotated[
    str,
    typer.Argument(metavar="ID", help="A document's id, or how it begins.", show_default=False),
]


@documents.command("list")
def list_documents(as_json: AsJson = False) -> None:
    """Lists every document by title."""
    settings = settings_for_command()
    with _ledger(settings) as ledger:
        found = tuple(_all(ledger))
    if as_json:
        # Loading the wire types takes a tenth of a second that other uses need not wait for.
        from cli.listings import print_documents  # noqa: PLC0415

        print_documents(found)
    else:
        _print_table(found)


@documents.command("show")
def show_document(
    document_id: Named,
    text: Annotated[bool, typer.Option("--text", help="Print its text, and nothing else.")] = False,
    as_json: AsJson = False,
) -> None:
    """Shows a document with its versions, or its text."""
    if text and as_json:
        raise typer.BadParameter("--text and --json exclude each other. Choose one.")
    settings = settings_for_command()
    with _ledger(settings) as ledger:
        version = _find(ledger, document_id)
        if text:
            typer.echo(ledger.text(version.document_id, version.version_id))
        elif as_json:
            from api.wire import document_out  # noqa: PLC0415 (as above)

            print_json(document_out(version))
        else:
            _print_versions(ledger.versions(version.document_id))


@documents.command("remove")
def remove_document(
    document_id: Named,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Removes a document from answers; questions as of an earlier time still find it."""
    settings = settings_for_command()
    with hold(settings.home, "attache documents remove"), _ledger(settings) as ledger:
        version = _find(ledger, document_id)
        if not yes:
            typer.confirm(f"Remove “{version.metadata.title}”?", abort=True, err=True)
        ledger.retire(version.document_id, datetime.now(UTC))
    note(f"Removed “{version.metadata.title}”.")


@contextmanager
def _ledger(settings: Settings) -> Iterator[SqlLedger]:
    # Reading needs no lock: the ledger takes readers while another process writes.
    ledger = open_ledger(settings.home)
    try:
        yield ledger
    finally:
        ledger.close()


def _all(ledger: SqlLedger) -> Iterator[Version]:
    page = ledger.documents(PAGE)
    yield from page.items
    while page.next_cursor:
        page = ledger.documents(PAGE, page.next_cursor)
        yield from page.items


def _find(ledger: SqlLedger, name: str) -> Version:
    """The document of this id, or the only one whose id begins so."""
    try:
        return ledger.document(DocumentId(name))
    except DocumentNotFoundError:
        found = [version for version in _all(ledger) if name and version.document_id.startswith(name)]
    match found:
        case [version]:
            return version
        case []:
            raise DocumentNotFoundError(
                f"The library has no document {name!r}. `attache documents list` shows all."
            )
        case _:
            raise DocumentNotFoundError(
                f"{len(found)} documents begin with {name!r}. Write more of the id."
            )


def _print_table(found: tuple[Version, ...]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("id", no_wrap=True, style="cyan")
    table.add_column("title", overflow="fold", ratio=1)
    table.add_column("issuer", overflow="ellipsis", max_width=24)
    table.add_column("date", no_wrap=True)
    table.add_column("pages", justify="right")
    for version in found:
        metadata = version.metadata
        table.add_row(
            version.document_id[:SHORT],
            Text(metadata.title),
            Text(metadata.issuer or ""),
            str(metadata.published_on or ""),
            str(version.pages or ""),
        )
    if found:
        results().print(table)
        note(f"{len(found)} documents")
    else:
        note("The library is empty. `attache ingest PATH…` takes documents in.")


def _print_versions(versions: tuple[Version, ...]) -> None:
    newest, console = versions[0], results()
    metadata = newest.metadata
    rows = {
        "title": metadata.title,
        "id": newest.document_id,
        "source": newest.source_uri,
        "issuer": metadata.issuer,
        "date": metadata.published_on,
        "marking": metadata.marking,
        "language": metadata.language,
        "kind": newest.media_type,
        "length": f"{newest.characters:,} characters, {newest.chunks} passages"
        + (f", {newest.pages} pages" if newest.pages else ""),
    }
    table = Table.grid(padding=(0, 2))
    for name, value in rows.items():
        if value:
            table.add_row(Text(name, style="dim"), Text(str(value), overflow="fold"))
    console.print(table)
    console.print(Text("\nversions, newest first", style="bold"))
    for version in versions:
        until = f"to {version.valid_to:%Y-%m-%d %H:%M:%S}" if version.valid_to else "still stands"
        when = f"{version.valid_from:%Y-%m-%d %H:%M:%S} UTC {until}"
        console.print(Text.assemble((version.version_id[:SHORT], "cyan"), f"  {when}"))
