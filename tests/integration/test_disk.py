"""A full disk and a read-only folder give a clear error and lose nothing."""

import errno
import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import ParamSpec, TypeVar

import pytest
from sqlalchemy import create_engine, text

from api.errors import failure_of
from assistant.backends import open_backends
from assistant.errors import (
    DiskFullError,
    LibraryDamagedError,
    LibraryError,
    LibraryUnavailableError,
)
from assistant.library.backup import back_up
from assistant.library.backup_restore import restore
from assistant.library.database import Database
from assistant.library.database_errors import translated
from assistant.library.ledger import LEDGER_FILE, open_ledger
from assistant.library.library import Library, open_library
from assistant.library.lock import hold
from assistant.library.reindexing import reindex
from assistant.library.snapshots import StateSnapshots
from assistant.runs import RunRequest
from assistant.settings import Settings
from assistant.types import Filters, IngestReport
from cli.intake import OwnIntake
from cli.readiness import checks_of
from tests.integration.keeping import WordEncoder, fill, found, kinds
from tests.integration.live import eventually
from tests.unit.library.builders import day, new_version, publish

P = ParamSpec("P")
R = TypeVar("R")

NOBODY = 65534
LATE = new_version("file:///late", "A late word.")
STANDING = {"New article.", "Common ground.", "An attaché advises the ambassador."}


@contextmanager
def full_disk() -> Iterator[None]:
    """While inside, no file takes another byte, as on a disk without room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def on_full_disk(step: Callable[P, R]) -> Callable[P, R]:
    """The step, met by a disk that is full just then."""

    def met(*arguments: P.args, **named: P.kwargs) -> R:
        with full_disk():
            return step(*arguments, **named)

    return met


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data directory with a library in it."""
    with open_library(tmp_path / "home", "test") as library:
        fill(library, tmp_path / "sources")
    return tmp_path / "home"


def take_in(library: Library) -> None:
    library.files.put(LATE.document.text.encode())
    publish(library, day(5), LATE)


@pytest.mark.parametrize(
    ("store", "step", "place"),
    [
        ("files", "put", "originals"),
        ("ledger", "stage", "ledger.db"),
        ("vectors", "add", "vectors"),
        ("lexical", "add", "postings"),
        ("ledger", "publish", "ledger.db"),
    ],
)
def test_a_store_that_is_full_is_named_and_the_same_works_once_there_is_room(
    home: Path, monkeypatch: pytest.MonkeyPatch, store: str, step: str, place: str
) -> None:
    with open_library(home, "test") as library:
        with monkeypatch.context() as patched:
            part = getattr(library, store)
            patched.setattr(part, step, on_full_disk(getattr(part, step)))
            with pytest.raises(LibraryDamagedError, match=rf"{home}/{place}.*room") as refused:
                take_in(library)
        assert str(home) in str(refused.value)
        assert found(library, "attaché") == STANDING
        take_in(library)
        assert found(library, "late") == {"A late word.", *STANDING}
        assert kinds(library) == []
    with open_library(home, "test") as library:
        assert kinds(library) == []
        assert found(library, "late") == {"A late word.", *STANDING}


def test_a_full_disk_met_at_the_next_opening_loses_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_library(home, "test") as library, monkeypatch.context() as patched:
        patched.setattr(library.lexical, "add", on_full_disk(library.lexical.add))
        with pytest.raises(LibraryDamagedError):
            take_in(library)
    with full_disk(), pytest.raises(LibraryDamagedError, match="room"):
        open_library(home, "test")
    with open_library(home, "test") as library:
        assert kinds(library) == []
        assert found(library, "attaché") == STANDING


def test_a_reindex_on_a_full_disk_leaves_the_old_indexes(home: Path) -> None:
    with open_library(home, "test") as library:
        with full_disk(), pytest.raises(LibraryDamagedError, match="room"):
            reindex(library, WordEncoder())
        assert kinds(library) == []
        assert found(library, "attaché") == STANDING
        reindex(library, WordEncoder())
        assert kinds(library) == []


