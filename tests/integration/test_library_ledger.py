"""The ledger on a real SQLite and on a real PostgreSQL."""

import logging
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import StatementError

from assistant.errors import (
    DocumentNotFoundError,
    LibraryDamagedError,
    LibraryError,
    RunNotFoundError,
)
from assistant.library.database import Database
from assistant.library.ledger import LEDGER_FILE, SqlLedger, open_ledger
from assistant.library.migrate import configuration
from assistant.library.schema import REVISION, Base
from assistant.runs import Run, RunItem, RunProgress, RunRequest
from assistant.types import (
    DocumentId,
    Filters,
    IngestReport,
    KnownPlace,
    Move,
    NewVersion,
    Readable,
    RunId,
    SourceFailure,
    SourceWarning,
    VersionId,
)
from tests.unit.library.builders import chunk_ids, day, new_version

NONE = Filters()


@pytest.fixture
def ledger(tmp_path: Path, database_url: str | None) -> Iterator[SqlLedger]:
    ledger = open_ledger(tmp_path, database_url)
    yield ledger
    ledger.close()


def write(ledger: SqlLedger, at: datetime, *versions: NewVersion) -> None:
    ledger.stage(versions)
    ledger.publish(versions, at)


def test_a_version_comes_back_as_it_was_written(ledger: SqlLedger) -> None:
    new = new_version(
        "file:///treaty.txt",
        "Préambule 🕊️\n\nArticle 5",
        title="Treaty",
        issuer="NATO",
        published_on=date(1949, 4, 4),
        marking="NATO UNCLASSIFIED",
        language="fr",
        headings=("Part", "Section"),
    )
    write(ledger, day(1), new)
    version = ledger.document(new.document_id)
    assert version.metadata == new.document.metadata
    assert (version.source_uri, version.media_type) == ("file:///treaty.txt", "text/plain")
    assert (version.characters, version.chunks, version.pages) == (len(new.document.text), 2, 1)
    assert (version.valid_from, version.valid_to) == (day(1), None)
    assert version.source_sha256 == new.look.sha256
    assert ledger.text(new.document_id, new.version_id) == new.document.text
    stored = ledger.chunks(chunk_ids(new), day(1), NONE)
    assert [each.chunk for each in stored.values()] == list(new.chunks)
    assert all(each.metadata == new.document.metadata for each in stored.values())


def test_spans_index_the_text(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "🕊️ paix\n\nétat\n\nfin 🇧🇪")
    write(ledger, day(1), new)
    text = ledger.text(new.document_id, new.version_id)
    for stored in ledger.chunks(chunk_ids(new), day(1), NONE).values():
        assert text[stored.chunk.start : stored.chunk.end] == stored.chunk.text


def test_times_keep_their_instant_and_their_microseconds(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "text")
    at = datetime(2026, 1, 1, 3, 4, 5, 123456, tzinfo=timezone(timedelta(hours=5)))
    write(ledger, at, new)
    assert ledger.document(new.document_id).valid_from == at
    assert ledger.document(new.document_id).valid_from.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(ledger: SqlLedger) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        ledger.documents(10, as_of=datetime(2026, 1, 1))  # noqa: DTZ001


def test_what_is_staged_is_not_yet_there(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "text")
    ledger.stage([new])
    assert ledger.count() == (0, 0)
    assert ledger.sources() == {}
    assert ledger.documents(10).items == ()
    assert ledger.chunks(chunk_ids(new), day(1), NONE) == {}
    for ask in (
        lambda: ledger.document(new.document_id),
        lambda: ledger.version(new.document_id, new.version_id),
        lambda: ledger.text(new.document_id, new.version_id),
    ):
        with pytest.raises(DocumentNotFoundError):
            ask()


def test_staging_and_publishing_again_changes_nothing(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "one\n\ntwo")
    write(ledger, day(1), new, new)
    before = ledger.versions(new.document_id)
    write(ledger, day(2), new)
    assert ledger.versions(new.document_id) == before
    assert ledger.chunk_count() == 2


def test_the_library_is_read_as_it_stood(ledger: SqlLedger) -> None:
    old = new_version("file:///a", "old")
    new = new_version("file:///a", "new")
    write(ledger, day(1), old)
    write(ledger, day(3), new)
    both = chunk_ids(old, new)
    instant = timedelta(microseconds=1)
    assert ledger.chunks(both, day(1) - instant, NONE) == {}
    assert list(ledger.chunks(both, day(1), NONE)) == chunk_ids(old)
    assert list(ledger.chunks(both, day(3) - instant, NONE)) == chunk_ids(old)
    assert list(ledger.chunks(both, day(3), NONE)) == chunk_ids(new)
    assert ledger.documents(10, as_of=day(2)).items[0].version_id == old.version_id
    assert ledger.documents(10, as_of=day(3)).items[0].version_id == new.version_id
    assert ledger.documents(10).items[0].version_id == new.version_id


