"""Ingest runs over real files, real readers and a real library; only the embedder counts words."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import sleep

import pytest

from assistant.access.keys import KeyRole
from assistant.errors import ModelUnavailableError
from assistant.library.library import open_library
from assistant.library.stores import Library
from assistant.runs import RunRequest
from assistant.types import IngestReport, RunId
from ingest.apart.pool import ParserPool
from ingest.idle import run_idle
from ingest.limits import Limits
from ingest.plan import plan
from ingest.reading import Copier
from ingest.requests import plan_request
from ingest.run import IngestRun
from ingest.sources import find, uploaded
from ingest.web.fetch import Fetcher
from tests.unit.ingest.encoders import WordEncoder

TEXT = "The Parties agree to consult. They meet every year in one of their capitals.\n"


@pytest.fixture(scope="module")
def parsers() -> Iterator[ParserPool]:
    with ParserPool(Limits(seconds=60), 1) as pool:
        yield pool


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


class CountingEncoder(WordEncoder):
    """Remembers how many texts it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += len(texts)
        return super().embed_documents(texts)


@dataclass
class Librarian:
    """Takes folders in, as the command does."""

    library: Library
    parsers: ParserPool
    encoder: WordEncoder
    max_bytes: int = 10_000
    default_marking: str | None = None

    def run(self) -> IngestRun:
        copier = Copier(self.library.spool, Fetcher(self.max_bytes, 5.0), self.max_bytes)
        return IngestRun(
            self.library,
            self.encoder,
            self.parsers,
            copier,
            default_marking=self.default_marking,
        )

    def ingest(self, *paths: Path, sync: bool = False, force: bool = False) -> IngestReport:
        request = RunRequest("sync" if sync else "paths", tuple(map(str, paths)), force)
        planned = plan_request(request, self.library.ledger, paths[0])
        if planned.is_idle:
            return run_idle(self.library.ledger, request, planned)
        return self.run().run(request, planned)


@pytest.fixture
def librarian(library: Library, parsers: ParserPool) -> Librarian:
    return Librarian(library, parsers, CountingEncoder())


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, len(report.failed)


def outcomes(library: Library, report: IngestReport) -> list[tuple[str, str]]:
    items = library.ledger.runs.items(report.run_id)
    return sorted((item.source.rsplit("/", 1)[-1], item.outcome) for _, item in items)


def test_a_second_run_finds_everything_unchanged(librarian: Librarian, folder: Path) -> None:
    assert counts(librarian.ingest(folder)) == (2, 0, 0, 0)
    assert counts(librarian.ingest(folder)) == (0, 0, 2, 0)


def test_a_changed_file_is_updated(librarian: Librarian, folder: Path) -> None:
    librarian.ingest(folder)
    (folder / "a.txt").write_text(f"Now it is otherwise. {TEXT}")
    assert counts(librarian.ingest(folder)) == (0, 1, 1, 0)


def test_a_new_time_alone_is_remembered_and_changes_nothing(
    librarian: Librarian, folder: Path
) -> None:
    librarian.ingest(folder)
    content = (folder / "a.txt").read_bytes()
    (folder / "a.txt").unlink()
    (folder / "a.txt").write_bytes(content)
    assert len(plan(find([folder]), librarian.library.ledger).touched) == 1
    librarian.ingest(folder)
    assert plan(find([folder]), librarian.library.ledger).touched == ()


def test_a_bad_file_stops_nothing(librarian: Librarian, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "large.txt").write_text(TEXT * 1000)
    report = librarian.ingest(folder)
    assert counts(report) == (2, 0, 0, 2)
    assert sorted(failure.error for failure in report.failed) == [
        "NoTextError",
        "SourceTooLargeError",
    ]


def test_a_file_that_cannot_be_read_is_named_again_but_not_read_again(
    librarian: Librarian, folder: Path
) -> None:
    (folder / "empty.txt").write_text("")
    first = librarian.ingest(folder)
    again = plan(find([folder]), librarian.library.ledger)
    assert again.work == ()
    assert again.failed == first.failed
    forced = plan(find([folder]), librarian.library.ledger, force=True)
    assert [source.name for source in forced.work] == ["empty.txt"]


