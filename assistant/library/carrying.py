"""Rows of one ledger copied into another, which may be of another engine.

They are copied in the order of their primary keys, so that a copy which was cut short goes on
behind the last row it has.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    Text,
    collate,
    delete,
    func,
    insert,
    select,
    tuple_,
)
from sqlalchemy import text as sql

from assistant.library.database import Database
from assistant.library.schema import Base, FactRow
from assistant.library.telling import Tell, untold

ROWS = 500
"""Rows written in one transaction."""
_LARGE = {"texts": 20, "turns": 50}
"""Fewer, where one row may hold megabytes."""
_OWN = ("postings", "indexes-at", "library", "word-index", "moving", "moved-from")
_OWN_PREFIXES = ("vectors:", "collections:", "run-at:")

FACTS: Table = Base.metadata.tables[FactRow.__tablename__]


def tables() -> Sequence[Table]:
    """The tables whose rows are copied, those that others refer to first; facts are not of them."""
    return [table for table in Base.metadata.sorted_tables if table is not FACTS]


def is_own(key: str) -> bool:
    """Whether a fact is about where a library is kept, and not of the library itself."""
    return key in _OWN or key.startswith(_OWN_PREFIXES)


def copy_rows(source: Database, target: Database, tell: Tell = untold) -> None:
    """Adds to the target what it lacks of the source, table by table.

    Raises:
        LibraryError: one of them cannot be read or written; what was copied stays.
    """
    for table in tables():
        _copy_table(source, target, table, tell)
    with target.write() as connection:
        _advance_numbers(connection, on_server=target.on_server)


def facts(connection: Connection) -> Mapping[str, str]:
    """What a ledger remembers of the library itself."""
    rows = connection.execute(select(FACTS.c.key, FACTS.c.value))
    return {key: value for key, value in rows if not is_own(key)}


def write_facts(connection: Connection, remembered: Mapping[str, str]) -> None:
    """Puts these in place of what the ledger remembers of the library itself."""
    for key in facts(connection):
        connection.execute(delete(FACTS).where(FACTS.c.key == key))
    rows = [{"key": key, "value": value} for key, value in remembered.items()]
    if rows:
        connection.execute(insert(FACTS), rows)


def clear(target: Database) -> None:
    """Removes every row that was copied."""
    with target.write() as connection:
        for table in reversed(tables()):
            connection.execute(delete(table))
        write_facts(connection, {})


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables()
    }


def read_rows(
    database: Database, connection: Connection, table: Table, after: Row[tuple[object, ...]] | None
) -> Iterator[Sequence[Row[tuple[object, ...]]]]:
    """The rows of a table behind the one with these keys, in their order, some at a time."""
    rows: Select[tuple[object, ...]] = select(table).order_by(*_ordered(database, table))
    if after is not None:
        rows = rows.where(tuple_(*_ordered(database, table)) > tuple_(*after))
    some = _LARGE.get(table.name, ROWS)
    yield from connection.execution_options(yield_per=some).execute(rows).partitions()


def _copy_table(source: Database, target: Database, table: Table, tell: Tell) -> None:
    done, last = _last(target, table)
    with source.read() as reading:
        total = reading.scalar(select(func.count()).select_from(table)) or 0
        for rows in read_rows(source, reading, table, last):
            with target.write() as writing:
                writing.execute(insert(table), [dict(row._mapping) for row in rows])  # noqa: SLF001
            done += len(rows)
            tell(f"rows of {table.name}", done, total)


def _last(target: Database, table: Table) -> tuple[int, Row[tuple[object, ...]] | None]:
    """How many rows of a table are copied, and the keys of the last one."""
    keys = select(*table.primary_key.columns)
    descending = [column.desc() for column in _ordered(target, table)]
    with target.read() as connection:
        done = connection.scalar(select(func.count()).select_from(table)) or 0
        return done, connection.execute(keys.order_by(*descending).limit(1)).one_or_none()


def _ordered(database: Database, table: Table) -> list[ColumnElement[Any]]:
    """The primary key, to be ordered by code points: a server's language orders otherwise."""
    ordered: list[ColumnElement[Any]] = []
    for column in table.primary_key.columns:
        of_text = database.on_server and isinstance(column.type, Text)
        ordered.append(collate(column, "C") if of_text else column)
    return ordered


def _advance_numbers(connection: Connection, *, on_server: bool) -> None:
    """Lets a server number new rows behind those that came with numbers."""
    for table in tables() if on_server else ():
        (column, *others) = table.primary_key.columns
        if others or column.type.python_type is not int:
            continue
        connection.execute(
            sql(
                "SELECT setval(pg_get_serial_sequence(:table, :column), :last)"
                " WHERE pg_get_serial_sequence(:table, :column) IS NOT NULL AND :last > 0"
            ),
            {
                "table": table.name,
                "column": column.name,
                "last": connection.scalar(select(func.max(column))) or 0,
            },
        )
