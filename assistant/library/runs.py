"""Ingest runs as the ledger keeps them, with what became of each source."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, RowMapping, and_, delete, func, insert, or_, select, update

from assistant.errors import RunNotFoundError
from assistant.library.reading import batches
from assistant.library.schema import RunItemRow, RunRow
from assistant.runs import ENDED, Run, RunItem, RunProgress, RunRequest, RunState
from assistant.types import (
    DocumentId,
    IngestReport,
    RunId,
    SourceFailure,
    SourceWarning,
    VersionId,
)

_UNENDED = ("queued", "running")


def begin(connection: Connection, run: Run) -> bool:
    """Writes a run that begins or waits; one of the same name begins anew, with its items.

    Returns whether there was none of that name.

    That it was asked to stop while it waited stays asked.
    """
    asked = select(RunRow.cancel_requested).where(
        RunRow.run_id == run.run_id, RunRow.state.in_(_UNENDED)
    )
    cancel_requested = bool(connection.scalar(asked))
    connection.execute(delete(RunItemRow).where(RunItemRow.run_id == run.run_id))
    known = connection.execute(delete(RunRow).where(RunRow.run_id == run.run_id)).rowcount
    connection.execute(
        insert(RunRow),
        {
            "run_id": run.run_id,
            "kind": run.request.kind,
            "sources": list(run.request.sources),
            "force": run.request.force,
            "state": run.state,
            "started_at": run.started_at,
            "finished_at": run.finished_at,
            "cancel_requested": cancel_requested,
            "report": None if run.report is None else asdict(run.report),
            "error": run.error,
            **asdict(run.progress),
        },
    )
    return not known


def advance(
    connection: Connection, run_id: RunId, progress: RunProgress, items: Sequence[RunItem]
) -> bool:
    """Writes how far a run is and what became of more sources; whether it shall go on."""
    connection.execute(
        update(RunRow).where(RunRow.run_id == run_id).values(state="running", **asdict(progress))
    )
    if items:
        connection.execute(
            insert(RunItemRow), [{"run_id": run_id, **asdict(item)} for item in items]
        )
    asked = select(RunRow.cancel_requested).where(RunRow.run_id == run_id)
    return not connection.scalar(asked)


def end(
    connection: Connection,
    run_id: RunId,
    state: RunState,
    at: datetime,
    report: IngestReport | None = None,
    error: str | None = None,
) -> None:
    """Writes how a run ended."""
    values: dict[str, object] = {"state": state, "finished_at": at, "error": error}
    if report is not None:
        values["report"] = asdict(report)
    connection.execute(update(RunRow).where(RunRow.run_id == run_id).values(**values))


def request_cancel(connection: Connection, run_id: RunId) -> bool:
    """Asks a run to stop; whether it had not ended yet. Raises `RunNotFoundError`."""
    run = one(connection, run_id)
    if not run.has_ended:
        values = {"cancel_requested": True}
        connection.execute(update(RunRow).where(RunRow.run_id == run_id).values(**values))
    return not run.has_ended


def one(connection: Connection, run_id: RunId) -> Run:
    """A run. Raises `RunNotFoundError`."""
    found = connection.execute(
        select(*RunRow.__table__.columns).where(RunRow.run_id == run_id)
    ).mappings()
    row = found.one_or_none()
    if row is None:
        raise RunNotFoundError(
            f"There is no ingest run {run_id!r}. List the runs to see which there are."
        )
    return _run(row)


def recent(
    connection: Connection, limit: int, before: datetime | None, after: RunId | None = None
) -> tuple[Run, ...]:
    """The last runs, newest first: those that started before a time, those that follow a run.

    Raises:
        RunNotFoundError: there is no run `after`.
    """
    newest = select(*RunRow.__table__.columns)
    if before is not None:
        newest = newest.where(RunRow.started_at < before)
    if after is not None:
        last = one(connection, after)
        same_time = and_(RunRow.started_at == last.started_at, RunRow.run_id > last.run_id)
        newest = newest.where(or_(RunRow.started_at < last.started_at, same_time))
    newest = newest.order_by(RunRow.started_at.desc(), RunRow.run_id).limit(limit)
    return tuple(_run(row) for row in connection.execute(newest).mappings())


def unended(connection: Connection) -> tuple[Run, ...]:
    """The runs that wait or are under way, oldest first."""
    found = select(*RunRow.__table__.columns).where(RunRow.state.in_(_UNENDED))
    rows = connection.execute(found.order_by(RunRow.started_at, RunRow.run_id)).mappings()
    return tuple(_run(row) for row in rows)


def items(
    connection: Connection, run_id: RunId, limit: int, after: int
) -> tuple[tuple[int, RunItem], ...]:
    """Up to `limit` items with their numbers, in order, from the number after `after` on."""
    found = (
        select(*RunItemRow.__table__.columns)
        .where(RunItemRow.run_id == run_id, RunItemRow.item_id > after)
        .order_by(RunItemRow.item_id)
        .limit(limit)
    )
    return tuple((row["item_id"], _item(row)) for row in connection.execute(found).mappings())


def outcomes(connection: Connection, run_id: RunId) -> Mapping[str, int]:
    """How many items of a run had each outcome."""
    counted = (
        select(RunItemRow.outcome, func.count())
        .where(RunItemRow.run_id == run_id)
        .group_by(RunItemRow.outcome)
    )
    return {outcome: int(number) for outcome, number in connection.execute(counted)}


def forget(connection: Connection, before: datetime) -> int:
    """Forgets ended runs that started before a time; returns how many."""
    doomed = select(RunRow.run_id).where(RunRow.started_at < before, RunRow.state.in_(ENDED))
    run_ids = list(connection.scalars(doomed))
    for batch in batches(run_ids):
        connection.execute(delete(RunItemRow).where(RunItemRow.run_id.in_(batch)))
        connection.execute(delete(RunRow).where(RunRow.run_id.in_(batch)))
    return len(run_ids)


def _run(row: RowMapping) -> Run:
    return Run(
        run_id=RunId(row["run_id"]),
        request=RunRequest(row["kind"], tuple(row["sources"]), row["force"]),
        state=row["state"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        progress=RunProgress(
            row["total_sources"], row["done_sources"], row["total_bytes"], row["done_bytes"]
        ),
        report=None if row["report"] is None else _report(row["report"]),
        error=row["error"],
    )


def _report(kept: Mapping[str, object]) -> IngestReport:
    # What asdict wrote; an older program wrote fewer fields, which have defaults.
    fields = cast("dict[str, Any]", dict(kept))
    return IngestReport(
        **fields
        | {
            "failed": tuple(SourceFailure(**failure) for failure in fields["failed"]),
            "warnings": tuple(SourceWarning(**one) for one in fields.get("warnings", ())),
        }
    )


def _item(row: RowMapping) -> RunItem:
    return RunItem(
        source=row["source"],
        outcome=row["outcome"],
        at=row["at"],
        error=row["error"],
        detail=row["detail"],
        document_id=None if row["document_id"] is None else DocumentId(row["document_id"]),
        version_id=None if row["version_id"] is None else VersionId(row["version_id"]),
    )
