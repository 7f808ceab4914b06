"""An ingest run: from planned sources to published versions, and a report of what was done."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeAlias

from assistant.access.acting import acting, acting_as
from assistant.access.ladders import DEFAULT, Ladders
from assistant.errors import AssistantError, LibraryError
from assistant.library.recover import sweep_chunks
from assistant.library.stores import Library
from assistant.ports import TextEncoder
from assistant.runs import RunRequest
from assistant.types import IngestReport, RunId
from ingest.idle import new_run_id
from ingest.line import Line
from ingest.markings import Marker
from ingest.mounts import remember_folders
from ingest.planned import IngestPlan
from ingest.progress import Progress, silent
from ingest.reading import Copier, Parser
from ingest.settling import note, settle
from ingest.tally import Tally

MakesLine: TypeAlias = Callable[[Library, TextEncoder, Parser, Copier, Tally, Marker], Line]
"""What the sources of a run go through: read here, or by a cluster."""


class IngestRun:
    """Takes planned sources into a library. A source that fails is reported and stops nothing."""

    def __init__(
        self,
        library: Library,
        encoder: TextEncoder,
        parser: Parser,
        copier: Copier,
        *,
        default_marking: str | None = None,
        unknown_marking: str | None = None,
        ladders: Ladders | None = None,
        line: MakesLine = Line,
    ) -> None:
        self._library = library
        self._encoder = encoder
        self._parser = parser
        self._copier = copier
        self._line = line
        self._marker = Marker(ladders or Ladders.read(DEFAULT), default_marking, unknown_marking)

    @property
    def ladders(self) -> Ladders:
        """The markings in use."""
        return self._marker.ladders

    def run(
        self,
        request: RunRequest,
        plan: IngestPlan,
        progress: Progress = silent,
        run_id: RunId | None = None,
    ) -> IngestReport:
        """Does what is planned and reports it; how it goes is in the ledger all the while.

        Raises:
            LibraryError: a store cannot be written; what was published before stays.
            ModelError: the embedder is behind an API and fails.
        """
        tally = Tally(self._library.ledger.runs, run_id or new_run_id(), progress)
        tally.begin(request)
        try:
            if self._library.ledger.sharing.is_shared:
                # Nobody else publishes now: what looks like a leftover is one.
                sweep_chunks(self._library)
            with acting_as(replace(acting.get(), run_id=tally.run_id)):
                self._take_in(plan, tally)
            if not tally.cancelled:
                remember_folders(request, self._library.ledger)
        except AssistantError as error:
            # On a full disk the end cannot be written either; the first reason is the one to know.
            with suppress(LibraryError):
                tally.end("failed", str(error))
            raise
        except BaseException:  # also a signal's: the ledger has to tell it; raised on
            tally.end("interrupted", "It was stopped before its end.")
            raise
        return tally.end("cancelled" if tally.cancelled else "done")

    def _take_in(self, plan: IngestPlan, tally: Tally) -> None:
        tally.plan(len(plan.work), sum(source.size for source in plan.work))
        note(plan, self._library.ledger, tally)
        if plan.work:
            self._work(plan, tally)
        if not tally.cancelled:
            settle(plan, self._library.ledger, tally)

    def _work(self, plan: IngestPlan, tally: Tally) -> None:
        line = self._line(
            self._library,
            self._encoder,
            self._parser,
            self._copier,
            tally,
            self._marker,
        )
        try:
            line.work(plan.work)
        finally:
            line.close()
        if not tally.cancelled:
            line.containers.settle(self._library.ledger, tally)