def test_what_somebody_else_wrote_is_known_at_once(
    ledger: SqlLedger, tmp_path: Path, database_url: str | None
) -> None:
    write(ledger, day(1), new_version("file:///a", "One."))
    assert ledger.states.now() == day(1)
    assert ledger.states.now() == day(1)
    with closing(open_ledger(tmp_path, database_url)) as other:
        write(other, day(2), new_version("file:///a", "Two."))
    assert ledger.states.now() == day(2)


def test_a_source_may_return_to_what_it_said(ledger: SqlLedger) -> None:
    first, second = new_version("file:///a", "A"), new_version("file:///a", "B")
    for number, version in enumerate((first, second, first), start=1):
        write(ledger, day(number), version)
    periods = [(each.version_id, each.valid_from) for each in ledger.versions(first.document_id)]
    assert periods == [
        (first.version_id, day(3)),
        (second.version_id, day(2)),
        (first.version_id, day(1)),
    ]
    both = chunk_ids(first, second)
    for number, version in enumerate((first, second, first), start=1):
        assert list(ledger.chunks(both, day(number), NONE)) == chunk_ids(version)
    assert ledger.version(first.document_id, first.version_id).valid_to is None
    assert ledger.count() == (1, 1)


def test_periods_follow_each_other_also_when_the_clock_is_set_back(ledger: SqlLedger) -> None:
    versions = [new_version("file:///a", text) for text in ("A", "B", "C")]
    for version, number in zip(versions, (5, 5, 2), strict=True):
        write(ledger, day(number), version)
    newest_first = ledger.versions(versions[0].document_id)
    assert [each.version_id for each in newest_first] == [
        version.version_id for version in reversed(versions)
    ]
    for later, earlier in pairwise(newest_first):
        assert earlier.valid_to == later.valid_from > earlier.valid_from


def test_a_marking_that_was_put_right_later_holds_for_what_was_said_before(
    ledger: SqlLedger,
) -> None:
    forgotten = new_version("file:///a", "the plan")
    write(ledger, day(1), forgotten, new_version("file:///b", "the menu"))
    write(ledger, day(2), new_version("file:///a", "the plan", marking="SECRET"))
    cleared, open_to_all = Readable(frozenset({"SECRET"}), None), Readable(frozenset(), None)
    for readable, expected in ((None, 2), (cleared, 2), (open_to_all, 1)):
        page = ledger.documents(10, as_of=day(1), readable=readable)
        assert len(page.items) == expected
        assert ledger.count(day(1), readable)[0] == expected


def test_a_retired_document_stays_readable_and_may_return(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "text")
    write(ledger, day(1), new)
    ledger.retire(new.document_id, day(2))
    assert ledger.count() == (0, 0)
    assert ledger.sources() == {}
    assert ledger.documents(10).items == ()
    assert list(ledger.chunks(chunk_ids(new), day(1), NONE)) == chunk_ids(new)
    assert ledger.chunks(chunk_ids(new), day(2), NONE) == {}
    assert ledger.document(new.document_id).valid_to == day(2)
    assert ledger.text(new.document_id, new.version_id) == "text"
    write(ledger, day(3), new)
    assert len(ledger.versions(new.document_id)) == 2
    assert ledger.count() == (1, 1)


def test_a_document_returns_no_earlier_than_it_was_retired(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "text")
    write(ledger, day(1), new)
    ledger.retire(new.document_id, day(5))
    write(ledger, day(2), new)
    assert ledger.document(new.document_id).valid_from == day(5)


def test_what_does_not_stand_cannot_be_retired(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "text")
    write(ledger, day(1), new)
    ledger.retire(new.document_id, day(2))
    for document_id in (new.document_id, DocumentId("unknown")):
        with pytest.raises(DocumentNotFoundError, match="nothing to remove"):
            ledger.retire(document_id, day(3))


def test_what_the_library_does_not_have_is_not_found(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "text")
    write(ledger, day(1), new)
    with pytest.raises(DocumentNotFoundError, match="unknown"):
        ledger.document(DocumentId("unknown"))
    with pytest.raises(DocumentNotFoundError, match="unknown"):
        ledger.version(new.document_id, VersionId("unknown"))
    with pytest.raises(DocumentNotFoundError, match="unknown"):
        ledger.text(new.document_id, VersionId("unknown"))


