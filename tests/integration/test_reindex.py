"""Indexes are rebuilt from the ledger while the old ones answer, also for another embedder."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from assistant.errors import EmbeddingMismatchError, ModelUnavailableError
from assistant.library.current import Current
from assistant.library.ledger import open_ledger
from assistant.library.library import Library, open_library
from assistant.library.reindexing import keep_vectors, reindex
from assistant.types import ChunkId
from tests.integration.keeping import WordEncoder, fill, found, kinds
from tests.unit.library.builders import day, new_version, publish

STANDING = {"New article.", "Common ground.", "An attaché advises the ambassador."}


class Wide(WordEncoder):
    """Another embedder, with vectors of another length."""

    def __init__(self) -> None:
        super().__init__("wide", scale=2)


class Failing(Wide):
    """An embedder whose server goes away after some texts."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self._left -= 1
        if self._left < 0:
            raise ModelUnavailableError("The embedder is gone. Try again later.")
        return super().embed_documents(texts)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data directory with a library in it."""
    with open_library(tmp_path / "home", "test") as library:
        fill(library, tmp_path / "sources")
    return tmp_path / "home"


def folders(home: Path) -> list[str]:
    return sorted(each.name.partition("-")[0] for each in home.iterdir() if each.is_dir())


def test_both_indexes_are_rebuilt_from_kept_vectors_in_fresh_folders(home: Path) -> None:
    encoder = WordEncoder()
    with open_library(home, "test") as library:
        report = reindex(library, encoder)
        assert (report.chunks, report.embedded) == (6, 0)
        assert encoder.embedded == []
        assert kinds(library) == []
        assert found(library, "common") == STANDING
    assert not (home / "vectors").exists()
    assert not (home / "postings").exists()
    with open_library(home, "test") as library:
        assert kinds(library) == []
    assert folders(home).count("vectors") == folders(home).count("postings") == 1


def test_the_old_indexes_answer_until_the_new_are_complete(home: Path) -> None:
    with open_library(home, "test") as library:
        answers: list[set[str]] = []

        def tell(_what: str, _done: int, _total: int) -> None:
            answers.append(found(library, "attaché"))

        reindex(library, WordEncoder(), tell=tell)
        answers.append(found(library, "attaché"))
        assert len(answers) >= 3
        assert all(answer == answers[0] for answer in answers)


def test_what_is_published_meanwhile_is_in_the_new_indexes(home: Path) -> None:
    with open_library(home, "test") as library:
        late = new_version("file:///late", "A late word.")

        @contextmanager
        def quiet() -> Iterator[None]:
            library.files.put(late.document.text.encode())
            publish(library, day(5), late)
            yield

        assert reindex(library, WordEncoder(), quiet=quiet).chunks == 7
        assert kinds(library) == []
        assert found(library, "late") >= {"A late word."}


def test_questions_go_on_while_the_indexes_are_exchanged(home: Path) -> None:
    with open_library(home, "test") as library:
        failed: list[BaseException] = []
        stop = Event()

        def ask() -> None:
            while not stop.is_set():
                try:
                    assert found(library, "attaché") == STANDING
                except BaseException as error:
                    failed.append(error)
                    raise

        askers = [Thread(target=ask) for _ in range(3)]
        for asker in askers:
            asker.start()
        for _ in range(3):
            reindex(library, WordEncoder())
        stop.set()
        for asker in askers:
            asker.join()
        assert failed == []


def test_another_embedder_is_refused_until_a_reindex_and_then_both_open(home: Path) -> None:
    with pytest.raises(EmbeddingMismatchError, match="attache reindex"):
        open_library(home, "wide")
    ledger = open_ledger(home)
    assert keep_vectors(ledger, Wide()) == 4  # "Common ground." is embedded once
    ledger.close()
    for name, length in (("wide", 64), ("test", 32), ("wide", 64)):
        with open_library(home, name) as library:
            assert kinds(library) == []
            assert len(library.vectors.search([1.0] + [0.0] * (length - 1), 50)) == 6
            assert library.ledger.embedder() == name


def test_a_reindex_that_was_cut_short_embeds_only_the_rest(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.library.reindexing.PORTION", 1)
    ledger = open_ledger(home)
    with pytest.raises(ModelUnavailableError):
        keep_vectors(ledger, Failing(after=3))
    encoder = Wide()
    assert keep_vectors(ledger, encoder) == 1
    assert len(encoder.embedded) == 1
    ledger.close()


def test_documents_added_under_one_embedder_must_be_embedded_for_the_other(home: Path) -> None:
    ledger = open_ledger(home)
    keep_vectors(ledger, Wide())
    ledger.close()
    with open_library(home, "wide"):
        pass
    with open_library(home, "test") as library:
        library.files.put(b"A late word.")
        publish(library, day(5), new_version("file:///late", "A late word."))
    with pytest.raises(EmbeddingMismatchError, match=r"1 passages have no vector.*reindex"):
        open_library(home, "wide")
    ledger = open_ledger(home)
    assert keep_vectors(ledger, Wide()) == 1
    ledger.close()
    with open_library(home, "wide") as library:
        assert kinds(library) == []


def test_a_failed_reindex_leaves_the_old_indexes_answering(home: Path) -> None:
    with open_library(home, "test") as library:

        def tell(what: str, _done: int, _total: int) -> None:
            if what == "postings":
                raise ModelUnavailableError("stopped")

        with pytest.raises(ModelUnavailableError):
            reindex(library, WordEncoder(), tell=tell)
        assert kinds(library) == []
        assert found(library, "attaché") == STANDING
    assert folders(home).count("vectors") == folders(home).count("postings") == 1


def test_the_folders_of_a_reindex_that_was_killed_go_at_the_next_opening(home: Path) -> None:
    shutil.copytree(home / "vectors", home / "vectors-0123abcd")
    shutil.copytree(home / "postings", home / "postings-0123abcd")
    with open_library(home, "test") as library:
        assert kinds(library) == []
    assert folders(home).count("vectors") == folders(home).count("postings") == 1


def test_who_uses_something_keeps_it_until_the_end() -> None:
    current = Current(ChunkId("old"))
    exchanged: list[ChunkId] = []
    with current.use() as used:
        other = Thread(target=lambda: exchanged.append(current.exchange(ChunkId("new"))))
        other.start()
        other.join(0.1)
        assert exchanged == []
        assert used == "old"
        with current.use() as next_used:
            assert next_used == "new"
    other.join()
    assert exchanged == ["old"]


def test_a_reindexed_library_finds_what_one_built_at_once_finds(home: Path) -> None:
    def scores(library: Library) -> list[tuple[ChunkId, float]]:
        return library.lexical.search("common article attaché", 50)

    with open_library(home, "test") as library:
        before = scores(library)
        reindex(library, WordEncoder())
        assert sorted(scores(library)) == sorted(before)
