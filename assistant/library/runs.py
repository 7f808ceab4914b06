"""Ingest runs as the ledger remembers them."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, insert, select

from assistant.library.schema import IngestRunRow
from assistant.types import IngestReport, RunId, SourceFailure


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A run that ended, with its report."""

    started_at: datetime
    finished_at: datetime
    report: IngestReport


def record(connection: Connection, report: IngestReport, started_at: datetime) -> None:
    """Remembers a run; one of the same name is replaced."""
    connection.execute(delete(IngestRunRow).where(IngestRunRow.run_id == report.run_id))
    connection.execute(
        insert(IngestRunRow),
        {
            "run_id": report.run_id,
            "started_at": started_at,
            "finished_at": started_at + timedelta(seconds=report.elapsed_s),
            "report": asdict(report),
        },
    )


def recent(connection: Connection, limit: int) -> tuple[RecordedRun, ...]:
    """The last runs, newest first."""
    newest = (
        select(IngestRunRow.started_at, IngestRunRow.finished_at, IngestRunRow.report)
        .order_by(IngestRunRow.started_at.desc(), IngestRunRow.run_id)
        .limit(limit)
    )
    return tuple(_run(row) for row in connection.execute(newest).mappings())


def _run(row: RowMapping) -> RecordedRun:
    report = row["report"]
    return RecordedRun(
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        report=IngestReport(
            run_id=RunId(report["run_id"]),
            added=report["added"],
            updated=report["updated"],
            unchanged=report["unchanged"],
            removed=report["removed"],
            failed=tuple(SourceFailure(**failure) for failure in report["failed"]),
            chunks=report["chunks"],
            elapsed_s=report["elapsed_s"],
        ),
    )