def test_a_file_that_could_not_be_read_is_tried_again_once_it_changed(
    librarian: Librarian, folder: Path
) -> None:
    (folder / "empty.txt").write_text("")
    librarian.ingest(folder)
    (folder / "empty.txt").write_text(TEXT)
    assert counts(librarian.ingest(folder)) == (1, 0, 2, 0)
    assert librarian.library.ledger.failures() == {}


def test_a_document_without_a_marking_gets_the_default(librarian: Librarian, folder: Path) -> None:
    librarian.default_marking = "CUI"
    librarian.ingest(folder / "a.txt")
    (version,) = librarian.library.ledger.documents(10).items
    assert version.metadata.marking == "CUI"


def test_the_original_is_kept_and_the_run_is_written_down(
    librarian: Librarian, folder: Path
) -> None:
    report = librarian.ingest(folder)
    assert len(list(librarian.library.files.names())) == 2
    run = librarian.library.ledger.runs.get(report.run_id)
    assert (run.state, run.report, run.request.sources) == ("done", report, (str(folder),))
    assert (run.progress.done_sources, run.progress.total_sources) == (2, 2)
    assert outcomes(librarian.library, report) == [("a.txt", "added"), ("b.md", "added")]


def test_nothing_is_left_in_the_room_for_sources_on_their_way(
    librarian: Librarian, folder: Path, tmp_path: Path
) -> None:
    (folder / "empty.txt").write_text("")
    librarian.ingest(folder)
    assert list((tmp_path / "home" / "incoming").iterdir()) == []


def test_an_embedder_that_fails_ends_the_run_and_the_ledger_says_so(
    library: Library, parsers: ParserPool, folder: Path
) -> None:
    class Down(WordEncoder):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise ModelUnavailableError(f"{len(texts)} texts were not embedded. Try again.")

    with pytest.raises(ModelUnavailableError):
        Librarian(library, parsers, Down()).ingest(folder)
    assert library.ledger.count() == (0, 0)
    (run,) = library.ledger.runs.recent()
    assert (run.state, run.error) == ("failed", "2 texts were not embedded. Try again.")


def test_a_renamed_file_moves_and_nothing_is_embedded_again(
    librarian: Librarian, folder: Path
) -> None:
    librarian.ingest(folder)
    assert isinstance(librarian.encoder, CountingEncoder)
    before = librarian.encoder.embedded
    (folder / "a.txt").rename(folder / "c.txt")
    report = librarian.ingest(folder)
    assert (report.moved, report.unchanged, report.added) == (1, 1, 0)
    assert librarian.encoder.embedded == before
    assert counts(librarian.ingest(folder)) == (0, 0, 2, 0)


def test_a_sentence_more_embeds_only_the_passages_that_changed(
    librarian: Librarian, folder: Path
) -> None:
    sections = [f"# Section {n}\n\n{f'word{n} ' * 60}.\n\n" for n in range(20)]
    (folder / "long.md").write_text("".join(sections))
    librarian.ingest(folder)
    assert isinstance(librarian.encoder, CountingEncoder)
    before = librarian.encoder.embedded
    sections[7] += "One sentence more.\n\n"
    (folder / "long.md").write_text("".join(sections))
    report = librarian.ingest(folder)
    assert report.chunks >= 10
    assert librarian.encoder.embedded - before == 1


def test_a_copy_is_reported_and_not_answered_from_twice(librarian: Librarian, folder: Path) -> None:
    librarian.ingest(folder)
    (folder / "copy of a.txt").write_bytes((folder / "a.txt").read_bytes())
    report = librarian.ingest(folder)
    assert (report.duplicated, report.added) == (1, 0)
    assert librarian.library.ledger.count()[0] == 2
    assert counts(librarian.ingest(folder)) == (0, 0, 3, 0)


def test_a_mirrored_folder_that_lost_a_file_retires_its_document(
    librarian: Librarian, folder: Path
) -> None:
    librarian.ingest(folder, sync=True)
    (folder / "a.txt").unlink()
    assert librarian.ingest(folder).removed == 0
    report = librarian.ingest(folder, sync=True)
    assert (report.removed, librarian.library.ledger.count()[0]) == (1, 1)
    (folder / "a.txt").write_text(f"a.txt says: {TEXT}")
    assert librarian.ingest(folder, sync=True).added == 1


