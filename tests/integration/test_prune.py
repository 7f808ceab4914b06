"""Pruning: what goes, what never goes, and what a kill in the middle leaves."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import AsOfPrunedError, DocumentNotFoundError, LibraryError
from assistant.library.checking import check
from assistant.library.library import Library, open_library
from assistant.library.pruning import PruneRule, prune, rule_of
from assistant.types import NewVersion, VersionId
from tests.unit.library.builders import chunk_ids, day, new_version, publish

URI = "file:///treaty.txt"
FIRST = new_version(URI, "First text.\n\nCommon ground.", original=b"first")
SECOND = new_version(URI, "Second text.\n\nCommon ground.", original=b"second")
THIRD = new_version(URI, "Third text.\n\nCommon ground.", original=b"third")
OTHER = new_version("file:///other.txt", "Another matter.", original=b"other")


class KilledError(Exception):
    """The process ends here."""


def filled(library: Library) -> None:
    """Three versions of one document, on days 1, 3 and 5, and another removed on day 4."""
    for data in (b"first", b"second", b"third", b"other"):
        library.files.put(data)
    publish(library, day(1), FIRST, OTHER)
    publish(library, day(3), SECOND)
    library.ledger.retire(OTHER.document_id, day(4))
    publish(library, day(5), THIRD)


def versions(library: Library, of: NewVersion = FIRST) -> list[VersionId]:
    return [version.version_id for version in library.ledger.versions(of.document_id)]


def names(*of: NewVersion) -> set[str]:
    return {version.look.sha256 for version in of}


def test_what_was_retired_long_ago_goes_from_every_store(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        filled(library)
        report = prune(library, tmp_path, PruneRule(timedelta(days=4)), now=day(7))
        assert (report.versions, report.documents, report.chunks, report.files) == (1, 0, 2, 1)
        assert report.vectors == 1  # the paragraph that both have stays embedded
        assert versions(library) == [THIRD.version_id, SECOND.version_id]
        assert set(library.files.names()) == names(SECOND, THIRD, OTHER)
        assert library.vectors.count() == library.lexical.count() == 5
        assert check(library, deep=False).findings == ()


def test_only_the_newest_are_kept_by_number(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        filled(library)
        prune(library, tmp_path, PruneRule(keep=1), now=day(7))
        assert versions(library) == [THIRD.version_id]
        assert versions(library, OTHER) == [OTHER.version_id]
        assert library.ledger.states.horizon() == day(5)


def test_with_age_and_number_only_what_both_name_goes(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        filled(library)
        prune(library, tmp_path, PruneRule(timedelta(days=3), keep=2), now=day(8))
        assert versions(library) == [THIRD.version_id, SECOND.version_id]
        assert versions(library, OTHER)


def test_each_pruning_moves_on_how_far_back_the_library_is_known(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        filled(library)
        for now, horizon in ((day(7), day(3)), (day(9), day(5)), (day(9), day(5))):
            prune(library, tmp_path, PruneRule(timedelta(days=4)), now=now)
            assert library.ledger.states.horizon() == horizon
        with pytest.raises(AsOfPrunedError):
            library.ledger.documents(10, as_of=day(4))


def test_a_removed_document_goes_whole_and_says_so(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        filled(library)
        report = prune(library, tmp_path, PruneRule(timedelta()), now=day(9))
        assert report.documents == 1
        with pytest.raises(DocumentNotFoundError, match="removed, and its last version was pruned"):
            library.ledger.document(OTHER.document_id)
        with pytest.raises(DocumentNotFoundError, match="was pruned on 2026-01-09"):
            library.ledger.text(FIRST.document_id, FIRST.version_id)
        with pytest.raises(DocumentNotFoundError, match="was pruned on 2026-01-09"):
            library.ledger.version(FIRST.document_id, FIRST.version_id)
        with pytest.raises(AsOfPrunedError):
            library.ledger.documents(10, as_of=day(2))
        publish(library, day(10), OTHER)
        assert library.ledger.text(OTHER.document_id, OTHER.version_id) == "Another matter."


def test_what_stands_never_goes_though_it_stood_before_too(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        filled(library)
        publish(library, day(6), FIRST)
        prune(library, tmp_path, PruneRule(timedelta()), now=day(30))
        assert versions(library) == [FIRST.version_id]
        assert library.ledger.known(chunk_ids(FIRST)) == set(chunk_ids(FIRST))
        assert set(library.files.names()) == names(FIRST)


def test_a_dry_run_counts_and_removes_nothing(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        filled(library)
        foreseen = prune(library, tmp_path, PruneRule(timedelta()), now=day(9), dry_run=True)
        assert len(versions(library)) == 3
        assert library.ledger.states.horizon() is None
        done = prune(library, tmp_path, PruneRule(timedelta()), now=day(9))
        assert (done.versions, done.chunks, done.horizon) == (3, 5, day(5))
        assert replace(foreseen, dry_run=False, freed_bytes=done.freed_bytes) == done


@pytest.mark.parametrize("store", ["vectors", "lexical", "files"])
def test_a_kill_in_the_middle_leaves_what_the_next_opening_removes(
    tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_store: object, _names: object) -> None:
        raise KilledError

    with open_library(tmp_path, "builders") as library:
        filled(library)
        target = getattr(library, store)
        monkeypatch.setattr(type(target), "drop" if store == "files" else "remove", killed)
        with pytest.raises(KilledError):
            prune(library, tmp_path, PruneRule(timedelta()), now=day(9))
        monkeypatch.undo()
    with open_library(tmp_path, "builders") as library:
        assert versions(library) == [THIRD.version_id]
        assert set(library.files.names()) == names(THIRD)
        assert library.vectors.count() == library.lexical.count() == 2
        assert check(library, deep=True).findings == ()


def test_the_disk_gets_its_room_back(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        long = "\n\n".join(f"Paragraph {number} about attachés." for number in range(3000))
        publish(library, day(1), new_version(URI, long))
        publish(library, day(2), THIRD)
        before = sum(path.stat().st_size for path in tmp_path.glob("ledger.db*"))
        report = prune(library, tmp_path, PruneRule(timedelta()), now=day(3))
        assert (tmp_path / "ledger.db").stat().st_size < before / 3
        assert report.freed_bytes > 500_000


@pytest.mark.parametrize(("older_than", "keep"), [(timedelta(-1), None), (None, 0)])
def test_what_cannot_be_meant_is_refused(older_than: timedelta | None, keep: int | None) -> None:
    with pytest.raises(LibraryError, match="Give an age"):
        rule_of(older_than, keep)


def test_without_a_word_what_is_older_than_ninety_days_goes(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        filled(library)
        after: datetime = day(3) + timedelta(days=90)
        assert prune(library, tmp_path, rule_of(None, None), now=after).versions == 1
