"""`attache ingest` and `attache runs`, with a server that holds the data directory and without."""

import json
import os
import signal
import stat
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.library.ledger import open_ledger
from tests.integration.commands import Json, attache
from tests.integration.served import begun, get, served

TEXT = "The Parties agree to consult. They meet every year in one of their capitals.\n"


def fill(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(f"# {name}\n\n{name} says so. {TEXT}", encoding="utf-8")
    return folder


def counts(report: dict[str, Json]) -> dict[str, Json]:
    names = ("added", "updated", "moved", "duplicated", "unchanged", "removed")
    failed = report["failed"]
    assert isinstance(failed, list)
    found = {name: report[name] for name in names if report[name]}
    return found | ({"failed": len(failed)} if failed else {})


def eventually(check: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("home")
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The data directory and the address of a running server."""
    home = tmp_path_factory.mktemp("served")
    with served(home) as (_, url):
        yield home, url


def test_a_mirrored_folder_is_followed_through_every_change(home: Path, tmp_path: Path) -> None:
    folder = fill(tmp_path / "files", "stays.md", "changes.md", "goes.md", "moves.md")
    first = attache(home, "ingest", folder, "--sync", "--json")
    assert (first.code, counts(first.json())) == (0, {"added": 4}), first.err
    (folder / "changes.md").write_text(f"# Changed\n\nIt says something else. {TEXT}")
    (folder / "goes.md").unlink()
    (folder / "moves.md").rename(folder / "moved.md")
    fill(folder, "new.md")
    (folder / "twin.md").write_bytes((folder / "stays.md").read_bytes())
    dry = attache(home, "ingest", folder, "--sync", "--dry-run")
    assert "1 to add, 1 to read again, 1 moved, 1 duplicate, 1 to remove, 1 unchanged" in dry.out
    assert f"> {folder.as_uri()}/moved.md  (moved from {folder.as_uri()}/moves.md)" in dry.out
    second = attache(home, "ingest", folder, "--sync", "--json")
    expected = {"added": 1, "updated": 1, "moved": 1, "duplicated": 1, "removed": 1, "unchanged": 1}
    assert counts(second.json()) == expected
    third = attache(home, "ingest", folder, "--sync")
    assert third.out.startswith("5 unchanged in")


def test_only_folders_are_mirrored(home: Path, tmp_path: Path) -> None:
    folder = fill(tmp_path / "files", "a.md")
    for source in (folder / "a.md", "https://example.org/"):
        ended = attache(home, "ingest", source, "--sync")
        assert (ended.code, ended.out) == (2, "")
        assert "--sync mirrors folders" in " ".join(ended.err.replace("│", " ").split())


def test_a_file_may_be_named_by_its_address(home: Path, tmp_path: Path) -> None:
    folder = fill(tmp_path / "à lire", "a#1.md")
    ended = attache(home, "ingest", (folder / "a#1.md").as_uri(), "--json")
    assert (ended.code, counts(ended.json())) == (0, {"added": 1}), ended.err
    mirrored = attache(home, "ingest", folder.as_uri(), "--sync", "--json")
    assert (mirrored.code, counts(mirrored.json())) == (0, {"unchanged": 1}), mirrored.err


def test_other_addresses_are_refused_by_name_and_stop_nothing(home: Path, tmp_path: Path) -> None:
    folder = fill(tmp_path / "files", "beside.md")
    ended = attache(home, "ingest", "ftp://example.org/a.pdf", "s3://bucket/b.pdf", folder)
    assert (ended.code, "1 added, 2 failed" in ended.out) == (1, True), ended.err
    assert "✗ ftp://example.org/a.pdf\n  is an address of the kind ftp:, and only" in ended.out
    assert "✗ s3://bucket/b.pdf\n  is an address of the kind s3:, and only" in ended.out
    watched = attache(home, "ingest", "ftp://example.org/", "--watch")
    assert (watched.code, "cannot be watched" in watched.err) == (2, True)


def test_a_password_in_an_address_is_written_nowhere(
    server: tuple[Path, str], tmp_path: Path
) -> None:
    addresses = ("https://us3r:w0rd@example.org/a", "ftp://us3r:w0/rd@example.org/b")
    for home in (tmp_path / "home", server[0]):
        said = [attache(home, "ingest", *addresses, flag) for flag in ("--dry-run", "--json")]
        said.append(attache(home, "ingest", addresses[0], "--sync"))
        assert [ended.code for ended in said] == [1, 1, 2]
        said.append(attache(home, "runs", "retry", str(said[1].json()["run_id"])[:8], "--json"))
        failed = said[-1].json()["failed"]
        assert isinstance(failed, list)
        assert [one["source"] for one in failed if isinstance(one, dict)] == [
            "https://***@example.org/a",
            "ftp://***@example.org/b",
        ]
        written = [ended.out + ended.err for ended in said]
        written += [
            file.read_bytes().decode("latin-1") for file in home.glob("*") if file.is_file()
        ]
        assert not [text for text in written if "us3r" in text or "w0" in text]


def test_a_folder_whose_disk_is_not_mounted_removes_nothing(home: Path, tmp_path: Path) -> None:
    folder = fill(tmp_path / "disk", "kept.md")
    assert attache(home, "ingest", folder, "--sync").code == 0
    folder.rename(tmp_path / "elsewhere")
    gone = attache(home, "ingest", folder, "--sync")
    assert (gone.code, gone.out) == (2, "")
    assert "is not there, so nothing of it was removed" in gone.err
    folder.mkdir()
    empty = attache(home, "ingest", folder, "--sync", "--dry-run")
    assert (empty.code, empty.out) == (2, "")
    assert "as if its disk were not mounted" in empty.err
    assert attache(home, "ingest", folder, "--sync").code == 2
    meant = attache(home, "ingest", folder, "--sync", "--force", "--json")
    assert (meant.code, counts(meant.json())) == (0, {"removed": 1})


def test_a_folder_that_was_emptied_is_believed(home: Path, tmp_path: Path) -> None:
    folder = fill(tmp_path / "emptied", "old.md")
    assert attache(home, "ingest", folder, "--sync").code == 0
    (folder / "old.md").unlink()
    emptied = attache(home, "ingest", folder, "--sync", "--json")
    assert (emptied.code, counts(emptied.json())) == (0, {"removed": 1})


def test_runs_are_listed_and_shown_by_how_their_ids_begin(home: Path, tmp_path: Path) -> None:
    folder = fill(tmp_path / "files", "shown.md")
    (folder / "bad.pdf").write_bytes(b"nothing")
    report = attache(home, "ingest", folder, "--json").json()
    run_id = str(report["run_id"])
    listed = attache(home, "runs", "list", "--json").json()["items"]
    assert isinstance(listed, list)
    assert isinstance(listed[0], dict)
    assert (listed[0]["run_id"], listed[0]["state"]) == (run_id, "done")
    shown = attache(home, "runs", "show", run_id[:8])
    assert "1 added, 1 failed" in shown.out
    assert "bad.pdf" in shown.out
    assert attache(home, "runs", "show", run_id, "--json").json()["report"] == report
    assert attache(home, "runs", "cancel", run_id).code == 2
    assert "There is no run 'zz'" in attache(home, "runs", "show", "zz").err
    fill(folder, "bad.md")
    (folder / "bad.pdf").unlink()
    again = attache(home, "runs", "retry", run_id[:8], "--json")
    assert (again.code, counts(again.json())) == (1, {"failed": 1})


def test_ctrl_c_stops_a_run_and_keeps_what_was_done(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = fill(tmp_path / "files", *(f"{number}.md" for number in range(400)))
    command = begun(home, "ingest", folder)
    eventually(lambda: _progress(home)[0] == "running")
    command.send_signal(signal.SIGINT)
    out, err = command.communicate(timeout=90)
    assert command.returncode == 130, err
    assert "Stopping." in err
    assert "Traceback" not in err
    assert _progress(home)[0] == "cancelled"
    rest = attache(home, "ingest", folder, "--json")
    done = counts(rest.json())
    assert (rest.code, sum(map(_number, done.values()))) == (0, 400), (out, done)


def test_a_running_server_does_the_work_of_commands(
    server: tuple[Path, str], tmp_path: Path
) -> None:
    home, url = server
    folder = fill(tmp_path / "files", "one.md", "two.md")
    (folder / "bad.pdf").write_bytes(b"nothing")
    ended = attache(tmp_path, "ingest", folder, "--sync", "--json", ATTACHE_HOME=str(home))
    assert (ended.code, counts(ended.json())) == (1, {"added": 2, "failed": 1}), ended.err
    shown = get(f"{url}/v1/ingest-runs/{ended.json()['run_id']}")
    assert (shown["kind"], shown["report"]) == ("sync", ended.json())
    (folder / "bad.pdf").write_bytes(b"nothing else")
    again = attache(home, "runs", "retry", str(ended.json()["run_id"])[:8], "--json")
    assert (again.code, counts(again.json())) == (1, {"failed": 1})
    (folder / "one.md").unlink()
    (folder / "bad.pdf").unlink()
    gone = attache(home, "ingest", folder, "--sync")
    assert (gone.code, "1 unchanged, 1 removed" in gone.out) == (0, True), gone.err
    nowhere = attache(home, "ingest", tmp_path / "nowhere", "--sync")
    assert (nowhere.code, "nothing of it was removed" in nowhere.err) == (2, True)


def test_the_servers_token_is_its_users_alone(server: tuple[Path, str]) -> None:
    home, url = server
    file = home / "server.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    found = json.loads(file.read_text())
    assert set(found) == {"url", "token", "pid"}
    request = urllib.request.Request(
        f"{url}/v1/ingest-runs",
        data=b'{"paths": ["/etc/hostname"]}',
        headers={"Content-Type": "application/json"},
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    refused.value.close()
    assert refused.value.code == 403


def test_a_file_that_a_killed_server_left_deceives_nobody(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with served(home) as (server, _):
        server.kill()
        server.communicate()
        assert (home / "server.json").exists()
    folder = fill(tmp_path / "files", "a.md")
    ended = attache(home, "ingest", folder, "--json")
    assert (ended.code, counts(ended.json())) == (0, {"added": 1})


def test_an_upload_survives_the_kill_of_its_server(tmp_path: Path) -> None:
    home = tmp_path / "home"
    names = [f"{number}.md" for number in range(400)]
    folder = fill(tmp_path / "files", *names)
    with served(home) as (server, url):
        run_id = _send(url, folder, names)
        eventually(lambda: _progress(home)[0] == "running")
        server.kill()
        server.communicate()
    assert _progress(home)[0] == "running"
    with served(home) as (_, url):
        eventually(lambda: get(f"{url}/v1/ingest-runs/{run_id}")["state"] == "done")
        assert get(f"{url}/v1/documents?limit=1")["total"] == 400
        eventually(lambda: not list((home / "uploads").iterdir()))


@pytest.mark.parametrize("with_server", [False, True])
def test_a_watched_folder_is_followed_until_ctrl_c(tmp_path: Path, with_server: bool) -> None:
    home = tmp_path / "home"
    folder = fill(tmp_path / "files", "first.md")
    if not with_server:
        _follow(home, folder)
        return
    with served(home):
        _follow(home, folder)


def test_a_watch_outlives_its_server_and_leaves_room_for_the_next(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = fill(tmp_path / "files", "first.md")
    with served(home) as (server, _):
        command = begun(home, "ingest", folder, "--watch", "--json")
        said: list[dict[str, Json]] = []
        reader = threading.Thread(target=_hear, args=(command, said))
        reader.start()
        try:
            eventually(lambda: len(said) == 1)
            server.terminate()
            server.communicate()
            fill(folder, "second.md")
            eventually(lambda: _sum(said, "added") == 2)
            with served(home) as (_, url):
                fill(folder, "third.md")
                eventually(lambda: _sum(said, "added") == 3)
                assert get(f"{url}/v1/documents?limit=1")["total"] == 3
            command.send_signal(signal.SIGINT)
            assert command.wait(timeout=60) == 0
        finally:
            command.kill()
            reader.join()
            error = command.stderr.read() if command.stderr else ""
            command.communicate()
    assert error.count("The server is gone.") == 1, error
    assert "Going on." in error


def test_a_run_of_the_server_that_fails_ends_no_watch(
    server: tuple[Path, str], tmp_path: Path
) -> None:
    home, _ = server
    folder = fill(tmp_path / "disk", "a.md", "b.md")
    command = begun(home, "ingest", folder, "--sync", "--watch", "--json")
    said: list[dict[str, Json]] = []
    reader = threading.Thread(target=_hear, args=(command, said))
    reader.start()
    try:
        eventually(lambda: _sum(said, "added") == 2)
        folder.rename(tmp_path / "elsewhere")
        eventually(lambda: _progress(home)[0] == "failed")
        (tmp_path / "elsewhere").rename(folder)
        fill(folder, "c.md")
        eventually(lambda: _sum(said, "added") == 3)
        assert _sum(said, "removed") == 0
        command.send_signal(signal.SIGINT)
        assert command.wait(timeout=60) == 0
    finally:
        command.kill()
        reader.join()
        error = command.stderr.read() if command.stderr else ""
        command.communicate()
    assert "is not there, so nothing of it was removed" in error


def test_a_watch_goes_on_when_another_stops_its_run(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = fill(tmp_path / "files", *(f"{number}.md" for number in range(400)))
    command = begun(home, "ingest", folder, "--watch", "--json")
    said: list[dict[str, Json]] = []
    reader = threading.Thread(target=_hear, args=(command, said))
    reader.start()
    try:
        _stop_in_the_middle(home)
        eventually(lambda: len(said) == 1)
        assert _number(said[0]["added"]) < 400
        fill(folder, "new.md")
        eventually(lambda: _sum(said, "added") == 401, 180)
        command.send_signal(signal.SIGINT)
        assert command.wait(timeout=60) == 0
    finally:
        command.kill()
        reader.join()
        command.communicate()


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


def _follow(home: Path, folder: Path) -> None:
    command = begun(home, "ingest", folder, "--sync", "--watch", "--json")
    said: list[dict[str, Json]] = []
    reader = threading.Thread(target=_hear, args=(command, said))
    reader.start()
    try:
        eventually(lambda: len(said) == 1)
        fill(folder, "second.md")
        eventually(lambda: _sum(said, "added") == 2)
        (folder / "first.md").rename(folder / "renamed.md")
        eventually(lambda: _sum(said, "moved") == 1)
        (folder / "second.md").unlink()
        eventually(lambda: _sum(said, "removed") == 1)
        command.send_signal(signal.SIGINT)
        assert command.wait(timeout=60) == 0
    finally:
        command.kill()
        reader.join()
        error = command.stderr.read() if command.stderr else ""
        command.communicate()
    assert "Traceback" not in error


def _hear(command: "subprocess.Popen[str]", said: list[dict[str, Json]]) -> None:
    assert command.stdout is not None
    said.extend(map(json.loads, command.stdout))


def _sum(said: list[dict[str, Json]], name: str) -> int:
    return sum(_number(report[name]) for report in said)


def _number(value: Json) -> int:
    assert isinstance(value, int)
    return value


def _progress(home: Path) -> tuple[Json, Json]:
    """The state of the last run, and its progress."""
    if not (home / "ledger.db").exists():
        return None, None
    ended = attache(home, "runs", "list", "--limit", "1", "--json")
    items = ended.json()["items"] if ended.code == 0 else None
    if not isinstance(items, list) or not items or not isinstance(items[0], dict):
        return None, None
    return items[0]["state"], items[0]["progress"]


def _send(url: str, folder: Path, names: list[str]) -> str:
    """Uploads files without waiting; the name of the run."""
    boundary = os.urandom(8).hex()
    body = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"'
        "\r\n\r\n".encode()
        + (folder / name).read_bytes()
        + b"\r\n"
        for name in names
    )
    request = urllib.request.Request(
        f"{url}/v1/documents?wait=false",
        data=body + f"--{boundary}--\r\n".encode(),
        headers={"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        assert reply.status == 202
        return str(json.loads(reply.read())["run_id"])