def test_what_is_known_of_a_file_that_a_mirrored_folder_lost_is_forgotten(
    librarian: Librarian, folder: Path
) -> None:
    broken, twin = folder / "broken.pdf", folder / "twin.txt"
    broken.write_bytes(b"%PDF-1.4 broken")
    twin.write_text((folder / "a.txt").read_text())
    librarian.ingest(folder, sync=True)
    ledger = librarian.library.ledger
    assert (len(ledger.failures()), len(ledger.places())) == (1, 1)
    broken.unlink()
    twin.unlink()
    librarian.ingest(folder, sync=True)
    assert (len(ledger.failures()), len(ledger.places())) == (0, 0)


def test_what_an_archive_holds_becomes_documents_and_goes_with_it(
    librarian: Librarian, folder: Path
) -> None:
    box = folder / "box.zip"
    pack(box, {"in/x.txt": f"x says: {TEXT}", "y.md": f"y says: {TEXT}", "empty.txt": ""})
    first = librarian.ingest(box)
    assert counts(first) == (2, 0, 0, 1)
    again = librarian.ingest(box)
    assert (again.unchanged, again.failed) == (2, first.failed)
    pack(box, {"in/x.txt": f"x says: {TEXT}", "y.md": f"y says more: {TEXT}"})
    changed = librarian.ingest(box)
    assert counts(changed) == (0, 1, 1, 0)
    pack(box, {"y.md": f"y says more: {TEXT}"})
    assert librarian.ingest(box).removed == 1
    box.unlink()
    assert librarian.ingest(folder, sync=True).removed == 1


def test_what_is_attached_to_a_marked_message_bears_its_marking(
    librarian: Librarian, folder: Path
) -> None:
    letter = EmailMessage()
    letter["Subject"] = "[NATO SECRET] the gates"
    letter.set_content(f"See the attached. {TEXT}")
    letter.add_attachment(f"The gate was opened. {TEXT}", filename="gate.txt")
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("wall.txt", f"The wall was built. {TEXT}")
    letter.add_attachment(
        inner.getvalue(), maintype="application", subtype="zip", filename="walls.zip"
    )
    (folder / "gates.eml").write_bytes(bytes(letter))
    librarian.ingest(folder / "gates.eml")
    told = [version.metadata for version in librarian.library.ledger.documents(10).items]
    assert {one.title for one in told} == {"[NATO SECRET] the gates", "Gate", "Wall"}
    assert {one.marking for one in told} == {"NATO SECRET"}


def test_the_name_of_an_archive_and_of_a_folder_in_it_mark_what_they_hold(
    librarian: Librarian, folder: Path
) -> None:
    pack(folder / "box.zip", {"NATO SECRET/x.md": f"x says: {TEXT}", "y.md": f"y says: {TEXT}"})
    pack(folder / "NATO_RESTRICTED.zip", {"z.md": f"z says: {TEXT}"})
    librarian.ingest(folder / "box.zip", folder / "NATO_RESTRICTED.zip")
    told = [version.metadata for version in librarian.library.ledger.documents(10).items]
    assert {one.title: one.marking for one in told} == {
        "X": "NATO SECRET",
        "Y": None,
        "Z": "NATO RESTRICTED",
    }


def sent_by(librarian: Librarian, owner: str, name: str, text: str) -> IngestReport:
    """What becomes of a file that somebody sends who may not read everything."""
    with TemporaryDirectory() as uploads:
        Path(uploads, "0").write_text(text)
        request = RunRequest("upload", (f"{owner}/{name}",))
        planned = plan_request(request, librarian.library.ledger, Path(uploads))
        if planned.is_idle:
            return run_idle(librarian.library.ledger, request, planned)
        return librarian.run().run(request, planned)


