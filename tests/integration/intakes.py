"""Folders that commands take in, and what is seen of their runs from outside."""

import time
from collections.abc import Callable
from pathlib import Path

from assistant.library.ledger import open_ledger
from assistant.runs import RunState
from tests.integration.commands import Json

TEXT = "The Parties agree to consult. They meet every year in one of their capitals.\n"


def fill(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(f"# {name}\n\n{name} says so. {TEXT}", encoding="utf-8")
    return folder


def eventually(check: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.1)


def last_state(home: Path) -> RunState | None:
    """The state of the last run, by its ledger: a command may take longer than a run."""
    if not (home / "ledger.db").exists():
        return None
    ledger = open_ledger(home)
    try:
        runs = ledger.runs.recent(1)
    finally:
        ledger.close()
    return runs[0].state if runs else None


def number_of(value: Json) -> int:
    assert isinstance(value, int)
    return value
