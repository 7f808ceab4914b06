"""Readers in processes apart: what the worst documents do to them, and what comes of it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import psutil
import pytest
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from assistant.errors import (
    ConfigurationError,
    IngestError,
    LibraryUnavailableError,
    SourceLimitError,
    SourceUnreadableError,
)
from ingest.apart.pool import ParserPool
from ingest.limits import MEGABYTE, Limits
from ingest.parsed import Parsed

HOSTILE = "tests.integration.hostile_worker"
LIMITS = Limits(
    seconds=10.0,
    memory=300 * MEGABYTE,
    pages=100,
    characters=1_000_000,
    unpacked=40 * MEGABYTE,
    page_seconds=1.5,
)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "room"
    folder.mkdir()
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_text("What the attaché wrote.", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def readers() -> Iterator[ParserPool]:
    """Readers with time enough, used by one test after another: none may spoil it for the next."""
    with ParserPool(LIMITS, 1, HOSTILE) as pool:
        yield pool


@pytest.fixture(scope="module")
def hasty() -> Iterator[ParserPool]:
    """Readers that have one second for a document."""
    with ParserPool(replace(LIMITS, seconds=1.0), 1, HOSTILE) as pool:
        yield pool


def text(parsed: Parsed) -> str:
    assert parsed.document is not None
    return parsed.document.text


def alive(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def gone_within(seconds: float, *pids: int) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until and any(map(alive, pids)):
        time.sleep(0.02)
    return not any(map(alive, pids))


def descendants() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}


def test_a_text_is_read_by_a_real_reader(file: Path, room: Path) -> None:
    with ParserPool(LIMITS, 1) as pool:
        parsed = pool.parse(file, "note.txt", room).result(30)
    assert text(parsed) == "What the attaché wrote."


def test_a_source_that_is_refused_keeps_its_error_and_its_reader(file: Path, room: Path) -> None:
    file.write_bytes(b"%PDF-1.7 and no more")
    with ParserPool(LIMITS, 1) as pool:
        with pytest.raises(SourceUnreadableError, match="damaged"):
            pool.parse(file, "note.pdf", room).result(30)
        before = descendants()
        with pytest.raises(SourceUnreadableError):
            pool.parse(file, "note.pdf", room).result(30)
        assert descendants() == before


def test_what_a_real_archive_holds_is_laid_into_the_room(file: Path, room: Path) -> None:
    with ZipFile(file, "w") as archive:
        archive.writestr("notes/first.txt", "The first note.")
        archive.writestr("notes/second.txt", "The second note.")
    with ParserPool(LIMITS, 1) as pool:
        parsed = pool.parse(file, "notes.zip", room).result(30)
    assert parsed.document is None
    assert [member.name for member in parsed.members] == ["notes/first.txt", "notes/second.txt"]
    assert [member.path.read_text() for member in parsed.members] == [
        "The first note.",
        "The second note.",
    ]


def test_places_may_be_given_from_where_the_parent_stands(
    readers: ParserPool, file: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    parsed = readers.parse(Path(file.name), "untrue member", Path(room.name)).result(30)
    assert parsed.members[0].path == room / "member"


def test_members_and_warnings_come_with_a_reading(
    readers: ParserPool, file: Path, room: Path
) -> None:
    parsed = readers.parse(file, "untrue member", room).result(30)
    assert parsed.members[0].path.read_bytes() == b"x"
    assert parsed.warnings == ("Mind the gap.",)


def test_one_that_hangs_is_ended_at_its_time(hasty: ParserPool, file: Path, room: Path) -> None:
    began = time.monotonic()
    with pytest.raises(SourceLimitError, match=r"longer than 1 s .*ATTACHE_PARSE_TIMEOUT_S"):
        hasty.parse(file, "hang", room).result(30)
    assert 0.9 < time.monotonic() - began < 25  # it would hang for good


def test_one_that_holds_the_interpreter_is_ended_at_its_time(
    hasty: ParserPool, file: Path, room: Path
) -> None:
    with pytest.raises(SourceLimitError, match="longer than"):
        hasty.parse(file, "hold", room).result(30)


def test_each_page_recognised_earns_time_for_the_next(
    hasty: ParserPool, file: Path, room: Path
) -> None:
    assert text(hasty.parse(file, "pages 5", room).result(30)).startswith("pages")


def test_a_page_that_takes_too_long_to_recognise_is_named_as_the_reason(
    hasty: ParserPool, file: Path, room: Path
) -> None:
    with pytest.raises(SourceLimitError, match=r"1.5 s to recognise .*ATTACHE_OCR_TIMEOUT_S"):
        hasty.parse(file, "page", room).result(30)


@pytest.mark.parametrize("act", ["swell 400", "children", "gulp"])
def test_one_that_swells_is_ended(readers: ParserPool, file: Path, room: Path, act: str) -> None:
    with pytest.raises(SourceLimitError, match=r"300 MB of memory .*ATTACHE_PARSE_MEMORY_MB"):
        readers.parse(file, act, room).result(30)


@pytest.mark.parametrize(
    ("act", "how"),
    [("crash", "signal 11, SIGSEGV"), ("leave 3", "with status 3"), ("leave 0", "with status 0")],
)
def test_one_that_dies_is_reported(
    readers: ParserPool, file: Path, room: Path, act: str, how: str
) -> None:
    with pytest.raises(SourceUnreadableError, match=how):
        readers.parse(file, act, room).result(30)


@pytest.mark.parametrize(
    "act", [f"send {what}" for what in ("oversized", "unknown", "text", "no-object", "extra")]
)
def test_one_that_speaks_out_of_turn_is_ended(
    readers: ParserPool, file: Path, room: Path, act: str
) -> None:
    with pytest.raises(SourceUnreadableError, match="nonsense"):
        readers.parse(file, act, room).result(30)


@pytest.mark.parametrize("act", ["send nested", "send pages"])
def test_no_frame_harms_the_parent(readers: ParserPool, file: Path, room: Path, act: str) -> None:
    with pytest.raises(SourceUnreadableError, match="nonsense"):
        readers.parse(file, act, room).result(30)


UNTRUE = ("span", "order", "confidence", "type", "long")
UNTRUE_MEMBERS = ("outside", "dots", "link", "gone", "folder", "nameless")


@pytest.mark.parametrize("what", UNTRUE + UNTRUE_MEMBERS)
def test_a_reading_that_cannot_be_true_is_refused(
    readers: ParserPool, file: Path, room: Path, what: str
) -> None:
    with pytest.raises(SourceUnreadableError, match="nonsense"):
        readers.parse(file, f"untrue {what}", room).result(30)


def test_what_a_library_prints_is_no_answer(readers: ParserPool, file: Path, room: Path) -> None:
    assert text(readers.parse(file, "babble", room).result(30)) == "babble None 10.0"


def test_one_file_cannot_outgrow_what_may_be_unpacked(
    readers: ParserPool, file: Path, room: Path
) -> None:
    large = room / "large"
    with pytest.raises(SourceLimitError, match=r"40 MB.*ATTACHE_MAX_UNPACKED_MB"):
        readers.parse(file, f"write {large}", room).result(30)
    assert large.stat().st_size <= 40 * MEGABYTE


def test_many_files_cannot_fill_the_disk(readers: ParserPool, file: Path, room: Path) -> None:
    with pytest.raises(SourceLimitError, match="ATTACHE_MAX_UNPACKED_MB"):
        readers.parse(file, "many", room).result(30)
    assert sum(path.stat().st_size for path in room.iterdir()) < 1500 * MEGABYTE


def test_a_full_disk_is_no_fault_of_the_document(
    readers: ParserPool, file: Path, room: Path
) -> None:
    with pytest.raises(LibraryUnavailableError, match="No space left"):
        readers.parse(file, "full", room).result(30)


def test_an_error_nobody_foresaw_is_told_and_logged(
    readers: ParserPool, file: Path, room: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "ingest.apart.reader")
    with pytest.raises(SourceUnreadableError, match="KeyError: 'no such style'"):
        readers.parse(file, "stumble", room).result(30)
    assert "Traceback" in caplog.text


def test_a_text_without_proper_characters_keeps_its_length(
    readers: ParserPool, file: Path, room: Path
) -> None:
    assert text(readers.parse(file, "untrue surrogate", room).result(30)) == "a?b"


def test_files_are_written_in_the_room_alone(
    readers: ParserPool, file: Path, room: Path, tmp_path: Path
) -> None:
    with pytest.raises(SourceUnreadableError, match="may not write here"):
        readers.parse(file, f"write {tmp_path / 'elsewhere'}", room).result(30)
    assert not (tmp_path / "elsewhere").exists()


def test_nothing_stays_for_the_next_document(readers: ParserPool, file: Path, room: Path) -> None:
    readers.parse(file, "litter", room).result(30)
    assert "saw []" in text(readers.parse(file, "litter", room).result(30))


def test_programs_but_the_few_it_needs_are_refused(
    readers: ParserPool, file: Path, room: Path
) -> None:
    with pytest.raises(SourceUnreadableError, match="may not start this: true"):
        readers.parse(file, "start /bin/true", room).result(30)


def test_the_network_is_out_of_reach(readers: ParserPool, file: Path, room: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        with pytest.raises(SourceUnreadableError, match="PermissionError"):
            readers.parse(file, f"call {port}", room).result(30)
        with pytest.raises(SourceUnreadableError, match=r"socket\.getaddrinfo"):
            readers.parse(file, "resolve example.org", room).result(30)
        said = text(readers.parse(file, f"machine {port}", room).result(30))
        assert readers.network
        if readers.network != {"hook"}:  # the kernel may not grant a namespace
            assert "connect -1" in said
            with pytest.raises(TimeoutError):
                server.accept()


def test_no_key_reaches_a_reader(monkeypatch: pytest.MonkeyPatch, file: Path, room: Path) -> None:
    monkeypatch.setenv("ATTACHE_OPENAI_API_KEY", "a-secret")
    with ParserPool(LIMITS, 1, HOSTILE) as pool:
        said = text(pool.parse(file, "environment", room).result(30))
    assert "PATH=" in said
    assert "a-secret" not in said
    assert "ATTACHE_" not in said


def test_other_documents_go_on_while_one_hangs(file: Path, room: Path) -> None:
    with ParserPool(replace(LIMITS, seconds=60.0), 2, HOSTILE) as pool:
        stuck = pool.parse(file, "hang", room)
        done = [pool.parse(file, f"ok {number}", room) for number in range(20)]
        assert all(text(future.result(30)).startswith("ok") for future in done)
        assert not stuck.done()


@pytest.mark.parametrize(("act", "how"), [("breed", "longer than"), ("abandon", "status 5")])
def test_children_that_left_are_ended_with_their_reader(
    file: Path, room: Path, act: str, how: str
) -> None:
    listed = room / "listed"
    # Time enough to leave behind all eight, however busy the machine is.
    with (
        ParserPool(replace(LIMITS, seconds=3.0), 1, HOSTILE) as pool,
        pytest.raises(IngestError, match=how),
    ):
        pool.parse(file, f"{act} {listed}", room).result(30)
    pids = [int(line) for line in listed.read_text(encoding="ascii").split()]
    assert len(pids) == 8
    assert gone_within(20, *pids)


def test_cancelling_ends_a_reading_within_a_moment(file: Path, room: Path) -> None:
    with ParserPool(replace(LIMITS, seconds=60.0), 1, HOSTILE) as pool:
        stuck, waiting = pool.parse(file, "hang", room), pool.parse(file, "ok", room)
        until = time.monotonic() + 20
        while not stuck.running() and time.monotonic() < until:
            time.sleep(0.01)
        began = time.monotonic()
        stuck.cancel()
        with pytest.raises(CancelledError):
            stuck.result(5)
        assert text(waiting.result(50)).startswith("ok")
        assert time.monotonic() - began < 50  # it would go on for a minute


def test_closing_ends_everything_at_once(file: Path, room: Path) -> None:
    before = descendants()
    pool = ParserPool(replace(LIMITS, seconds=60.0), 2, HOSTILE)
    futures = [pool.parse(file, "hang", room) for _ in range(5)]
    until = time.monotonic() + 20
    while len(descendants() - before) < 4 and time.monotonic() < until:
        time.sleep(0.02)
    began = time.monotonic()
    pool.close()
    assert time.monotonic() - began < 30  # they would go on for a minute
    assert all(isinstance(_outcome(future), CancelledError) for future in futures)
    assert not descendants() - before
    with pytest.raises(RuntimeError):
        pool.parse(file, "ok", room)


def _outcome(future: object) -> BaseException | None:
    try:
        return future.exception(1)  # type: ignore[attr-defined, no-any-return]
    except CancelledError as error:
        return error


def test_nothing_outlives_a_parent_that_is_killed(file: Path, room: Path) -> None:
    listed = room / "listed"
    code = (
        "import sys, pathlib; from ingest.apart.pool import ParserPool\n"
        "from ingest.limits import *\n"
        f"pool = ParserPool(Limits(), 2, {HOSTILE!r})\n"
        f"file, room = pathlib.Path({str(file)!r}), pathlib.Path({str(room)!r})\n"
        f"pool.parse(file, 'breed {listed}', room); pool.parse(file, 'hold', room).result()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if listed.exists() and listed.read_text(encoding="ascii").count("\n") == 8:
                break
            time.sleep(0.05)
        family = [child.pid for child in psutil.Process(parent.pid).children(recursive=True)]
        strays = [int(line) for line in listed.read_text(encoding="ascii").split()]
    finally:
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    assert len(family) > 8
    assert len(strays) == 8
    assert gone_within(20, *family, *strays)


def test_a_reader_that_cannot_start_says_so(file: Path, room: Path) -> None:
    with (
        ParserPool(LIMITS, 1, "tests.integration.no_such_module") as pool,
        pytest.raises(ConfigurationError, match="No module named"),
    ):
        pool.parse(file, "ok", room).result(30)


def test_a_reader_grown_fat_is_replaced(file: Path, room: Path) -> None:
    with ParserPool(LIMITS, 1, HOSTILE) as pool:
        first, fat, later = [pool.parse(file, act, room) for act in ("whoami", "fatten", "whoami")]
        fat.result(30)
        assert text(first.result(30)) != text(later.result(30))


def test_a_reader_grown_old_is_replaced(
    monkeypatch: pytest.MonkeyPatch, file: Path, room: Path
) -> None:
    monkeypatch.setattr("ingest.apart.reader._TASKS_OF_A_LIFE", 2)
    with ParserPool(LIMITS, 1, HOSTILE) as pool:
        said = [text(pool.parse(file, "whoami", room).result(30)) for _ in range(3)]
    assert said[0] == said[1] != said[2]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "two.pdf"
    canvas = Canvas(str(path), pagesize=(400, 400), invariant=1)
    for words in ("The first page speaks of treaties.", "The second page names an attaché."):
        canvas.drawString(40, 300, words)
        canvas.showPage()
    canvas.save()
    return path


def test_the_boxes_of_a_span_are_found_on_its_page(pdf: Path, room: Path) -> None:
    with ParserPool(LIMITS, 1) as pool:
        document = pool.parse(pdf, "two.pdf", room).result(30).document
        assert document is not None
        start = document.text.index("names an")
        found = pool.boxes(
            pdf, room, document.text, document.pages, document.words, start, start + 8
        ).result(30)
        with pytest.raises(IngestError, match="not inside the text"):
            pool.boxes(pdf, room, document.text, document.pages, document.words, 5, 10_000).result(
                30
            )
    (box,) = found
    assert box.page == 2
    assert 0.2 < box.top < box.bottom < 0.3
    assert 0.2 < box.left < box.right < 0.6


def test_a_page_is_drawn(pdf: Path, room: Path) -> None:
    with ParserPool(LIMITS, 1) as pool:
        image = pool.page_image(pdf, room, 2, 300).result(30)
        assert image.read_bytes().startswith(b"\x89PNG")
        with pytest.raises(IngestError, match="no page 3"):
            pool.page_image(pdf, room, 3).result(30)
