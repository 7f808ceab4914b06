"""The wire types of upkeep: checks, repairs, rebuilding, backups and pruning."""

from pydantic import AwareDatetime, BaseModel, Field


class FindingOut(BaseModel):
    """One kind of thing that is wrong with a library, how often, and what to do about it."""

    kind: str
    what: str
    count: int
    advice: str
    examples: list[str]


class CheckOut(BaseModel):
    """What the stores hold, and where they disagree; all is well where there are no findings."""

    documents: int
    chunks: int = Field(description="passages of all versions")
    vectors: int | None = Field(description="null where only the ledger could be read")
    postings: int | None
    originals: int | None
    findings: list[FindingOut]


class RepairOut(BaseModel):
    """What was wrong, and what is left of it."""

    before: CheckOut
    after: CheckOut


class ReindexOut(BaseModel):
    """What was rebuilt; `embedded` counts texts whose vectors were not kept."""

    embedder: str
    chunks: int
    embedded: int
    elapsed_s: float
    in_use: bool = Field(
        default=True, description="false where the next opening with this embedder builds the index"
    )


class BackupOut(BaseModel):
    """A backup that was written; `missing` originals are lost or damaged."""

    file: str
    bytes: int
    documents: int
    originals: int
    missing: int
    elapsed_s: float


class RestoreOut(BaseModel):
    """What stands after a backup was restored."""

    created_at: str = Field(description="when the backup was made")
    documents: int
    chunks: int = Field(description="passages of all versions")
    originals: int
    embedded: int
    elapsed_s: float
    set_aside: str | None = Field(
        default=None, description="the folder of the library that could not be opened"
    )


class PruneOut(BaseModel):
    """What pruning removed, or would remove; `horizon` is the earliest moment still known."""

    versions: int
    periods: int
    documents: int
    chunks: int
    vectors: int
    files: int
    runs: int
    freed_bytes: int
    horizon: AwareDatetime | None
    dry_run: bool
