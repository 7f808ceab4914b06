"""What a run that is cut short, or a folder that changes, must not lose: one case each."""

import os
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from assistant.library.library import open_library
from assistant.library.stores import Library
from assistant.runs import RunRequest
from assistant.types import IngestReport
from ingest.apart.pool import ParserPool
from ingest.idle import run_idle
from ingest.limits import MEGABYTE, Limits
from ingest.reading import Copier
from ingest.requests import plan_request
from ingest.run import IngestRun
from ingest.web.fetch import Fetcher
from tests.unit.ingest.encoders import WordEncoder

SAID = "The Parties agree to consult. They meet every year in one of their capitals.\n"


@pytest.fixture(scope="module")
def parsers() -> Iterator[ParserPool]:
    with ParserPool(Limits(seconds=60), 1) as pool:
        yield pool


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


class PowerCutError(BaseException):
    """Ends a run as nothing that is foreseen does."""


class Librarian:
    """Takes a folder in, opening the library anew for each run."""

    def __init__(self, home: Path, parsers: ParserPool, limits: Limits | None = None) -> None:
        self._home = home
        self._parsers = parsers
        self._limits = limits

    def sync(self, folder: Path, batches: int = 1000) -> IngestReport:
        """Mirrors the folder; the power is cut after so many batches were published."""
        with open_library(self._home, "words") as library:
            request = RunRequest("sync", (str(folder),))
            planned = plan_request(request, library.ledger, folder)
            if planned.is_idle:
                return run_idle(library.ledger, request, planned)
            return run_of(library, self._parsers, batches, self._limits).run(request, planned)

    def said(self) -> list[tuple[str, str]]:
        """What stands, by the name of its source, with the first words it says."""
        with open_library(self._home, "words") as library:
            return sorted(
                (
                    one.source_uri.rsplit("/", 1)[-1],
                    library.ledger.text(one.document_id, one.version_id).split(" says")[0],
                )
                for one in library.ledger.documents(1000).items
            )


def run_of(
    library: Library, parsers: ParserPool, batches: int = 1000, limits: Limits | None = None
) -> IngestRun:
    """A run whose encoder has power for so many batches."""
    copier = Copier(library.spool, Fetcher(MEGABYTE, 5.0), 100 * MEGABYTE, limits)
    return IngestRun(library, Mains(batches), parsers, copier, default_marking=None)


