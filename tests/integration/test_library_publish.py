"""Versions stand all at once, or not at all: with the real stores, and crashes between them."""

import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from assistant.errors import EmbeddingMismatchError, LibraryDamagedError
from assistant.library.current import CurrentPostings, CurrentVectors
from assistant.library.ids import chunk_id
from assistant.library.ledger import SqlLedger, open_ledger
from assistant.library.library import VECTORS, Library, open_library
from assistant.library.publish import publish_versions
from assistant.library.recover import sweep
from assistant.ports import Vector
from assistant.types import ChunkId, Filters, NewVersion, StoredChunk
from tests.unit.library.builders import chunk_ids, day, new_version, publish, vector

ROOT = Path(__file__).parents[2]
URI = "file:///treaty.txt"
OLD = new_version(URI, "Old article.\n\nCommon ground.", title="Treaty")
NEW = new_version(URI, "New article.\n\nCommon ground.\n\nOne more.", title="Treaty")


class CrashError(Exception):
    """The process ends here."""


class CrashingVectors:
    """Chroma, crashing before or after it has written."""

    def __init__(self, index: CurrentVectors, *, written: bool) -> None:
        self._index = index
        self._written = written
        self.search, self.remove = index.search, index.remove
        self.count, self.close, self.unload = index.count, index.close, index.unload

    def add(self, chunk_ids: Sequence[ChunkId], vectors: Sequence[Vector]) -> None:
        if self._written:
            self._index.add(chunk_ids, vectors)
        raise CrashError


class CrashingPostings:
    """Tantivy, crashing after it has committed."""

    def __init__(self, index: CurrentPostings) -> None:
        self._index = index
        self.search, self.remove, self.count = index.search, index.remove, index.count
        self.terms, self.question_terms, self.rarity = (
            index.terms,
            index.question_terms,
            index.rarity,
        )

    def add(self, chunks: Sequence[StoredChunk]) -> None:
        self._index.add(chunks)
        raise CrashError


def after_stage(library: Library) -> Library:
    assert isinstance(library.vectors, CurrentVectors)
    return replace(library, vectors=CrashingVectors(library.vectors, written=False))


def after_vectors(library: Library) -> Library:
    assert isinstance(library.vectors, CurrentVectors)
    return replace(library, vectors=CrashingVectors(library.vectors, written=True))


def after_postings(library: Library) -> Library:
    assert isinstance(library.lexical, CurrentPostings)
    return replace(library, lexical=CrashingPostings(library.lexical))


CRASHES = pytest.mark.parametrize("crash", [after_stage, after_vectors, after_postings])


def answering(library: Library, question: str, as_of: datetime) -> set[str]:
    """The texts both indexes find that stand at a time."""
    dense = library.vectors.search(vector(question), 50)
    lexical = library.lexical.search(question, 50)
    found = [chunk_id for chunk_id, _ in [*dense, *lexical]]
    stored = library.ledger.chunks(found, as_of, Filters())
    return {each.chunk.text for each in stored.values()}


def holdings(library: Library) -> tuple[int, int, int]:
    """How many chunks ledger, vectors and postings hold."""
    return library.ledger.chunk_count(), library.vectors.count(), library.lexical.count()


def test_a_new_version_takes_the_place_of_the_old_at_one_instant(tmp_path: Path) -> None:
    with open_library(tmp_path, "test") as library:
        publish(library, day(1), OLD)
        publish(library, day(2), NEW)
        assert answering(library, "article", day(1)) == {"Old article.", "Common ground."}
        assert answering(library, "article", day(2)) == {
            "New article.",
            "Common ground.",
            "One more.",
        }
        assert holdings(library) == (5, 5, 5)


@CRASHES
def test_after_a_crash_the_old_version_answers_and_nothing_is_left(
    tmp_path: Path, crash: Callable[[Library], Library]
) -> None:
    with open_library(tmp_path, "test") as library:
        publish(library, day(1), OLD)
        with pytest.raises(CrashError):
            publish(crash(library), day(2), NEW, new_version("file:///b", "B"))
        assert answering(library, "article", day(2)) == {"Old article.", "Common ground."}
        assert library.ledger.count() == (1, 2)
    with open_library(tmp_path, "test") as library:
        assert answering(library, "article", day(2)) == {"Old article.", "Common ground."}
        assert holdings(library) == (2, 2, 2)
        assert library.ledger.leftovers() == ()


@CRASHES
def test_a_sweep_leaves_in_no_store_what_never_stood(
    tmp_path: Path, crash: Callable[[Library], Library]
) -> None:
    with open_library(tmp_path, "test") as library:
        publish(library, day(1), OLD)
        with pytest.raises(CrashError):
            publish(crash(library), day(2), NEW)
        sweep(library)
        assert holdings(library) == (2, 2, 2)


@CRASHES
def test_after_a_crash_the_run_can_be_repeated(
    tmp_path: Path, crash: Callable[[Library], Library]
) -> None:
    with open_library(tmp_path, "test") as library:
        publish(library, day(1), OLD)
        with pytest.raises(CrashError):
            publish(crash(library), day(2), NEW)
        publish(library, day(3), NEW)
        assert "New article." in answering(library, "article", day(3))
        assert holdings(library) == (5, 5, 5)


