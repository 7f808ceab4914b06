"""What several files of tests begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.library.ledger import SqlLedger, open_ledger


@pytest.fixture
def ledger(tmp_path: Path, database_url: str | None) -> Iterator[SqlLedger]:
    """A ledger without anything in it, on each database that a test is given."""
    ledger = open_ledger(tmp_path, database_url)
    yield ledger
    ledger.close()
