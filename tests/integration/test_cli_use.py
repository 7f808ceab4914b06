"""Wrong use, wrong settings and the doctor."""

from pathlib import Path
from tempfile import TemporaryFile

import pytest

from tests.integration.commands import attache, environment, installed
from tests.preloaded import begin


def test_help_names_every_command(tmp_path: Path) -> None:
    ended = installed(tmp_path, "--help")
    assert ended.code == 0
    for command in ("serve", "ingest", "ask", "chat", "documents", "eval", "doctor"):
        assert f" {command} " in ended.out


def test_the_version_is_told(tmp_path: Path) -> None:
    assert installed(tmp_path, "--version").out == "attache 0.1.0\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest"],
        ["ingest", ""],
        ["ingest", "--sync", " "],
        ["migrate", "--to", ""],
        ["search", "what?", "--folder", ""],
        ["ask"],
        ["ask", "when?", "--as-of", "yesterday"],
        ["ask", "when?", "--loud"],
        ["serve", "--port", "0"],
        ["documents", "show", "x", "--text", "--json"],
        ["eval", "compare", "only-one.jsonl"],
        ["fly"],
    ],
)
def test_wrong_use_is_told_on_standard_error(tmp_path: Path, arguments: list[str]) -> None:
    ended = attache(tmp_path, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err
    assert "Traceback" not in ended.err


def test_a_wrong_setting_is_named_on_one_line(tmp_path: Path) -> None:
    ended = attache(tmp_path, "ingest", tmp_path, ATTACHE_TOP_K="many")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: ATTACHE_TOP_K: ")
    assert ended.err.count("\n") == 1


def test_a_variable_that_is_no_setting_is_warned_of_with_the_nearest_that_is(
    tmp_path: Path,
) -> None:
    ended = attache(tmp_path, "documents", "list", "--json", ATTACHE_TOP_KK="3", ATTACHE_HOM="/x")
    assert (ended.code, ended.json()["total"]) == (0, 0)
    assert ended.err.splitlines() == [
        "warning: ATTACHE_HOM is no setting, and nothing is done about it. Is ATTACHE_HOME meant?",
        "warning: ATTACHE_TOP_KK is no setting, and nothing is done about it. "
        "Is ATTACHE_TOP_K meant?",
    ]


def test_a_new_library_says_where_it_is(tmp_path: Path) -> None:
    assert str(tmp_path / "none") in attache(tmp_path / "none", "documents", "list").err
    begun = attache(tmp_path / "new", "ask", "What is an attaché?")
    assert f"The library in {tmp_path / 'new'} is empty" in begun.err


def test_a_library_is_not_copied_to_where_it_is(tmp_path: Path) -> None:
    ended = attache(tmp_path, "migrate", "--to", tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "is where the library is" in ended.err


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_result_without_room_to_be_written_to_is_no_defect(
    tmp_path: Path, options: list[str]
) -> None:
    (tmp_path / "a.md").write_text("An attaché advises the ambassador.", encoding="utf-8")
    assert attache(tmp_path, "ingest", tmp_path / "a.md").code == 0
    with Path("/dev/full").open("w") as full, TemporaryFile() as said:
        streams = (full.fileno(), full.fileno(), said.fileno())
        command = begin(["documents", "list", *options], environment(tmp_path), streams)
        assert command.wait(120) == 2
        said.seek(0)
        assert said.read().decode().startswith("error: What was asked for cannot be written: ")


def test_an_address_beyond_loopback_is_refused(tmp_path: Path) -> None:
    ended = attache(tmp_path, "serve", "--host", "0.0.0.0")
    assert ended.code == 2
    assert "only loopback addresses are allowed" in ended.err


def test_the_doctor_finds_a_new_library_well(tmp_path: Path) -> None:
    ended = attache(tmp_path / "new", "doctor", "--json")
    found = ended.json()
    assert (ended.code, found["problems"]) == (0, [])
    assert (found["documents"], found["indexed_vectors"]) == (0, 0)


def test_the_doctor_says_what_is_wrong(tmp_path: Path) -> None:
    ended = attache(tmp_path, "doctor", ATTACHE_EMBEDDER="no-such-embedder")
    assert ended.code == 1
    assert "✗ The embedder 'no-such-embedder' cannot be opened" in ended.out


def test_the_doctor_names_a_wrong_setting(tmp_path: Path) -> None:
    ended = attache(tmp_path, "doctor", "--json", ATTACHE_PORT="none")
    problems = ended.json()["problems"]
    assert ended.code == 1
    assert isinstance(problems, list)
    assert str(problems[0]).startswith("ATTACHE_PORT: ")


def test_a_question_leaves_nothing_outside_the_library(tmp_path: Path) -> None:
    # A runtime that reports its use keeps an identity and a queue in the user's folder.
    user = tmp_path / "user"
    user.mkdir()
    installed(tmp_path / "library", "ask", "What is a defence attaché?", HOME=str(user))
    assert (tmp_path / "library" / "ledger.db").exists()
    assert list(user.rglob("*")) == []


def test_what_commands_write_is_for_their_user_alone(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "backup.tar"
    (tmp_path / "plan.txt").write_text("The exercise begins in May.", encoding="utf-8")
    assert attache(home, "ingest", tmp_path / "plan.txt").code == 0
    assert attache(home, "backup", backup).code == 0
    written = [path for path in (home, backup, *home.rglob("*")) if not path.is_symlink()]
    assert len(written) > 10
    assert [path for path in written if path.stat().st_mode & 0o077] == []


def test_the_first_question_ever_is_answered_from_the_starter_library(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = installed(home, "ask", "When was the North Atlantic Treaty signed?", "--json")
    assert first.code == 0
    assert "1949" in str(first.json()["answer"])
    assert "starter" in first.err
    assert "starter" not in attache(home, "ask", "What is an attaché?", "--json").err


def test_without_the_starter_library_a_first_question_finds_nothing(tmp_path: Path) -> None:
    ended = attache(tmp_path, "ask", "What is an attaché?", "--json", ATTACHE_STARTER="false")
    assert ended.code == 1
    assert ended.json()["passages"] == []
