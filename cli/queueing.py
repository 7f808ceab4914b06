"""The queue of ingest runs, and the processes that read documents for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.backends import Backends
from assistant.settings import Settings
from cli.taking import ingest_run, open_parsers
from ingest.apart.pool import ParserPool
from ingest.queue import IngestQueue
from ingest.requests import UPLOADS


@contextmanager
def serving_runs(
    settings: Settings, backends: Backends
) -> Iterator[tuple[IngestQueue, ParserPool]]:
    """The queue of ingest runs and the processes that read documents, ended together."""
    parsers = open_parsers(settings)
    runs = IngestQueue(
        backends.library.ledger,
        ingest_run(backends, settings, parsers),
        settings.home / UPLOADS,
    )
    try:
        yield runs, parsers
    finally:
        runs.finish()
        parsers.close()
