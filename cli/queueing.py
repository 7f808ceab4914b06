"""The queue of ingest runs, and the processes that read documents for them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.backends import Backends
from assistant.errors import ConfigurationError
from assistant.library.waiting import WaitingFiles
from assistant.settings import Settings
from cli.taking import ingest_run, open_parsers
from ingest.apart.pool import ParserPool
from ingest.queue import IngestQueue
from ingest.requests import UPLOADS
from ingest.run import IngestRun

logger = logging.getLogger(__name__)


@contextmanager
def serving_runs(
    settings: Settings, backends: Backends
) -> Iterator[tuple[IngestQueue, ParserPool]]:
    """The queue of ingest runs and the processes that read documents, ended together."""
    parsers = open_parsers(settings)
    try:
        runs = queue_of(settings, backends, ingest_run(backends, settings, parsers))
        try:
            yield runs, parsers
        finally:
            runs.finish()
    finally:
        parsers.close()


def queue_of(settings: Settings, backends: Backends, run: IngestRun) -> IngestQueue:
    """Runs of this process; uploads are everybody's where all of the library is on servers.

    Raises:
        ConfigurationError: what keeps the queue in PostgreSQL is not installed.
    """
    ledger, uploads = backends.library.ledger, settings.home / UPLOADS
    if not ledger.sharing.is_shared or settings.files is None or ledger.server is None:
        return IngestQueue(ledger, run, uploads)
    try:
        # Seconds to import, for who shares a library.
        from ingest.jobs import Jobs  # noqa: PLC0415
        from ingest.shared_queue import SharedQueue  # noqa: PLC0415
    except ImportError as error:
        raise ConfigurationError(
            "Uploads of a library on servers wait in PostgreSQL, which needs the extra `postgres`. "
            "Install it, as in `pip install -e '.[postgres]'`."
        ) from error
    jobs = Jobs(settings.ledger_url or "")
    if ledger.server.ensure("procrastinate_", "procrastinate_jobs", jobs.schema()):
        # Nothing is lost: the runs are in the ledger, and each that waits is given a job again.
        logger.warning("The tables of the queue were another version's and were made anew.")
    waiting = WaitingFiles(settings.files, settings.options_for_files())
    return SharedQueue(ledger, run, uploads, jobs, waiting)