def test_a_batch_is_published_whole_or_not_at_all(ledger: SqlLedger) -> None:
    staged, unstaged = new_version("file:///a", "a"), new_version("file:///b", "b")
    ledger.stage([staged])
    with pytest.raises(LibraryError, match="Nothing was changed"):
        ledger.publish([staged, unstaged], day(1))
    assert ledger.count() == (0, 0)


def test_chunks_come_in_the_order_asked_for(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "\n\n".join(f"chunk {number}" for number in range(1_300)))
    write(ledger, day(1), new)
    backwards = chunk_ids(new)[::-1]
    assert list(ledger.chunks(backwards + backwards, day(1), NONE)) == backwards
    assert ledger.chunks([], day(1), NONE) == {}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), "nato un bare"),
        (Filters(issuers=("NATO",)), "nato"),
        (Filters(issuers=("NATO", "UN")), "nato un"),
        (Filters(languages=("fr",)), "un"),
        (Filters(markings=("NATO UNCLASSIFIED",)), "nato"),
        (Filters(published_from=date(2020, 5, 5)), "nato un"),
        (Filters(published_from=date(2020, 5, 6)), "un"),
        (Filters(published_to=date(2020, 5, 5)), "nato"),
        (Filters(published_from=date(2020, 1, 1), published_to=date(2021, 1, 1)), "nato"),
        (Filters(issuers=("NATO",), languages=("fr",)), ""),
        (Filters(issuers=("'; DROP TABLE chunks; --",)), ""),
    ],
)
def test_filters_narrow_to_what_matches_all_of_them(
    ledger: SqlLedger, filters: Filters, expected: str
) -> None:
    versions = {
        "nato": new_version(
            "file:///nato",
            "nato",
            issuer="NATO",
            language="en",
            marking="NATO UNCLASSIFIED",
            published_on=date(2020, 5, 5),
        ),
        "un": new_version(
            "file:///un", "un", issuer="UN", language="fr", published_on=date(2022, 1, 1)
        ),
        "bare": new_version("file:///bare", "bare"),
    }
    write(ledger, day(1), *versions.values())
    found = ledger.chunks(chunk_ids(*versions.values()), day(1), filters)
    assert " ".join(stored.chunk.text for stored in found.values()) == expected


def test_a_document_filter_narrows_to_the_document(ledger: SqlLedger) -> None:
    one, two = new_version("file:///a", "a"), new_version("file:///b", "b")
    write(ledger, day(1), one, two)
    filters = Filters(document_ids=(two.document_id,))
    assert list(ledger.chunks(chunk_ids(one, two), day(1), filters)) == chunk_ids(two)


def test_neighbours_are_of_the_same_version_in_order(ledger: SqlLedger) -> None:
    old = new_version("file:///a", "a\n\nb\n\nc\n\nd\n\nold")
    new = new_version("file:///a", "a\n\nb\n\nc\n\nd\n\nnew")
    write(ledger, day(1), old)
    write(ledger, day(2), new)
    stored = list(ledger.chunks(chunk_ids(new), day(2), NONE).values())
    assert [each.chunk.text for each in ledger.neighbours(stored[3], 1)] == ["c", "d", "new"]
    assert [each.chunk.text for each in ledger.neighbours(stored[0], 2)] == ["a", "b", "c"]
    assert ledger.neighbours(stored[1], 0) == (stored[1],)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 20, 21])
def test_paging_never_repeats_or_skips(ledger: SqlLedger, limit: int) -> None:
    titles = ["beta", "Alpha", "alpha", "Émile", "同盟", ""] * 3 + ["zulu", "Zulu"]
    versions = [
        new_version(f"file:///{number}", f"text {number}", title=title)
        for number, title in enumerate(titles)
    ]
    write(ledger, day(1), *versions)
    seen: list[str] = []
    cursor: str | None = None
    for _ in versions:
        page = ledger.documents(limit, cursor)
        assert 1 <= len(page.items) <= limit
        seen.extend(item.document_id for item in page.items)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert cursor is None
    assert sorted(seen) == sorted(version.document_id for version in versions)
    assert len(set(seen)) == len(versions)


def test_documents_are_listed_by_title_whatever_its_case(ledger: SqlLedger) -> None:
    write(
        ledger,
        day(1),
        *(new_version(f"file:///{title}", title, title=title) for title in ("b", "A", "C")),
    )
    assert [item.metadata.title for item in ledger.documents(10).items] == ["A", "b", "C"]


