"""What a run has to do, told from size, times and content, on a real ledger."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.library.ledger import SqlLedger, open_ledger
from assistant.types import KnownFailure, KnownPlace, Look, SourceFailure
from ingest.loaders.version import LOADER_VERSION
from ingest.mirror import path_of
from ingest.plan import plan
from ingest.planned import IngestPlan
from ingest.sources import Source, find, member, uploaded
from tests.unit.library.builders import day, new_version


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    ledger = open_ledger(tmp_path / "home")
    yield ledger
    ledger.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


def found(path: Path) -> Source:
    (source,) = find([path])
    assert isinstance(source, Source)
    return source


def look(source: Source) -> Look:
    sha256 = new_version("x", "y", original=source.read()).look.sha256
    return Look(sha256, source.size, source.mtime_ns, source.ctime_ns, LOADER_VERSION)


def take_in(ledger: SqlLedger, *paths: Path, title: str = "Untitled") -> None:
    for path in paths:
        source = found(path)
        new = new_version(source.uri, path.read_text(), title=title)
        published = type(new)(
            new.document_id, new.version_id, source.uri, look(source), new.document, new.chunks
        )
        ledger.stage([published])
        ledger.publish([published], day(1))


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def mirrored(folder: Path, ledger: SqlLedger) -> IngestPlan:
    return plan(find([folder]), ledger, mirrored=[folder])


def test_a_file_that_was_renamed_is_a_move(ledger: SqlLedger, folder: Path) -> None:
    old = written(folder / "a.txt", "said once")
    take_in(ledger, old)
    old.rename(folder / "b.txt")
    planned = plan(find([folder]), ledger)
    (move,) = planned.moved
    assert path_of(move.state.source_uri) == old
    assert path_of(move.source_uri) == folder / "b.txt"
    assert (planned.work, planned.copies, planned.removed) == ((), (), ())


def test_a_title_that_came_from_the_name_follows_the_name(ledger: SqlLedger, folder: Path) -> None:
    take_in(ledger, written(folder / "annual-report.txt", "one"), title="Annual Report")
    take_in(ledger, written(folder / "other.txt", "other"), title="A title of its own")
    (folder / "annual-report.txt").rename(folder / "final-report.txt")
    (folder / "other.txt").rename(folder / "more.txt")
    titles = [move.title for move in plan(find([folder]), ledger).moved]
    assert titles == ["Final Report", None]


def test_a_second_file_of_the_same_content_is_a_copy(ledger: SqlLedger, folder: Path) -> None:
    first = written(folder / "a.txt", "said twice")
    take_in(ledger, first)
    written(folder / "b.txt", "said twice")
    planned = plan(find([folder]), ledger)
    assert [(copy.source.name, path_of(copy.of)) for copy in planned.copies] == [("b.txt", first)]
    assert planned.work == ()


def test_of_two_new_files_of_the_same_content_one_is_taken_in(
    ledger: SqlLedger, folder: Path
) -> None:
    written(folder / "a.txt", "said twice")
    written(folder / "b.txt", "said twice")
    planned = plan(find([folder]), ledger)
    assert [source.name for source in planned.work] == ["a.txt"]
    assert [copy.source.name for copy in planned.copies] == ["b.txt"]


def test_a_copy_takes_the_place_of_its_original_once_that_is_gone(
    ledger: SqlLedger, folder: Path
) -> None:
    first, second = folder / "a.txt", folder / "b.txt"
    take_in(ledger, written(first, "said twice"))
    written(second, "said twice")
    (state,) = ledger.sources().values()
    source = found(second)
    ledger.remember_places([KnownPlace(source.uri, look(source), state.document_id)])
    assert plan(find([folder]), ledger).unchanged == 2
    first.unlink()
    (move,) = plan(find([folder]), ledger).moved
    assert (move.state, move.source_uri) == (state, source.uri)


def test_a_document_moves_to_one_place_and_other_files_of_its_content_are_copies(
    ledger: SqlLedger, folder: Path
) -> None:
    old = written(folder / "a.txt", "said once")
    take_in(ledger, old)
    old.rename(folder / "b.txt")
    written(folder / "c.txt", "said once")
    planned = plan(find([folder]), ledger)
    assert [path_of(move.source_uri) for move in planned.moved] == [folder / "b.txt"]
    copies = [(copy.source.name, path_of(copy.of)) for copy in planned.copies]
    assert copies == [("c.txt", folder / "b.txt")]
    assert planned.work == ()


def test_what_a_mirrored_folder_lost_is_removed(ledger: SqlLedger, folder: Path) -> None:
    kept, lost = folder / "kept.txt", folder / "lost.txt"
    take_in(ledger, written(kept, "kept"), written(lost, "lost"))
    elsewhere = written(folder.parent / "elsewhere.txt", "elsewhere")
    take_in(ledger, elsewhere)
    lost.unlink()
    elsewhere.unlink()
    planned = mirrored(folder, ledger)
    assert [path_of(state.source_uri) for state in planned.removed] == [lost]
    assert plan(find([folder]), ledger).removed == ()


def test_a_moved_file_is_not_removed_as_well(ledger: SqlLedger, folder: Path) -> None:
    take_in(ledger, written(folder / "a.txt", "said once"))
    (folder / "a.txt").rename(folder / "b.txt")
    planned = mirrored(folder, ledger)
    assert (len(planned.moved), planned.removed) == (1, ())


def test_a_file_that_cannot_be_read_now_is_not_removed(ledger: SqlLedger, folder: Path) -> None:
    below = folder / "below"
    below.mkdir()
    take_in(ledger, written(below / "a.txt", "said"))
    failure = SourceFailure(str(below), "SourceUnreadableError", "may not be read.")
    planned = plan([failure], ledger, mirrored=[folder])
    assert planned.removed == ()


def test_a_folder_that_is_not_there_removes_nothing(ledger: SqlLedger, folder: Path) -> None:
    take_in(ledger, written(folder / "a.txt", "said"))
    folder.rename(folder.parent / "away")
    planned = mirrored(folder, ledger)
    assert (planned.removed, len(planned.failed)) == ((), 1)


def test_an_edit_whose_time_was_set_back_is_seen(ledger: SqlLedger, folder: Path) -> None:
    path = written(folder / "a.txt", "first")
    take_in(ledger, path)
    before = path.stat()
    path.write_text("other")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [source.name for source in plan(find([path]), ledger).work] == ["a.txt"]


def test_an_unchanged_container_counts_its_members_and_names_what_failed_in_it(
    ledger: SqlLedger, folder: Path
) -> None:
    box = found(written(folder / "box.zip", "packed"))
    inside = member(box, "in/a.txt", "a.txt", written(folder.parent / "a.txt", "a"))
    broken = SourceFailure(f"{box.uri}#broken.pdf", "SourceUnreadableError", "is damaged.")
    new = new_version(inside.uri, "a")
    held = type(new)(
        new.document_id,
        new.version_id,
        inside.uri,
        look(inside),
        new.document,
        new.chunks,
        container_uri=box.uri,
    )
    ledger.stage([held])
    ledger.publish([held], day(1))
    ledger.remember_failures([KnownFailure(broken, look(inside))])
    ledger.remember_places([KnownPlace(box.uri, look(box))])
    planned = mirrored(folder, ledger)
    assert (planned.unchanged, planned.failed) == (1, (broken,))
    assert (planned.work, planned.removed, planned.gone) == ((), (), ())
    (folder / "box.zip").unlink()
    planned = mirrored(folder, ledger)
    assert [state.source_uri for state in planned.removed] == [inside.uri]
    assert planned.gone == (box.uri, broken.source)


def test_sent_bytes_of_the_same_length_are_compared_by_content(ledger: SqlLedger) -> None:
    sent = uploaded("a.txt", b"One thing is said.")
    new = new_version(sent.uri, "One thing is said.")
    taken = type(new)(
        new.document_id, new.version_id, sent.uri, look(sent), new.document, new.chunks
    )
    ledger.stage([taken])
    ledger.publish([taken], day(1))
    assert plan([sent], ledger).unchanged == 1
    assert len(plan([uploaded("a.txt", b"Two thing is said.")], ledger).work) == 1
