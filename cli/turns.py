"""Ingest runs and removals of a server, one at a time."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from threading import Lock

from assistant.backends import Backends
from assistant.settings import Settings
from assistant.types import DocumentId, IngestReport, SourceFailure
from cli.progress import IngestProgress
from cli.taking import ingest_run
from ingest.plan import plan
from ingest.sources import Source

logger = logging.getLogger(__name__)

_LAST_RUN_S = 60.0


class TakingTurns:
    """Takes sources in and removes documents; whoever comes second waits."""

    def __init__(self, backends: Backends, settings: Settings) -> None:
        self._ledger = backends.library.ledger
        self._run = ingest_run(backends, settings)
        self._turn = Lock()

    def ingest(
        self, sources: Iterable[Source | SourceFailure], progress: IngestProgress | None = None
    ) -> IngestReport:
        """The report of a run over these sources. Raises `LibraryError`."""
        with self._turn:
            planned = plan(sources, self._ledger)
            if progress is None:
                return self._run.run(planned)
            return self._run.run(planned, progress)

    def remove(self, document_id: DocumentId) -> None:
        """Ends the document's validity. Raises `DocumentNotFoundError`."""
        with self._turn:
            self._ledger.retire(document_id, datetime.now(UTC))

    def finish(self) -> None:
        """Waits a while for a run under way and lets no other begin: the stores are closing."""
        if not self._turn.acquire(timeout=_LAST_RUN_S):
            logger.warning("an ingest run was cut short; its remains go at the next start")
