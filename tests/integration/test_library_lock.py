"""One process owns a data directory."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from assistant.errors import LibraryDamagedError, LibraryInUseError, LibraryUnavailableError
from assistant.library.lock import HOLDER_FILE, hold

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from assistant.library.lock import hold
with hold(Path(sys.argv[1]), "attache serve"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_holder(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the directory until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_told_who_holds_and_what_to_do(tmp_path: Path) -> None:
    with another_holder(tmp_path) as other:
        with pytest.raises(LibraryInUseError) as refused:
            hold(tmp_path, "attache ingest")
        message = str(refused.value)
        assert str(other.pid) in message
        assert "attache serve" in message
        assert "since 20" in message
        assert "ask it in its page or over its API" in message
        assert "ATTACHE_HOME" in message


def test_a_killed_holder_does_not_block(tmp_path: Path) -> None:
    with another_holder(tmp_path) as other:
        other.kill()
        other.wait()
    assert (tmp_path / HOLDER_FILE).exists()
    with hold(tmp_path, "attache ingest"):
        assert json.loads((tmp_path / HOLDER_FILE).read_text())["pid"] == os.getpid()


def test_a_released_directory_can_be_held_again(tmp_path: Path) -> None:
    with hold(tmp_path / "new" / "home", "attache ingest"):
        pass
    assert not (tmp_path / "new" / "home" / HOLDER_FILE).exists()
    hold(tmp_path / "new" / "home", "attache serve").release()


def test_the_same_process_cannot_hold_a_directory_twice(tmp_path: Path) -> None:
    with hold(tmp_path, "attache serve"), pytest.raises(LibraryInUseError, match="attache serve"):
        hold(tmp_path, "attache ingest")


def test_a_holder_that_has_not_signed_yet_is_still_refused(tmp_path: Path) -> None:
    with hold(tmp_path, "attache serve"):
        (tmp_path / HOLDER_FILE).write_text("{")
        with pytest.raises(LibraryInUseError, match="another process"):
            hold(tmp_path, "attache ingest")


def test_another_thread_may_release(tmp_path: Path) -> None:
    held = hold(tmp_path, "attache serve")
    thread = Thread(target=held.release)
    thread.start()
    thread.join()
    hold(tmp_path, "attache ingest").release()


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LibraryDamagedError, match=r"cannot be written.*ATTACHE_HOME"):
        hold(tmp_path / "file" / "home", "attache serve")


def test_a_directory_that_others_could_open_is_closed_to_them_with_all_in_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "home"
    (home / "originals").mkdir(parents=True)
    (home / "originals" / "plan").write_text("A plan.")
    outside = tmp_path / "outside"
    outside.write_text("Not of the library.")
    outside.chmod(0o644)
    (home / "link").symlink_to(outside)
    for path, mode in (
        (home, 0o755),
        (home / "originals", 0o755),
        (home / "originals/plan", 0o644),
    ):
        path.chmod(mode)
    with hold(home, "a test"):
        assert home.stat().st_mode & 0o777 == 0o700
        assert (home / "originals").stat().st_mode & 0o777 == 0o700
        assert (home / "originals" / "plan").stat().st_mode & 0o777 == 0o600
        assert outside.stat().st_mode & 0o777 == 0o644
    assert "could be opened by others" in caplog.text


def test_a_full_disk_says_that_nothing_is_lost_and_holds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", refused)
        with pytest.raises(
            LibraryUnavailableError, match=r"Nothing of the library is lost\. Make room"
        ):
            hold(tmp_path, "a test")
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]
    hold(tmp_path, "a test").release()