def test_a_cursor_that_is_none_says_what_to_pass(ledger: SqlLedger) -> None:
    with pytest.raises(LibraryError, match="next_cursor"):
        ledger.documents(10, "nonsense")


def test_a_touched_source_is_remembered_with_its_version(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "text")
    write(ledger, day(1), new)
    state = ledger.sources()["file:///a"]
    assert (state.version_id, state.look) == (new.version_id, new.look)
    look = replace(state.look, size=5_000_000_000, mtime_ns=2**62, ctime_ns=2**62, loader="2")
    touched = replace(state, look=look)
    ledger.touch([touched])
    assert ledger.sources() == {"file:///a": touched}


def test_an_update_that_was_only_staged_leaves_the_source_looking_changed(
    ledger: SqlLedger,
) -> None:
    old, new = new_version("file:///a", "old"), new_version("file:///a", "new")
    write(ledger, day(1), old)
    ledger.stage([new])
    assert ledger.sources()["file:///a"].look == old.look


def test_leftovers_are_only_what_never_stood(ledger: SqlLedger) -> None:
    stood, stands = new_version("file:///a", "old"), new_version("file:///a", "new")
    update, fresh = new_version("file:///a", "staged\n\nmore"), new_version("file:///b", "b")
    write(ledger, day(1), stood)
    write(ledger, day(2), stands)
    ledger.stage([update, fresh])
    assert sorted(ledger.leftovers()) == sorted(chunk_ids(update, fresh))
    ledger.drop_leftovers()
    assert ledger.leftovers() == ()
    assert ledger.chunk_count() == 2
    assert len(ledger.versions(stands.document_id)) == 2
    write(ledger, day(3), update, fresh)
    assert ledger.count() == (2, 3)


def run(number: int) -> Run:
    request = RunRequest("paths", ("/shelf",))
    return Run(RunId(f"run{number}"), request, "running", day(number), RunProgress())


def test_runs_come_back_newest_first(ledger: SqlLedger) -> None:
    for number in (1, 2, 3):
        ledger.runs.begin(run(number))
    assert [found.run_id for found in ledger.runs.recent(2)] == ["run3", "run2"]
    assert ledger.runs.recent(5, before=day(2)) == (run(1),)


def test_a_run_ends_with_its_report(ledger: SqlLedger) -> None:
    failure = SourceFailure("file:///x", "NoTextError", "a scan: read its text first")
    look_at = SourceWarning("file:///y", "Page 3 was read from its image.")
    report = IngestReport(RunId("run1"), 1, 2, 3, 4, (failure,), 5, 1.5, 6, 7, (look_at,))
    ledger.runs.begin(run(1))
    ledger.runs.end(RunId("run1"), "done", day(2), report)
    ended = ledger.runs.get(RunId("run1"))
    assert (ended.state, ended.finished_at, ended.report) == ("done", day(2), report)
    assert ledger.runs.unended() == ()


def test_items_of_a_run_are_read_in_order_from_any_on(ledger: SqlLedger) -> None:
    ledger.runs.begin(run(1))
    items = [RunItem(f"file:///{n}", "added", day(1)) for n in range(3)]
    assert ledger.runs.advance(RunId("run1"), RunProgress(3, 1, 10, 4), items)
    numbered = ledger.runs.items(RunId("run1"))
    assert [item for _, item in numbered] == items
    assert ledger.runs.items(RunId("run1"), after=numbered[1][0]) == numbered[2:]
    assert ledger.runs.get(RunId("run1")).progress == RunProgress(3, 1, 10, 4)


def test_a_run_that_is_cancelled_learns_of_it_when_it_advances(ledger: SqlLedger) -> None:
    ledger.runs.begin(run(1))
    assert ledger.runs.request_cancel(RunId("run1"))
    assert not ledger.runs.advance(RunId("run1"), RunProgress(), [])
    ledger.runs.end(RunId("run1"), "cancelled", day(2))
    assert not ledger.runs.request_cancel(RunId("run1"))


def test_a_run_nobody_began_is_not_found(ledger: SqlLedger) -> None:
    with pytest.raises(RunNotFoundError, match="List the runs"):
        ledger.runs.get(RunId("none"))


