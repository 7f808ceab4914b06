"""The starter library, which is taken into a library that is empty."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

import cli
from assistant.backends import Backends
from assistant.errors import LibraryError
from assistant.runs import RunRequest
from assistant.settings import Settings
from cli.console import messages
from cli.progress import IngestProgress
from cli.queueing import serving_runs
from cli.reports import print_report
from ingest.queue import IngestQueue

STARTER = Path(cli.__file__).parent.parent / "library"


def begin_with_starter(backends: Backends, settings: Settings) -> None:
    """Takes the starter documents in by a queue of their own. Raises `LibraryError`."""
    with serving_runs(settings, backends) as (runs, _):
        take_in_starter(runs, settings.home, messages())


def is_wanted(backends: Backends, settings: Settings) -> bool:
    """Whether the library is empty and is to begin with the starter documents."""
    return settings.starter and backends.library.ledger.is_empty()


def take_in_starter(runs: IngestQueue, home: Path, console: Console) -> None:
    """Takes the starter documents in and waits for it; says which library that is.

    Raises:
        LibraryError: they cannot be taken in.
    """
    console.print(
        Text(f"The library in {home} is empty: taking in the starter documents."), soft_wrap=True
    )
    request = RunRequest("starter", (str(STARTER),))
    run = runs.wait(runs.start(request, IngestProgress(console)))
    if run.report is not None:
        print_report(run.report, console)
    if run.error is not None:
        raise LibraryError(f"The starter documents could not be taken in: {run.error}")
