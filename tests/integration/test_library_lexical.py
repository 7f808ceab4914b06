"""Postings in a real Tantivy and in a real PostgreSQL."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from assistant.errors import LibraryDamagedError
from assistant.library.database import Database
from assistant.library.derived import StoredPostings
from assistant.library.lexical import TantivyIndex
from assistant.library.postgres import address
from assistant.library.postgres_words import PostgresPlace, PostgresWords
from assistant.types import Chunk, ChunkId, DocumentId, Metadata, StoredChunk, VersionId


def stored(
    name: str, text: str, title: str = "Untitled", headings: tuple[str, ...] = ()
) -> StoredChunk:
    chunk = Chunk(ChunkId(name), 0, 0, len(text), text, headings)
    metadata = Metadata(title)
    return StoredChunk(chunk, DocumentId("d"), VersionId("v"), "file:///d", metadata)


def found(index: StoredPostings, question: str, limit: int = 10) -> list[str]:
    return [chunk_id for chunk_id, _ in index.search(question, limit)]


@contextmanager
def opened(folder: Path, database_url: str | None) -> Iterator[StoredPostings]:
    """An empty index on either engine."""
    if database_url is None:
        yield TantivyIndex(folder)
        return
    database = Database(address(database_url))
    place = PostgresPlace(database)
    try:
        yield place.open(place.new_name("12ab"))
    finally:
        database.close()


@pytest.fixture
def index(tmp_path: Path, database_url: str | None) -> Iterator[StoredPostings]:
    with opened(tmp_path, database_url) as index:
        fill(index)
        yield index


@pytest.fixture
def tantivy(tmp_path: Path) -> TantivyIndex:
    index = TantivyIndex(tmp_path)
    fill(index)
    return index


def fill(index: StoredPostings) -> None:
    index.add(
        [
            stored("attache", "The attaché advises the ambassador on military matters."),
            stored("medical", "STANAG 2067 covers the control of medical materiel."),
            stored("isaf", "UNSCR 1386 authorised the force in Afghanistan."),
            stored("doctrine", "AJP-3 is the doctrine for the conduct of operations."),
            stored("other", "AJP-01 has 3 chapters on 3 levels and 3 functions; see AJP-2."),
            stored("titled", "It lasts two weeks.", title="Exercise Cold Response"),
            stored("headed", "It is held yearly.", headings=("Training", "Interoperability")),
            stored("french", "L'OTAN coordonne la défense collective à Bruxelles."),
            stored("cyrillic", "Оборона и сотрудничество."),
            stored("health", "The WHO vaccinates in camps."),
        ]
    )


def test_an_empty_index_finds_nothing(tmp_path: Path, database_url: str | None) -> None:
    with opened(tmp_path / "new", database_url) as index:
        assert index.search("NATO", 10) == []
        assert index.count() == 0


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What does STANAG 2067 say?", "medical"),
        ("unscr 1386", "isaf"),
        ("What is AJP-3?", "doctrine"),
        ("Who is advising ambassadors?", "attache"),
        ("what is an attache", "attache"),
        ("cold response", "titled"),
        ("interoperability", "headed"),
        ("Que fait l'OTAN pour la defense ?", "french"),
        ("ОБОРОНА", "cyrillic"),
        ("What does the WHO do?", "health"),
    ],
)
def test_words_numbers_and_names_are_found(
    index: StoredPostings, question: str, first: str
) -> None:
    assert found(index, question)[0] == first


def test_the_best_come_first_with_scores_above_zero(index: StoredPostings) -> None:
    scores = [score for _, score in index.search("doctrine for operations AJP", 10)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_question_words_do_not_find_anything_by_themselves(index: StoredPostings) -> None:
    assert found(index, "What is the doctrine?") == ["doctrine"]


def test_a_name_in_capitals_is_no_question_word(index: StoredPostings) -> None:
    assert "health" in found(index, "Does the WHO work in Bruxelles?")
    assert "health" not in found(index, "Who works in Bruxelles?")


def test_question_words_are_searched_where_nothing_else_is_left(index: StoredPostings) -> None:
    assert "attache" in found(index, "the on")


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        '"',
        '"unclosed quote',
        "AND",
        "AND OR NOT",
        "title:",
        "title:(x OR",
        "[a TO b]",
        '+-!(){}[]^"~*?:\\/',
        "a^^2~~~",
        "💥🇧🇪",
        "\x00\x01",
        "\ud800 surrogate",
        "x" * 100_000,
        "word " * 5_000,
        " ".join(f"term{number}" for number in range(2_000)),
        "A-1 " * 1_000,
        "....--//",
        "*",
        "/regex[/",
        "١٢٣ 防衛 ﷽",
    ],
)
def test_any_text_is_a_question(index: StoredPostings, question: str) -> None:
    index.search(question, 10)
    assert found(index, f"{question} STANAG")[:1] in (["medical"], [])


def test_operators_are_read_as_what_they_stand_beside(index: StoredPostings) -> None:
    assert found(index, 'NOT "medical" AND (title:ambassador)')[0] in ("medical", "attache")
    assert {"medical", "attache"} <= set(found(index, "-medical +ambassador"))


def test_a_long_question_keeps_its_rarest_words(index: StoredPostings) -> None:
    padding = " ".join(f"unknown{number}" for number in range(500))
    assert found(index, f"{padding} materiel")[0] == "medical"


@pytest.mark.parametrize("question", ["x" * 100_000, "x-" * 50_000, "Xx." * 30_000])
def test_a_question_of_great_length_is_answered_at_once(
    index: StoredPostings, question: str
) -> None:
    started = time.process_time()
    index.search(question, 10)
    assert time.process_time() - started < 2


def test_a_limit_of_none_or_too_many_is_no_error(index: StoredPostings) -> None:
    assert index.search("STANAG", 0) == []
    assert found(index, "STANAG", 1_000_000) == ["medical"]


def test_adding_again_overwrites(index: StoredPostings) -> None:
    before = index.count()
    index.add([stored("medical", "Now about logistics.")])
    assert index.count() == before
    assert found(index, "STANAG") == []
    assert found(index, "logistics") == ["medical"]


def test_removed_chunks_are_not_found(index: StoredPostings) -> None:
    before = index.count()
    index.remove([ChunkId("medical"), ChunkId("unknown")])
    index.remove([])
    assert index.count() == before - 1
    assert found(index, "STANAG") == []


def test_a_folder_can_be_opened_again(tantivy: TantivyIndex, tmp_path: Path) -> None:
    again = TantivyIndex(tmp_path)
    assert found(again, "STANAG") == ["medical"]
    again.add([stored("new", "about logistics")])
    tantivy.remove([ChunkId("new")])


def test_several_threads_may_write_at_once(index: StoredPostings) -> None:
    before = index.count()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: index.add([stored(f"n{n}", f"number{n}")]), range(8)))
    assert index.count() == before + 8


def test_a_failed_write_leaves_the_index_as_it_was_and_writable(index: StoredPostings) -> None:
    before = index.count()
    with pytest.raises(AttributeError):
        index.add([stored("whole", "whole"), None])  # type: ignore[list-item]  # fails half way
    assert index.count() == before
    index.add([stored("whole", "whole")])
    assert index.count() == before + 1


def test_a_damaged_folder_says_what_to_do(tantivy: TantivyIndex, tmp_path: Path) -> None:
    assert tantivy.count()
    (tmp_path / "meta.json").write_text("garbage")
    with pytest.raises(LibraryDamagedError, match=r"postings in .*ATTACHE_HOME"):
        TantivyIndex(tmp_path)


def test_a_file_in_place_of_the_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "postings").write_text("no folder")
    with pytest.raises(LibraryDamagedError, match=r"postings in .*ATTACHE_HOME"):
        TantivyIndex(tmp_path / "postings")


@pytest.mark.postgres
def test_french_texts_are_found_by_other_forms_of_their_words(
    new_database: Callable[[], str], tmp_path: Path
) -> None:
    with opened(tmp_path, new_database()) as index:
        text = stored("french", "Les attachés coordonnaient les opérations interarmées.")
        index.add([replace(text, metadata=Metadata("Sans titre", language="fr"))])
        for question in ("coordonner", "une opération interarmée", "operations"):
            assert found(index, question) == ["french"], question


@pytest.mark.postgres
def test_both_engines_weigh_terms_alike(new_database: Callable[[], str], tmp_path: Path) -> None:
    rarity, best = [], []
    for url in (None, new_database()):
        with opened(tmp_path, url) as index:
            fill(index)
            index.remove([ChunkId("titled")])
            rarity.append(index.rarity(["ajp", "stanag", "nowher"]))
            best.append(index.search("AJP-3 doctrine", 1))
    assert rarity[0] == pytest.approx(rarity[1])
    assert best[0][0][1] == pytest.approx(best[1][0][1], rel=0.3)


@pytest.mark.postgres
def test_a_large_library_is_not_read_whole_for_a_word_that_most_of_its_texts_have(
    new_database: Callable[[], str],
) -> None:
    database = Database(address(new_database()))
    try:
        common = [stored(f"common{n}", f"Note {n} of the ministry.") for n in range(40)]
        rare = [stored(f"rare{n}", f"The armistice, by the ministry, part {n}.") for n in range(4)]
        all_of_them, bounded = (
            PostgresWords(database, f"word_index_{n}", enough) for n, enough in ((1, 1000), (2, 4))
        )
        for index in (all_of_them, bounded):
            index.add([*common, *rare])
        question = "armistice ministry"
        assert len(all_of_them.search(question, 50)) == 44
        assert bounded.search(question, 50) == all_of_them.search(question, 4)
        assert len(bounded.search("ministry", 50)) == 40, "ten times as many, the same each time"
        assert bounded.search("ministry", 50) == bounded.search("ministry", 50)
    finally:
        database.close()


@pytest.mark.postgres
def test_a_search_looks_texts_up_and_never_reads_them_all(new_database: Callable[[], str]) -> None:
    url = new_database()
    with opened(Path(), url) as index:
        index.add([stored(f"common{n}", f"Note {n} of the ministry.") for n in range(40)])
    with psycopg.connect(url) as connection:
        connection.execute("ANALYZE word_index_12ab")
    before = read_through(url)
    with opened(Path(), url) as index:
        assert len(found(index, "ministry", 50)) == 40
    assert read_through(url) == before


def read_through(url: str) -> int:
    """How often the table of word vectors was read from one end to the other."""
    # What a connection did is counted for certain once it is closed.
    with psycopg.connect(url) as connection:
        counted = "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'word_index_12ab'"
        row = connection.execute(counted).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.postgres
def test_an_index_that_is_removed_leaves_no_table(new_database: Callable[[], str]) -> None:
    database = Database(address(new_database()))
    place = PostgresPlace(database)
    place.open(place.new_name("12ab"))
    assert place.names() == ["word_index_12ab"]
    place.remove("word_index_12ab")
    assert place.names() == []
    database.close()