def test_a_document_that_moved_goes_on_at_its_new_place(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "text", title="A")
    write(ledger, day(1), new)
    state = ledger.sources()["file:///a"]
    ledger.move([Move(state, "file:///b", replace(state.look, mtime_ns=5), "B")], day(2))
    assert list(ledger.sources()) == ["file:///b"]
    now, before = ledger.versions(new.document_id)
    assert (now.source_uri, now.metadata.title) == ("file:///b", "B")
    assert (before.source_uri, before.metadata.title) == ("file:///a", "A")
    found = ledger.chunks(chunk_ids(new), day(1), Filters())
    assert [one.source_uri for one in found.values()] == ["file:///a"]


def test_the_place_a_document_left_makes_a_new_document(ledger: SqlLedger) -> None:
    new = new_version("file:///a", "text")
    write(ledger, day(1), new)
    state = ledger.sources()["file:///a"]
    ledger.move([Move(state, "file:///b", state.look)], day(2))
    fresh = ledger.document_at("file:///a")
    assert fresh != new.document_id
    assert ledger.document_at("file:///b") == new.document_id


def test_a_document_may_move_to_where_a_retired_one_was(ledger: SqlLedger) -> None:
    gone, moving = new_version("file:///gone", "old"), new_version("file:///a", "text")
    write(ledger, day(1), gone, moving)
    ledger.retire(gone.document_id, day(2))
    ledger.move([Move(ledger.sources()["file:///a"], "file:///gone", moving.look)], day(3))
    assert ledger.document_at("file:///gone") == moving.document_id
    assert ledger.versions(gone.document_id)[0].source_uri == "file:///gone"


def test_containers_and_copies_are_remembered_and_forgotten(ledger: SqlLedger) -> None:
    look = new_version("file:///a", "text").look
    places = [
        KnownPlace("file:///a.zip", look),
        KnownPlace("file:///copy", look, DocumentId("d1"), "file:///a.zip"),
    ]
    ledger.remember_places(places)
    assert ledger.places() == {place.source_uri: place for place in places}
    ledger.forget_sources(["file:///copy"])
    assert list(ledger.places()) == ["file:///a.zip"]


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


def test_what_was_removed_is_listed_by_its_last_version(ledger: SqlLedger) -> None:
    first = new_version("file:///gone.txt", "First text.", title="First")
    last = new_version("file:///gone.txt", "Last text.", title="Last")
    write(ledger, day(1), first, new_version("file:///stays.txt", "It stays."))
    write(ledger, day(2), last)
    assert ledger.removed(10).items == ()
    ledger.retire(first.document_id, day(3))

    assert [one.version_id for one in ledger.removed(10).items] == [last.version_id]
    assert ledger.count_removed() == 1


def test_conversations_are_found_by_answers_and_by_what_they_cite(ledger: SqlLedger) -> None:
    book = ledger.conversations
    citing, other = (book.create("anna", "", day(1)).conversation_id for _ in range(2))
    words = 'He wrote "passages": [] and "document_id": "d2" in a letter.'
    answer = {"answer": words, "citations": [{"document_id": "d1"}], "passages": []}
    for _ in range(3):
        book.add_turn(citing, "anna", "Why?", answer, day(2))
    elsewhere = {"answer": "No.", "citations": [], "passages": [{"document_id": "d1"}]}
    book.add_turn(other, "anna", "When?", elsewhere, day(2))

    def found(query: str = "", citing: str = "") -> list[str]:
        listed = book.recent("anna", 10, query=query, citing=citing)
        return [one.conversation_id for one in listed]

    assert found(query="LETTER") == found(citing="d1") == [citing]
    for other_words in ('"passages": []', "IN A", 'wrote   "passages', "Why?"):
        assert found(query=other_words) == [citing]
    assert found(query="wr.te") == found(query="l_tter") == found(query="%") == []
    assert found(citing="d2") == found(citing="d_") == found(query="citations") == []
    book.add_turn(citing, "anna", "How?", elsewhere, day(3), replacing=2)
    assert [turn.question for turn in book.turns(citing, "anna")] == ["Why?", "How?"]


@pytest.mark.parametrize("sought", ["école", "ÉCOLE", "Ecole", "ecole d’état-major", "ДИПЛОМАТ"])
def test_conversations_are_found_whatever_the_case_and_the_accents(
    ledger: SqlLedger, sought: str
) -> None:
    book = ledger.conversations
    talk = book.create("anna", "", day(1)).conversation_id
    answer = {"answer": "À l’« École  d'État-major ». Дипломат."}
    book.add_turn(talk, "anna", "Où ?", answer, day(2))
    book.create("anna", "Nicole", day(1))

    found = book.recent("anna", 10, query=sought)

    assert [one.conversation_id for one in found] == [talk]