def test_a_backup_on_a_full_disk_leaves_nothing_half_written(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "backups" / "backup.tar"
    with full_disk(), pytest.raises(LibraryError, match=r"room"):
        back_up(home, target)
    assert list(target.parent.iterdir()) == []
    assert back_up(home, target).documents == 2


def test_a_restore_on_a_full_disk_leaves_the_present_library(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "backup.tar")
    other = tmp_path / "other"
    with open_library(other, "test") as library:
        take_in(library)
        with full_disk(), pytest.raises(LibraryDamagedError, match="room"):
            restore(other, library, WordEncoder(), tmp_path / "backup.tar")
        assert found(library, "late") == {"A late word."}
        assert kinds(library) == []
        restore(other, library, WordEncoder(), tmp_path / "backup.tar")
        assert found(library, "attaché") == STANDING
        assert kinds(library) == []


def test_a_full_ledger_asks_for_room_and_for_nothing_else(home: Path) -> None:
    ledger = Database(f"sqlite:///{home / LEDGER_FILE}")

    def overfill() -> None:
        with ledger.write() as connection:
            connection.execute(text("PRAGMA max_page_count = 1"))  # no more than there are
            connection.execute(text("CREATE TABLE filler AS SELECT zeroblob(4000000) AS much"))

    with pytest.raises(DiskFullError, match=r"disk is full.*Make room") as refused:
        overfill()
    ledger.close()
    assert "restore" not in str(refused.value)


def test_a_ledger_that_cannot_be_mapped_for_want_of_room_is_not_called_damaged(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(f"sqlite:///{home / LEDGER_FILE}")
    failure = sqlite3.OperationalError("disk I/O error")
    with pytest.raises(LibraryDamagedError), translated(engine):
        raise failure
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    with pytest.raises(DiskFullError, match="Make room"), translated(engine):
        raise failure


def test_a_server_that_could_write_no_question_down_is_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path, starter=False)
    with open_backends(settings, "a test") as backends:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
        with full_disk():
            assert "room" in checks_of(backends, settings).failing()["ledger"]
        assert checks_of(backends, settings).failing() == {}


def test_a_full_disk_is_a_problem_of_its_own() -> None:
    failure = failure_of(DiskFullError("The ledger cannot be written. Make room."))
    assert (failure.kind.status, failure.kind.name) == (507, "insufficient-storage")
    assert failure.detail == "The ledger cannot be written. Make room."


def test_what_stands_is_searched_without_a_table_where_the_disk_takes_none(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("assistant.library.snapshots._PAUSE_S", 0.0)
    with open_library(home, "test") as library:
        snapshots = StateSnapshots(home, library)
        with monkeypatch.context() as patched:
            patched.setattr("assistant.library.table.write", refused)
            assert snapshots.now(Filters()) == (None, None)
            assert snapshots.now(Filters(issuers=("NATO",))) == (None, None)
            with pytest.raises(LibraryUnavailableError, match="Make room"):
                snapshots.at(day(9))
        # What failed in the background may just be tried again: then it is not waited for.
        assert eventually(lambda: snapshots.now(Filters())[0] is not None)
        snapshots.close()


def test_a_run_that_could_not_write_its_end_tells_what_it_died_of(
    home: Path, tmp_path: Path
) -> None:
    class Dying(OwnIntake):
        """Its run meets a full disk, which takes no word of its end either."""

        def _open(self) -> Callable[..., IngestReport]:
            def carry_out(*_: object) -> IngestReport:
                raise LibraryDamagedError("The disk is full. Make room.")

            return carry_out

    (tmp_path / "new.txt").write_text("Something new.")
    with hold(home, "a test") as held:
        ledger = open_ledger(home)
        intake = Dying(Settings(home=home), held, ledger)
        with pytest.raises(LibraryDamagedError, match=r"The disk is full. Make room\."):
            intake.take_in(RunRequest("paths", (str(tmp_path / "new.txt"),)))
        intake.close()
        ledger.close()


@contextmanager
def read_only(home: Path) -> Iterator[None]:
    """While inside, nothing in the folder can be written by this process, not even as root."""
    places = [home, *home.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for place in places:
            place.chmod(0o755 if place.is_dir() else 0o644)


@pytest.fixture
def open_home(home: Path) -> Iterator[Path]:
    """The same, where every user of the machine may look."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    shutil.copytree(home, place / "home")
    if os.geteuid() == 0:
        for each in [place / "home", *(place / "home").rglob("*")]:
            os.chown(each, NOBODY, NOBODY)
    yield place / "home"
    shutil.rmtree(place)


def test_a_read_only_home_says_so_and_is_as_it_was(open_home: Path) -> None:
    with read_only(open_home):
        with pytest.raises(LibraryDamagedError, match=f"{open_home}.*writable"):
            open_library(open_home, "test")
        with pytest.raises(LibraryDamagedError, match=f"{open_home}.*writable"):
            hold(open_home, "a test")
    with open_library(open_home, "test") as library:
        assert kinds(library) == []
        assert found(library, "attaché") == STANDING


@pytest.mark.parametrize("name", ["originals", "vectors", "postings"])
def test_one_read_only_store_is_named_and_nothing_is_lost(open_home: Path, name: str) -> None:
    with (
        read_only(open_home / name),
        pytest.raises(LibraryDamagedError, match=f"{name}.*writable"),
        open_library(open_home, "test") as library,
    ):
        take_in(library)
    with open_library(open_home, "test") as library:
        assert found(library, "attaché") == STANDING
        take_in(library)
        assert kinds(library) == []
