"""An earlier version stands again, and stays until its source says something new."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.errors import DocumentNotFoundError, RestoreConflictError
from assistant.library.library import Library, open_library
from assistant.types import Filters, VersionId
from tests.unit.library.builders import chunk_ids, day, new_version, publish

URI = "file:///treaty.txt"
FIRST = new_version(URI, "First text.", title="First title")
SECOND = new_version(URI, "Second text.", title="Second title")
THIRD = new_version(URI, "Third text.")


def standing(library: Library) -> VersionId | None:
    version = library.ledger.document(FIRST.document_id)
    return version.version_id if version.valid_to is None else None


def test_the_version_before_stands_again_with_its_passages(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        publish(library, day(1), FIRST)
        publish(library, day(2), SECOND)
        restored = library.ledger.restore(FIRST.document_id, at=day(3))
        assert (restored.version_id, restored.metadata.title) == (FIRST.version_id, "First title")
        found = library.ledger.chunks(chunk_ids(FIRST, SECOND), day(4), Filters())
        assert list(found) == chunk_ids(FIRST)
        earlier = library.ledger.chunks(
            chunk_ids(FIRST, SECOND), day(3) - timedelta(seconds=1), Filters()
        )
        assert list(earlier) == chunk_ids(SECOND)


def test_the_same_source_does_not_undo_a_restoration_and_a_new_one_does(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        publish(library, day(1), FIRST)
        publish(library, day(2), SECOND)
        library.ledger.restore(FIRST.document_id, at=day(3))
        # Read anew, as by a later program or inside an archive: the same bytes.
        again = replace(SECOND, look=replace(SECOND.look, loader="2", mtime_ns=5))
        publish(library, day(4), again)
        assert standing(library) == FIRST.version_id
        assert library.ledger.sources()[URI].look.loader == "2"
        publish(library, day(5), THIRD)
        assert standing(library) == THIRD.version_id
        publish(library, day(6), SECOND)
        assert standing(library) == SECOND.version_id


def test_a_removed_document_stands_again_where_it_was(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        publish(library, day(1), FIRST)
        library.ledger.retire(FIRST.document_id, day(2))
        library.ledger.restore(FIRST.document_id, at=day(3))
        assert standing(library) == FIRST.version_id
        assert library.ledger.sources()[URI].version_id == FIRST.version_id
        library.ledger.retire(FIRST.document_id, day(4))
        publish(library, day(5), FIRST)
        assert standing(library) == FIRST.version_id


def test_what_cannot_be_restored_says_why(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        publish(library, day(1), FIRST)
        with pytest.raises(RestoreConflictError, match="no other version"):
            library.ledger.restore(FIRST.document_id)
        with pytest.raises(RestoreConflictError, match="stands already"):
            library.ledger.restore(FIRST.document_id, FIRST.version_id)
        with pytest.raises(DocumentNotFoundError, match="no version"):
            library.ledger.restore(FIRST.document_id, SECOND.version_id)


def test_a_place_that_another_document_has_is_not_taken(tmp_path: Path) -> None:
    mover = new_version("file:///other.txt", "Other text.")
    with open_library(tmp_path, "builders") as library:
        publish(library, day(1), FIRST, mover)
        library.ledger.retire(FIRST.document_id, day(2))
        publish(library, day(3), replace(mover, source_uri=URI))
        with pytest.raises(RestoreConflictError, match="Remove it first"):
            library.ledger.restore(FIRST.document_id)
        library.ledger.retire(mover.document_id, day(4))
        library.ledger.restore(FIRST.document_id, at=day(5))
        assert standing(library) == FIRST.version_id
