"""Uploaded files on their way into the library: kept on disk, then taken in by a run."""

import errno
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Scope

from api.deps import Services
from api.errors import Failure, ProblemResponse, kind_named, refusal
from api.parts import Parts, SentFile
from api.run_schemas import FailureOut
from assistant.errors import IngestError, LibraryDamagedError, LibraryError, SourceTooLargeError
from assistant.runs import Run
from assistant.types import IngestReport, RunId, SourceFailure
from ingest.sources import uploaded

MEGABYTE = 1024 * 1024
INCOMING = "incoming-"
"""How the folders begin in which files arrive; a file is named by its run once all are there."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Upload:
    """A run over sent files, None where none was kept, and the files that were not."""

    run_id: RunId | None
    refused: tuple[SourceFailure, ...]


async def receive(request: Request, services: Services) -> Upload:
    """Keeps the files of a request and begins one run over them all.

    Raises:
        HTTPException: the form cannot be read, or the disk is full; nothing of it is kept.
        RequestValidationError: it has no files.
        LibraryError: the files or the run cannot be written.
    """
    async with _incoming(services.uploads) as folder:
        with_limit = Parts(folder, services.settings.max_upload_mb * MEGABYTE)
        files = await with_limit.read(request)
        refused = tuple(_refused(files, services.settings.max_upload_mb))
        kept = [file for file in files if file.path is not None]
        if not kept:
            return Upload(None, refused)
        names = tuple(file.name for file in kept)
        run_id = await run_in_threadpool(services.runs.start_upload, names, _mover(kept))
    return Upload(run_id, refused)


def report_of(run: Run, refused: Iterable[SourceFailure]) -> IngestReport:
    """What became of the files. Raises `LibraryError` where the run did not come to its end."""
    if run.report is None or run.state in ("failed", "interrupted"):
        raise LibraryError(
            f"Not all files were taken in: {run.error or run.state}. "
            f"What was kept can be tried again: POST /v1/ingest-runs/{run.run_id}/retry."
        )
    return with_refused(run.report, refused)


def with_refused(report: IngestReport | None, refused: Iterable[SourceFailure]) -> IngestReport:
    """The report with the files that were not kept; of nothing else, where there is none."""
    whole = report or IngestReport(RunId(""), 0, 0, 0, 0, (), 0, 0.0)
    return replace(whole, failed=(*whole.failed, *refused))


def all_failed(report: IngestReport, scope: Scope) -> ProblemResponse:
    """The problem of the first failure, with every failure as its member `failed`."""
    first = report.failed[0]
    failed = [failure.model_dump() for failure in map(failure_out, report.failed)]
    failure = Failure(
        kind_named(first.error), f"{first.source}: {first.detail}", extensions={"failed": failed}
    )
    return refusal(failure, scope)


def failure_out(failure: SourceFailure) -> FailureOut:
    """A failure as the wire has it."""
    return FailureOut(source=failure.source, error=failure.error, detail=failure.detail)


@asynccontextmanager
async def _incoming(uploads: Path) -> AsyncIterator[Path]:
    """A folder for files that arrive, gone afterwards with all that was not moved out of it."""
    folder = uploads / f"{INCOMING}{uuid.uuid4().hex}"
    try:
        await run_in_threadpool(folder.mkdir, parents=True)
        yield folder
    except OSError as error:
        raise _unkept(uploads, error) from error
    finally:
        await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)


def _unkept(uploads: Path, error: OSError) -> Exception:
    if error.errno in _FULL:
        return HTTPException(
            507, "The server's disk is full, so nothing was kept. Make room on it, then send again"
        )
    return LibraryDamagedError(
        f"Sent files cannot be kept in {uploads}: {error.strerror or error}. "
        "Make the folder writable, or choose another ATTACHE_HOME."
    )


def _mover(files: list[SentFile]) -> Callable[[Path], None]:
    def move(folder: Path) -> None:
        for number, file in enumerate(files):
            assert file.path is not None
            file.path.rename(folder / str(number))

    return move


def _refused(files: Iterable[SentFile], max_mb: int) -> Iterator[SourceFailure]:
    """Those that are not kept; one too many of a name is let go of here."""
    seen: set[str] = set()
    for file in files:
        uri = uploaded(file.name, b"").uri
        if uri in seen:
            file.path = None
            detail = "Another file of this upload has the same name. Rename one, or send it alone."
            yield SourceFailure(file.name, IngestError.__name__, detail)
        elif file.too_large:
            detail = f"is larger than {max_mb} MB. Split it, or raise ATTACHE_MAX_UPLOAD_MB."
            yield SourceFailure(file.name, SourceTooLargeError.__name__, detail)
        seen.add(uri)
