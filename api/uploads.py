"""Uploaded files on their way into the library."""

import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from fastapi import UploadFile
from starlette.types import Scope

from api.deps import Services
from api.errors import Failure, ProblemResponse, kind_named, refusal
from api.filenames import safe_name
from api.wire import report_out
from assistant.errors import IngestError, SourceTooLargeError
from assistant.types import IngestReport, RunId, SourceFailure
from ingest.sources import Source, uploaded

MEGABYTE = 1024 * 1024


def take_in(files: Iterable[UploadFile], services: Services) -> IngestReport:
    """Takes the files in, one run for all; those that cannot be tried are in the report too.

    The bytes go through a temporary folder, so that many large files do not fill the memory.
    """
    with tempfile.TemporaryDirectory(prefix="attache-upload-") as folder:
        found = list(_sources(files, Path(folder), services.settings.max_upload_mb))
        refused = tuple(item for item in found if isinstance(item, SourceFailure))
        sources = [item for item in found if isinstance(item, Source)]
        report = services.ingest(sources) if sources else _nothing_done()
    return replace(report, failed=(*report.failed, *refused))


def all_failed(report: IngestReport, scope: Scope) -> ProblemResponse:
    """The problem of the first failure, with every failure as its member `failed`."""
    first = report.failed[0]
    failed = report_out(report).model_dump()["failed"]
    failure = Failure(
        kind_named(first.error), f"{first.source}: {first.detail}", extensions={"failed": failed}
    )
    return refusal(failure, scope)


def _sources(
    files: Iterable[UploadFile], folder: Path, max_mb: int
) -> Iterator[Source | SourceFailure]:
    seen: set[str] = set()
    for number, file in enumerate(files):
        source = uploaded(safe_name(file.filename), b"")
        if source.uri in seen:
            yield _refused(
                source,
                IngestError,
                "Another file of this upload has the same name. Rename one, or send it by itself.",
            )
        elif (file.size or 0) > max_mb * MEGABYTE:
            yield _refused(
                source,
                SourceTooLargeError,
                f"The file is larger than {max_mb} MB. Split it, or raise ATTACHE_MAX_UPLOAD_MB.",
            )
        else:
            yield _spooled(file, source, folder / str(number))
        seen.add(source.uri)


def _spooled(file: UploadFile, source: Source, path: Path) -> Source:
    with path.open("wb") as target:
        shutil.copyfileobj(file.file, target)
    # A time of its own: a file sent again must never pass for one already seen.
    return replace(source, size=path.stat().st_size, mtime_ns=time.time_ns(), path=path, data=None)


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
