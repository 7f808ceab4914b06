"""The commands that keep a library: doctor, reindex, backup and restore, beside a server or not."""

import json
import shutil
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integration.commands import attache
from tests.integration.served import served

FINLAND = "# Finland\n\nFinland became the 31st member of NATO on 4 April 2023.\n"
SWEDEN = "# Sweden\n\nSweden became the 32nd member of NATO on 7 March 2024.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data directory in which one document was taken in."""
    (tmp_path / "finland.md").write_text(FINLAND)
    (tmp_path / "sweden.md").write_text(SWEDEN)
    assert attache(tmp_path / "home", "ingest", tmp_path / "finland.md").code == 0
    return tmp_path / "home"


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of a server that holds the directory, until it is told to let go of it."""
    with served(home) as (server, url):
        yield url
        server.terminate()
        server.communicate(timeout=90)


def found(url: str, question: str) -> set[str]:
    """The titles of the passages the server finds."""
    request = urllib.request.Request(
        f"{url}/v1/search",
        json.dumps({"question": question}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        return {passage["title"] for passage in json.loads(reply.read())["passages"]}


def test_a_running_server_is_checked_backed_up_rebuilt_and_restored(
    home: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.tar"
    with serving(home) as url:
        assert attache(home, "backup", backup).code == 0
        assert attache(home, "ingest", tmp_path / "sweden.md").code == 0
        assert found(url, "When did Sweden become a member?") == {"Finland", "Sweden"}
        rebuilt = attache(home, "reindex", "--json").json()
        assert (rebuilt["chunks"], rebuilt["in_use"]) == (2, True)
        assert found(url, "When did Sweden become a member?") == {"Finland", "Sweden"}
        refused = attache(home, "restore", backup)
        assert refused.code == 2
        assert "2 documents" in refused.err
        assert "--replace" in refused.err
        restored = attache(home, "restore", backup, "--replace", "-y", "--json").json()
        assert restored["documents"] == 1
        assert found(url, "When did Sweden become a member?") == {"Finland"}
        doctor = attache(home, "doctor", "--deep", "--json")
        assert doctor.json()["findings"] == []
        assert url in str(doctor.json()["in_use"])
    assert attache(home, "doctor", "--deep", "--json").json()["findings"] == []


def test_a_damaged_index_fails_the_doctor_until_it_is_repaired(home: Path) -> None:
    (home / "vectors" / "chroma.sqlite3").write_bytes(b"garbage" * 1_000)
    ill = attache(home, "doctor")
    assert "contents of original files were not read" in " ".join(ill.err.split())
    assert ill.code == 1
    assert "attache doctor --repair" in " ".join(ill.out.split())
    assert attache(home, "doctor", "--repair", "--deep").code == 0
    assert attache(home, "doctor", "--deep").code == 0


def test_a_ledger_that_cannot_be_read_is_set_aside_for_a_backup(home: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.tar"
    assert attache(home, "backup", backup).code == 0
    again = attache(home, "backup", backup)
    assert (again.code, "--force" in again.err) == (2, True)
    for name in ("ledger.db-wal", "ledger.db-shm"):
        (home / name).unlink(missing_ok=True)
    (home / "ledger.db").write_bytes(b"garbage" * 1_000)
    ill = attache(home, "doctor", "--repair")
    assert ill.code == 1
    assert "attache restore" in ill.out
    assert len(list((home / "originals").glob("??/*"))) == 1
    assert attache(home, "restore", backup).code == 2
    restored = attache(home, "restore", backup, "--replace", "-y", "--json").json()
    assert restored["documents"] == 1
    aside = Path(str(restored["set_aside"]))
    assert (aside / "ledger.db").read_bytes().startswith(b"garbage")
    assert attache(home, "doctor", "--deep").code == 0


def test_a_backup_that_cannot_be_used_leaves_what_could_not_be_opened_in_place(
    home: Path, tmp_path: Path
) -> None:
    shutil.copytree(home, tmp_path / "before")
    (home / "ledger.db").unlink()
    (tmp_path / "backup.tar").write_bytes(b"no backup")
    ended = attache(home, "restore", tmp_path / "backup.tar", "--replace", "-y")
    assert ended.code == 2
    assert "backup cannot be used" in ended.err
    assert not list(home.glob("replaced-*"))
    assert len(list((home / "originals").glob("??/*"))) == 1
    # Once the ledger is back, everything is.
    shutil.copyfile(tmp_path / "before" / "ledger.db", home / "ledger.db")
    assert attache(home, "doctor", "--deep").code == 0


def test_a_backup_that_is_not_there_is_missed_before_anything_is_asked(
    home: Path, tmp_path: Path
) -> None:
    ended = attache(home, "restore", tmp_path / "none.tar")
    assert (ended.code, ended.out) == (2, "")
    assert f"There is no file {tmp_path / 'none.tar'}" in ended.err


def test_a_backup_is_not_written_over_a_folder(home: Path, tmp_path: Path) -> None:
    ended = attache(home, "backup", tmp_path, "--force")
    assert (ended.code, ended.out) == (2, "")
    assert f"{tmp_path} is a folder. Name a file in it" in ended.err


def test_a_backup_says_which_folder_it_made(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    assert f"The folder {folder} was not there" in attache(home, "backup", folder / "one.tar").err
    assert "not there" not in attache(home, "backup", folder / "two.tar").err
