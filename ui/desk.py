"""The library view: finding documents, removing them."""

import asyncio
from collections.abc import Sequence

import gradio as gr

from api.schemas import DocumentOut, Readiness
from ui.client import ApiClient, ApiProblem
from ui.shell import render_masthead, render_welcome
from ui.shelves import (
    Shelf,
    render_library_problem,
    render_removed,
    render_shelf,
)
from ui.talk import sent

SHELF_STEP = 50
SEARCHED_MOST = 20_000
_PAGE = 200

# masthead, welcome, shelf
Overview = tuple[str, str, str]


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
