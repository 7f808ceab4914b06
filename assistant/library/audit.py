"""The audit trail: who asked or changed what, each row chained to the one before by a hash.

What changes the library is written in the same transaction as the change itself: there is never
the one without the other.

A row that is changed, added in between or taken away breaks the chain. What nobody can tell from
the trail alone is whether all of it was written anew: keep the hash that `attache audit verify`
prints somewhere else, and give it the next time.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from assistant.access.acting import Actor, acting
from assistant.errors import LibraryDamagedError
from assistant.library.database import Database
from assistant.library.reading import fact
from assistant.library.schema import AuditRow
from assistant.library.writing import set_fact

BEGINNING = "0" * 64
"""What the first row is chained to."""
_HEAD = "audit-head"
_HEAD_FORM = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
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

    def note(self, what: str, told: Mapping[str, object], actor: Actor | None = None) -> None:
        """Appends a row. Raises `LibraryDamagedError` where it cannot be written."""
        with self._database.write() as connection:
            self.append(connection, what, told, actor)

    @staticmethod
    def append(
        connection: Connection, what: str, told: Mapping[str, object], actor: Actor | None = None
    ) -> None:
        """Appends a row inside a transaction that writes: those who write take turns."""
        who = actor or acting.get()
        ids = {"request_id": who.request_id, "run_id": who.run_id}
        facts = {**told, **{name: value for name, value in ids.items() if value}}
        text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        last, before = _last(connection)
        number = last + 1
        chained = _chained(before, number, at, who.name, who.key_id, what, text)
        connection.execute(
            insert(AuditRow),
            {
                "number": number,
                "at": at,
                "who": who.name,
                "key_id": who.key_id,
                "what": what,
                "told": text,
                "chained": chained,
            },
        )
        set_fact(connection, _HEAD, f"{number}:{chained}")

    def probe(self) -> None:
        """Looks whether the trail's last row can be read and is the one that was written last.

        Raises:
            LibraryDamagedError: it is not: then no question could be written down.
        """
        with self._database.read() as connection:
            ended, head = _last(connection)
            named = fact(connection, _HEAD) or f"0:{BEGINNING}"
        if wrong := _ending(named, ended, head):
            raise LibraryDamagedError(f"{wrong} Run `attache audit verify`.")

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
        before, rows, seen = BEGINNING, 0, kept in (None, BEGINNING)
        for one in self.entries():
            told = (one.number, one.at, one.who, one.key_id, one.what, one.told)
            if one.number != rows + 1 or one.chained != _chained(before, *told):
                problem = f"Row {one.number} is not what was written, or a row before it is gone."
                return AuditCheck(rows, before, problem)
            before, rows = one.chained, rows + 1
            seen = seen or one.chained == kept
        # Read last: it moves on with each row, in the same transaction.
        with self._database.read() as connection:
            ended, head = _last(connection)
            named = fact(connection, _HEAD) or f"0:{BEGINNING}"
        ending = _ending(named, ended, head)
        return AuditCheck(rows, before, ending or (None if seen else _ANEW))


_ANEW = "No row has the hash that was kept: the trail was written anew, or its last rows are gone."


def _last(connection: Connection) -> tuple[int, str]:
    """The number of the last row and its hash; those of none, where there is none."""
    rows = select(AuditRow.number, AuditRow.chained).order_by(AuditRow.number.desc()).limit(1)
    last = connection.execute(rows).one_or_none()
    return (0, BEGINNING) if last is None else (last.number, last.chained)


def _ending(named: str, ended: int, head: str) -> str | None:
    """What is wrong with the end of the trail, as what is remembered of it says."""
    found = _HEAD_FORM.fullmatch(named)
    if found is None:
        return "What is remembered of the last row is not what was written."
    number, chained = int(found[1]), found[2]
    if number > ended:
        return f"The rows after row {ended} are gone."
    if number < ended:
        return f"The rows after row {number} were added by something else."
    return None if chained == head else f"Row {number} was written anew."


def _chained(before: str, number: int, *said: str) -> str:
    """The hash of a row: over the one before it, and all it says as one JSON array."""
    row = json.dumps([before, number, *said], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(row.encode("utf-8", "surrogatepass")).hexdigest()
