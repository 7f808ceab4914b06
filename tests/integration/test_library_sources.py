"""What a ledger remembers of sources, on a real SQLite and on a real PostgreSQL."""

from dataclasses import replace

from assistant.library.ledger import SqlLedger
from assistant.types import DocumentId, Filters, KnownPlace, Move
from tests.unit.library.builders import chunk_ids, day, new_version, write


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


def test_what_changed_is_told_across_a_move(ledger: SqlLedger) -> None:
    old, new = new_version("file:///a", "Old words."), new_version("file:///a", "New words.")
    write(ledger, day(1), old)
    write(ledger, day(2), new)
    state = ledger.sources()["file:///a"]
    ledger.move([Move(state, "file:///b", state.look)], day(3))
    found = ledger.difference(new.document_id)
    assert (found.earlier_text, found.later_text) == ("Old words.", "New words.")


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
