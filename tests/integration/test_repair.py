"""The stores are compared exactly, and mended from the ledger and the sources."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import LibraryDamagedError
from assistant.library.checking import check
from assistant.library.completing import add_kept
from assistant.library.ledger import LEDGER_FILE
from assistant.library.library import ORIGINALS, open_library
from assistant.library.repairing import repair
from assistant.types import ChunkId
from tests.integration.keeping import WordEncoder, fill, found, kinds
from tests.unit.library.builders import chunk_ids, day, new_version, publish


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data directory with a library in it."""
    with open_library(tmp_path / "home", "test") as library:
        fill(library, tmp_path / "sources")
    return tmp_path / "home"


def execute(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / LEDGER_FILE)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_sound_library_has_no_findings(home: Path) -> None:
    with open_library(home, "test") as library:
        report = check(library, deep=True)
    assert report.findings == ()
    assert (report.documents, report.chunks, report.vectors, report.postings) == (2, 6, 6, 6)
    assert report.originals == 3


def test_one_lost_and_one_unknown_entry_are_both_noticed_and_mended(home: Path) -> None:
    encoder = WordEncoder()
    with open_library(home, "test") as library:
        lost, *_ = library.ledger.catalogue.published()
        library.vectors.remove([lost])
        library.lexical.remove([lost])
        stranger = new_version("file:///stranger", "Unknown.")
        library.vectors.add(chunk_ids(stranger), [[1.0] + [0.0] * 31])
        # The counts agree: only names tell.
        assert library.vectors.count() == library.ledger.chunk_count()
        assert kinds(library) == ["vectors", "vectors", "postings"]
        report = repair(library, encoder)
        assert len(report.before.findings) == 3
        assert report.after.findings == ()
        assert encoder.embedded == []
        assert "Old article." in found(library, "old article", 1)


def test_a_vector_that_is_not_its_passage_s_is_found_by_a_deep_check_and_renewed(
    home: Path,
) -> None:
    with open_library(home, "test") as library:
        wanted = library.ledger.catalogue.published()
        one = next(iter(wanted))
        library.vectors.add([one], [np.eye(32, dtype=np.float32)[3]])
        assert kinds(library, deep=False) == []
        assert kinds(library) == ["vectors"]
        assert repair(library, WordEncoder()).after.findings == ()
        with library.indexes.vectors.use() as index:
            renewed = index.vectors([one])[one]
            add_kept(index, library.ledger, "test", {one: wanted[one]})
            assert np.array_equal(index.vectors([one])[one], renewed)


def test_vectors_only_the_index_has_are_kept_without_embedding(home: Path) -> None:
    execute(home, "DELETE FROM embeddings")
    encoder = WordEncoder()
    with open_library(home, "test") as library:
        assert kinds(library) == ["kept vectors"]
        assert repair(library, encoder).after.findings == ()
        assert encoder.embedded == []


def test_only_what_has_no_vector_anywhere_is_embedded(home: Path) -> None:
    with open_library(home, "test") as library:
        chunks = library.ledger.catalogue.stored(list(library.ledger.catalogue.published()))
        (lost,) = [each.chunk for each in chunks if each.chunk.text == "Old article."]
        library.vectors.remove([lost.chunk_id])
    execute(home, "DELETE FROM embeddings")
    encoder = WordEncoder()
    with open_library(home, "test") as library:
        assert repair(library, encoder).after.findings == ()
    assert encoder.embedded == [lost.text]


@pytest.mark.parametrize("name", ["vectors", "postings"])
def test_an_index_folder_that_is_gone_is_rebuilt_at_the_next_opening(home: Path, name: str) -> None:
    shutil.rmtree(home / name)
    with open_library(home, "test") as library:
        assert kinds(library) == []
        assert found(library, "attaché") == {
            "New article.",
            "Common ground.",
            "An attaché advises the ambassador.",
        }


@pytest.mark.parametrize(
    ("name", "file"), [("vectors", "chroma.sqlite3"), ("postings", "meta.json")]
)
def test_a_damaged_index_is_refused_with_advice_and_rebuilt_by_a_repair(
    home: Path, name: str, file: str
) -> None:
    (home / name / file).write_bytes(b"garbage" * 1_000)
    with pytest.raises(LibraryDamagedError, match=f"{name} in .*attache doctor --repair"):
        open_library(home, "test")
    with open_library(home, "test", mend=True) as library:
        assert repair(library, WordEncoder()).after.findings == ()
        assert "Old article." in found(library, "old article", 1)
    assert not (home / name).exists()
    with open_library(home, "test") as library:
        assert kinds(library) == []


def test_a_graph_that_was_lost_beside_its_list_is_noticed_and_rebuilt(tmp_path: Path) -> None:
    texts = "\n\n".join(f"Passage {number}." for number in range(1_500))
    with open_library(tmp_path, "test") as library:
        library.files.put(texts.encode())
        publish(library, day(1), new_version("file:///long", texts))
    (graph,) = [each for each in (tmp_path / "vectors").iterdir() if each.is_dir()]
    shutil.rmtree(graph)
    with pytest.raises(LibraryDamagedError, match="attache doctor --repair"):
        open_library(tmp_path, "test")
    with open_library(tmp_path, "test", mend=True) as library:
        assert kinds(library) == []
        assert library.vectors.count() == 1_500
        assert len(library.vectors.search([1.0] + [0.0] * 31, 100)) == 100


