"""The wire types of ingest runs. Times are RFC 3339 UTC."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, StrictBool, StringConstraints

from api.fields import WITHOUT_NUL, Body

Place = Annotated[str, StringConstraints(min_length=1, pattern=WITHOUT_NUL)]
State = Literal["queued", "running", "done", "cancelled", "failed", "interrupted"]


class FailureOut(BaseModel):
    """A source that could not be taken in."""

    source: str
    error: str
    detail: str


class WarningOut(BaseModel):
    """A source that was taken in and that a librarian should look at nevertheless."""

    source: str
    detail: str


class IngestReportOut(BaseModel):
    """What an ingest run did; counts are of sources.

    `moved` sources have the same content at a new place, `duplicated` ones that of another.
    """

    run_id: str
    added: int
    updated: int
    unchanged: int
    removed: int
    failed: list[FailureOut]
    chunks: int
    elapsed_s: float
    moved: int = 0
    duplicated: int = 0
    warnings: list[WarningOut] = Field(default_factory=list)


class TakenInOut(BaseModel):
    """A document that a sent file is, or that a file in it is, and the version that stands."""

    source: str
    outcome: Literal["added", "updated", "unchanged", "moved", "duplicated"]
    document_id: str
    version_id: str


class UploadReportOut(IngestReportOut):
    """What became of sent files. `documents` names the first 1,000; the run's items name all."""

    documents: list[TakenInOut] = Field(default_factory=list)


class RunProgressOut(BaseModel):
    """How far a run is; the totals are 0 until it is known what there is to do."""

    total_sources: int
    done_sources: int
    total_bytes: int
    done_bytes: int


class RunOut(BaseModel):
    """An ingest run. `report` is there once it ended; `error` says why a whole run failed.

    `sources` are paths and addresses, or the names under which files were sent.
    """

    run_id: str
    kind: Literal["paths", "sync", "upload", "starter"]
    sources: list[str]
    force: bool
    state: State
    started_at: AwareDatetime
    finished_at: AwareDatetime | None
    progress: RunProgressOut
    counts: dict[str, int] = Field(description="sources by what became of them, so far")
    error: str | None
    report: IngestReportOut | None


class RunSummary(BaseModel):
    """An ingest run in a listing: without its report, and with its first sources only."""

    run_id: str
    kind: Literal["paths", "sync", "upload", "starter"]
    sources: list[str]
    more_sources: int
    state: State
    started_at: AwareDatetime
    finished_at: AwareDatetime | None
    progress: RunProgressOut
    counts: dict[str, int]
    error: str | None


class RunList(BaseModel):
    """A page of runs, newest first; ask again with `next_cursor` until it is null."""

    items: list[RunSummary]
    next_cursor: str | None


class RunItemOut(BaseModel):
    """What became of one source. Unchanged ones are listed of sent files, else only counted.

    `detail` says why it failed, what to look at, or where it moved from.
    """

    number: int = Field(description="its place in the run; also the id of its event")
    source: str
    outcome: str = Field(
        description="added, updated, unchanged, moved, duplicated, removed, failed or warned"
    )
    at: AwareDatetime
    error: str | None
    detail: str | None
    document_id: str | None
    version_id: str | None


class RunItemList(BaseModel):
    """Items of a run, in order; ask again with `next_after` until it is null.

    While the run goes on there may be more later.
    """

    items: list[RunItemOut]
    next_after: int | None


class UploadAccepted(RunOut):
    """The run that takes sent files in. `refused` were not kept: too large, or of one name."""

    refused: list[FailureOut]


class RunRequestBody(Body):
    """What to take in, from the server's own disk or from the web."""

    paths: list[Place] = Field(
        min_length=1, max_length=10_000, description="absolute paths on the server, and addresses"
    )
    sync: StrictBool = Field(False, description="remove what the folders no longer hold")
    dry_run: StrictBool = Field(False, description="only say what would be done")
    force: StrictBool = Field(False, description="try again what failed before")


class MoveOut(BaseModel):
    """A document whose source is now elsewhere."""

    from_: str = Field(serialization_alias="from", validation_alias="from")
    to: str


class CopyOut(BaseModel):
    """A source with the content of another."""

    source: str
    of: str


class PlanOut(BaseModel):
    """What a run would do; sources by their URI.

    A source counts as one, whatever it holds: what lies in archives, messages and record files is
    known only once they are opened. An address is looked at only when it is fetched.
    """

    added: list[str]
    updated: list[str]
    moved: list[MoveOut]
    duplicated: list[CopyOut]
    removed: list[str]
    unchanged: int
    failed: list[FailureOut]
