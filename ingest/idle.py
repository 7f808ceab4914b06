"""Runs that find nothing to read: done by the ledger alone, without indexes or models."""

import uuid
from dataclasses import replace

from assistant.access.acting import acting, acting_as
from assistant.library.ledger import SqlLedger
from assistant.runs import RunRequest
from assistant.types import IngestReport, RunId
from ingest.mounts import remember_folders
from ingest.planned import IngestPlan
from ingest.progress import silent
from ingest.settling import note, settle
from ingest.tally import Tally


def new_run_id() -> RunId:
    """A name for a run."""
    return RunId(uuid.uuid4().hex)


def run_idle(
    ledger: SqlLedger, request: RunRequest, plan: IngestPlan, run_id: RunId | None = None
) -> IngestReport:
    """Does what an idle plan holds, for which neither indexes nor models are needed.

    Raises:
        LibraryError: the ledger cannot be written.
    """
    tally = Tally(ledger.runs, run_id or new_run_id(), silent)
    tally.begin(request)
    with acting_as(replace(acting.get(), run_id=tally.run_id)):
        note(plan, ledger, tally)
        settle(plan, ledger, tally)
    remember_folders(request, ledger)
    return tally.end("done")