def test_a_lost_original_is_taken_from_its_source_or_reported(home: Path) -> None:
    shutil.rmtree(home / ORIGINALS)
    with open_library(home, "test") as library:
        report = repair(library, WordEncoder())
        (before,) = report.before.findings
        (after,) = report.after.findings
        assert (before.kind, before.count) == ("originals", 3)
        assert (after.kind, after.count) == ("originals", 2)
        assert "uploaded again" in after.advice
        assert after.examples == ("file:///treaty.txt", "file:///treaty.txt")


def test_an_original_that_was_changed_is_found_by_a_deep_check(home: Path) -> None:
    with open_library(home, "test") as library:
        name = next(iter(library.ledger.soundness.originals())).sha256
        path = library.files.path(name)
        path.write_bytes(path.read_bytes().swapcase())
        assert kinds(library, deep=False) == []
        assert kinds(library) == ["originals"]


@pytest.mark.parametrize("rest", [0, 5])
def test_an_original_that_was_cut_short_is_found_without_reading_it(home: Path, rest: int) -> None:
    with open_library(home, "test") as library:
        for original in library.ledger.soundness.originals():
            path = library.files.path(original.sha256)
            path.write_bytes(path.read_bytes()[:rest])
        (finding,) = check(library).findings
        # Of a text that was replaced since, no size is kept: it is missed only where it is empty.
        assert (finding.kind, finding.count) == ("originals", 2 if rest else 3)
        (left,) = repair(library, WordEncoder(), deep=False).after.findings
        assert (left.what, left.count) == ("Original files are missing", 1 if rest else 2)


def test_a_damaged_original_is_taken_out_of_use_and_kept_beside_its_place(home: Path) -> None:
    with open_library(home, "test") as library:
        paths = {
            library.files.path(each.sha256): each.source_uris
            for each in library.ledger.soundness.originals()
        }
        for path in paths:
            path.write_bytes(b"something else")
        (left,) = repair(library, WordEncoder(), deep=True).after.findings
        assert (left.kind, left.what, left.count) == ("originals", "Original files are missing", 2)
        for path, uris in paths.items():
            assert path.is_file() == uris[0].endswith("attach%C3%A9.txt")
            assert path.with_name(f"{path.name}.damaged").read_bytes() == b"something else"


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE chunks SET text = 'Another.' WHERE ordinal = 1", "spans"),
        ("UPDATE validities SET valid_to = NULL", "periods"),
        ("UPDATE validities SET valid_to = '2026-01-20 00:00:00.000000'", "periods"),
        ("UPDATE documents SET current_version_id = NULL", "periods"),
        ("UPDATE versions SET chunks = chunks + 1", "versions"),
        ("DELETE FROM validities WHERE valid_to IS NULL", "periods"),
    ],
)
def test_a_ledger_that_contradicts_itself_is_reported_and_left_alone(
    home: Path, statement: str, kind: str
) -> None:
    with open_library(home, "test") as library:
        execute(home, statement)
        assert kind in kinds(library)
        report = repair(library, WordEncoder())
        assert kind in [finding.kind for finding in report.after.findings]
        finding = next(each for each in report.after.findings if each.kind == kind)
        assert "attache restore" in finding.advice
        assert len(list(library.files.names())) == 3


@pytest.mark.parametrize("lost", ["removed", "emptied"])
def test_a_lost_ledger_never_costs_the_originals(home: Path, lost: str) -> None:
    (home / LEDGER_FILE).unlink()
    if lost == "emptied":
        (home / LEDGER_FILE).touch()
    for _ in range(2):
        with pytest.raises(LibraryDamagedError, match=r"ledger .* is new.*attache restore"):
            open_library(home, "test")
    assert len([*(home / ORIGINALS).glob("??/*")]) == 3


def test_what_was_staged_and_never_stood_is_no_finding_and_goes_with_a_repair(home: Path) -> None:
    with open_library(home, "test") as library:
        staged = new_version("file:///later", "Later.")
        library.ledger.stage([staged])
        library.vectors.add(chunk_ids(staged), [[1.0] + [0.0] * 31])
        assert kinds(library) == []
        assert repair(library, WordEncoder()).after.findings == ()
        assert library.ledger.leftovers() == ()
        assert library.vectors.count() == 6


def test_the_names_of_findings_are_few_however_many_there_are(home: Path) -> None:
    with open_library(home, "test") as library:
        library.vectors.add([ChunkId(f"x{n}") for n in range(50)], [[1.0] + [0.0] * 31] * 50)
        (finding,) = check(library).findings
        assert finding.count == 50
        assert len(finding.examples) == 5
