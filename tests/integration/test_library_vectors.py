"""Vectors in a real Chroma."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from chromadb import Collection
from psutil import Process

from assistant.errors import EmbeddingMismatchError, LibraryDamagedError, LibraryError
from assistant.library.vectors import ChromaIndex
from assistant.types import ChunkId

PATIENCE_S = 30
A, B, C = ChunkId("aaa"), ChunkId("bbb"), ChunkId("ccc")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ChromaIndex]:
    index = ChromaIndex(tmp_path)
    yield index
    index.close()


def test_an_empty_index_finds_nothing(index: ChromaIndex) -> None:
    assert index.search([1.0, 0.0], 10) == []
    assert index.count() == 0


def test_the_nearest_come_first_with_their_cosine(index: ChromaIndex) -> None:
    index.add([A, B, C], [[0.0, 1.0], [1.0, 0.0], [-1.0, 0.0]])
    found = index.search([1.0, 0.0], 10)
    assert [chunk_id for chunk_id, _ in found] == [B, A, C]
    assert [score for _, score in found] == pytest.approx([1.0, 0.0, -1.0], abs=1e-6)
    assert all(-1.0 <= score <= 1.0 for _, score in found)
    assert [chunk_id for chunk_id, _ in index.search([1.0, 0.0], 1)] == [B]
    assert index.search([1.0, 0.0], 0) == []


def test_rounding_never_makes_a_cosine_above_one(index: ChromaIndex) -> None:
    vectors = np.random.default_rng(0).normal(size=(200, 384))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index.add([ChunkId(f"chunk{number}") for number in range(200)], [*vectors])
    assert max(index.search(list(vector), 1)[0][1] for vector in vectors) <= 1.0


def test_arrays_are_taken_as_they_are(index: ChromaIndex) -> None:
    vectors = np.eye(3, dtype=np.float32)
    index.add([A, B, C], [*vectors])
    assert index.search(list(vectors[1]), 1)[0][0] == B


def test_adding_again_overwrites(index: ChromaIndex) -> None:
    index.add([A], [[1.0, 0.0]])
    index.add([A], [[0.0, 1.0]])
    assert index.count() == 1
    assert index.search([0.0, 1.0], 1)[0][1] == pytest.approx(1.0, abs=1e-6)


def test_more_than_one_batch_is_taken_and_removed(index: ChromaIndex) -> None:
    chunk_ids = [ChunkId(f"{number:032x}") for number in range(6_000)]
    vectors = np.random.default_rng(0).normal(size=(6_000, 4))
    index.add(chunk_ids, [*vectors])
    assert index.count() == 6_000
    index.remove(chunk_ids[1:])
    assert index.count() == 1
    assert index.search(list(vectors[9]), 5)[0][0] == chunk_ids[0]


def test_removing_what_is_unknown_is_no_error(index: ChromaIndex) -> None:
    index.add([A], [[1.0, 0.0]])
    index.remove([B])
    index.remove([])
    assert index.count() == 1


def test_another_dimension_is_an_embedding_mismatch(index: ChromaIndex) -> None:
    index.add([A], [[1.0, 0.0]])
    with pytest.raises(EmbeddingMismatchError, match="ATTACHE_EMBEDDER"):
        index.add([B], [[1.0, 0.0, 0.0]])
    with pytest.raises(EmbeddingMismatchError, match="ATTACHE_EMBEDDER"):
        index.search([1.0, 0.0, 0.0], 1)


def test_a_cleared_index_takes_another_dimension(index: ChromaIndex) -> None:
    index.add([A], [[1.0, 0.0]])
    index.clear()
    index.add([B], [[1.0, 0.0, 0.0]])
    assert index.count() == 1


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(index: ChromaIndex, bad: float) -> None:
    with pytest.raises(LibraryError, match="embedder"):
        index.add([A], [[bad, 0.0]])
    with pytest.raises(LibraryError, match="embedder"):
        index.search([bad, 0.0], 1)


def test_a_folder_can_be_opened_again_in_the_same_process(tmp_path: Path) -> None:
    for count in range(3):
        index = ChromaIndex(tmp_path)
        assert index.count() == count
        index.add([ChunkId(f"chunk{count}")], [[1.0, float(count)]])
        index.close()


def test_a_closed_folder_can_be_replaced(tmp_path: Path) -> None:
    index = ChromaIndex(tmp_path / "vectors")
    index.add([A], [[1.0, 0.0]])
    index.close()
    shutil.rmtree(tmp_path / "vectors")
    index = ChromaIndex(tmp_path / "vectors")
    assert index.count() == 0
    index.close()


def test_an_unloaded_index_is_read_again_by_who_needs_it(
    tmp_path: Path, index: ChromaIndex
) -> None:
    index.add([A, B], [[1.0, 0.0], [0.0, 1.0]])
    for _ in range(2):
        assert index.search([0.0, 1.0], 1)[0][0] == B
        assert graph_files_open(tmp_path) != []
        index.unload()
        assert graph_files_open(tmp_path) == []
    index.unload()
    index.add([C], [[-1.0, 0.0]])
    index.unload()
    assert index.count() == 3
    index.unload()
    index.remove([A])
    assert sorted(index.ids()) == [B, C]


def test_an_index_in_use_is_not_unloaded(
    tmp_path: Path, index: ChromaIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add([A], [[1.0, 0.0]])
    assert index.count() == 1
    begun, goes_on, query = Event(), Event(), Collection.query

    def lasting(*args: Any, **options: Any) -> object:
        begun.set()
        assert goes_on.wait(PATIENCE_S)
        return query(*args, **options)

    monkeypatch.setattr(Collection, "query", lasting)
    with ThreadPoolExecutor(1) as pool:
        searching = pool.submit(index.search, [1.0, 0.0], 1)
        assert begun.wait(PATIENCE_S)
        index.unload()
        still_open = graph_files_open(tmp_path)
        goes_on.set()
        assert searching.result()[0][0] == A
    assert still_open != []
    index.unload()
    assert graph_files_open(tmp_path) == []


def test_an_index_that_cannot_be_read_again_says_so_until_it_can(
    tmp_path: Path, index: ChromaIndex
) -> None:
    index.add([A], [[1.0, 0.0]])
    index.unload()
    shutil.move(tmp_path / "chroma.sqlite3", tmp_path / "aside")
    (tmp_path / "chroma.sqlite3").write_bytes(b"garbage" * 1_000)
    for _ in range(2):
        with pytest.raises(LibraryDamagedError, match=r"vectors in .*ATTACHE_HOME"):
            index.search([1.0, 0.0], 1)
    shutil.move(tmp_path / "aside", tmp_path / "chroma.sqlite3")
    assert index.search([1.0, 0.0], 1)[0][0] == A


def test_a_closed_index_does_not_open_its_folder_again(tmp_path: Path) -> None:
    index = ChromaIndex(tmp_path / "vectors")
    index.close()
    index.close()
    shutil.rmtree(tmp_path / "vectors")
    with pytest.raises(LibraryError):
        index.count()
    assert not (tmp_path / "vectors").exists()


def graph_files_open(folder: Path) -> list[Path]:
    opened = [Path(one.path) for one in Process().open_files()]
    return [one for one in opened if one.is_relative_to(folder) and one.suffix == ".bin"]


def test_a_damaged_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"garbage" * 1_000)
    with pytest.raises(LibraryDamagedError, match=r"vectors in .*ATTACHE_HOME"):
        ChromaIndex(tmp_path)


def test_a_file_in_place_of_the_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "vectors").write_text("no folder")
    with pytest.raises(LibraryDamagedError, match=r"vectors in .*ATTACHE_HOME"):
        ChromaIndex(tmp_path / "vectors")
