"""`attache ingest --watch`, with a server that holds the data directory and without."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.library.ledger import open_ledger
from tests.integration.commands import Json
from tests.integration.intakes import eventually, fill, last_state, number_of
from tests.integration.served import begun, get, served
from tests.preloaded import Preloaded


class Watch:
    """A command that watches a folder, and the reports it has written so far."""

    def __init__(self, command: Preloaded) -> None:
        self.command = command
        self.said: list[dict[str, Json]] = []
        self.error = ""
        """What it wrote beside them, once it has ended."""

    def sum(self, name: str) -> int:
        """What the reports count of something, together."""
        return sum(number_of(report[name]) for report in self.said)

    def stop(self) -> None:
        """Has it end as by Ctrl-C."""
        self.command.send_signal(signal.SIGINT)
        assert self.command.wait(timeout=60) == 0

    def hear(self) -> None:
        """Reads what it writes until it ends."""
        assert self.command.stdout is not None
        self.said.extend(map(json.loads, self.command.stdout))


@contextmanager
def watching(home: Path, folder: Path, *options: str) -> Iterator[Watch]:
    """The command, killed at the end if it still runs."""
    watch = Watch(begun(home, "ingest", folder, *options, "--watch", "--json"))
    reader = threading.Thread(target=watch.hear)
    reader.start()
    try:
        yield watch
    finally:
        watch.command.kill()
        reader.join()
        watch.error = watch.command.stderr.read() if watch.command.stderr else ""
        watch.command.communicate()


@pytest.mark.parametrize("with_server", [False, True])
def test_a_watched_folder_is_followed_until_ctrl_c(tmp_path: Path, with_server: bool) -> None:
    home = tmp_path / "home"
    folder = fill(tmp_path / "files", "first.md")
    if not with_server:
        _follow(home, folder)
        return
    with served(home):
        _follow(home, folder)


def _follow(home: Path, folder: Path) -> None:
    with watching(home, folder, "--sync") as watch:
        eventually(lambda: len(watch.said) == 1)
        fill(folder, "second.md")
        eventually(lambda: watch.sum("added") == 2)
        (folder / "first.md").rename(folder / "renamed.md")
        eventually(lambda: watch.sum("moved") == 1)
        (folder / "second.md").unlink()
        eventually(lambda: watch.sum("removed") == 1)
        watch.stop()
    assert "Traceback" not in watch.error


def test_a_watch_outlives_its_server_and_leaves_room_for_the_next(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = fill(tmp_path / "files", "first.md")
    with served(home) as (server, _), watching(home, folder) as watch:
        eventually(lambda: len(watch.said) == 1)
        server.terminate()
        server.communicate()
        fill(folder, "second.md")
        eventually(lambda: watch.sum("added") == 2)
        with served(home) as (_, url):
            fill(folder, "third.md")
            eventually(lambda: watch.sum("added") == 3)
            assert get(f"{url}/v1/documents?limit=1")["total"] == 3
        watch.stop()
    assert watch.error.count("The server is gone.") == 1, watch.error
    assert "Going on." in watch.error


def test_a_run_of_the_server_that_fails_ends_no_watch(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = fill(tmp_path / "disk", "a.md", "b.md")
    with served(home), watching(home, folder, "--sync") as watch:
        eventually(lambda: watch.sum("added") == 2)
        folder.rename(tmp_path / "elsewhere")
        eventually(lambda: last_state(home) == "failed")
        (tmp_path / "elsewhere").rename(folder)
        fill(folder, "c.md")
        eventually(lambda: watch.sum("added") == 3)
        assert watch.sum("removed") == 0
        watch.stop()
    assert "is not there, so nothing of it was removed" in watch.error


def test_a_watch_goes_on_when_another_stops_its_run(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = fill(tmp_path / "files", *(f"{number}.md" for number in range(400)))
    with watching(home, folder) as watch:
        _stop_in_the_middle(home)
        eventually(lambda: len(watch.said) == 1)
        assert number_of(watch.said[0]["added"]) < 400
        fill(folder, "new.md")
        eventually(lambda: watch.sum("added") == 401, 180)
        watch.stop()


def _stop_in_the_middle(home: Path) -> None:
    """Asks the run under way to stop, by its ledger: a command may take longer than the run."""
    eventually((home / "ledger.db").exists)
    ledger = open_ledger(home)
    try:
        eventually(lambda: any(run.state == "running" for run in ledger.runs.unended()))
        (run,) = ledger.runs.unended()
        ledger.runs.request_cancel(run.run_id)
    finally:
        ledger.close()
