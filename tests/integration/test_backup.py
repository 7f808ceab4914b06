"""A library in one file, written while it is used, and put back whole or not at all."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from assistant.errors import LibraryDamagedError, LibraryError
from assistant.library.backup import back_up
from assistant.library.backup_restore import restore
from assistant.library.files import ORIGINALS, FileStore
from assistant.library.ledger import LEDGER_FILE
from assistant.library.library import Library, open_library
from assistant.runs import Run, RunProgress, RunRequest
from assistant.types import RunId
from tests.integration.keeping import WordEncoder, fill, found, kinds
from tests.unit.library.builders import day, new_version, publish

ROOT = Path(__file__).parents[2]
OTHER = {"Another library.", "Common ground."}
STANDING = {"New article.", "Common ground.", "An attaché advises the ambassador."}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data directory with a library in it."""
    with open_library(tmp_path / "home", "test") as library:
        fill(library, tmp_path / "sources")
    return tmp_path / "home"


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    """A backup of that library."""
    save(home, tmp_path / "backup.tar")
    return tmp_path / "backup.tar"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A data directory with another library in it, that shares a passage with the first."""
    with open_library(tmp_path / "other", "test") as library:
        put(library, "file:///other.txt", "Another library.\n\nCommon ground.")
    return tmp_path / "other"


def put(library: Library, uri: str, text: str, number: int = 1) -> None:
    library.files.put(text.encode())
    publish(library, day(number), new_version(uri, text))


def save(home: Path, target: Path, *, force: bool = False) -> int:
    """Writes a backup as the command does, beside whoever holds the library."""
    return back_up(home, target, force=force).documents


def rewritten(backup: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> None:
    """Writes the backup anew, each part changed or left out."""
    parts: list[tuple[str, bytes]] = []
    with tarfile.open(backup) as tar:
        for member in tar:
            file = tar.extractfile(member)
            assert file is not None
            changed = change(member.name, file.read())
            if changed is not None:
                parts.append(changed)
    with tarfile.open(backup, "w") as tar:
        for name, data in parts:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def test_a_backup_restored_into_an_empty_home_holds_everything(
    backup: Path, tmp_path: Path
) -> None:
    encoder = WordEncoder()
    with open_library(tmp_path / "new", "test") as library:
        report = restore(tmp_path / "new", library, encoder, backup)
        assert (report.documents, report.chunks, report.originals) == (2, 6, 3)
        assert encoder.embedded == []
        assert kinds(library) == []
        assert found(library, "attaché") == STANDING
        assert found(library, "old article", 1) == {"Old article.", "Common ground."}
    with open_library(tmp_path / "new", "test") as library:
        assert kinds(library) == []


def test_a_restored_library_takes_the_place_of_the_present_one(backup: Path, other: Path) -> None:
    with open_library(other, "test") as library:
        restore(other, library, WordEncoder(), backup)
        assert found(library, "attaché another library") == STANDING
        assert kinds(library) == []
        assert len(list(library.files.names())) == 3
    with open_library(other, "test") as library:
        assert kinds(library) == []
        assert library.vectors.count() == 6


def test_a_backup_is_one_moment_of_a_library_that_is_written_to(home: Path, tmp_path: Path) -> None:
    stop = Event()
    with open_library(home, "test") as library:

        def write() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                put(library, f"file:///{number}", f"Document {number}.", 5)

        writer = Thread(target=write)
        writer.start()
        counts = [save(home, tmp_path / f"{n}.tar") for n in range(4)]
        stop.set()
        writer.join()
        assert kinds(library) == []
    for number, count in enumerate(counts):
        place = tmp_path / f"new{number}"
        with open_library(place, "test") as library:
            restored = restore(place, library, WordEncoder(), tmp_path / f"{number}.tar")
            assert restored.documents == count
            assert kinds(library) == []


def test_a_backup_overwrites_only_when_told_to(home: Path, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(LibraryError, match="--force"):
        save(home, backup)
    assert backup.read_bytes() == before
    assert save(home, backup, force=True) == 2
    assert [each.name for each in backup.parent.iterdir() if each.is_file()] == ["backup.tar"]


def test_a_backup_can_be_read_by_its_owner_alone(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def test_a_home_without_a_library_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(LibraryDamagedError, match="no library"):
        save(tmp_path / "nothing", tmp_path / "backup.tar")
    assert not (tmp_path / "backup.tar").exists()


def test_lost_originals_are_counted_and_the_rest_is_kept(home: Path, tmp_path: Path) -> None:
    files = FileStore(home / ORIGINALS)
    missing, changed, _ = sorted(files.names())
    files.path(missing).unlink()
    files.path(changed).write_bytes(b"something else")
    report = back_up(home, tmp_path / "backup.tar")
    assert (report.originals, report.missing) == (1, 2)
    with open_library(tmp_path / "new", "test") as library:
        restore(tmp_path / "new", library, WordEncoder(), tmp_path / "backup.tar")
        assert kinds(library) == ["originals"]


def truncated(backup: Path) -> None:
    os.truncate(backup, backup.stat().st_size // 2)


def emptied(backup: Path) -> None:
    backup.write_bytes(b"")


def foreign(backup: Path) -> None:
    backup.write_bytes(b"PK" + b"no tar at all" * 1_000)


def of_others(backup: Path) -> None:
    rewritten(backup, lambda name, data: (f"docs/{name}", data))


def flipped(backup: Path) -> None:
    rewritten(backup, lambda name, data: (name, data[:-1] + b"!" if "originals" in name else data))


def ledger_changed(backup: Path) -> None:
    rewritten(backup, lambda name, data: (name, data[:-9] + b"123456789" if "db" in name else data))


def part_missing(backup: Path) -> None:
    rewritten(backup, lambda name, data: None if "originals" in name else (name, data))


def newer_format(backup: Path) -> None:
    rewritten(backup, lambda name, data: (name, data.replace(b'"number": 1', b'"number": 2')))


def leading_out(backup: Path) -> None:
    def change(name: str, data: bytes) -> tuple[str, bytes]:
        if name != "manifest.json":
            return name.replace("originals/", "originals/../../../"), data
        body = json.loads(data)
        body["originals"] = {f"../../../{name}": n for name, n in body["originals"].items()}
        return name, json.dumps(body).encode()

    rewritten(backup, change)


def garbled_manifest(backup: Path) -> None:
    rewritten(backup, lambda name, data: (name, b"[1]" if name == "manifest.json" else data))


@pytest.mark.parametrize(
    "damage",
    [
        truncated,
        emptied,
        foreign,
        of_others,
        flipped,
        ledger_changed,
        part_missing,
        newer_format,
        leading_out,
        garbled_manifest,
    ],
)
def test_a_backup_that_is_not_whole_is_refused_before_anything_is_touched(
    backup: Path, other: Path, damage: Callable[[Path], None]
) -> None:
    damage(backup)
    with open_library(other, "test") as library:
        before = sorted(str(each) for each in other.rglob("*"))
        with pytest.raises(LibraryError, match=r"backup cannot be used.*as it was"):
            restore(other, library, WordEncoder(), backup)
        assert found(library, "another library") == OTHER
        assert kinds(library) == []
        assert sorted(str(each) for each in other.rglob("*")) == before


def test_a_name_that_is_no_file_is_refused(other: Path, tmp_path: Path) -> None:
    with (
        open_library(other, "test") as library,
        pytest.raises(LibraryError, match="no file"),
    ):
        restore(other, library, WordEncoder(), tmp_path / "nothing.tar")


def test_a_backup_of_a_ledger_that_contradicts_itself_is_refused(
    home: Path, other: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(home / LEDGER_FILE)) as connection:
        connection.execute("UPDATE chunks SET text = 'Another.'")
        connection.commit()
    save(home, tmp_path / "backup.tar")
    with open_library(other, "test") as library:
        with pytest.raises(LibraryError, match="cannot be used"):
            restore(other, library, WordEncoder(), tmp_path / "backup.tar")
        assert found(library, "another library") == OTHER


def test_a_backup_made_with_another_embedder_is_embedded_with_the_present_one(
    backup: Path, tmp_path: Path
) -> None:
    wide = WordEncoder("wide", scale=2)
    with open_library(tmp_path / "new", "wide") as library:
        assert restore(tmp_path / "new", library, wide, backup).embedded == 4
        assert kinds(library) == []
        assert library.ledger.embedder() == "wide"
        # Each passage again: those of both libraries are embedded once.
        assert restore(tmp_path / "new", library, wide, backup).embedded == 0


def test_a_question_asked_meanwhile_is_answered_from_the_one_or_from_the_other(
    backup: Path, other: Path
) -> None:
    with open_library(other, "test") as library:
        answers: list[set[str]] = []
        stop = Event()

        def ask() -> None:
            while not stop.is_set():
                answers.append(found(library, "common attaché library"))

        asker = Thread(target=ask)
        asker.start()
        restore(other, library, WordEncoder(), backup)
        stop.set()
        asker.join()
    assert answers
    assert all(answer in (OTHER, STANDING) for answer in answers)


@pytest.mark.parametrize("moment", ["swap", "after"])
def test_a_kill_leaves_the_one_library_or_the_other(backup: Path, other: Path, moment: str) -> None:
    script = f"""
