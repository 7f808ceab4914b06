"""Ingest runs: what was asked of them, how far they are, and how they end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.types import DocumentId, IngestReport, RunId, VersionId

RunKind = Literal["paths", "sync", "upload", "starter"]
RunState = Literal["queued", "running", "done", "cancelled", "failed", "interrupted"]
Outcome = Literal[
    "added", "updated", "unchanged", "moved", "duplicated", "removed", "failed", "warned"
]

ENDED: frozenset[RunState] = frozenset({"done", "cancelled", "failed", "interrupted"})


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run was asked to do.

    `sources` are paths and URLs, or, for an upload, the names under which files were sent; these
    lie in the data directory until the run is done. `force` tries again what failed before.
    """

    kind: RunKind
    sources: tuple[str, ...]
    force: bool = False


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is; the totals are 0 until it is known what there is to do."""

    total_sources: int = 0
    done_sources: int = 0
    total_bytes: int = 0
    done_bytes: int = 0


@dataclass(frozen=True, slots=True)
class RunItem:
    """What became of one source; unchanged ones are only counted, but for those of uploads.

    `detail` says why it failed, what to look at, or where it moved from.
    """

    source: str
    outcome: Outcome
    at: datetime
    error: str | None = None
    detail: str | None = None
    document_id: DocumentId | None = None
    version_id: VersionId | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """An ingest run. `report` is there once it ended, whole or not; `error` says why it failed."""

    run_id: RunId
    request: RunRequest
    state: RunState
    started_at: datetime
    progress: RunProgress
    finished_at: datetime | None = None
    report: IngestReport | None = None
    error: str | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen in it."""
        return self.state in ENDED

    @property
    def is_wholly_done(self) -> bool:
        """Whether it came to its end and nothing failed."""
        return self.state == "done" and self.report is not None and not self.report.failed
