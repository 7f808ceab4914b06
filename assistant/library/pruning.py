"""Removes retired versions for good, by age and by number, with everything that was kept for them.

The ledger forgets them first, in one transaction that also says how far back the library is known
from then on. What a kill leaves in the indexes and among the files, nothing refers to any more,
and the next opening removes it.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from assistant.errors import LibraryError
from assistant.library.forgetting import Doomed, PruneRule
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
    with quiet():
        doomed = ledger.forgetting.doomed(rule, moment)
        if dry_run or not doomed:
            runs = 0 if dry_run else _forget_runs(library, rule, moment)
            return _report(doomed, 0, runs, 0, ledger.states.horizon(), dry_run=dry_run)
        before = _used_bytes(home)
        vectors = ledger.forgetting.forget(doomed, moment)
        _remove(library, doomed)
        runs = _forget_runs(library, rule, moment)
        horizon = ledger.states.horizon()
        if snapshots is not None and horizon is not None:
            snapshots.forget(horizon)
        ledger.forgetting.shrink()
        freed = max(0, before - _used_bytes(home))
        return _report(doomed, vectors, runs, freed, horizon, dry_run=False)


def _remove(library: Library, doomed: Doomed) -> None:
    library.vectors.remove(doomed.chunk_ids)
    library.lexical.remove(doomed.chunk_ids)
    library.files.drop(doomed.files)


def _forget_runs(library: Library, rule: PruneRule, now: datetime) -> int:
    return 0 if rule.older_than is None else library.ledger.runs.forget(now - rule.older_than)


def _report(  # the parts of one report
    doomed: Doomed,
    vectors: int,
    runs: int,
    freed: int,
    horizon: datetime | None,
    *,
    dry_run: bool,
) -> PruneReport:
    return PruneReport(
        versions=len(doomed.versions),
        periods=len(doomed.periods),
        documents=doomed.documents,
        chunks=len(doomed.chunk_ids),
        vectors=vectors,
        files=len(doomed.files),
        runs=runs,
        freed_bytes=freed,
        horizon=_latest(horizon, doomed.horizon) if dry_run else horizon,
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
