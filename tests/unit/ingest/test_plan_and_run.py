import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import ModelUnavailableError
from assistant.library.library import open_library
from assistant.library.stores import Library
from assistant.types import IngestReport
from ingest.plan import plan
from ingest.run import IngestRun
from ingest.sources import find, uploaded
from tests.unit.ingest.encoders import WordEncoder

TEXT = "The Parties agree to consult. They meet every year in one of their capitals.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "home", "words") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    for name in ("a.txt", "b.md"):
        (tmp_path / "files" / name).write_text(f"{name} says: {TEXT}")
    return tmp_path / "files"


def ingest(library: Library, folder: Path, max_bytes: int = 10_000) -> IngestReport:
    run = IngestRun(library, WordEncoder(), max_bytes=max_bytes, default_marking=None)
    return run.run(plan(find([folder]), library.ledger))


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, len(report.failed)


def test_a_second_run_finds_everything_unchanged(library: Library, folder: Path) -> None:
    assert counts(ingest(library, folder)) == (2, 0, 0, 0)
    assert counts(ingest(library, folder)) == (0, 0, 2, 0)


def test_a_changed_file_is_updated(library: Library, folder: Path) -> None:
    ingest(library, folder)
    (folder / "a.txt").write_text(f"Now it is otherwise. {TEXT}")
    assert counts(ingest(library, folder)) == (0, 1, 1, 0)


def test_a_new_time_alone_is_remembered_and_changes_nothing(library: Library, folder: Path) -> None:
    ingest(library, folder)
    content = (folder / "a.txt").read_bytes()
    (folder / "a.txt").unlink()
    (folder / "a.txt").write_bytes(content)
    assert len(plan(find([folder]), library.ledger).touched) == 1
    ingest(library, folder)
    assert plan(find([folder]), library.ledger).touched == ()


def test_a_bad_file_stops_nothing(library: Library, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "large.txt").write_text(TEXT * 1000)
    report = ingest(library, folder)
    assert counts(report) == (2, 0, 0, 2)
    assert [failure.error for failure in report.failed] == ["NoTextError", "SourceTooLargeError"]


def test_a_file_that_cannot_be_read_is_named_again_but_not_read_again(
    library: Library, folder: Path
) -> None:
    (folder / "empty.txt").write_text("")
    first = ingest(library, folder)
    again = plan(find([folder]), library.ledger)
    assert again.work == ()
    assert again.failed == first.failed


def test_a_file_that_could_not_be_read_is_tried_again_once_it_changed(
    library: Library, folder: Path
) -> None:
    (folder / "empty.txt").write_text("")
    ingest(library, folder)
    (folder / "empty.txt").write_text(TEXT)
    assert counts(ingest(library, folder)) == (1, 0, 2, 0)
    assert library.ledger.failures() == {}


def test_a_source_that_comes_twice_counts_once(library: Library, folder: Path) -> None:
    assert len(plan(find([folder, folder / "a.txt"]), library.ledger).work) == 2


def test_sent_bytes_of_the_same_length_are_compared_by_content(library: Library) -> None:
    run = IngestRun(library, WordEncoder(), max_bytes=1000, default_marking="CUI")
    run.run(plan([uploaded("a.txt", b"One thing is said.")], library.ledger))
    assert len(plan([uploaded("a.txt", b"Two thing is said.")], library.ledger).work) == 1
    assert plan([uploaded("a.txt", b"One thing is said.")], library.ledger).work == ()


def test_a_document_without_a_marking_gets_the_default(library: Library) -> None:
    run = IngestRun(library, WordEncoder(), max_bytes=1000, default_marking="CUI")
    run.run(plan([uploaded("a.txt", TEXT.encode())], library.ledger))
    (version,) = library.ledger.documents(10).items
    assert version.metadata.marking == "CUI"


def test_the_original_is_kept_and_the_run_is_recorded(library: Library, folder: Path) -> None:
    report = ingest(library, folder)
    assert len(list(library.files.names())) == 2
    assert [run.report for run in library.ledger.runs()] == [report]


def test_an_embedder_that_fails_ends_the_run(library: Library, folder: Path) -> None:
    class Down(WordEncoder):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise ModelUnavailableError(f"{len(texts)} texts were not embedded. Try again.")

    run = IngestRun(library, Down(), max_bytes=10_000, default_marking=None)
    with pytest.raises(ModelUnavailableError):
        run.run(plan(find([folder]), library.ledger))
    assert library.ledger.count() == (0, 0)


def test_planning_loads_no_parser() -> None:
    code = (
        "import sys, ingest.plan, ingest.sources;"
        "print({'lxml', 'mammoth', 'pypdfium2', 'chromadb', 'langchain'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
