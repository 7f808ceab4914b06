"""The library view: bringing files, finding documents, removing them."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import gradio as gr

from api.schemas import DocumentOut, IngestReportOut, Readiness
from ui.client import ApiClient, ApiProblem
from ui.shell import render_masthead, render_welcome
from ui.shelves import (
    Shelf,
    render_library_problem,
    render_removed,
    render_report,
    render_shelf,
    render_taking_in,
)
from ui.talk import sent

SHELF_STEP = 50
SEARCHED_MOST = 20_000
_PAGE = 200
_BATCH_FILES = 16
_BATCH_BYTES = 8_000_000

Unchanged = dict[str, object]
# masthead, welcome, shelf
Overview = tuple[str, str, str]
# report, file field, masthead, welcome, shelf
Intake = tuple[str, list[str] | Unchanged | None, str | Unchanged, str | Unchanged, str | Unchanged]


class Desk:
    """Handlers of the library view; `words` and `limit` say which documents a tab is showing."""

    def __init__(self, client: ApiClient) -> None:
        self._client = client

    async def overview(self, words: str = "", limit: int = SHELF_STEP) -> Overview:
        """Masthead, welcome and shelf as the library stands now."""
        readiness, shelf = await asyncio.gather(self._readiness(), self._shelf(words, limit))
        return render_masthead(readiness), render_welcome(readiness), shelf

    async def find(self, event: gr.EventData) -> tuple[str, int, str]:
        """Words, limit and shelf for what was typed into the search field."""
        words = sent(event, "words").strip()[:200]
        return words, SHELF_STEP, await self._shelf(words, SHELF_STEP)

    async def more(self, words: str, limit: int) -> tuple[int, str]:
        """A higher limit, and the shelf up to it."""
        return limit + SHELF_STEP, await self._shelf(words, limit + SHELF_STEP)

    async def remove(self, event: gr.EventData, words: str, limit: int) -> tuple[str, ...]:
        """Report, masthead, welcome and shelf after taking one document out."""
        try:
            await self._client.remove(sent(event, "document_id"))
            report = render_removed(sent(event, "title"))
        except ApiProblem as problem:
            report = render_library_problem(problem)
        return (report, *await self.overview(words, limit))

    async def take_in(
        self, paths: list[str] | None, words: str, limit: int
    ) -> AsyncIterator[Intake]:
        """Progress file by file, then the report and the library as it stands after it."""
        files = [Path(path) for path in paths or []]
        if not files:
            return
        names = [file.name for file in files]
        report = _empty_report()
        done = 0
        try:
            for batch in _batches(files):
                yield render_taking_in(names, done), gr.skip(), gr.skip(), gr.skip(), gr.skip()
                content = await asyncio.to_thread(_read, batch)
                report = _joined(report, await self._client.upload(content))
                done += len(batch)
            shown = render_report(report)
        except ApiProblem as problem:
            shown = (render_report(report) if done else "") + render_library_problem(problem)
        finally:
            await asyncio.to_thread(_discard, files)
        yield (shown, None, *await self.overview(words, limit))

    async def _readiness(self) -> Readiness | None:
        try:
            return await self._client.readiness()
        except ApiProblem:
            return None

    async def _shelf(self, words: str, limit: int) -> str:
        try:
            return render_shelf(await find_documents(self._client, words, limit))
        except ApiProblem as problem:
            return render_library_problem(problem)


async def find_documents(client: ApiClient, words: str, limit: int) -> Shelf:
    """Documents whose title, issuer or file name holds every word, at most `limit`."""
    terms = words.casefold().split()
    found: list[DocumentOut] = []
    page = await client.documents(limit=_PAGE)
    searched = 0
    while True:
        found += [document for document in page.items if _matches(document, terms)]
        searched += len(page.items)
        if page.next_cursor is None or len(found) > limit or searched >= SEARCHED_MOST:
            break
        page = await client.documents(page.next_cursor, limit=_PAGE)
    more = page.next_cursor is not None or len(found) > limit
    return Shelf(tuple(found[:limit]), page.total, words, more)


def _matches(document: DocumentOut, terms: Sequence[str]) -> bool:
    where = f"{document.title} {document.issuer or ''} {document.source_uri}".casefold()
    return all(term in where for term in terms)


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


def _empty_report() -> IngestReportOut:
    return IngestReportOut(
        run_id="",
        added=0,
        updated=0,
        unchanged=0,
        removed=0,
        failed=[],
        chunks=0,
        elapsed_s=0.0,
    )


def _joined(one: IngestReportOut, two: IngestReportOut) -> IngestReportOut:
    """Two reports as one, so that a visitor reads a single outcome."""
    return IngestReportOut(
        run_id=two.run_id,
        added=one.added + two.added,
        updated=one.updated + two.updated,
        unchanged=one.unchanged + two.unchanged,
        removed=one.removed + two.removed,
        failed=[*one.failed, *two.failed],
        chunks=one.chunks + two.chunks,
        elapsed_s=one.elapsed_s + two.elapsed_s,
    )
