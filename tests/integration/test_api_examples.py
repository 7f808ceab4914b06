"""The examples of docs/api.md, run as they stand against a real server."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.served import served

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
# Made by `make install-dev`, from the lock beside it.
NODE_MODULES = Path(__file__).parents[1] / "clients" / "node_modules"
EXAMPLES = re.findall(r"```(bash|python|javascript)\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("home"), ATTACHE_STARTER="true") as (_, address):
        yield address


def run(kind: str, code: str, url: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code] if kind == "python" else ["bash", "-euc", code]
    if kind == "javascript":
        (folder / "node_modules").symlink_to(NODE_MODULES)
        (folder / "example.mjs").write_text(code, "utf-8")
        command = ["node", "example.mjs"]
    # No proxy of the machine stands between a client and a server on loopback.
    surroundings = {"PATH": os.defpath, "HOME": str(folder), "ATTACHE": url, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        command,
        env=surroundings,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        pytest.param(
            kind, code, id=f"{kind}-{i}", marks=[pytest.mark.node] if kind == "javascript" else []
        )
        for i, (kind, code) in enumerate(EXAMPLES)
    ],
)
def test_an_example_does_what_it_says(url: str, kind: str, code: str, tmp_path: Path) -> None:
    ended = run(kind, code, url, tmp_path)
    assert ended.returncode == 0, ended.stderr
    if '"question": ""' in code:
        assert "urn:attache:problem:request-invalid" in ended.stdout
        return
    assert "urn:attache:problem" not in ended.stdout
    if "assert" not in code:
        assert ended.stdout.strip()


def test_there_are_examples_of_every_kind_of_client() -> None:
    assert len(EXAMPLES) > 10
    text = DOCS.read_text("utf-8")
    for client in ("curl -sN", "from openai", "ChatOpenAI", "from mcp"):
        assert client in text
    assert any(kind == "javascript" for kind, _ in EXAMPLES)