def test_a_killed_process_leaves_the_old_version_answering(tmp_path: Path) -> None:
    script = f"""
import os
from pathlib import Path
from assistant.library.library import open_library
from tests.integration import test_library_publish as test
from tests.unit.library.builders import day, publish
home = Path({str(tmp_path)!r})
library = open_library(home, "test")
publish(library, day(1), test.OLD)
library.ledger.publish = None
try:
    publish(library, day(2), test.NEW)
except TypeError:
    os._exit(9)
"""
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert killed.returncode == 9
    with open_library(tmp_path, "test") as library:
        assert answering(library, "article", day(2)) == {"Old article.", "Common ground."}
        assert holdings(library) == (2, 2, 2)


def test_publishing_again_changes_nothing(tmp_path: Path) -> None:
    with open_library(tmp_path, "test") as library:
        publish(library, day(1), OLD)
        publish(library, day(2), OLD)
        assert holdings(library) == (2, 2, 2)
        assert [each.valid_from for each in library.ledger.versions(OLD.document_id)] == [day(1)]


def test_a_version_that_returns_answers_again(tmp_path: Path) -> None:
    with open_library(tmp_path, "test") as library:
        for number, version in enumerate((OLD, NEW, OLD), start=1):
            publish(library, day(number), version)
        assert answering(library, "article", day(2)) >= {"New article."}
        assert answering(library, "article", day(3)) == {"Old article.", "Common ground."}
        assert holdings(library) == (5, 5, 5)


def test_a_version_that_returns_cut_otherwise_keeps_its_chunks(tmp_path: Path) -> None:
    whole = recut(OLD)
    with open_library(tmp_path, "test") as library:
        for number, version in enumerate((OLD, NEW, whole), start=1):
            publish(library, day(number), version)
        assert answering(library, "article", day(3)) == {"Old article.", "Common ground."}
        assert holdings(library) == (5, 5, 5)


def recut(version: NewVersion) -> NewVersion:
    """The same version as one chunk."""
    text = version.document.text
    name = chunk_id(version.document_id, version.version_id, 0, len(text))
    whole = replace(version.chunks[0], chunk_id=name, start=0, end=len(text), text=text)
    return replace(version, chunks=(whole,))


def test_a_chunk_without_a_vector_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with open_library(tmp_path, "test") as library:
        with pytest.raises(ValueError, match="without a vector"):
            publish_versions(library, [OLD], {}, day(1))
        assert holdings(library) == (0, 0, 0)


def test_a_version_without_chunks_can_be_published(tmp_path: Path) -> None:
    with open_library(tmp_path, "test") as library:
        publish(library, day(1), replace(OLD, chunks=()))
        assert library.ledger.count() == (1, 0)


def test_only_original_files_of_versions_are_kept(tmp_path: Path) -> None:
    with open_library(tmp_path, "test") as library:
        kept = library.files.put(OLD.document.text.encode())
        library.files.put(b"of a run that never got further")
        publish(library, day(1), OLD)
        library.ledger.retire(OLD.document_id, day(2))
    with open_library(tmp_path, "test") as library:
        assert list(library.files.names()) == [kept]


def test_another_embedder_is_refused_by_both_names(tmp_path: Path) -> None:
    with open_library(tmp_path, "first") as library:
        publish(library, day(1), OLD)
    with pytest.raises(EmbeddingMismatchError) as refused:
        open_library(tmp_path, "second")
    message = str(refused.value)
    assert "'first'" in message
    assert "'second'" in message
    assert "ATTACHE_EMBEDDER" in message
    assert "ATTACHE_HOME" in message
    with open_library(tmp_path, "first") as library:
        assert library.ledger.count() == (1, 2)


def test_a_library_in_which_nothing_ever_stood_takes_another_embedder(tmp_path: Path) -> None:
    with open_library(tmp_path, "first") as library, pytest.raises(CrashError):
        publish(after_vectors(library), day(1), OLD)
    with open_library(tmp_path, "second") as library:
        assert library.ledger.embedder() == "second"
        vectors = {chunk_id: [1.0, 0.0, 0.0] for chunk_id in chunk_ids(OLD)}
        publish_versions(library, [OLD], vectors, day(1))
        assert holdings(library) == (2, 2, 2)


def test_a_ledger_that_is_open_already_is_taken_over(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    assert isinstance(ledger, SqlLedger)
    with open_library(tmp_path, "test", ledger=ledger) as library:
        assert library.ledger is ledger


def test_a_library_that_cannot_be_opened_leaves_nothing_open(tmp_path: Path) -> None:
    with open_library(tmp_path, "test"):
        pass
    (tmp_path / "postings" / "meta.json").write_text("garbage")
    for _ in range(2):
        with pytest.raises(LibraryDamagedError, match="postings"):
            open_library(tmp_path, "test")


def test_indexes_that_lost_something_are_warned_about(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with open_library(tmp_path, "test") as library:
        publish(library, day(1), OLD)
    assert (tmp_path / VECTORS).is_dir()
    with caplog.at_level(logging.WARNING), open_library(tmp_path, "test") as library:
        assert not caplog.records
        library.vectors.remove(chunk_ids(OLD)[:1])
    with caplog.at_level(logging.WARNING), open_library(tmp_path, "test"):
        assert "2 chunks, but there are 1 vectors and 2 postings" in caplog.text


@pytest.mark.parametrize("module", ["ledger", "lock", "files", "publish", "recover", "stores"])
def test_what_needs_no_index_loads_none(module: str) -> None:
    script = (
        f"import sys, assistant.library.{module}\n"
        "heavy = {'chromadb', 'tantivy', 'langchain', 'fastembed', 'alembic'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert done.returncode == 0
