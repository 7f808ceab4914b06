"""Removing and restoring documents: in this process, or in the server that holds the directory."""

import typer
from pydantic import JsonValue

from api.document_schemas import DocumentOut
from api.document_wire import document_out
from assistant.library.lock import DirectoryLock
from assistant.types import Version
from cli.console import note
from cli.control import hold_or_find
from cli.finding import find
from cli.setup import settings_for_command
from cli.shelf import named, opened
from cli.wire import print_json


def remove(name: str, *, ask_first: bool, as_json: bool) -> None:
    """Ends the validity of a document.

    Raises:
        DocumentNotFoundError: none of that name stands.
        LibraryInUseError: a command that is no server holds the data directory.
    """
    settings = settings_for_command()
    holder = hold_or_find(settings.home, "attache documents remove")
    try:
        with opened(settings) as ledger:
            version = find(ledger, name)
            if ask_first:
                typer.confirm(f"Remove “{version.metadata.title}”?", abort=True, err=True)
            if isinstance(holder, DirectoryLock):
                ledger.retire_all([version.document_id])
            else:
                holder.call("DELETE", _path(version))
            removed = ledger.version(version.document_id, version.version_id)
    finally:
        if isinstance(holder, DirectoryLock):
            holder.release()
    if as_json:
        print_json(document_out(removed))
    else:
        note(f"Removed “{version.metadata.title}”. `attache documents restore` takes it back.")


def restore(name: str, version: str | None, *, as_json: bool) -> None:
    """Lets an earlier version stand again.

    Raises:
        DocumentNotFoundError: there is no such document or version.
        RestoreConflictError: it stands already, or another document has its place.
        LibraryInUseError: a command that is no server holds the data directory.
    """
    settings = settings_for_command()
    holder = hold_or_find(settings.home, "attache documents restore")
    try:
        with opened(settings) as ledger:
            document = find(ledger, name)
            wanted = named(ledger.versions(document.document_id), version)
            if isinstance(holder, DirectoryLock):
                restored = document_out(ledger.restore(document.document_id, wanted))
            else:
                body: JsonValue = {"version_id": wanted}
                answer = holder.call("POST", f"{_path(document)}/restore", body)
                restored = DocumentOut.model_validate(answer)
    finally:
        if isinstance(holder, DirectoryLock):
            holder.release()
    if as_json:
        print_json(restored)
    else:
        note(f"“{restored.title}” stands again as version {restored.version_id[:12]}.")


def _path(version: Version) -> str:
    return f"/v1/documents/{version.document_id}"
