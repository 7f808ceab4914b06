"""Questions that an empty conversation offers: only such as the library answers."""

import asyncio
from collections.abc import Sequence
from time import monotonic

from api.answer_schemas import PassageOut
from api.question_schemas import FiltersBody, SearchRequest
from ui.client import ApiClient
from ui.markup import esc
from ui.problems import ApiProblem
from ui.suggest import answerable, drawn_from
from ui.words import Words

EXAMPLES = (
    "What do defence attachés do?",
    "What challenges does NATO face in implementing defense diplomacy?",
    "How does NATO's defense diplomacy differ from ASEAN's?",
    "When did Finland join NATO?",
    "What does Article 4 of the North Atlantic Treaty say?",
)
_MOST, _ENOUGH = 5, 3
_DOCUMENTS, _PASSAGES = 6, 4
_FRESH_S = 60.0
_VISITORS = 64


class Examples:
    """The examples of each visitor's library.

    Which of the window's own it answers is looked for anew every minute. What is drawn from
    documents is never kept: one of them may be closed to the visitor by then.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], tuple[float, list[str]]] = {}

    async def of(self, say: Words, client: ApiClient) -> list[str]:
        """Up to five questions; of a library on other matters, what its own headings treat of.

        Raises:
            ApiProblem: the documents cannot be listed.
        """
        found = await self._own(say, client)
        if len(found) < _ENOUGH:
            found = found + await answerable(
                client, await _drawn(client, french=say.language == "fr")
            )
        return found[:_MOST]

    async def _own(self, say: Words, client: ApiClient) -> list[str]:
        """Those of the window's own examples that are answered."""
        name = client.key, say.language
        held = self._held.get(name)
        if held and monotonic() - held[0] < _FRESH_S:
            return held[1]
        found = await answerable(client, [say(one) for one in EXAMPLES])
        while len(self._held) >= _VISITORS:
            self._held.pop(next(iter(self._held)))
        self._held[name] = monotonic(), found
        return found


def render_examples(questions: Sequence[str]) -> str:
    """The questions as buttons that ask them, each an item of a list."""
    return "".join(
        f'<li><button type="button" data-ask="{esc(question)}">{esc(question)}</button></li>'
        for question in questions
    )


async def _drawn(client: ApiClient, *, french: bool) -> list[str]:
    """A question of each of some documents."""
    documents = (await client.documents()).items[:_DOCUMENTS]
    titled = ((each.document_id, each.title) for each in documents)
    found = await asyncio.gather(*(_passages(client, *each) for each in titled))
    firsts = (next(drawn_from(passages, french=french), None) for passages in found)
    return [first for first in firsts if first is not None]


async def _passages(client: ApiClient, document_id: str, title: str) -> list[PassageOut]:
    """What of a document is nearest to its title."""
    filters = FiltersBody(document_ids=[document_id])
    asked = SearchRequest(question=title, as_of=None, top_k=_PASSAGES, filters=filters)
    try:
        return (await client.search(asked)).passages
    except ApiProblem:
        return []
