"""The database under a ledger: its tables, its migrations, and what is wrong with it."""

import logging
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from assistant.errors import LibraryDamagedError
from assistant.library.database import Database
from assistant.library.ledger import LEDGER_FILE, SqlLedger, open_ledger
from assistant.library.migrate import configuration
from assistant.library.schema import REVISION, Base
from assistant.types import Filters
from tests.unit.library.builders import chunk_ids, day, new_version, write

NONE = Filters()


def test_the_embedder_is_remembered(
    ledger: SqlLedger, tmp_path: Path, database_url: str | None
) -> None:
    assert ledger.embedder() is None
    ledger.set_embedder("first")
    ledger.set_embedder("second")
    again = open_ledger(tmp_path, database_url)
    assert again.embedder() == "second"
    again.close()


def test_threads_read_while_another_writes(ledger: SqlLedger) -> None:
    seed = new_version("file:///seed", "seed")
    write(ledger, day(1), seed)

    def read(_: int) -> bool:
        found = ledger.chunks(chunk_ids(seed), day(1), NONE)
        documents, chunks = ledger.count()
        return len(found) == 1 and chunks == documents

    def ingest(number: int) -> bool:
        write(ledger, day(2), new_version(f"file:///{number}", f"text {number}"))
        return True

    with ThreadPoolExecutor(16) as threads:
        writing = [threads.submit(ingest, number) for number in range(20)]
        assert all(threads.map(read, range(200)))
        assert all(future.result() for future in writing)
    assert ledger.count() == (21, 21)


def test_the_migrations_make_the_tables_of_the_schema(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'migrated.db'}")
    database.migrate()
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        scripts = ScriptDirectory.from_config(configuration(connection))
        assert scripts.get_current_head() == REVISION
    database.close()


def test_a_failed_migration_leaves_nothing_behind(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / LEDGER_FILE) as connection:
        connection.execute("CREATE TABLE chunks (occupied INTEGER)")
    connection.close()
    with pytest.raises(LibraryDamagedError):
        open_ledger(tmp_path)
    with sqlite3.connect(tmp_path / LEDGER_FILE) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
    connection.close()
    assert tables == ["chunks"]


def test_a_ledger_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    with sqlite3.connect(tmp_path / LEDGER_FILE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(LibraryDamagedError, match="Update the program"):
        open_ledger(tmp_path)


def test_migrating_leaves_the_log_settings_alone(tmp_path: Path) -> None:
    level, handlers = logging.root.level, list(logging.root.handlers)
    open_ledger(tmp_path / "home with % and ?").close()
    assert (logging.root.level, logging.root.handlers) == (level, handlers)


def test_a_damaged_ledger_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / LEDGER_FILE).write_bytes(b"garbage" * 1_000)
    with pytest.raises(LibraryDamagedError, match=r"ledger\.db.*ATTACHE_HOME"):
        open_ledger(tmp_path)


def test_a_home_that_cannot_be_created_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LibraryDamagedError, match=r"cannot be created.*ATTACHE_HOME"):
        open_ledger(tmp_path / "file" / "home")
