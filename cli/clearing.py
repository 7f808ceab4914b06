"""Pruning: in this process, or in the server that holds the data directory."""

from contextlib import nullcontext
from datetime import timedelta
from functools import partial

from api.upkeep_schemas import PruneOut
from assistant.library.ledger import open_ledger
from assistant.library.library import open_library
from assistant.library.lock import DirectoryLock
from assistant.library.pruning import prune, rule_of
from assistant.library.servers import servers_of
from assistant.library.snapshots import StateSnapshots
from assistant.settings import Settings
from cli.console import confirm, counted, note, results
from cli.control import RunningServer, hold_or_find
from cli.pruning import prune_out
from cli.setup import settings_for_command
from cli.telling import telling
from cli.wire import print_json

PURPOSE = "attache prune"


def clear(
    older_than: timedelta | None,
    keep: int | None,
    *,
    dry_run: bool,
    ask_first: bool,
    as_json: bool,
) -> None:
    """Prunes, or says what pruning would remove; asks before something goes for good.

    Raises:
        LibraryInUseError: a command that is no server holds the data directory.
        LibraryError: a store cannot be read or written.
    """
    settings = settings_for_command()
    holder = hold_or_find(settings.home, PURPOSE)
    pruned = partial(_pruned, settings, holder, older_than, keep)
    with holder if isinstance(holder, DirectoryLock) else nullcontext():
        if ask_first and not dry_run:
            _confirm(pruned(dry_run=True))
        report = pruned(dry_run=dry_run)
    if as_json:
        print_json(report)
    else:
        _print(report)


def _pruned(
    settings: Settings,
    holder: DirectoryLock | RunningServer,
    older_than: timedelta | None,
    keep: int | None,
    *,
    dry_run: bool,
) -> PruneOut:
    with telling("Looking for what goes…" if dry_run else "Pruning…") as tell:
        if isinstance(holder, DirectoryLock):
            return _here(settings, older_than, keep, dry_run=dry_run)
        seconds = None if older_than is None else older_than.total_seconds()
        body = {"older_than_s": seconds, "keep": keep, "dry_run": dry_run}
        return PruneOut.model_validate(holder.call("POST", "/v1/maintenance/prune", {**body}, tell))


def _confirm(foreseen: PruneOut) -> None:
    """Asks whether what would go shall; passes where that is nothing."""
    what = _what(foreseen)
    if what:
        lost = " Their citations open no more." if foreseen.versions else ""
        confirm(f"Remove {what} for good?{lost}")


def _here(
    settings: Settings, older_than: timedelta | None, keep: int | None, *, dry_run: bool
) -> PruneOut:
    rule, home = rule_of(older_than, keep), settings.home
    ledger = open_ledger(home, settings.ledger_url)
    # With the index of the embedder it was built with: nothing is embedded.
    embedder = ledger.embedder() or settings.embedder
    with open_library(home, embedder, ledger=ledger, servers=servers_of(settings)) as library:
        snapshots = StateSnapshots(home, library)
        return prune_out(
            prune(
                library,
                home,
                rule,
                dry_run=dry_run,
                snapshots=snapshots,
                quiet=library.ledger.sharing.alone,
            )
        )


def _what(report: PruneOut) -> str:
    """What goes, counted; empty where nothing does."""
    counts = [
        counted(number, name)
        for number, name in (
            (report.versions, "version"),
            (report.documents, "removed document"),
            (report.chunks, "passage"),
            (report.files, "original file"),
            (report.runs, "old run"),
        )
        if number
    ]
    return ", ".join(counts)


def _print(report: PruneOut) -> None:
    what = _what(report) or "nothing"
    if report.dry_run:
        results().print(f"would remove {what}", soft_wrap=True)
        note("Nothing was removed.")
    else:
        freed = f", {report.freed_bytes / 1e6:.1f} MB freed" if report.periods else ""
        results().print(f"removed {what}{freed}", soft_wrap=True)
    if report.horizon is not None:
        when = "would then go" if report.dry_run and report.periods else "go"
        note(f"Questions as of a time {when} back to {report.horizon:%Y-%m-%d %H:%M:%S} UTC.")
