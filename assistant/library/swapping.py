"""Puts the content of one ledger in place of another's, in one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Table

from assistant.errors import LibraryDamagedError
from assistant.library.schema import Base

_PATIENCE_S = 60
# Which index folders are in use, and what ran here, is no part of what a backup brings back.
_OWN_FACTS = (
    "key = 'embedder' OR key = 'postings' OR key LIKE 'vectors:%' OR key LIKE 'collections:%'"
)
_OWN_FACTS += " OR key IN ('indexes-at', 'library', 'word-index')"
_ADDED_TO = (
    *("embeddings", "library_facts", "run_items", "runs", "token_signs"),
    *("conversations", "turns", "feedback"),
)


def swap(ledger: Path, staged: Path) -> None:
    """Replaces what a ledger says by what another of the same revision says.

    Whoever reads sees all of the one or all of the other.

    Raises:
        LibraryDamagedError: it cannot be done; nothing was changed.
    """
    try:
        with closing(
            sqlite3.connect(ledger, isolation_level=None, timeout=_PATIENCE_S)
        ) as connection:
            connection.execute("ATTACH DATABASE ? AS staged", (str(staged),))
            connection.execute("BEGIN IMMEDIATE")
            for statement in _statements():
                connection.execute(statement)
            broken = connection.execute("PRAGMA main.foreign_key_check").fetchone()
            if broken:
                raise sqlite3.IntegrityError(f"rows of {broken[0]} refer to none")
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise LibraryDamagedError(
            f"The ledger {ledger} cannot take in the backup: {error}. Check that the disk has "
            "room and the folder is writable. The library is as it was."
        ) from error


def _statements() -> Iterator[str]:
    # Every name in them is of the schema.
    tables = {table.name: [column.name for column in table.columns] for table in _tables()}
    replaced = [name for name in tables if name not in _ADDED_TO]
    for name in reversed(replaced):
        yield f'DELETE FROM main."{name}"'  # noqa: S608
    for name in replaced:
        yield _copied(name, tables[name])
    yield f"DELETE FROM main.library_facts WHERE NOT ({_OWN_FACTS})"  # noqa: S608
    yield _copied("library_facts", tables["library_facts"], f"NOT ({_OWN_FACTS})")
    items = [column for column in tables["run_items"] if column != "item_id"]
    unknown = "run_id NOT IN (SELECT run_id FROM main.runs)"
    yield _copied("run_items", items, unknown)
    yield _copied("runs", tables["runs"], unknown)
    strange = "conversation_id NOT IN (SELECT conversation_id FROM main.turns)"
    yield _copied("conversations", tables["conversations"])
    yield _copied("turns", tables["turns"], strange)
    yield _copied("feedback", tables["feedback"])
    yield _copied("embeddings", tables["embeddings"])
    yield _copied("token_signs", tables["token_signs"])
    yield "DELETE FROM main.embeddings WHERE text_key NOT IN (SELECT text_key FROM main.chunks)"
    yield "DELETE FROM main.token_signs WHERE text_key NOT IN (SELECT text_key FROM main.chunks)"


def _tables() -> list[Table]:
    return Base.metadata.sorted_tables


def _copied(table: str, columns: list[str], condition: str = "true") -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return (
        f'INSERT OR IGNORE INTO main."{table}" ({names})'  # noqa: S608
        f' SELECT {names} FROM staged."{table}" WHERE {condition}'
    )
