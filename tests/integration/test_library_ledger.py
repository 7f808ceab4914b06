"""The versions of documents in a ledger, on a real SQLite and on a real PostgreSQL."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy.exc import StatementError

from assistant.errors import DocumentNotFoundError, LibraryError
from assistant.library.ledger import SqlLedger, open_ledger
from assistant.types import DocumentId, Filters, Readable, VersionId
from tests.unit.library.builders import chunk_ids, day, new_version, write

NONE = Filters()


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


def test_neighbours_are_of_the_same_version_in_order(ledger: SqlLedger) -> None:
    old = new_version("file:///a", "a\n\nb\n\nc\n\nd\n\nold")
    new = new_version("file:///a", "a\n\nb\n\nc\n\nd\n\nnew")
    write(ledger, day(1), old)
    write(ledger, day(2), new)
    stored = list(ledger.chunks(chunk_ids(new), day(2), NONE).values())
    assert [each.chunk.text for each in ledger.neighbours(stored[3], 1)] == ["c", "d", "new"]
    assert [each.chunk.text for each in ledger.neighbours(stored[0], 2)] == ["a", "b", "c"]
    assert ledger.neighbours(stored[1], 0) == (stored[1],)


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
