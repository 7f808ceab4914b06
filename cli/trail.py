"""The audit trail, checked and exported from the ledger, also while a server runs."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import BaseModel

from assistant.library.audit import AuditTrail
from assistant.library.ledger import open_ledger
from cli.console import complain, results
from cli.exits import Exits
from cli.setup import settings_for_command
from cli.wire import print_json


class AuditCheckOut(BaseModel):
    """What a check found; `head` is the hash of the last row that is right."""

    rows: int
    head: str
    intact: bool
    problem: str | None


def check(kept: str | None, *, as_json: bool) -> Exits:
    """Writes whether the trail is whole. Raises `LibraryError` where it cannot be read."""
    with _trail() as trail:
        found = trail.check(None if kept is None else kept.strip().lower())
    intact = found.problem is None
    if as_json:
        print_json(
            AuditCheckOut(rows=found.rows, head=found.head, intact=intact, problem=found.problem)
        )
    elif intact:
        results().print(f"{found.rows} rows, none changed.\n{found.head}", soft_wrap=True)
    else:
        complain(f"{found.problem} {found.rows} rows before that are right.")
    return Exits.DONE if intact else Exits.INCOMPLETE


def export(after: int) -> None:
    """Writes the rows after one. Raises `LibraryError` where they cannot be read."""
    with _trail() as trail:
        for one in trail.entries(after):
            row = {
                "number": one.number,
                "at": one.at,
                "who": one.who,
                "key_id": one.key_id,
                "what": one.what,
                "told": json.loads(one.told),
                "chained": one.chained,
            }
            sys.stdout.buffer.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


@contextmanager
def _trail() -> Iterator[AuditTrail]:
    settings = settings_for_command()
    ledger = open_ledger(settings.home, settings.ledger_url)
    try:
        yield ledger.audit
    finally:
        ledger.close()