def test_a_file_that_its_sender_may_read_already_makes_no_second_document(
    librarian: Librarian, folder: Path
) -> None:
    ledger = librarian.library.ledger
    ledger.keys.add("bob", KeyRole.LIBRARIAN, ("NATO RESTRICTED",), ())
    text, closed = f"The gate was opened. {TEXT}", f"NATO SECRET\n\nThe wall fell. {TEXT}"
    (folder / "open.md").write_text(text)
    (folder / "closed.md").write_text(closed)
    librarian.ingest(folder / "open.md", folder / "closed.md")
    report = sent_by(librarian, "bob", "mine.md", text)
    assert (report.added, report.duplicated) == (0, 1)
    (item,) = librarian.library.ledger.runs.items(report.run_id)
    assert item[1].document_id == ledger.sources()[(folder / "open.md").as_uri()].document_id
    # What is marked meanwhile, his copy says openly no more, also when he sends it again.
    (folder / "open.md").write_text(f"NATO SECRET\n\n{text}")
    assert librarian.ingest(folder / "open.md").updated == 1
    again = sent_by(librarian, "bob", "mine.md", text)
    assert (again.added, again.duplicated, again.unchanged) == (0, 0, 1)
    assert not librarian.library.ledger.runs.items(again.run_id)
    # That there is one that he may not read, he is not told.
    report = sent_by(librarian, "bob", "other.md", closed)
    assert (report.added, report.duplicated) == (1, 0)


def test_a_marking_that_is_raised_names_what_says_the_same_openly(
    librarian: Librarian, folder: Path
) -> None:
    text = f"The gate was opened. {TEXT}"
    sent_by(librarian, "bob", "mine.md", text)
    place = folder / "gate.md"
    place.write_text(text)
    assert librarian.ingest(place).duplicated == 1
    place.write_text(f"NATO SECRET\n\n{text}")
    (warning,) = librarian.ingest(place).warnings
    assert "stands in upload:bob/mine.md too" in warning.detail
    place.write_text(f"NATO SECRET\n\n{text} More of it.")
    assert not librarian.ingest(place).warnings


def pack(path: Path, members: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def test_a_cancelled_run_stops_and_says_so(
    library: Library, parsers: ParserPool, folder: Path
) -> None:
    begun, go_on = Event(), Event()

    class Slow(WordEncoder):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            begun.set()
            go_on.wait(120)
            return super().embed_documents(texts)

    for n in range(200):
        (folder / f"{n}.txt").write_text(f"{n} says: {TEXT}")
    librarian = Librarian(library, parsers, Slow())
    running = Thread(target=lambda: librarian.ingest(folder))
    running.start()
    assert begun.wait(120)
    (run,) = library.ledger.runs.recent()
    library.ledger.runs.request_cancel(run.run_id)
    go_on.set()
    running.join(120)
    ended = library.ledger.runs.get(RunId(run.run_id))
    assert ended.state == "cancelled"
    assert ended.report is not None
    assert ended.report.added == library.ledger.count()[0] < 202


def test_something_is_published_every_few_seconds(
    library: Library, parsers: ParserPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(WordEncoder):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            sleep(0.01 * len(texts))
            return super().embed_documents(texts)

    monkeypatch.setattr("ingest.rhythm.EVERY_S", 0.5)
    (tmp_path / "files").mkdir()
    for n in range(60):
        parts = (f"# Part {part}\n\nOf {n}, {part}: " + TEXT * 8 for part in range(10))
        (tmp_path / "files" / f"{n}.md").write_text("\n\n".join(parts))
    librarian = Librarian(library, parsers, Slow())
    report = librarian.ingest(tmp_path / "files")
    assert (report.added, report.chunks >= 600) == (60, True)
    moments = {version.valid_from for version in library.ledger.documents(100, None, None).items}
    # In three batches as large as there may be, or in many that are done in the time.
    assert len(moments) >= 5


def test_sent_bytes_are_taken_in(librarian: Librarian) -> None:
    planned = plan([uploaded("a.txt", TEXT.encode())], librarian.library.ledger)
    report = librarian.run().run(RunRequest("upload", ("a.txt",)), planned)
    assert counts(report) == (1, 0, 0, 0)
    assert list(librarian.library.ledger.sources()) == ["upload:a.txt"]


def test_planning_loads_no_parser() -> None:
    code = (
        "import sys, ingest.plan, ingest.sources;"
        "print({'lxml', 'mammoth', 'pypdfium2', 'chromadb', 'langchain'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
