"""The sources that a run was asked to take in, found anew each time it is begun."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from assistant.access.keys import readable_with
from assistant.access.ladders import DEFAULT, Ladders
from assistant.errors import IngestError, LibraryError
from assistant.library.ledger import SqlLedger
from assistant.runs import Run, RunRequest
from assistant.types import SourceFailure, SourceState
from ingest.mounts import require_folders
from ingest.naming import place_of, without_secret
from ingest.plan import plan
from ingest.planned import IngestPlan
from ingest.sources import Source, addressed, apart, find, sent

UPLOADS = "uploads"
"""The folder of the data directory where sent files wait to be taken in."""


def plan_request(
    request: RunRequest, ledger: SqlLedger, uploads: Path, ladders: Ladders | None = None
) -> IngestPlan:
    """What a run has to do to fulfil a request; uploaded files lie in `uploads`, by number.

    `ladders` are the markings in use, by default the usual ones.

    Raises:
        IngestError: a folder to be mirrored is none, is gone, or looks as if it were not mounted.
    """
    require_folders(request, ledger)
    sync = request.kind == "sync"
    mirrored = [place_of(name) or Path(name) for name in request.sources] if sync else []
    sources = _sources(request, uploads)
    if _owner(request) is None:
        return plan(sources, ledger, mirrored=mirrored, force=request.force)
    return plan(
        sources,
        ledger,
        force=request.force,
        within=apart(request.sources[0]),
        told=_readable_to(request, ledger, ladders or Ladders.read(DEFAULT)),
    )


def _owner(request: RunRequest) -> str | None:
    """Who sent files under names of their own, as who may not read everything does."""
    name = request.sources[0] if request.kind == "upload" and request.sources else ""
    return name.rpartition("/")[0] or None


def _readable_to(
    request: RunRequest, ledger: SqlLedger, ladders: Ladders
) -> Callable[[SourceState], bool]:
    """Which documents whoever sent the files may read with the key they have now."""
    valid = (key for key in ledger.keys.all() if key.revoked_at is None)
    key = next((key for key in valid if key.name == _owner(request)), None)
    if key is None:
        return lambda _: False
    readable = readable_with(key.clearances, key.groups, ladders)
    return lambda state: ledger.labels(state.document_id, readable) is not None


def _sources(request: RunRequest, uploads: Path) -> Iterable[Source | SourceFailure]:
    if request.kind == "upload":
        return _uploaded(request.sources, uploads)
    if request.kind == "starter":
        found = find([Path(name) for name in request.sources])
        return (one for one in found if not _is_readme(one))
    return _named(request.sources)


def _named(names: tuple[str, ...]) -> Iterator[Source | SourceFailure]:
    for name in names:
        try:
            path = place_of(name)
        except IngestError as error:
            yield SourceFailure(without_secret(name), type(error).__name__, str(error))
            continue
        if path is None:
            yield addressed(name)
        else:
            yield from find([path])


def _uploaded(names: tuple[str, ...], uploads: Path) -> Iterator[Source]:
    for number, name in enumerate(names):
        path = uploads / str(number)
        # A file that was taken in before a restart is gone from here.
        if path.is_file():
            yield sent(name, path)


def _is_readme(source: Source | SourceFailure) -> bool:
    return isinstance(source, Source) and source.name == "README.md"


def retry_request(run: Run) -> RunRequest:
    """What to ask for, to try again what a run left undone.

    Raises:
        LibraryError: it has not ended, or nothing of it failed.
    """
    if not run.has_ended:
        raise LibraryError("The run has not ended yet. Wait for it, or cancel it first.")
    if run.state != "done" or run.request.kind == "upload":
        # An older program kept passwords of addresses: they are not written a second time.
        sources = tuple(map(without_secret, run.request.sources))
        return RunRequest(run.request.kind, sources, force=True)
    failed = () if run.report is None else run.report.failed
    if not failed:
        raise LibraryError("Nothing failed in this run, so there is nothing to try again.")
    named = (without_secret(failure.source) for failure in failed)
    outermost = dict.fromkeys(name.partition("#")[0] for name in named)
    return RunRequest("paths", tuple(outermost), force=True)


def close_abandoned(ledger: SqlLedger) -> None:
    """Closes the runs whose process is gone; only for who holds the library.

    Uploads stay open: the files that were sent are kept, and the next server takes them in.
    """
    for run in ledger.runs.own():
        if run.request.kind != "upload":
            close_interrupted(ledger, run)


def close_interrupted(ledger: SqlLedger, run: Run) -> None:
    """Writes of a run whose process is gone that it ended before its end."""
    error = "The process ended before the run did. What it had published stays; run it again."
    ledger.runs.end(run.run_id, "interrupted", datetime.now(UTC), error=error)
