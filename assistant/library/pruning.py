"""Removes retired versions for good, by age and by number, with everything that was kept for them.

The ledger forgets them first, in one transaction that also says how far back the library is known
from then on. What a kill leaves in the indexes and among the files, nothing refers to any more,
and the next opening removes it; from an object store, the next pruning.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from assistant.errors import LibraryError
from assistant.library.forgetting import Doomed, Forgotten, PruneRule
from assistant.library.recover import sweep_files
from assistant.library.stores import Library

__all__ = ["ForgetsStates", "PruneReport", "PruneRule", "prune", "rule_of"]

Quiet = Callable[[], AbstractContextManager[None]]
"""While inside, nobody publishes, reindexes or repairs."""
OLDER_THAN = timedelta(days=90)
"""What is removed where nobody says what."""


class ForgetsStates(Protocol):
    """Copies of earlier states of the library."""

    def forget(self, before: datetime) -> None:
        """Drops those of states before a time."""


@dataclass(frozen=True, slots=True)
class PruneReport:
    """What was removed, or would be.

    `documents` are those of which nothing is left. `horizon` is the earliest moment that can be
    asked about now, None where nothing was ever pruned. `freed_bytes` are those of the disk.
    """

    versions: int
    periods: int
    documents: int
    chunks: int
    vectors: int
    files: int
    runs: int
    freed_bytes: int
    horizon: datetime | None
    dry_run: bool


def rule_of(older_than: timedelta | None, keep: int | None) -> PruneRule:
    """What to remove; where nothing is said, what was retired 90 days ago or earlier.

    Raises:
        LibraryError: the age or the number is below zero, or one version is not kept.
    """
    if (older_than is not None and older_than < timedelta()) or (keep is not None and keep < 1):
        raise LibraryError(
            "An age below zero or fewer than one version to keep cannot be pruned by. Give an age "
            "such as 90d, or a number from 1 up."
        )
    return PruneRule(OLDER_THAN if older_than is None and keep is None else older_than, keep)


def prune(
    library: Library,
    home: Path,
    rule: PruneRule,
    *,
    now: datetime | None = None,
    dry_run: bool = False,
    snapshots: ForgetsStates | None = None,
    quiet: Quiet = nullcontext,
) -> PruneReport:
    """Removes what the rule names, or only counts it; never a version that stands.

    Raises:
        LibraryError: a store cannot be read or written.
    """
    ledger, moment = library.ledger, now or datetime.now(UTC)
    runs_before = None if rule.older_than is None else moment - rule.older_than
    with quiet():
        doomed = ledger.forgetting.doomed(rule, moment)
        before = _used_bytes(home)
        forgotten = ledger.forgetting.forget(doomed, moment, runs_before, dry_run=dry_run)
        horizon = ledger.states.horizon()
        if dry_run:
            return _report(doomed, forgotten, 0, _latest(horizon, doomed.horizon), dry_run=True)
        if doomed:
            library.vectors.remove(doomed.chunk_ids)
            library.lexical.remove(doomed.chunk_ids)
            library.files.drop(doomed.files)
            if snapshots is not None and horizon is not None:
                snapshots.forget(horizon)
            ledger.forgetting.shrink()
        if not library.files.is_near:
            sweep_files(library)  # which no opening does there
        freed = max(0, before - _used_bytes(home))
        return _report(doomed, forgotten, freed, horizon, dry_run=False)


def _report(
    doomed: Doomed, forgotten: Forgotten, freed: int, horizon: datetime | None, *, dry_run: bool
) -> PruneReport:
    return PruneReport(
        versions=len(doomed.versions),
        periods=len(doomed.periods),
        documents=doomed.documents,
        chunks=len(doomed.chunk_ids),
        vectors=forgotten.vectors,
        files=len(doomed.files),
        runs=forgotten.runs,
        freed_bytes=freed,
        horizon=horizon,
        dry_run=dry_run,
    )


def _latest(*moments: datetime | None) -> datetime | None:
    return max((each for each in moments if each is not None), default=None)


def _used_bytes(home: Path) -> int:
    return sum(_size(path) for path in _files(home))


def _files(folder: Path) -> Sequence[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # an index may tidy its folder at any time
        return 0
