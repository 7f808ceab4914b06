"""The audit trail: who asked or changed what, each row chained to the one before by a hash.

A row that is changed, added in between or taken away breaks the chain. What nobody can tell from
the trail alone is whether all of it was written anew: keep the hash that `attache audit verify`
prints somewhere else, and give it the next time.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import insert, select

from assistant.library.database import Database
from assistant.library.reading import fact
from assistant.library.schema import AuditRow
from assistant.library.writing import set_fact

BEGINNING = "0" * 64
"""What the first row is chained to."""
_HEAD = "audit-head"
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row. `at` is RFC 3339 in UTC; `told` is what is known of it, as JSON."""

    number: int
    at: str
    who: str
    key_id: str
    what: str
    told: str
    chained: str


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What a check found: how many rows there are, the last hash, and what is wrong, if anything.

    `head` can be kept elsewhere and given to a later check.
    """

    rows: int
    head: str
    problem: str | None


class AuditTrail:
    """The trail in the ledger's database, for many threads and processes at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, who: str, key_id: str, what: str, told: Mapping[str, object]) -> None:
        """Appends a row. Raises `LibraryDamagedError` where it cannot be written."""
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        # The writer's lock is taken with the transaction: nobody can append in between.
        with self._database.write() as connection:
            last = connection.execute(
                select(AuditRow.number, AuditRow.chained).order_by(AuditRow.number.desc()).limit(1)
            ).one_or_none()
            number, before = (1, BEGINNING) if last is None else (last.number + 1, last.chained)
            chained = _chained(before, number, at, who, key_id, what, text)
            connection.execute(
                insert(AuditRow),
                {
                    "number": number,
                    "at": at,
                    "who": who,
                    "key_id": key_id,
                    "what": what,
                    "told": text,
                    "chained": chained,
                },
            )
            set_fact(connection, _HEAD, f"{number}:{chained}")

    def entries(self, after: int = 0) -> Iterator[AuditEntry]:
        """The rows after one of a number, in order."""
        asked = select(
            AuditRow.number,
            AuditRow.at,
            AuditRow.who,
            AuditRow.key_id,
            AuditRow.what,
            AuditRow.told,
            AuditRow.chained,
        ).order_by(AuditRow.number)
        while True:
            with self._database.read() as connection:
                page = connection.execute(asked.where(AuditRow.number > after).limit(_PAGE)).all()
            yield from (AuditEntry(*row) for row in page)
            if len(page) < _PAGE:
                return
            after = page[-1].number

    def check(self, kept: str | None = None) -> AuditCheck:
        """Whether the chain is whole, and holds the hash that was `kept` elsewhere, if one is."""
        before, rows, seen, numbers = BEGINNING, 0, kept in (None, BEGINNING), count(1)
        with self._database.read() as connection:
            head = fact(connection, _HEAD) or f"0:{BEGINNING}"
        ended = int(head.partition(":")[0])
        for one in self.entries():
            told = (one.number, one.at, one.who, one.key_id, one.what, one.told)
            if one.number != next(numbers) or one.chained != _chained(before, *told):
                problem = f"Row {one.number} is not what was written, or a row before it is gone."
                return AuditCheck(rows, before, problem)
            before, rows = one.chained, rows + 1
            seen = seen or one.chained == kept
            if one.number == ended and head != f"{one.number}:{one.chained}":
                return AuditCheck(rows, before, f"Row {one.number} was written anew.")
        if rows < ended:
            return AuditCheck(rows, before, f"The rows after row {rows} are gone.")
        anew = "No row has the hash that was kept: the trail was written anew."
        return AuditCheck(rows, before, None if seen else anew)


def _chained(before: str, number: int, *said: str) -> str:
    """The hash of a row: over the one before it, and all it says as one JSON array."""
    row = json.dumps([before, number, *said], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(row.encode("utf-8", "surrogatepass")).hexdigest()
