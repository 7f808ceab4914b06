"""Uploaded files on their way into the library."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from fastapi import UploadFile
from starlette.types import Scope

from api.deps import Services
from api.errors import Failure, ProblemResponse, kind_named, refusal
from api.filenames import safe_name
from api.wire import report_out
from assistant.errors import IngestError, LibraryError, SourceTooLargeError
from assistant.types import IngestReport, RunId, SourceFailure
from ingest.sources import Source, uploaded

MEGABYTE = 1024 * 1024


def take_in(files: Iterable[UploadFile], services: Services) -> IngestReport:
    """Takes the files in, one run for all; those that cannot be tried are in the report too."""
    kept: list[UploadFile] = []
    refused: list[SourceFailure] = []
    for file, failure in _checked(files, services.settings.max_upload_mb):
        if failure is None:
            kept.append(file)
        else:
            refused.append(failure)
    if not kept:
        return replace(_nothing_done(), failed=tuple(refused))
    names = tuple(safe_name(file.filename) for file in kept)
    run_id = services.runs.start_upload(names, partial(_write, kept))
    run = services.runs.wait(run_id)
    if run.report is None:
        raise LibraryError(f"The files were not taken in: {run.error or run.state}. Try again.")
    return replace(run.report, failed=(*run.report.failed, *refused))


def all_failed(report: IngestReport, scope: Scope) -> ProblemResponse:
    """The problem of the first failure, with every failure as its member `failed`."""
    first = report.failed[0]
    failed = report_out(report).model_dump()["failed"]
    failure = Failure(
        kind_named(first.error), f"{first.source}: {first.detail}", extensions={"failed": failed}
    )
    return refusal(failure, scope)


def _checked(
    files: Iterable[UploadFile], max_mb: int
) -> Iterator[tuple[UploadFile, SourceFailure | None]]:
    seen: set[str] = set()
    for file in files:
        source = uploaded(safe_name(file.filename), b"")
        if source.uri in seen:
            detail = "Another file of this upload has the same name. Rename one, or send it alone."
            yield file, _refused(source, IngestError, detail)
        elif (file.size or 0) > max_mb * MEGABYTE:
            detail = f"is larger than {max_mb} MB. Split it, or raise ATTACHE_MAX_UPLOAD_MB."
            yield file, _refused(source, SourceTooLargeError, detail)
        else:
            yield file, None
        seen.add(source.uri)


def _write(files: list[UploadFile], folder: Path) -> None:
    for number, file in enumerate(files):
        with (folder / str(number)).open("wb") as target:
            shutil.copyfileobj(file.file, target)


def _refused(source: Source, error: type[IngestError], detail: str) -> SourceFailure:
    return SourceFailure(source=source.name, error=error.__name__, detail=detail)


def _nothing_done() -> IngestReport:
    return IngestReport(
        run_id=RunId(""),
        added=0,
        updated=0,
        unchanged=0,
        removed=0,
        failed=(),
        chunks=0,
        elapsed_s=0.0,
    )