class Mains(WordEncoder):
    """An encoder whose power is cut after so many batches."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self._left = batches

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self._left -= 1
        if self._left < 0:
            raise PowerCutError
        return super().embed_documents(texts)


@pytest.fixture
def librarian(tmp_path: Path, parsers: ParserPool) -> Librarian:
    return Librarian(tmp_path / "home", parsers)


def test_a_copy_speaks_for_itself_once_its_original_changes(
    librarian: Librarian, folder: Path
) -> None:
    (folder / "a.txt").write_text(f"One says: {SAID}")
    (folder / "b.txt").write_text(f"One says: {SAID}")
    librarian.sync(folder)
    assert librarian.said() == [("a.txt", "One")]
    (folder / "a.txt").write_text(f"Two says: {SAID}")
    librarian.sync(folder)
    assert librarian.said() == [("a.txt", "Two"), ("b.txt", "One")]


def test_a_copy_made_before_an_edit_keeps_what_the_file_said(
    librarian: Librarian, folder: Path
) -> None:
    (folder / "a.txt").write_text(f"One says: {SAID}")
    librarian.sync(folder)
    for name in ("a copy.txt", "a copy of it.txt"):
        (folder / name).write_text(f"One says: {SAID}")
    (folder / "a.txt").write_text(f"Two says: {SAID}")
    report = librarian.sync(folder)
    assert (report.added, report.updated, report.duplicated) == (1, 1, 1)
    assert [what for _, what in librarian.said()] == ["One", "Two"]


def test_a_copy_that_became_a_document_stays_when_its_original_goes(
    librarian: Librarian, folder: Path
) -> None:
    original, copy = folder / "a.txt", folder / "b.txt"
    for path in (original, copy):
        path.write_text(f"One says: {SAID}")
    librarian.sync(folder)
    for words in ("Two", "One"):
        original.write_text(f"{words} says: {SAID}")
        librarian.sync(folder)
    original.unlink()
    librarian.sync(folder)
    assert librarian.said() == [("b.txt", "One")]


def test_a_file_and_its_copy_that_change_alike_stay_one_document(
    librarian: Librarian, folder: Path
) -> None:
    for words in ("One", "Two", "Three"):
        for name in ("a.txt", "b.txt"):
            (folder / name).write_text(f"{words} says: {SAID}")
        librarian.sync(folder)
        assert librarian.said() == [("a.txt", words)]


def test_two_archives_of_the_same_content_are_both_opened(
    librarian: Librarian, folder: Path
) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as box:
        box.writestr("x.txt", f"X says: {SAID}")
    (folder / "b.zip").write_bytes((folder / "a.zip").read_bytes())
    assert librarian.sync(folder).failed == ()
    (folder / "a.zip").unlink()
    librarian.sync(folder)
    assert librarian.said() == [("b.zip#x.txt", "X")]


def test_a_letter_that_is_renamed_keeps_its_attachments(librarian: Librarian, folder: Path) -> None:
    letter(folder / "letter.eml", {"a.txt": f"A says: {SAID}"})
    librarian.sync(folder)
    (folder / "letter.eml").rename(folder / "talks.eml")
    librarian.sync(folder)
    assert len(librarian.said()) == 2
    assert {name.partition("#")[0] for name, _ in librarian.said()} == {"talks.eml"}


def letter(path: Path, attached: dict[str, str]) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Talks", "a@example.org", "b@example.org"
    message.set_content(f"Letter says: {SAID}")
    for name, text in attached.items():
        message.add_attachment(text, filename=name)
    path.write_bytes(bytes(message))


def test_the_attachments_of_a_letter_are_not_lost_with_the_power(
    librarian: Librarian, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.outbox.BATCH_DOCUMENTS", 1)
    letter(folder / "letter.eml", {"a.txt": f"A says: {SAID}", "b.txt": f"B says: {SAID}"})
    with pytest.raises(PowerCutError):
        librarian.sync(folder, batches=1)
    assert len(librarian.said()) == 1
    librarian.sync(folder)
    assert len(librarian.said()) == 3
    assert librarian.sync(folder).unchanged == 3


def test_a_letter_in_an_archive_keeps_its_attachments_when_something_else_changes(
    librarian: Librarian, folder: Path, tmp_path: Path
) -> None:
    letter(tmp_path / "letter.eml", {"a.txt": f"A says: {SAID}"})
    for words in ("One", "Two"):
        with zipfile.ZipFile(folder / "box.zip", "w") as box:
            box.write(tmp_path / "letter.eml", "letter.eml")
            box.writestr("other.txt", f"{words} says: {SAID}")
        librarian.sync(folder)
        assert len(librarian.said()) == 3
    assert ("box.zip#other.txt", "Two") in librarian.said()


def test_names_of_every_kind_are_taken_in_and_found_again(
    librarian: Librarian, folder: Path
) -> None:
    names = [
        "Rapport d’activité – été.txt".encode(),
        "re\u0301sume\u0301.txt".encode(),
        "r\u00e9sum\u00e9.txt".encode(),
        b"two\nlines.txt",
        b"latin-1 \xe9t\xe9.txt",
        b"#?%20&.txt",
        b"x" * 251 + b".txt",
    ]
    for number, name in enumerate(names):
        with open(os.path.join(os.fsencode(folder), name), "w") as file:  # noqa: PTH118, PTH123
            file.write(f"{number} says: {SAID}")
    assert librarian.sync(folder).added == len(names)
    assert sorted(what for _, what in librarian.said()) == [str(n) for n in range(len(names))]
    again = librarian.sync(folder)
    assert (again.unchanged, again.added, again.removed) == (len(names), 0, 0)
    os.rename(  # noqa: PTH104
        os.path.join(os.fsencode(folder), b"two\nlines.txt"),  # noqa: PTH118
        os.path.join(os.fsencode(folder), b"one \xff line.txt"),  # noqa: PTH118
    )
    assert librarian.sync(folder).moved == 1


def test_what_is_no_file_is_passed_over(librarian: Librarian, folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "a.txt").write_text(f"A says: {SAID}")
    (folder / "deep" / "around").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "nowhere.txt").symlink_to(folder / "not there")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "socket.txt"))
        report = librarian.sync(folder)
    assert librarian.said() == [("a.txt", "A")]
    assert sorted(one.source.rsplit("/", 1)[-1] for one in report.failed) == [
        "nowhere.txt",
        "self.txt",
    ]


def test_a_folder_that_is_written_to_meanwhile_is_in_the_end_as_on_disk(
    librarian: Librarian, folder: Path
) -> None:
    chance, over = Random(7), threading.Event()
    for number in range(30):
        (folder / f"{number}.txt").write_text(f"{number}-0 says: {SAID}")

    def edit() -> None:
        edition = 0
        while not over.is_set():
            edition += 1
            path = folder / f"{chance.randrange(40)}.txt"
            if chance.random() < 0.2:
                path.unlink(missing_ok=True)
            else:
                path.write_text(f"{path.stem}-{edition} says: {SAID * chance.randint(1, 40)}")
            time.sleep(0.002)

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        for _ in range(3):
            librarian.sync(folder)
    finally:
        over.set()
        editor.join()
    librarian.sync(folder)
    on_disk = sorted(
        (path.name, path.read_text().split(" says")[0]) for path in folder.glob("*.txt")
    )
    assert librarian.said() == on_disk


def test_a_file_that_vanishes_after_it_was_found_is_reported(
    tmp_path: Path, parsers: ParserPool, folder: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"{name} says: {SAID}")
    with open_library(tmp_path / "home", "words") as library:
        request = RunRequest("sync", (str(folder),))
        planned = plan_request(request, library.ledger, folder)
        (folder / "a.txt").unlink()
        report = run_of(library, parsers).run(request, planned)
        assert (report.added, [one.error for one in report.failed]) == (
            1,
            ["SourceUnreadableError"],
        )


def test_pages_of_nothing_are_reported_as_having_no_text(
    librarian: Librarian, folder: Path
) -> None:
    (folder / "nothing.pdf").write_bytes(empty_pages(20_000))
    (folder / "a.txt").write_text(f"A says: {SAID}")
    began = time.monotonic()
    (failed,) = librarian.sync(folder).failed
    assert failed.error in ("NoTextError", "SourceLimitError")
    assert librarian.said() == [("a.txt", "A")]
    assert time.monotonic() - began < 60


def test_a_bomb_is_refused_and_its_neighbours_are_taken_in(tmp_path: Path, folder: Path) -> None:
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(8):
            bomb.writestr(f"{number}.txt", b"0" * (8 * MEGABYTE))
    (folder / "a.txt").write_text(f"A says: {SAID}")
    with ParserPool(Limits(seconds=60, unpacked=20 * MEGABYTE), 1) as pool:
        librarian = Librarian(tmp_path / "home", pool)
        (failed,) = librarian.sync(folder).failed
        assert (failed.source.rsplit("/", 1)[-1], failed.error) == ("bomb.zip", "SourceLimitError")
        assert librarian.said() == [("a.txt", "A")]


def test_archives_in_an_archive_share_what_one_file_may_unpack_to(
    tmp_path: Path, folder: Path
) -> None:
    def packed(members: dict[str, bytes]) -> bytes:
        data = BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return data.getvalue()

    filling = f"It says nothing: {'0 ' * MEGABYTE}".encode()
    inner = {f"{n}.zip": packed({f"{n}.csv": filling * 3}) for n in range(6)}
    (folder / "outer.zip").write_bytes(packed({"a.txt": f"A says: {SAID}".encode(), **inner}))
    limits = Limits(seconds=60, unpacked=14 * MEGABYTE, characters=1000)
    with ParserPool(limits, 1) as pool:
        librarian = Librarian(tmp_path / "home", pool, limits)
        failed = librarian.sync(folder).failed
        refused = [one for one in failed if "unpacks to more than 14 MB" in one.detail]
        assert len(refused) == 4
        assert librarian.said() == [("outer.zip#a.txt", "A")]


def empty_pages(pages: int) -> bytes:
    """A PDF of so many pages with nothing on them."""
    parts = [b"%PDF-1.4\n"]
    places: list[int] = []
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(pages))
    bodies.append(b"<</Type/Pages/Count %d/MediaBox[0 0 595 842]/Kids[%s]>>" % (pages, kids))
    bodies.extend([b"<</Type/Page/Parent 2 0 R>>"] * pages)
    at = len(parts[0])
    for number, body in enumerate(bodies, 1):
        places.append(at)
        parts.append(b"%d 0 obj%sendobj\n" % (number, body))
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table))
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, at))
    return b"".join(parts)
