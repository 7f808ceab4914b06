"""Between ingest runs inside and outside."""

from collections.abc import Iterable, Mapping

from api.run_schemas import (
    CopyOut,
    FailureOut,
    IngestReportOut,
    MoveOut,
    PlanOut,
    RunItemOut,
    RunOut,
    RunProgressOut,
    RunSummary,
    TakenInOut,
    UploadReportOut,
    WarningOut,
)
from assistant.ports import KeepsRuns
from assistant.runs import Run, RunItem, RunProgress
from assistant.types import IngestReport
from ingest.planned import IngestPlan

SOURCES_LISTED = 5


def run_out(run: Run, book: KeepsRuns) -> RunOut:
    """A run with all that is known of it but its items."""
    return RunOut(
        run_id=run.run_id,
        kind=run.request.kind,
        sources=list(run.request.sources),
        force=run.request.force,
        state=run.state,
        started_at=run.started_at,
        finished_at=run.finished_at,
        progress=progress_out(run.progress),
        counts=_counts(run, book),
        error=run.error,
        report=None if run.report is None else report_out(run.report),
    )


def run_summary(run: Run, book: KeepsRuns) -> RunSummary:
    """A run as one line of a listing."""
    sources = run.request.sources
    return RunSummary(
        run_id=run.run_id,
        kind=run.request.kind,
        sources=list(sources[:SOURCES_LISTED]),
        more_sources=max(0, len(sources) - SOURCES_LISTED),
        state=run.state,
        started_at=run.started_at,
        finished_at=run.finished_at,
        progress=progress_out(run.progress),
        counts=_counts(run, book),
        error=run.error,
    )


def progress_out(progress: RunProgress) -> RunProgressOut:
    """How far a run is."""
    return RunProgressOut(
        total_sources=progress.total_sources,
        done_sources=progress.done_sources,
        total_bytes=progress.total_bytes,
        done_bytes=progress.done_bytes,
    )


def item_out(number: int, item: RunItem) -> RunItemOut:
    """What became of one source."""
    return RunItemOut(
        number=number,
        source=item.source,
        outcome=item.outcome,
        at=item.at,
        error=item.error,
        detail=item.detail,
        document_id=item.document_id,
        version_id=item.version_id,
    )


def plan_out(plan: IngestPlan, known: Mapping[str, object]) -> PlanOut:
    """What a run would do; `known` are the sources whose documents stand, by URI."""
    return PlanOut(
        added=[source.uri for source in plan.work if source.uri not in known],
        updated=[source.uri for source in plan.work if source.uri in known],
        moved=[
            MoveOut.model_validate({"from": move.state.source_uri, "to": move.source_uri})
            for move in plan.moved
        ],
        duplicated=[CopyOut(source=copy.source.uri, of=copy.of) for copy in plan.copies],
        removed=[state.source_uri for state in plan.removed],
        unchanged=plan.unchanged,
        failed=[
            FailureOut(source=failure.source, error=failure.error, detail=failure.detail)
            for failure in plan.failed
        ],
    )


def report_out(report: IngestReport) -> IngestReportOut:
    """What a run did."""
    return IngestReportOut(
        run_id=report.run_id,
        added=report.added,
        updated=report.updated,
        unchanged=report.unchanged,
        removed=report.removed,
        failed=[
            FailureOut(source=failure.source, error=failure.error, detail=failure.detail)
            for failure in report.failed
        ],
        chunks=report.chunks,
        elapsed_s=report.elapsed_s,
        moved=report.moved,
        duplicated=report.duplicated,
        warnings=[WarningOut(source=one.source, detail=one.detail) for one in report.warnings],
    )


def upload_out(report: IngestReport, items: Iterable[tuple[int, RunItem]]) -> UploadReportOut:
    """What became of sent files, and which documents they are."""
    told = [_taken_in(item) for _, item in items if item.document_id and item.version_id]
    return UploadReportOut(**report_out(report).model_dump(), documents=told)


def _taken_in(item: RunItem) -> TakenInOut:
    return TakenInOut.model_validate(
        {
            "source": item.source,
            "outcome": item.outcome,
            "document_id": item.document_id,
            "version_id": item.version_id,
        }
    )


def _counts(run: Run, book: KeepsRuns) -> dict[str, int]:
    counts = dict(book.outcomes(run.run_id))
    if run.report is not None and run.report.unchanged:
        counts["unchanged"] = run.report.unchanged
    return counts
