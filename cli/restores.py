"""Restoring a backup: in this process, or in the server that holds the data directory."""

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from api.upkeep_schemas import RestoreOut
from assistant.backends import Backends, open_backends
from assistant.errors import EmbeddingMismatchError, LibraryDamagedError, LibraryError
from assistant.library.backup_restore import SNAPSHOTS, restore
from assistant.library.files import ORIGINALS
from assistant.library.indexes import POSTINGS, VECTORS
from assistant.library.ledger import LEDGER_FILE, open_ledger
from assistant.library.lock import DirectoryLock
from assistant.settings import Settings
from cli.console import confirm, counted, note, results
from cli.control import RunningServer, hold_or_find
from cli.exits import Exits
from cli.keeping import restore_out
from cli.setup import require_file, settings_for_command
from cli.telling import Telling, telling
from cli.wire import print_json

PURPOSE = "attache restore"
_STORES = (f"{LEDGER_FILE}*", ORIGINALS, f"{VECTORS}*", f"{POSTINGS}*", SNAPSHOTS)


def restore_backup(file: Path, *, replace: bool, ask_first: bool, as_json: bool) -> Exits:
    """Restores the backup and tells what stands now.

    Raises:
        ConfigurationError: the ledger is on a database server.
        LibraryError: there is no backup, it cannot be used, or there are documents and `replace`
            is not set.
        LibraryInUseError: a command that is no server holds the data directory.
    """
    settings, backup = settings_for_command(), file.resolve()
    require_file(settings)
    if not backup.is_file():
        raise LibraryError(f"There is no file {backup}. Name one that `attache backup` wrote.")
    _confirm(settings.home, replace=replace, ask_first=ask_first)
    holder = hold_or_find(settings.home, PURPOSE)
    with telling("Proving the backup…") as tell:
        if isinstance(holder, RunningServer):
            answer = holder.call("POST", "/v1/maintenance/restore", {"file": str(backup)}, tell)
            report = RestoreOut.model_validate(answer)
        else:
            with holder:
                report = _here(settings, holder, backup, tell)
    _print(report, as_json=as_json)
    return Exits.DONE


def _confirm(home: Path, *, replace: bool, ask_first: bool) -> None:
    documents = _documents(home)
    if documents == 0:
        return
    held = "a library that cannot be read" if documents is None else counted(documents, "document")
    if not replace:
        raise LibraryError(
            f"{home} holds {held}. Add --replace to put the backup in their place, or choose an "
            "empty ATTACHE_HOME."
        )
    if ask_first:
        confirm(f"Replace {held} in {home}?")


def _documents(home: Path) -> int | None:
    """How many documents stand; None where that cannot be learnt."""
    if not (home / LEDGER_FILE).is_file():
        return None if any(home.glob(f"{ORIGINALS}/??/*")) else 0
    try:
        ledger = open_ledger(home)
    except LibraryDamagedError:
        return None
    try:
        return ledger.count()[0]
    except LibraryDamagedError:
        return None
    finally:
        ledger.close()


def _here(settings: Settings, held: DirectoryLock, backup: Path, tell: Telling) -> RestoreOut:
    try:
        backends = open_backends(settings, PURPOSE, held)
    except (LibraryDamagedError, EmbeddingMismatchError) as error:
        note(f"The present library cannot be opened: {error}")
    else:
        with backends:
            return _into(settings, backends, backup, tell)
    aside = _set_aside(settings.home)
    try:
        with open_backends(settings, PURPOSE, held) as backends:
            report = _into(settings, backends, backup, tell)
    except BaseException:
        _put_back(settings.home, aside)
        raise
    return report.model_copy(update={"set_aside": str(aside)})


def _into(settings: Settings, backends: Backends, backup: Path, tell: Telling) -> RestoreOut:
    return restore_out(
        restore(settings.home, backends.library, backends.encoder, backup, tell=tell)
    )


def _set_aside(home: Path) -> Path:
    """Moves what cannot be opened to a folder of its own, where it stays."""
    aside = home / f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    aside.mkdir()
    for pattern in _STORES:
        for place in home.glob(pattern):
            place.rename(aside / place.name)
    return aside


def _put_back(home: Path, aside: Path) -> None:
    for pattern in _STORES:
        for place in home.glob(pattern):
            shutil.rmtree(place, ignore_errors=True)
            with suppress(OSError):
                place.unlink(missing_ok=True)
    for place in aside.iterdir():
        place.rename(home / place.name)
    aside.rmdir()


def _print(report: RestoreOut, *, as_json: bool) -> None:
    if as_json:
        print_json(report)
    else:
        results().print(
            f"{counted(report.documents, 'document')} as of {report.created_at[:19]} UTC, "
            f"{counted(report.chunks, 'passage')}, {counted(report.originals, 'original file')}, "
            f"in {report.elapsed_s:.1f} s",
            soft_wrap=True,
        )
    if report.set_aside is not None:
        note(f"What could not be opened is in {report.set_aside}. Remove it when you are content.")
