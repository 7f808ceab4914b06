"""`attache ingest` and `attache runs`, with a server that holds the data directory and without."""

import json
import os
import re
import signal
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.commands import Json, attache
from tests.integration.intakes import TEXT, eventually, fill, last_state, number_of
from tests.integration.served import begun, get, served


def counts(report: dict[str, Json]) -> dict[str, Json]:
    names = ("added", "updated", "moved", "duplicated", "unchanged", "removed")
    failed = report["failed"]
    assert isinstance(failed, list)
    found = {name: report[name] for name in names if report[name]}
    return found | ({"failed": len(failed)} if failed else {})


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
        # A token by chance may hold two letters of the password, so with what stands around them.
        assert not [text for text in written if re.search("us3r|:w0|w0/?rd", text)]


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
    eventually(lambda: last_state(home) == "running")
    command.send_signal(signal.SIGINT)
    out, err = command.communicate(timeout=90)
    assert command.returncode == 130, err
    assert "Stopping." in err
    assert "Traceback" not in err
    assert last_state(home) == "cancelled"
    rest = attache(home, "ingest", folder, "--json")
    done = counts(rest.json())
    assert (rest.code, sum(map(number_of, done.values()))) == (0, 400), (out, done)


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
        eventually(lambda: last_state(home) == "running")
        server.kill()
        server.communicate()
    assert last_state(home) == "running"
    assert "waits for a server" in " ".join(attache(home, "runs", "list").out.split())
    with served(home) as (_, url):
        eventually(lambda: get(f"{url}/v1/ingest-runs/{run_id}")["state"] == "done")
        assert get(f"{url}/v1/documents?limit=1")["total"] == 400
        eventually(lambda: not list((home / "uploads").iterdir()))


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


def test_a_run_whose_process_was_killed_is_told_as_interrupted_and_can_be_finished(
    tmp_path: Path,
) -> None:
    command = begun(tmp_path, "ingest", Path(__file__).parents[2] / "library")
    eventually(lambda: last_state(tmp_path) in {"queued", "running"})
    assert _states(tmp_path)[0] in {"queued", "running"}
    command.kill()
    command.communicate()
    assert _states(tmp_path) == ["interrupted"]
    examined = attache(tmp_path, "doctor", "--json")
    assert examined.code == 0, examined.out
    told = str(examined.json()["last_run"])
    assert "was cut short" in told
    name = told.split("retry ")[1].split("`")[0]
    assert attache(tmp_path, "runs", "retry", name).code == 0
    assert _states(tmp_path) == ["done", "interrupted"]
    assert attache(tmp_path, "doctor", "--json").json()["last_run"] is None


def _states(home: Path) -> list[str]:
    items = attache(home, "runs", "list", "--json").json()["items"]
    assert isinstance(items, list)
    return [str(item["state"]) for item in items if isinstance(item, dict)]
