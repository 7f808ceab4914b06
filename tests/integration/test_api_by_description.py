"""The API tried by its own description: schemathesis, all phases, against a real server.

Left out is one check, that all that fits the description is accepted: a cursor must be one that was
given, a span must not be empty, and no schema says so. The streams of runs go on until they end.
What was removed need not be gone: a removed document's versions open as before, so that an answer
of an earlier day can still be followed. That check is left out for documents alone. What is too
large is refused as such, whatever else is wrong with it.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from subprocess import run

import pytest

from tests.integration.commands import attache
from tests.integration.served import served

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
ROLES = ("reader", "librarian", "administrator")
CONFIGURATION = r"""
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429]

[[operations]]
include-path-regex = "^/v1/documents/\\{document_id\\}"
checks.use_after_free.enabled = false
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server without keys."""
    with served(_library(tmp_path_factory.mktemp("alone"))) as (_, url):
        yield url


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Mapping[str, str]]]:
    """A server with a key of each role, none of which may read everything."""
    home = _library(tmp_path_factory.mktemp("guarded"))
    keys = {role: _key(home, role) for role in ROLES}
    with served(home) as (_, url):
        yield url, keys


def _library(home: Path) -> Path:
    brief = home.with_suffix(".md")
    brief.write_text("# Attachés\n\nDefence attachés advise the ambassador of their state.\n")
    taken = attache(home, "ingest", brief)
    assert taken.code == 0, taken.err
    return home


def _key(home: Path, role: str) -> str:
    made = attache(home, "keys", "add", f"a {role}", "--role", role, "--json")
    assert made.code == 0, made.err
    return str(made.json()["key"])


def _tried(folder: Path, url: str, seconds: int, key: str = "") -> str:
    """What schemathesis says, where it finds something; empty otherwise."""
    (folder / "schemathesis.toml").write_text(CONFIGURATION)
    bearer = ["--header", f"Authorization: Bearer {key}"] if key else []
    ended = run(
        [
            *(str(SCHEMATHESIS), "run", f"{url}/openapi.json", *bearer),
            *("--phases", "examples,coverage,fuzzing,stateful", "--max-time", str(seconds)),
            *("--exclude-checks", "positive_data_acceptance", "--exclude-path-regex", "/events$"),
            *("--continue-on-failure", "--no-shrink", "--request-timeout", "60", "--seed", "1"),
        ],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=10 * seconds + 300,
        check=False,
    )
    assert "Test cases:" in ended.stdout, ended.stdout + ended.stderr
    return "" if ended.returncode == 0 else ended.stdout


def test_without_keys_it_is_as_described(tmp_path: Path, alone: str) -> None:
    assert _tried(tmp_path, alone, 10) == ""


@pytest.mark.parametrize("role", ["nobody", *ROLES])
def test_with_keys_it_is_as_described(
    tmp_path: Path, guarded: tuple[str, Mapping[str, str]], role: str
) -> None:
    url, keys = guarded
    assert _tried(tmp_path, url, 10, keys.get(role, "")) == ""


@pytest.mark.long
@pytest.mark.parametrize("role", ["nobody", *ROLES])
def test_for_a_quarter_of_an_hour_it_is_as_described(
    tmp_path: Path, guarded: tuple[str, Mapping[str, str]], role: str
) -> None:
    url, keys = guarded
    assert _tried(tmp_path, url, 900, keys.get(role, "")) == ""
