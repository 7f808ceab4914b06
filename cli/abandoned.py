"""Runs whose process is gone: told as what they are, by whoever looks at them next."""

from pathlib import Path

from assistant.errors import LibraryError, LibraryInUseError
from assistant.library.ledger import SqlLedger
from assistant.library.lock import hold
from ingest.requests import close_abandoned

PURPOSE = "attache runs"


def end_abandoned(home: Path, ledger: SqlLedger) -> bool:
    """Writes of runs that nobody carries out any more that they were cut short.

    Returns whether those that have not ended are being carried out, as far as can be told: a
    process that takes in holds the data directory for as long as it lives.
    """
    if not ledger.runs.own():
        return True
    try:
        with hold(home, PURPOSE):
            close_abandoned(ledger)
    except LibraryInUseError:
        return True
    except LibraryError:  # what cannot be written can be looked at all the same
        return False
    return False
