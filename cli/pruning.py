"""Pruning as the operator asks for it, here or in the server: a task, and its report."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from pydantic import JsonValue

from api.deps import MaintenanceTask, Tell
from api.upkeep_schemas import PruneOut
from assistant.backends import Backends
from assistant.errors import LibraryError
from assistant.library.pruning import PruneReport, prune, rule_of


class Quiets(Protocol):
    """Keeps others from changing the stores."""

    def __call__(self) -> AbstractContextManager[None]:
        """While inside, no run is at work."""


def pruning_task(backends: Backends, home: Path, quiet: Quiets) -> MaintenanceTask:
    """`prune` {"older_than_s", "keep", "dry_run"} over the opened library."""

    def pruned(body: Mapping[str, JsonValue], tell: Tell) -> PruneOut:
        tell("Pruning", 0, 0)
        seconds, keep = _number(body, "older_than_s"), _number(body, "keep")
        rule = rule_of(
            None if seconds is None else timedelta(seconds=seconds),
            None if keep is None else int(keep),
        )
        report = prune(
            backends.library,
            home,
            rule,
            dry_run=bool(body.get("dry_run")),
            snapshots=backends.snapshots,
            quiet=quiet,
        )
        return prune_out(report)

    return pruned


def prune_out(report: PruneReport) -> PruneOut:
    """The report as the API writes it."""
    return PruneOut(
        versions=report.versions,
        periods=report.periods,
        documents=report.documents,
        chunks=report.chunks,
        vectors=report.vectors,
        files=report.files,
        runs=report.runs,
        freed_bytes=report.freed_bytes,
        horizon=report.horizon,
        dry_run=report.dry_run,
    )


def _number(body: Mapping[str, JsonValue], name: str) -> float | None:
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e10:
        raise LibraryError(f"{name} is no number that can be pruned by. Give one, or leave it out.")
    return float(value)
