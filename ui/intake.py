"""The library view: bringing files, following the runs that take them in, trying again."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import gradio as gr

from api.run_schemas import RunItemOut, RunOut, RunProgressOut
from api.schemas import FailureOut
from ui.client import ApiClient, ApiProblem
from ui.desk import Desk
from ui.shelves import Work, render_library_problem, render_outcome, render_working
from ui.talk import sent

_BATCH_FILES = 16
_BATCH_BYTES = 8_000_000

Unchanged = dict[str, object]
# report, file field, masthead, welcome, shelf
Shown = tuple[str, list[str] | Unchanged | None, str | Unchanged, str | Unchanged, str | Unchanged]


class Intake:
    """Handlers of what becomes of files; `words` and `limit` say which documents a tab shows."""

    def __init__(self, client: ApiClient, desk: Desk) -> None:
        self._client = client
        self._desk = desk

    async def take_in(
        self, paths: list[str] | None, words: str, limit: int
    ) -> AsyncIterator[Shown]:
        """Progress file by file, then the report and the library as it stands after it."""
        files = [Path(path) for path in paths or []]
        if not files:
            return
        work, shown = Work(total=len(files)), ""
        try:
            for batch in _batches(files):
                work = replace(work, doing="Sending", current=batch[0].name, run_id="")
                yield _only(render_working(work))
                content = await asyncio.to_thread(_read, batch)
                answer = await self._client.upload(content)
                work = replace(work, failed=(*work.failed, *answer.refused))
                if answer.run is not None:
                    async for step in self._followed(answer.run, work):
                        work = step
                        yield _only(render_working(work))
                work = replace(work, done=work.done + len(batch), share=0.0)
                if work.stopped:
                    break
        except ApiProblem as problem:
            shown = render_library_problem(problem)
        finally:
            await asyncio.to_thread(_discard, files)
        shown = (render_outcome(work) if work.runs or work.failed else "") + shown
        yield (shown, None, *await self._desk.overview(words, limit))

    async def retry(self, event: gr.EventData, words: str, limit: int) -> AsyncIterator[Shown]:
        """The same for runs of which something failed."""
        run_ids = sent(event, "run_ids").split()
        work, shown = Work(total=len(run_ids)), ""
        try:
            for run_id in run_ids:
                run = await self._client.retry_run(run_id)
                work = replace(work, total=max(work.total, len(run.sources)))
                async for step in self._followed(run, work):
                    work = step
                    yield _only(render_working(work))
        except ApiProblem as problem:
            shown = render_library_problem(problem)
        shown = (render_outcome(work) if work.runs else "") + shown
        yield (shown, gr.skip(), *await self._desk.overview(words, limit))

    async def cancel(self, event: gr.EventData) -> None:
        """Asks the run to stop; whoever follows it shows how it ends."""
        try:
            await self._client.cancel_run(sent(event, "run_id"))
        except ApiProblem as problem:
            # That it has just ended by itself is shown anyway.
            gr.Warning(problem.detail)

    async def _followed(self, run: RunOut, work: Work) -> AsyncIterator[Work]:
        """The work as it goes on, last with the report of this run added."""
        work = replace(work, doing="Reading", run_id=run.run_id)
        yield work
        async for event in self._client.follow(run.run_id):
            match event:
                case RunProgressOut():
                    work = replace(work, share=_share(event))
                case RunItemOut(outcome="failed"):
                    work = replace(work, failed=(*work.failed, _failure(event)))
                case RunItemOut():
                    work = replace(work, current=event.source)
                case RunOut():
                    work = work.with_run(event)
            yield work


def _share(progress: RunProgressOut) -> float:
    """How much of a run is done, in [0, 1]."""
    return min(1.0, progress.done_bytes / progress.total_bytes) if progress.total_bytes else 0.0


def _failure(item: RunItemOut) -> FailureOut:
    return FailureOut(source=item.source, error=item.error or "", detail=item.detail or "")


def _only(report: str) -> Shown:
    return report, gr.skip(), gr.skip(), gr.skip(), gr.skip()


def _batches(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Files in turn, as many at once as keeps a request small and the progress moving."""
    batch: list[Path] = []
    size = 0
    for file in files:
        length = file.stat().st_size
        if batch and (len(batch) >= _BATCH_FILES or size + length > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += length
    if batch:
        yield batch


def _read(files: Sequence[Path]) -> list[tuple[str, bytes]]:
    return [(file.name, file.read_bytes()) for file in files]


def _discard(files: Sequence[Path]) -> None:
    """Deletes the copies the browser's upload left on disk; the library keeps its own."""
    for file in files:
        file.unlink(missing_ok=True)
