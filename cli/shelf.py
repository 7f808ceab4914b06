"""What the library holds and held: listed, shown and compared."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.table import Table
from rich.text import Text

from api.diff_wire import diff_out
from api.document_schemas import DocumentList
from api.document_wire import document_out
from assistant.errors import DocumentNotFoundError
from assistant.library.ledger import SqlLedger, open_ledger
from assistant.settings import Settings
from assistant.types import Version, VersionId
from cli.console import counted, note, results
from cli.differing import print_difference
from cli.finding import find, removed, standing
from cli.setup import settings_for_command
from cli.wire import print_json

SHORT = 12
"""Characters of an id that listings show: enough to name a document of any library."""


def list_all(*, as_json: bool) -> None:
    """Writes every document. Raises `LibraryError` where the ledger cannot be read."""
    settings = settings_for_command()
    with opened(settings) as ledger:
        found = tuple(standing(ledger))
        gone = ledger.count_removed()
    if as_json:
        _print_list(found)
        return
    if found:
        results().print(_table(found))
        note(counted(len(found), "document"))
    elif not gone:
        note(f"The library in {settings.home} is empty. `attache ingest PATH…` takes documents in.")
    if gone:
        note(f"{counted(gone, 'removed document')}: `attache documents list --removed`.")


def list_removed(*, as_json: bool) -> None:
    """Writes what was removed and can be restored. Raises as `list_all`."""
    with opened(settings_for_command()) as ledger:
        found = tuple(removed(ledger))
    if as_json:
        _print_list(found)
    elif found:
        results().print(_table(found, gone=True))
        note("`attache documents restore ID` takes one back.")
    else:
        note("No document was removed that could be restored.")


def _print_list(found: tuple[Version, ...]) -> None:
    items = [document_out(version) for version in found]
    print_json(DocumentList(items=items, next_cursor=None, total=len(items)))


def show(name: str, *, as_json: bool) -> None:
    """Writes what is known of a document. Raises `DocumentNotFoundError`."""
    with opened(settings_for_command()) as ledger:
        versions = ledger.versions(find(ledger, name).document_id)
    if as_json:
        print_json(document_out(versions[0]))
        return
    console = results()
    console.print(_facts(versions[0]))
    console.print(Text("\nversions, newest first", style="bold"))
    for version in versions:
        console.print(_period(version))


def show_text(name: str) -> None:
    """Writes the text of a document. Raises `DocumentNotFoundError`."""
    with opened(settings_for_command()) as ledger:
        version = find(ledger, name)
        typer.echo(ledger.text(version.document_id, version.version_id))


def show_difference(name: str, earlier: str | None, later: str | None, *, as_json: bool) -> None:
    """Writes what changed between two versions. Raises `DocumentNotFoundError`."""
    with opened(settings_for_command()) as ledger:
        versions = ledger.versions(find(ledger, name).document_id)
        difference = ledger.difference(
            versions[0].document_id, named(versions, earlier), named(versions, later)
        )
        new = difference.later
        headings = ledger.headings(new.document_id, new.version_id)
    if as_json:
        print_json(diff_out(difference))
    else:
        print_difference(difference, headings, results())


@contextmanager
def opened(settings: Settings) -> Iterator[SqlLedger]:
    """The ledger that the settings name, to be read."""
    # Reading needs no lock: the ledger takes readers while another process writes.
    ledger = open_ledger(settings.home, settings.ledger_url)
    try:
        yield ledger
    finally:
        ledger.close()


def named(versions: Sequence[Version], name: str | None) -> VersionId | None:
    """The version of this id, or the only one whose id begins so; None where none is named.

    Raises:
        DocumentNotFoundError: several begin so.
    """
    if name is None:
        return None
    found = {one.version_id for one in versions if name and one.version_id.startswith(name)}
    if len(found) > 1:
        raise DocumentNotFoundError(f"{len(found)} versions begin with {name!r}. Write more of it.")
    # What is unknown here may have been pruned: the ledger says which.
    return found.pop() if found else VersionId(name)


def _table(found: tuple[Version, ...], *, gone: bool = False) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("id", no_wrap=True, style="cyan")
    table.add_column("title", overflow="fold", ratio=1)
    table.add_column("issuer", overflow="ellipsis", max_width=24)
    marked = any(version.metadata.marking for version in found)
    if marked:
        table.add_column("marking", overflow="fold")
    table.add_column("date", no_wrap=True)
    table.add_column("removed, UTC" if gone else "pages", justify="right", no_wrap=gone)
    for version in found:
        metadata = version.metadata
        until = f"{version.valid_to:%Y-%m-%d %H:%M}" if version.valid_to else ""
        table.add_row(
            version.document_id[:SHORT],
            Text(metadata.title),
            Text(metadata.issuer or ""),
            *([Text(metadata.marking or "")] if marked else []),
            str(metadata.published_on or ""),
            until if gone else str(version.pages or ""),
        )
    return table


def _facts(version: Version) -> Table:
    metadata = version.metadata
    length = f"{version.characters:,} characters, {counted(version.chunks, 'passage')}"
    rows = {
        "title": metadata.title,
        "id": version.document_id,
        "source": version.source_uri,
        "issuer": metadata.issuer,
        "date": metadata.published_on,
        "marking": metadata.marking,
        "language": metadata.language,
        "kind": version.media_type,
        "length": f"{length}, {counted(version.pages, 'page')}" if version.pages else length,
    }
    table = Table.grid(padding=(0, 2))
    for name, value in rows.items():
        if value:
            table.add_row(Text(name, style="dim"), Text(str(value), overflow="fold"))
    return table


def _period(version: Version) -> Text:
    until = f"to {version.valid_to:%Y-%m-%d %H:%M:%S}" if version.valid_to else "still stands"
    when = f"{version.valid_from:%Y-%m-%d %H:%M:%S} UTC {until}"
    return Text.assemble((version.version_id[:SHORT], "cyan"), f"  {when}")
