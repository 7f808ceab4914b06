"""A ledger that several processes share on a real PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import psycopg
import pytest

from assistant.errors import (
    ConfigurationError,
    LibraryInUseError,
    LibraryUnavailableError,
)
from assistant.library.audit import AuditTrail
from assistant.library.database import Database
from assistant.library.ledger import open_ledger
from assistant.library.library import open_library
from assistant.library.postgres import address
from assistant.library.servers import Servers
from assistant.library.states import last_change
from assistant.types import Filters, RunId
from ingest.jobs import Jobs
from tests.integration.commands import attache
from tests.postgres_server import PostgresServer, running_postgres
from tests.unit.library.builders import chunk_ids, day, new_version, publish

pytestmark = pytest.mark.postgres

STARTER = Path(__file__).parents[2] / "library"


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    return new_database()


def test_one_process_at_a_time_works_with_the_indexes_of_a_ledger(url: str, tmp_path: Path) -> None:
    with open_library(tmp_path / "one", "test", servers=Servers(url)):
        with pytest.raises(LibraryInUseError, match=r"in use by attache \d+ on .*Stop it"):
            open_library(tmp_path / "two", "test", servers=Servers(url))
        # What only reads needs no turn.
        open_ledger(tmp_path / "two", url).close()
    open_library(tmp_path / "two", "test", servers=Servers(url)).close()


def test_a_second_directory_gets_its_indexes_from_the_ledger(url: str, tmp_path: Path) -> None:
    treaty = new_version("file:///treaty", "An armed attack.\n\nCommon ground.")
    with open_library(tmp_path / "one", "test", servers=Servers(url)) as library:
        publish(library, day(1), treaty)
    with open_library(tmp_path / "two", "test", servers=Servers(url)) as library:
        assert [name for name, _ in library.lexical.search("armed attack", 9)] == [
            chunk_ids(treaty)[0]
        ]
        assert library.vectors.count() == 2


def test_a_moment_told_in_one_process_waits_for_a_change_in_another(
    url: str, tmp_path: Path
) -> None:
    # Two pools of connections know as little of each other as two processes.
    changing, ledger = Database(address(url)), open_ledger(tmp_path, url)
    begun, told = Event(), []
    with ThreadPoolExecutor(1) as other:

        def ask() -> None:
            begun.wait()
            told.append(ledger.moment())

        asking = other.submit(ask)
        with changing.changing() as connection:
            begun.set()
            moment = changing.now(connection)
            assert not asking.done()
        asking.result(10)
    assert told[0] > moment
    ledger.close()
    changing.close()


def test_what_was_told_of_a_moment_in_one_process_no_other_changes(
    url: str, tmp_path: Path
) -> None:
    asking, writing = open_ledger(tmp_path / "one", url), open_ledger(tmp_path / "two", url)
    for number in range(20):
        told = asking.moment()
        text = new_version(f"file:///{number}", f"text {number}")
        writing.stage([text])
        writing.publish([text])
        assert asking.chunks(chunk_ids(text), told, Filters()) == {}
        assert len(asking.chunks(chunk_ids(text), asking.moment(), Filters())) == 1
    asking.close()
    writing.close()


def test_writers_of_several_processes_keep_one_audit_trail_whole(url: str) -> None:
    databases = [Database(address(url)) for _ in range(3)]
    trails = [AuditTrail(database) for database in databases]

    def note(number: int) -> None:
        trails[number % 3].note("asked", {"number": number})

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(note, range(60)))
    found = trails[0].check()
    assert (found.rows, found.problem) == (60, None)
    for database in databases:
        database.close()


def test_titles_are_listed_in_the_same_order_as_in_a_file(url: str, tmp_path: Path) -> None:
    titles = ["Étude", "zone", "Zone 2", "a b", "a-c", "AB", "_x", "étude 2"]
    listed = []
    for database_url in (None, url):
        ledger = open_ledger(tmp_path, database_url)
        versions = [new_version(f"file:///{title}", title, title=title) for title in titles]
        ledger.stage(versions)
        ledger.publish(versions, day(1))
        first = ledger.documents(3)
        rest = ledger.documents(9, first.next_cursor)
        listed.append([one.metadata.title for one in (*first.items, *rest.items)])
        ledger.close()
    assert listed[0] == listed[1]
    assert len(listed[0]) == len(titles)


def test_a_server_that_comes_back_is_used_again_without_hands(tmp_path: Path) -> None:
    with running_postgres() as server:
        ledger = open_ledger(tmp_path, server.new_database())
        text = new_version("file:///a", "text")
        ledger.stage([text])
        ledger.publish([text], day(1))
        server.stop(kill=True)
        with pytest.raises(LibraryUnavailableError, match="cannot be reached"):
            ledger.count()
        server.start()
        assert ledger.count() == (1, 1)
        ledger.close()


def test_the_queue_has_the_tables_of_its_version_and_keeps_its_jobs(
    url: str, tmp_path: Path
) -> None:
    ledger, jobs = open_ledger(tmp_path, url), Jobs(url)
    assert ledger.server is not None
    tables = ("procrastinate_", "procrastinate_jobs", jobs.schema())
    try:
        assert not ledger.server.ensure(*tables)
        jobs.defer(RunId("waits"))
        assert not ledger.server.ensure(*tables)
        assert jobs.known() == {"waits"}
        with psycopg.connect(url) as connection:
            connection.execute("COMMENT ON TABLE procrastinate_jobs IS 'another version'")
            connection.execute("CREATE TABLE procrastinate_former (a int)")
        assert ledger.server.ensure(*tables)
        assert jobs.known() == set()
        jobs.defer(RunId("again"))
        with psycopg.connect(url) as connection:
            former = connection.execute("SELECT to_regclass('procrastinate_former')").fetchone()
        assert former == (None,)
        assert not ledger.server.ensure(*tables)
        assert jobs.known() == {"again"}
    finally:
        jobs.close()
        ledger.close()


def test_a_password_is_never_told(postgres: PostgresServer, tmp_path: Path) -> None:
    url = postgres.url("missing").replace("attache@", "attache:hidden@")
    with pytest.raises(LibraryUnavailableError) as refused:
        open_ledger(tmp_path, url)
    assert "missing" in str(refused.value)
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize("wrong", ["mysql://host/attache", "no address", "http://host"])
def test_an_address_of_something_else_is_refused(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="ATTACHE_DATABASE_URL"):
        open_ledger(tmp_path, wrong)


def test_changes_are_seen_inside_the_transaction_that_waited_for_them(url: str) -> None:
    first, second = Database(address(url)), Database(address(url))
    with first.looking() as connection:
        assert last_change(connection) is None
    with second.changing() as connection:
        assert last_change(connection) is None
    first.close()
    second.close()


def test_the_command_takes_in_and_answers_with_a_ledger_on_a_server(
    url: str, tmp_path: Path
) -> None:
    settings = {"ATTACHE_DATABASE_URL": url}
    taken = attache(tmp_path, "ingest", STARTER, "--json", **settings)
    assert taken.code == 0, taken.err
    asked = attache(tmp_path, "ask", "What does a defence attaché do?", "--json", **settings)
    assert asked.code == 0, asked.err
    answer = asked.json()
    assert answer["citations"]
    assert not (tmp_path / "ledger.db").exists()
    backup = attache(tmp_path, "backup", tmp_path / "b.tar", **settings)
    assert backup.code == 2
    assert "pg_dump" in backup.err
