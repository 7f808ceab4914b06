"""Places on the server's disk as readers see them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import pytest

from api.roots import Roots
from assistant.ports import KeepsRuns
from assistant.runs import Run, RunKind, RunProgress, RunRequest
from assistant.types import RunId


@dataclass
class Book:
    """Runs over these sources."""

    sources: tuple[str, ...]
    kind: RunKind = "paths"

    def recent(self, _limit: int) -> tuple[Run, ...]:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        request = RunRequest(self.kind, self.sources)
        return (Run(RunId("run"), request, "done", at, RunProgress()),)


def below(source_uri: str, *sources: str, kind: RunKind = "paths") -> str:
    return Roots(cast(KeepsRuns, Book(sources, kind))).below(source_uri)


@pytest.mark.parametrize(
    ("sources", "shown"),
    [
        (("/srv/archive",), "archive/treaties/one.md"),
        (("/srv/archive/treaties", "/srv/archive"), "archive/treaties/one.md"),
        (("file:///srv/archive/treaties/",), "treaties/one.md"),
        (("/srv/archive/treaties/one.md",), "one.md"),
        (("/srv/arch",), "one.md"),
        ((), "one.md"),
    ],
)
def test_a_file_is_shown_below_the_outermost_folder_that_was_taken_in(
    sources: tuple[str, ...], shown: str
) -> None:
    assert below("file:///srv/archive/treaties/one.md", *sources) == shown


def test_what_is_inside_an_archive_keeps_its_name_there() -> None:
    assert below("file:///srv/all.zip#inner/two.md") == "all.zip#inner/two.md"
    assert below("file:///srv/all.zip#inner/two.md", "/srv") == "srv/all.zip#inner/two.md"


@pytest.mark.parametrize("source_uri", ["https://example.org/a/b", "upload:one.md"])
def test_what_is_on_no_disk_is_shown_as_it_is(source_uri: str) -> None:
    assert below(source_uri, "/srv") == source_uri


def test_names_of_sent_files_are_no_folders_of_the_server() -> None:
    assert below("file:///srv/archive/one.md", "/srv/archive", kind="upload") == "one.md"
