"""What a run has done so far: counted, written to the ledger, and told to whoever watches."""

from collections import Counter
from datetime import UTC, datetime
from threading import Lock
from time import monotonic, perf_counter

from assistant.library.runbook import RunBook
from assistant.runs import Outcome, Run, RunItem, RunProgress, RunRequest, RunState
from assistant.types import (
    DocumentId,
    IngestReport,
    NewVersion,
    RunId,
    SourceFailure,
    SourceState,
    SourceWarning,
)
from ingest.progress import Progress

WRITE_EVERY_S = 0.5
_WORKED_ON: frozenset[Outcome] = frozenset({"added", "updated", "unchanged"})


class Tally:
    """The account of one run. Several threads add to it."""

    def __init__(self, book: RunBook, run_id: RunId, watcher: Progress) -> None:
        self._book = book
        self.run_id = run_id
        self._watcher = watcher
        self._lock = Lock()
        self._counts: Counter[Outcome] = Counter()
        self._failed: list[SourceFailure] = []
        self._warned: list[SourceWarning] = []
        self._items: list[RunItem] = []
        self._chunks = 0
        self._sources = self._done = self._bytes = self._worked = 0
        self._began = perf_counter()
        self._written = 0.0
        self._names_all = False
        self.cancelled = False

    def begin(self, request: RunRequest) -> None:
        """Writes that the run is under way."""
        now = datetime.now(UTC)
        # Who sends files has to learn which document each one is, also where nothing was to do.
        self._names_all = request.kind == "upload"
        self._book.begin(Run(self.run_id, request, "running", now, RunProgress()))

    def plan(self, sources: int, size: int) -> None:
        """Says how much there is to do: so many sources with so many bytes."""
        self._sources, self._bytes = sources, size
        self._watcher.started(sources, size)
        self.write()

    def more(self, sources: int, size: int) -> None:
        """Adds sources found inside another to what there is to do."""
        with self._lock:
            self._sources += sources
            self._bytes += size
            self._watcher.started(self._sources, self._bytes)

    def worked(self, size: int) -> None:
        """Counts so many bytes of sources as done."""
        with self._lock:
            self._worked += size
            self._watcher.worked(size)
        if monotonic() - self._written >= WRITE_EVERY_S:
            self.write()

    def count(self, outcome: Outcome, number: int) -> None:
        """Counts sources that nothing had to be done about."""
        with self._lock:
            self._counts[outcome] += number

    def stands(self, source: str, state: SourceState | None) -> None:
        """Notes of a source that is unchanged which document it is, where that is asked for."""
        if self._names_all and state is not None:
            item = _item(source, "unchanged", state)
            with self._lock:
                self._items.append(item)

    def copied(self, source: str, original: SourceState) -> None:
        """One source has the content of another, whose document stands for both."""
        detail = f"the same as {original.source_uri}"
        self.settle(source, "duplicated", item=_item(source, "duplicated", original, detail))

    def moved(self, source: str, state: SourceState) -> None:
        """One document is found at another place than before."""
        detail = f"from {state.source_uri}"
        self.settle(source, "moved", item=_item(source, "moved", state, detail))

    def taken_in(self, version: NewVersion, outcome: Outcome) -> None:
        """One version stands."""
        with self._lock:
            self._chunks += len(version.chunks)
        self.settle(
            version.source_uri,
            outcome,
            document_id=version.document_id,
            item=RunItem(
                version.source_uri,
                outcome,
                datetime.now(UTC),
                document_id=version.document_id,
                version_id=version.version_id,
            ),
        )
        for warning in version.document.warnings:
            self.warn(version.source_uri, warning)

    def settle(
        self,
        source: str,
        outcome: Outcome,
        *,
        detail: str | None = None,
        document_id: DocumentId | None = None,
        item: RunItem | None = None,
    ) -> None:
        """One source is done."""
        now = datetime.now(UTC)
        with self._lock:
            self._counts[outcome] += 1
            if item is not None or outcome != "unchanged":
                plain = RunItem(source, outcome, now, detail=detail, document_id=document_id)
                self._items.append(item or plain)
            if outcome in _WORKED_ON:
                self._done += 1
                self._watcher.advanced(source)

    def advance(self, source: str) -> None:
        """One container is opened; what it holds is counted by itself."""
        with self._lock:
            self._done += 1
            self._watcher.advanced(source)

    def fail(self, failure: SourceFailure, *, worked_on: bool = True) -> None:
        """One source could not be taken in, now or when it last looked like this."""
        item = RunItem(failure.source, "failed", datetime.now(UTC), failure.error, failure.detail)
        with self._lock:
            self._failed.append(failure)
            self._items.append(item)
            if worked_on:
                self._done += 1
                self._watcher.advanced(failure.source)

    def warn(self, source: str, warning: str) -> None:
        """Something of a source is worth a look."""
        with self._lock:
            self._warned.append(SourceWarning(source, warning))
            self._items.append(RunItem(source, "warned", datetime.now(UTC), detail=warning))

    def write(self) -> None:
        """Writes how far the run is, and learns whether it shall stop."""
        with self._lock:
            items, self._items = self._items, []
            progress = RunProgress(self._sources, self._done, self._bytes, self._worked)
            self._written = monotonic()
        if not self._book.advance(self.run_id, progress, items):
            self.cancelled = True

    def end(self, state: RunState, error: str | None = None) -> IngestReport:
        """Writes how the run ended, and reports it."""
        self._watcher.finished()
        self.write()
        report = self.report()
        self._book.end(self.run_id, state, datetime.now(UTC), report, error)
        return report

    def report(self) -> IngestReport:
        """The report of what was done so far."""
        with self._lock:
            return IngestReport(
                run_id=self.run_id,
                added=self._counts["added"],
                updated=self._counts["updated"],
                unchanged=self._counts["unchanged"],
                removed=self._counts["removed"],
                failed=tuple(self._failed),
                chunks=self._chunks,
                elapsed_s=round(perf_counter() - self._began, 3),
                moved=self._counts["moved"],
                duplicated=self._counts["duplicated"],
                warnings=tuple(self._warned),
            )


def _item(source: str, outcome: Outcome, state: SourceState, detail: str | None = None) -> RunItem:
    return RunItem(
        source,
        outcome,
        datetime.now(UTC),
        detail=detail,
        document_id=state.document_id,
        version_id=state.version_id,
    )
