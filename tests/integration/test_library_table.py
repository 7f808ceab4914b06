"""Searches of a state: as Tantivy and a full comparison would find it, whatever else is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from assistant.library import nearest, table
from assistant.library.embeddings import FLOAT
from assistant.library.lexical import TantivyIndex
from assistant.library.library import Library, open_library
from assistant.library.segments import LENGTHS, signs_of
from assistant.library.table import PassageTable
from assistant.library.views import Searches
from assistant.ports import Occurrences
from assistant.retrieval.places import read_occurrences
from assistant.types import ChunkId, Filters, Move, Readable
from tests.unit.library.builders import chunk_ids, day, new_version, publish, vector

TEXTS = [
    "The attaché reports to the embassy.",
    "Attachés advise the ambassador, and report home; AJP-3 guides them.",
    "AJP 3 and STANAG 2067 are read beside AJP-10.",
    "Long-term plans of the long war, in terms of the term.",
    "Exercises with partners. " * 30,
    "The WHO met the partners who exercise.",
]
QUESTIONS = [
    "What do attachés report?",
    "AJP-3",
    "long-term AJP-3 plans",
    "exercise with partners",
    "the WHO",
    "of the",
    "embassy " + " ".join(f"word{i}" for i in range(80)),
]


@contextmanager
def kept(home: Path) -> Iterator[tuple[Library, PassageTable]]:
    with open_library(home, "builders") as library:
        yield library, PassageTable(home / "as-of" / "table", library, Event())


def stood(passages: PassageTable, number: int, filters: Filters | None = None) -> Searches:
    view = passages.at(day(number))
    assert view is not None
    return view.narrowed(filters or Filters())


def test_words_are_scored_as_tantivy_scores_what_stood(tmp_path: Path) -> None:
    then = [
        new_version(f"file:///{i}", text, title=f"Report {i} on AJP-3", headings=("Part", text[:9]))
        for i, text in enumerate(TEXTS)
    ]
    with kept(tmp_path / "home") as (library, passages):
        publish(library, day(1), *then)
        stood(passages, 1)
        # What comes and goes later, in another segment, is none of that state's business.
        publish(library, day(2), new_version("file:///0", "Attachés, attachés, AJP-3, partners."))
        only = TantivyIndex(tmp_path / "only")
        only.add(library.ledger.catalogue.stored(chunk_ids(*then)))
        for question in QUESTIONS:
            wanted = dict(only.search(question, 10, {"war": 0.5}))
            for searches in (stood(passages, 1), stood(passages, 1)):
                found = dict(searches.lexical.search(question, 10, {"war": 0.5}))
                assert found.keys() == wanted.keys()
                assert found == pytest.approx(wanted, rel=1e-4)
            stood(passages, 2)
        terms = ["attach", "embassi", "unknown"]
        assert stood(passages, 1).lexical.rarity(terms) == pytest.approx(only.rarity(terms))


def test_terms_stand_where_reading_the_texts_would_find_them(tmp_path: Path) -> None:
    then = [
        new_version(f"file:///{i}", text, title=f"Report {i} on AJP-3", headings=("Part", text[:9]))
        for i, text in enumerate(TEXTS)
    ]
    with kept(tmp_path / "home") as (library, passages):
        publish(library, day(1), *then[:3])
        stood(passages, 1)
        # These stand in another segment.
        publish(library, day(2), *then[3:])
        names = chunk_ids(*then)[::-1]
        terms = ["report", "term", "ajp", "part", "exercis", "unknown", "3"]
        found = stood(passages, 2).look(names).occurrences(terms)
        read = library.lexical.terms
        stored = library.ledger.catalogue.stored(names)
        texts = [read(one.chunk.text) for one in stored]
        titles = [[*read("\n".join(s.chunk.headings)), *read(s.metadata.title)] for s in stored]
        for one, wanted in zip(found, (texts, titles), strict=True):
            wholly = read_occurrences(wanted, terms)
            assert len(wholly.texts)
            assert_same(one, wholly)


def test_passages_are_read_from_the_table_as_the_ledger_has_them(tmp_path: Path) -> None:
    told = new_version(
        "file:///a",
        "Text,\nin two lines.\n\nMore \\n of it.",
        headings=("Part", "Line\nbreak"),
        title="Told",
        issuer="NATO",
        published_on=date(2020, 2, 2),
        language="en",
        marking="NATO UNCLASSIFIED",
    )
    plain, later = new_version("file:///b", TEXTS[0]), new_version("file:///b", TEXTS[1])
    names = chunk_ids(later, told, plain)
    with kept(tmp_path / "home") as (library, passages):
        publish(library, day(1), told, plain)
        publish(library, day(2), later)
        state = library.ledger.sources()["file:///a"]
        library.ledger.move([Move(state, "file:///c", state.look, "At its new place")], day(3))
        for at in (1, 2, 3):
            found = stood(passages, at).stored(names)
            assert found == library.ledger.chunks(names, day(at), Filters())
            assert list(found) == [name for name in names if name in found]
        assert len(stood(passages, 3, Filters(issuers=("NATO",))).stored(names)) == 2


def test_the_signs_of_tokens_are_kept_with_the_table_as_soon_as_there_are_some(
    tmp_path: Path,
) -> None:
    one, two = (new_version(f"file:///{i}", text) for i, text in enumerate(TEXTS[:2]))
    names = chunk_ids(two, one)
    with kept(tmp_path / "home") as (library, passages):
        publish(library, day(1), one, two)
        assert stood(passages, 1).look(names).signs() == [None, None]
        keys = dict(library.ledger.catalogue.published())
        signs = {keys[names[0]]: b"second--", keys[names[1]]: b""}
        library.ledger.token_signs.keep("builders", signs)
    with kept(tmp_path / "home") as (library, passages):  # read anew by who opens it next
        rows = stood(passages, 1).look(names)
        assert rows.signs() == [b"second--", b""]
        passages.forget()
        assert rows.signs() == [b"second--", b""]


def assert_same(one: Occurrences, other: Occurrences) -> None:
    for name in ("texts", "terms", "places", "lengths"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


def test_lengths_are_kept_in_a_byte_as_tantivy_keeps_them() -> None:
    assert LENGTHS[[0, 39, 40, 41, 48, 49, 56, 255]].tolist() == [
        *(0, 39, 40, 42, 56, 60),
        *(88, 2_013_265_944),
    ]
    assert (np.diff(LENGTHS) > 0).all()


def test_of_many_vectors_the_nearest_are_found_and_nothing_else_changes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "ALL", 10)
    monkeypatch.setattr(nearest, "CHOSEN", 40)
    words = [
        "alpha",
        "bravo",
        "charlie",
        "delta",
        "echo",
        "foxtrot",
        "golf",
        "hotel",
        "india",
        "juliett",
        "kilo",
        "lima",
    ]
    texts = [f"{a} {b} {c}" for a in words for b in words for c in words[:3]]
    with kept(tmp_path) as (library, passages):
        publish(library, day(1), new_version("file:///a", "\n\n".join(texts)))
        question = vector("kilo lima alpha")
        found = stood(passages, 1).vectors.search(question, 5)
        assert found[0][1] == pytest.approx(1.0)
        assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
        publish(library, day(2), new_version("file:///b", "kilo lima alpha\n\nlima kilo alpha"))
        assert stood(passages, 1).vectors.search(question, 5) == found
        assert stood(passages, 2).vectors.search(question, 5) != found


def test_what_is_closed_now_is_not_searched_as_of_a_time_when_it_was_open(tmp_path: Path) -> None:
    plan, menu = new_version("file:///a", "the plan"), new_version("file:///b", "the menu")
    with kept(tmp_path) as (library, passages):
        publish(library, day(1), plan, menu)
        publish(library, day(2), new_version("file:///a", "the plan", marking="SECRET"))
        for markings, wanted in ((frozenset(), [menu]), (frozenset({"SECRET"}), [plan, menu])):
            found = stood(passages, 1, Filters(readable=Readable(markings, None)))
            assert sorted(found.stored(chunk_ids(plan, menu))) == sorted(chunk_ids(*wanted))
            # Nor is a word of it counted, which would tell that it is there.
            assert found.lexical.statistics.chunks == len(wanted)


def test_filters_let_nothing_else_be_found_and_keep_the_scores(tmp_path: Path) -> None:
    one = new_version("file:///1", "Attachés.", issuer="NATO", language="en", marking="OPEN")
    two = new_version(
        "file:///2", "Attachés report.", issuer="EU", published_on=date(2020, 5, 1), language="fr"
    )
    narrow = {
        Filters(issuers=("NATO",)): one,
        Filters(issuers=("NATO", "unknown")): one,
        Filters(languages=("fr",)): two,
        Filters(markings=("OPEN",)): one,
        Filters(document_ids=(two.document_id,)): two,
        Filters(published_from=date(2020, 5, 1)): two,
        Filters(published_to=date(2020, 5, 1)): two,
    }
    with kept(tmp_path) as (library, passages):
        publish(library, day(1), one, two)
        whole = stood(passages, 1)
        scores = dict(whole.lexical.search("attachés", 9))
        assert len(scores) == len(whole.vectors.search(vector("attachés"), 9)) == 2
        for filters, wanted in narrow.items():
            part = stood(passages, 1, filters)
            (name,) = chunk_ids(wanted)
            assert part.count == 1
            names = [*chunk_ids(one, two), ChunkId("0" * 32)]
            passing = part.look(names).passing.tolist()
            assert [one for one, passes in zip(names, passing, strict=True) if passes] == [name]
            assert [found for found, _ in part.vectors.search(vector("attachés"), 9)] == [name]
            assert part.lexical.search("attachés", 9) == [(name, scores[name])]
        assert stood(passages, 1, Filters(issuers=("nobody",))).count == 0
        assert stood(passages, 1, Filters(published_from=date(2021, 1, 1))).count == 0


def test_small_segments_become_one_and_what_they_held_is_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "_SOON", 2)
    with kept(tmp_path) as (library, passages):
        for number in range(1, 6):
            publish(library, day(number), new_version(f"file:///{number}", f"Attaché {number}."))
            stood(passages, number)
        before = stood(passages, 5).lexical.search("attaché", 9)
        assert len(before) == 5
        assert passages.is_loose()
        passages.settle()
        assert not passages.is_loose()
        assert len(list((tmp_path / "as-of" / "table").iterdir())) == 1
        assert stood(passages, 5).lexical.search("attaché", 9) == before
        vectors = passages.vectors([name for name, _ in before] + [ChunkId("f" * 32)])
        assert {name: v.tolist() for name, v in vectors.items()} == {
            name: np.array(vector(f"Attaché {n}."), dtype=FLOAT).tolist()
            for n in range(1, 6)
            for name in chunk_ids(new_version(f"file:///{n}", f"Attaché {n}."))
        }
    with kept(tmp_path) as (_, passages):
        assert stood(passages, 5).lexical.search("attaché", 9) == before


def test_a_version_is_in_one_segment_so_that_a_large_table_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "ROWS", 3)
    monkeypatch.setattr(table, "_AT_ONCE", 1)
    texts = [f"Attaché {n}.\n\nAttaché again {n}." for n in range(5)]
    with kept(tmp_path) as (library, passages):
        publish(library, day(1), *(new_version(f"file:///{n}", t) for n, t in enumerate(texts)))
        assert stood(passages, 1).count == 10
    folder = tmp_path / "as-of" / "table"
    written = {path: path.stat().st_ino for path in folder.rglob("*")}
    assert len(list(folder.iterdir())) == 3  # of four rows, four, and two
    with kept(tmp_path) as (_, passages):
        assert stood(passages, 1).count == 10
        assert {path: path.stat().st_ino for path in folder.rglob("*")} == written


def test_what_is_forgotten_is_in_no_file(tmp_path: Path) -> None:
    with kept(tmp_path) as (library, passages):
        publish(library, day(1), new_version("file:///1", "Attachés."))
        assert stood(passages, 1).count == 1
        passages.forget()
        assert not (tmp_path / "as-of" / "table").exists()
        assert stood(passages, 1).count == 1


def test_a_table_that_is_made_stops_when_the_library_is_closed(tmp_path: Path) -> None:
    stop = Event()
    with open_library(tmp_path, "builders") as library:
        publish(library, day(1), new_version("file:///1", "Attachés."))
        stop.set()
        with pytest.raises(InterruptedError):
            PassageTable(tmp_path / "table", library, stop).at(day(1))


def test_signs_are_one_bit_for_each_number() -> None:
    vectors = np.array([[1, -1, 0.5], [-1, -1, -1]], dtype=np.float32)
    assert np.bitwise_count(signs_of(vectors)).tolist() == [[2, 0]]
