"""Versions from the command line: compared, restored, pruned, and asked about as of a time."""

from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import pytest

from tests.integration.commands import Json, attache
from tests.integration.served import served

QUESTION = "What does a defence attaché represent?"
TEXT = """# Attachés

## Duties

A defence attaché represents the armed forces. The attaché reports to the ambassador each week.

## Privileges

They enjoy diplomatic immunity.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with two versions of one document; the file `then` names a time between them."""
    folder: Path = tmp_path_factory.mktemp("library")
    source = folder / "attachés.md"
    source.write_text(TEXT, encoding="utf-8")
    attache(folder, "ingest", source)
    (folder / "then").write_text(datetime.now(UTC).isoformat(), encoding="utf-8")
    sleep(0.01)
    source.write_text(TEXT.replace("the ambassador", "the head of mission"), encoding="utf-8")
    assert attache(folder, "ingest", source, "--json").json()["updated"] == 1
    return folder


def listed(home: Path, *options: str) -> dict[str, Json]:
    items = attache(home, "documents", "list", "--json", *options).json()["items"]
    assert isinstance(items, list)
    (document,) = items
    assert isinstance(document, dict)
    return document


def test_a_difference_is_shown_side_by_side_under_its_heading(home: Path) -> None:
    name = str(listed(home)["document_id"])
    ended = attache(home, "documents", "diff", name[:8])
    assert ended.code == 0, ended.err
    assert "§ Attachés › Duties" in ended.out
    assert "[-ambassador-]" in " ".join(ended.out.split())
    assert "{+head of" in " ".join(ended.out.split())
    assert "immunity" not in ended.out
    assert all(len(line) <= 80 for line in ended.out.splitlines())
    body = attache(home, "documents", "diff", name, "--json").json()
    changes = body["changes"]
    assert isinstance(changes, list)
    kinds = [change["kind"] for change in changes if isinstance(change, dict)]
    assert kinds == ["equal", "replace", "equal"]


def test_a_restored_version_stays_though_its_file_is_ingested_again(home: Path) -> None:
    then = (home / "then").read_text("utf-8")
    before = attache(home, "ask", QUESTION, "--as-of", then, "--json").json()
    document = listed(home)
    name = str(document["document_id"])
    restored = attache(home, "documents", "restore", name, "--json").json()
    assert restored["version_id"] != document["version_id"]
    again = attache(home, "ingest", home / "attachés.md", "--json").json()
    assert (again["unchanged"], again["updated"]) == (1, 0)
    assert listed(home)["version_id"] == restored["version_id"]
    back = attache(home, "documents", "restore", name, "--version", str(document["version_id"]))
    assert back.code == 0, back.err
    after = attache(home, "ask", QUESTION, "--as-of", then, "--json").json()
    for key in ("answer", "citations", "passages", "sentences"):
        assert after[key] == before[key]


def test_a_removed_document_is_found_among_the_removed_and_restored(home: Path) -> None:
    name = str(listed(home)["document_id"])
    removed = attache(home, "documents", "remove", name, "--yes", "--json").json()
    assert removed["valid_to"] is not None
    assert attache(home, "documents", "list", "--json").json()["total"] == 0
    assert "list --removed" in attache(home, "documents", "list").err
    assert name[:12] in attache(home, "documents", "list", "--removed").out
    assert listed(home, "--removed")["document_id"] == name
    again = attache(home, "documents", "remove", name)
    assert again.code == 2
    assert f"documents restore {name[:12]}" in again.err
    assert attache(home, "documents", "restore", name[:10]).code == 0
    assert listed(home)["document_id"] == name


def test_pruning_says_what_goes_and_how_far_back_questions_go_then(tmp_path: Path) -> None:
    source = tmp_path / "attachés.md"
    source.write_text(TEXT, encoding="utf-8")
    attache(tmp_path, "ingest", source)
    then = datetime.now(UTC).isoformat()
    source.write_text(TEXT + "\nMore.\n", encoding="utf-8")
    attache(tmp_path, "ingest", source)
    assert attache(tmp_path, "prune").out.startswith("removed nothing")
    foreseen = attache(tmp_path, "prune", "--older-than", "0d", "--dry-run", "--json").json()
    asked = attache(tmp_path, "prune", "--older-than", "0d", said="n\n")
    assert (asked.code, asked.out) == (1, "")
    assert "Remove 1 version, " in asked.err
    unasked = attache(tmp_path, "prune", "--older-than", "0d")
    assert (unasked.code, unasked.out) == (2, "")
    assert "--yes" in unasked.err
    done = attache(tmp_path, "prune", "--older-than", "0d", "--json", said="y\n").json()
    assert (foreseen["versions"], done["versions"]) == (1, 1)
    assert attache(tmp_path, "ask", QUESTION).code == 0
    refused = attache(tmp_path, "ask", QUESTION, "--as-of", then)
    assert refused.code == 2
    assert "were pruned" in refused.err
    assert attache(tmp_path, "prune", "--older-than", "soon").code == 2


def test_a_running_server_does_it_in_the_place_of_the_command(tmp_path: Path) -> None:
    source = tmp_path / "attachés.md"
    source.write_text(TEXT, encoding="utf-8")
    attache(tmp_path, "ingest", source)
    source.write_text(TEXT + "\nMore.\n", encoding="utf-8")
    attache(tmp_path, "ingest", source)
    name, newest = (str(listed(tmp_path)[key]) for key in ("document_id", "version_id"))
    with served(tmp_path):
        restored = attache(tmp_path, "documents", "restore", name, "--json")
        assert restored.code == 0, restored.err
        assert restored.json()["version_id"] == listed(tmp_path)["version_id"] != newest
        assert attache(tmp_path, "documents", "remove", name, "--yes").code == 0
        assert attache(tmp_path, "documents", "restore", name).code == 0
        pruned = attache(tmp_path, "prune", "--older-than", "0d", "--yes", "--json")
        assert pruned.code == 0, pruned.err
        assert pruned.json()["versions"] == 1
        again = attache(tmp_path, "documents", "restore", name, "--version", newest)
        assert again.code == 2
        assert "was pruned" in again.err
