"""Removing and restoring documents: in this process, or in the server that holds the directory."""

from pydantic import JsonValue

from api.document_schemas import DocumentOut
from api.document_wire import document_out
from assistant.errors import DocumentNotFoundError
from assistant.library.lock import DirectoryLock
from assistant.types import Version
from cli.console import confirm, note
from cli.control import hold_or_find
from cli.finding import find
from cli.setup import settings_for_command
from cli.shelf import SHORT, named, opened
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
            if version.valid_to is not None:
                raise DocumentNotFoundError(
                    f"“{version.metadata.title}” was removed already, at "
                    f"{version.valid_to:%Y-%m-%d %H:%M} UTC. {_back(version)}"
                )
            if ask_first:
                confirm(f"Remove “{version.metadata.title}”?")
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
        note(f"Removed “{version.metadata.title}”. {_back(version)}")


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
        note(f"“{restored.title}” stands again as version {restored.version_id[:SHORT]}.")


def _back(version: Version) -> str:
    return f"`attache documents restore {version.document_id[:SHORT]}` takes it back."


def _path(version: Version) -> str:
    return f"/v1/documents/{version.document_id}"
