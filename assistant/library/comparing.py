"""Whether two ledgers say the same, row by row, whatever engines they are kept by."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Table

from assistant.library.carrying import FACTS, count_rows, facts, read_rows, tables
from assistant.library.database import Database
from assistant.library.telling import Tell, untold

_SUM = 2**256


@dataclass(frozen=True, slots=True)
class Digest:
    """The rows of a table: how many, and the sum of their sha256 hashes, in hex.

    The sum does not depend on the order in which an engine gives them.
    """

    rows: int
    sha256: str


def fingerprint(database: Database) -> str:
    """What changes with everything that is written into a ledger, read in a moment.

    The audit trail's last hash, and how many rows there are of each kind.
    """
    with database.read() as connection:
        told = {"facts": dict(facts(connection)), "rows": count_rows(connection)}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def digests(database: Database, tell: Tell = untold) -> dict[str, Digest]:
    """Every table of a ledger, read through at one moment, by name.

    Raises:
        LibraryError: it cannot be read.
    """
    with database.read() as connection:
        found = {
            table.name: _digest(database, connection, table, number, tell)
            for number, table in enumerate(tables(), start=1)
        }
        found[FACTS.name] = _of_facts(facts(connection))
    return found


def _digest(
    database: Database, connection: Connection, table: Table, number: int, tell: Tell
) -> Digest:
    count = total = 0
    for rows in read_rows(database, connection, table, None):
        for row in rows:
            total = (total + _hash(tuple(row))) % _SUM
        count += len(rows)
    tell("tables compared", number, len(tables()))
    return Digest(count, f"{total:064x}")


def _of_facts(remembered: Mapping[str, str]) -> Digest:
    total = sum(map(_hash, remembered.items())) % _SUM
    return Digest(len(remembered), f"{total:064x}")


def _hash(row: Sequence[object]) -> int:
    text = json.dumps(row, default=_plain, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())


def _plain(value: object) -> str:
    """What JSON has no form for."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    assert isinstance(value, date)
    return value.isoformat()
