"""Folders that are mirrored: there, and not emptied by a disk that is not mounted."""

import os
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import SourceUnreadableError, UnsupportedSourceError
from assistant.library.ledger import SqlLedger
from assistant.runs import RunRequest
from ingest.naming import may_be_folder, place_of

_FACT = "mirrored:"


def require_folders(request: RunRequest, ledger: SqlLedger) -> None:
    """Passes for a request whose mirrored folders can be trusted to show what they hold.

    An empty folder on another disk than the last time is what a mount point shows when nothing is
    mounted on it: everything in it would be removed from the library.

    Raises:
        UnsupportedSourceError: something to be mirrored is no folder.
        SourceUnreadableError: a folder is gone, or looks as if its disk were not mounted.
    """
    if request.kind != "sync":
        return
    for name in request.sources:
        if not may_be_folder(name):
            raise UnsupportedSourceError(
                f"{name} is not a folder, and only folders are mirrored. Leave --sync out, or name "
                "the folder it lies in."
            )
    for name, folder in _folders(request):
        if not folder.is_dir():
            raise SourceUnreadableError(
                f"The folder {name} is not there, so nothing of it was removed. Mount or restore "
                "it; to take its documents out of the library, use `attache documents remove`."
            )
        if not request.force and _is_emptied(folder, ledger):
            raise SourceUnreadableError(
                f"The folder {name} is empty and is not the one that was mirrored before, as if "
                "its disk were not mounted. Nothing was removed. Mount it again; if it is meant to "
                "be empty, say so with --force."
            )


def remember_folders(request: RunRequest, ledger: SqlLedger) -> None:
    """Remembers which folders were mirrored, to know them again."""
    if request.kind != "sync":
        return
    for _, folder in _folders(request):
        key, identity = _key(folder), _identity(folder)
        if identity and (request.force or not _is_empty(folder)) and ledger.fact(key) != identity:
            ledger.set_fact(key, identity)


def _folders(request: RunRequest) -> Iterator[tuple[str, Path]]:
    for name in request.sources:
        yield name, place_of(name) or Path(name)


def _is_emptied(folder: Path, ledger: SqlLedger) -> bool:
    known = ledger.fact(_key(folder))
    return known is not None and known != _identity(folder) and _is_empty(folder)


def _is_empty(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return False  # what cannot be read is a failure of the run, which removes nothing of it


def _identity(folder: Path) -> str | None:
    """The disk and the folder's number on it; None where it is gone."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return f"{status.st_dev}:{status.st_ino}"


def _key(folder: Path) -> str:
    return f"{_FACT}{os.fsencode(os.path.realpath(folder)).hex()}"
