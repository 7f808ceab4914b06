"""Checking, mending, rebuilding and restoring the library of a running server, for its operator."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from pydantic import JsonValue

from api.deps import MaintenanceTask, Tell
from api.upkeep_schemas import CheckOut, ReindexOut, RepairOut, RestoreOut
from assistant.backends import Backends
from assistant.errors import LibraryError
from assistant.library.backup_restore import RestoreReport, restore
from assistant.library.checking import CheckReport, check
from assistant.library.reindexing import ReindexReport, reindex
from assistant.library.repairing import RepairReport, repair
from assistant.settings import Settings
from cli.setup import require_file
from ingest.queue import IngestQueue

WAITING = "Waiting for the ingest run at work"


def keeping_tasks(
    backends: Backends, settings: Settings, runs: IngestQueue
) -> Mapping[str, MaintenanceTask]:
    """`check` {"deep"}, `repair` {"deep"}, `reindex` {} and `restore` {"file"}, by name."""
    library, encoder = backends.library, backends.encoder

    def checked(body: Mapping[str, JsonValue], tell: Tell) -> CheckOut:
        return check_out(check(library, deep=bool(body.get("deep")), tell=tell))

    def repaired(body: Mapping[str, JsonValue], tell: Tell) -> RepairOut:
        tell(WAITING, 0, 0)
        deep = bool(body.get("deep"))
        return repair_out(repair(library, encoder, deep=deep, quiet=runs.quiet, tell=tell))

    def reindexed(_body: Mapping[str, JsonValue], tell: Tell) -> ReindexOut:
        return reindex_out(reindex(library, encoder, quiet=runs.quiet, tell=tell))

    def restored(body: Mapping[str, JsonValue], tell: Tell) -> RestoreOut:
        require_file(settings)
        file = body.get("file")
        if not isinstance(file, str) or not Path(file).is_absolute():
            raise LibraryError("Name the backup by its whole path, as `file`.")
        report = restore(settings.home, library, encoder, Path(file), quiet=runs.quiet, tell=tell)
        # Images of earlier states are of the library that was.
        backends.snapshots.forget(datetime.max.replace(tzinfo=UTC))
        return restore_out(report)

    return {"check": checked, "repair": repaired, "reindex": reindexed, "restore": restored}


def check_out(report: CheckReport) -> CheckOut:
    """The report as the API writes it."""
    return CheckOut.model_validate(asdict(report))


def repair_out(report: RepairReport) -> RepairOut:
    """The report as the API writes it."""
    return RepairOut.model_validate(asdict(report))


def reindex_out(report: ReindexReport) -> ReindexOut:
    """The report as the API writes it."""
    return ReindexOut.model_validate(asdict(report))


def restore_out(report: RestoreReport) -> RestoreOut:
    """The report as the API writes it."""
    return RestoreOut.model_validate(asdict(report))
