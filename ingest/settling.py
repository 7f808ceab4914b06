"""The parts of a plan that need no reading: counted first, carried out last."""

from collections.abc import Sequence

from assistant.library.ledger import SqlLedger
from assistant.types import KnownPlace, SourceFailure
from ingest.planned import Copy, IngestPlan
from ingest.tally import Tally


def note(plan: IngestPlan, ledger: SqlLedger, tally: Tally) -> None:
    """Counts what is unchanged or failed before, and lets moved documents go on elsewhere."""
    tally.count("unchanged", plan.unchanged)
    for source_uri, state in plan.same:
        tally.stands(source_uri, state)
    for failure in plan.failed:
        tally.fail(failure, worked_on=False)
    ledger.touch(plan.touched)
    ledger.move(plan.moved)
    for move in plan.moved:
        tally.moved(move.source_uri, move.state)


def settle(plan: IngestPlan, ledger: SqlLedger, tally: Tally) -> None:
    """Remembers copies, and retires what mirrored folders no longer hold."""
    _remember(plan.copies, ledger, tally)
    ledger.retire_all([state.document_id for state in plan.removed])
    for state in plan.removed:
        tally.settle(state.source_uri, "removed", document_id=state.document_id)
    ledger.forget_sources(plan.gone)


def _remember(copies: Sequence[Copy], ledger: SqlLedger, tally: Tally) -> None:
    if not copies:
        return
    standing = ledger.sources()
    places: list[KnownPlace] = []
    for copy in copies:
        original = standing.get(copy.of)
        if original is None:
            detail = f"has the content of {copy.of}, which could not be taken in. See there."
            tally.fail(SourceFailure(copy.source.uri, "IngestError", detail), worked_on=False)
            continue
        places.append(KnownPlace(copy.source.uri, copy.look, original.document_id))
        tally.copied(copy.source.uri, original)
    ledger.remember_places(places)
