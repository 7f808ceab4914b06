"""The runs that a caller began, among those of everybody."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import pytest

from api.permitted import PermittedRuns
from assistant.access.keys import Caller, KeyRole
from assistant.errors import RunNotFoundError
from assistant.ports import KeepsKeys, KeepsRuns
from assistant.runs import Run, RunProgress, RunRequest
from assistant.types import RunId

ANNA = Caller("anna", KeyRole.LIBRARIAN, key_id="key")


def run(number: int) -> Run:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Run(RunId(f"run-{number}"), RunRequest("paths", ()), "done", at, RunProgress())


@dataclass
class Book:
    """Runs, newest first; one in so many is Anna's."""

    count: int
    every: int

    def get(self, run_id: RunId) -> Run:
        return run(int(run_id.removeprefix("run-")))

    def recent(self, limit: int, *, after: RunId | None = None) -> tuple[Run, ...]:
        first = 0 if after is None else int(after.removeprefix("run-")) + 1
        return tuple(run(n) for n in range(first, min(first + limit, self.count)))

    def owners(self, run_ids: list[RunId]) -> dict[RunId, str]:
        mine = (int(name.removeprefix("run-")) % self.every == 0 for name in run_ids)
        return {name: "anna" if own else "ben" for name, own in zip(run_ids, mine, strict=True)}


def runs(count: int, every: int) -> PermittedRuns:
    book = Book(count, every)
    return PermittedRuns(cast(KeepsRuns, book), cast(KeepsKeys, book), ANNA)


@pytest.mark.parametrize(("count", "every", "limit"), [(350, 120, 5), (350, 1, 5), (90, 60, 5)])
def test_ones_own_are_found_however_many_others_lie_between(
    count: int, every: int, limit: int
) -> None:
    wanted = [f"run-{n}" for n in range(0, count, every)][:limit]
    assert [one.run_id for one in runs(count, every).recent(limit)] == wanted


def test_a_page_goes_on_after_ones_own_and_after_no_other() -> None:
    held = runs(350, 120)
    assert [one.run_id for one in held.recent(5, after=RunId("run-120"))] == ["run-240"]
    with pytest.raises(RunNotFoundError):
        held.recent(5, after=RunId("run-121"))