import os
from pathlib import Path
import assistant.library.backup_restore as restoring
from assistant.library.library import open_library
from tests.integration.keeping import WordEncoder
swap = restoring.swap
def killed(ledger, staged):
    if {moment!r} == "after":
        swap(ledger, staged)
    os._exit(9)
restoring.swap = killed
home = Path({str(other)!r})
library = open_library(home, "test")
restoring.restore(home, library, WordEncoder(), Path({str(backup)!r}))
"""
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert killed.returncode == 9
    with open_library(other, "test") as library:
        standing = OTHER if moment == "swap" else STANDING
        assert found(library, "common attaché library") == standing
        assert kinds(library) == []
        assert not (other / "restoring").exists()


def test_runs_of_here_stay_and_those_of_the_backup_are_added_and_ended(
    home: Path, other: Path, tmp_path: Path
) -> None:
    def begin(library: Library, name: str) -> None:
        run = Run(RunId(name), RunRequest("paths", ("x",)), "running", now, RunProgress())
        library.ledger.runs.begin(run)

    now = datetime.now(UTC)
    with open_library(home, "test") as library:
        begin(library, "there")
        save(home, tmp_path / "backup.tar")
    with open_library(other, "test") as library:
        begin(library, "here")
        restore(other, library, WordEncoder(), tmp_path / "backup.tar")
        states = {run.run_id: run.state for run in library.ledger.runs.recent()}
    assert states == {"here": "running", "there": "interrupted"}


def test_nobody_publishes_while_the_library_is_exchanged(backup: Path, other: Path) -> None:
    with open_library(other, "test") as library:
        seen: list[set[str]] = []

        @contextmanager
        def quiet() -> Iterator[None]:
            seen.append(found(library, "another library"))
            yield
            seen.append(found(library, "another library"))

        restore(other, library, WordEncoder(), backup, quiet=quiet)
        assert seen == [OTHER, STANDING]


def test_a_restore_without_room_says_so_first(
    backup: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage(other)._replace(free=1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    with open_library(other, "test") as library:
        with pytest.raises(LibraryError, match="Make room"):
            restore(other, library, WordEncoder(), backup)
        assert found(library, "another library") == OTHER
