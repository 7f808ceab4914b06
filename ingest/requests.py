"""The sources that a run was asked to take in, found anew each time it is begun."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library.ledger import SqlLedger
from assistant.runs import Run, RunRequest
from assistant.types import SourceFailure
from ingest.mirror import path_of
from ingest.mounts import require_folders
from ingest.plan import IngestPlan, plan
from ingest.sources import Source, addressed, find, is_address, sent

UPLOADS = "uploads"
"""The folder of the data directory where sent files wait to be taken in."""


def plan_request(request: RunRequest, ledger: SqlLedger, uploads: Path) -> IngestPlan:
    """What a run has to do to fulfil a request; uploaded files lie in `uploads`, by number.

    Raises:
        IngestError: a folder to be mirrored is none, is gone, or looks as if it were not mounted.
    """
    require_folders(request, ledger)
    mirrored = [Path(name) for name in request.sources] if request.kind == "sync" else []
    sources = _sources(request, uploads)
    return plan(sources, ledger, mirrored=mirrored, force=request.force)


def _sources(request: RunRequest, uploads: Path) -> Iterable[Source | SourceFailure]:
    if request.kind == "upload":
        return _uploaded(request.sources, uploads)
    if request.kind == "starter":
        found = find([Path(name) for name in request.sources])
        return (one for one in found if not _is_readme(one))
    return _named(request.sources)


def _named(names: tuple[str, ...]) -> Iterator[Source | SourceFailure]:
    for name in names:
        if is_address(name):
            yield addressed(name)
        else:
            yield from find([path_of(name) or Path(name)])


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
        return RunRequest(run.request.kind, run.request.sources, force=True)
    failed = () if run.report is None else run.report.failed
    if not failed:
        raise LibraryError("Nothing failed in this run, so there is nothing to try again.")
    outermost = dict.fromkeys(failure.source.partition("#")[0] for failure in failed)
    return RunRequest("paths", tuple(outermost), force=True)


def close_abandoned(ledger: SqlLedger) -> None:
    """Closes the runs whose process is gone; only for who holds the library.

    Uploads stay open: the files that were sent are kept, and the next server takes them in.
    """
    for run in ledger.runs.unended():
        if run.request.kind != "upload":
            close_interrupted(ledger, run)


def close_interrupted(ledger: SqlLedger, run: Run) -> None:
    """Writes of a run whose process is gone that it ended before its end."""
    error = "The process ended before the run did. What it had published stays; run it again."
    ledger.runs.end(run.run_id, "interrupted", datetime.now(UTC), error=error)
