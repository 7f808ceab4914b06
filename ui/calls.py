"""What the page asks for beside answers: each call by its name, answered with HTML to show."""

from collections.abc import Awaitable, Callable, Mapping

import gradio as gr

from api.conversation_schemas import ConversationOut
from api.server_schemas import Readiness, SessionOut
from ui.checking import render_checked
from ui.client import ApiClient
from ui.desk import Listings, place_of, shelf_of
from ui.examples import Examples, render_examples
from ui.place import render_place
from ui.problems import ApiProblem
from ui.reports import render_run, render_runs
from ui.shell import render_holdings, render_promise
from ui.shelves import facets_of, render_library_problem, render_options, render_shelf
from ui.sidebar import render_conversations
from ui.suggest import render_suggestions, suggestions
from ui.talk import Talk
from ui.theme import build
from ui.versions import Cited, render_difference, render_document
from ui.visit import Message, key_of, number_of, text_of
from ui.words import Words

Reply = Mapping[str, object]
Handler = Callable[[Words, ApiClient, Message], Awaitable[Reply]]

TURNS_STEP = 20
_CHANGES = ("librarian", "administrator")
_ASKED_LATELY = 10  # turns whose questions are not suggested again
_TURNS_CITING = 200
_CITING = 40  # conversations shown of those that cite a document


class Calls:
    """Handlers of the page's calls; every one acts with the visitor's own key."""

    def __init__(self, client: ApiClient, talk: Talk) -> None:
        self._client = client
        self._talk = talk
        self._listings = Listings()
        self._examples = Examples()
        self._handlers: Mapping[str, Handler] = {
            "overview": self._overview,
            "examples": self._examples_of,
            "check": self._check,
            "conversations": self._conversations,
            "conversation": self._conversation,
            "suggestions": self._suggestions,
            "became": self._became,
            "shelf": self._shelf,
            "place": self._place,
            "document": self._document,
            "difference": self._difference,
            "runs": self._runs,
            "run": self._run,
        }

    async def answer(self, message: Message, request: gr.Request) -> Reply:
        """What the call gives; a problem as HTML, with its status."""
        say = Words(text_of(message, "language"))
        handler = self._handlers.get(text_of(message, "call"))
        if handler is None:
            return {"status": 404}
        try:
            return await handler(say, self._client.with_key(key_of(request)), message)
        except ApiProblem as problem:
            return {"status": problem.status or 503, "html": render_library_problem(say, problem)}

    async def _overview(self, say: Words, client: ApiClient, _message: Message) -> Reply:
        readiness: Readiness | None = None
        session: SessionOut | None = None
        status = 200
        try:
            readiness = await client.readiness()
            session = await client.session()
        except ApiProblem as problem:
            status = problem.status or 503
        return {
            "status": status,
            "build": build(),
            "holdings": render_holdings(say, readiness),
            "promise": render_promise(say, readiness, signed_out=status == 401),
            "role": session.role if session else "",
            "name": session.name if session and session.keyed else "",
        }

    async def _examples_of(self, say: Words, client: ApiClient, _message: Message) -> Reply:
        return {"status": 200, "html": render_examples(await self._examples.of(say, client))}

    async def _check(self, say: Words, client: ApiClient, message: Message) -> Reply:
        return {
            "status": 200,
            "html": render_checked(say, await client.check(text_of(message, "text"))),
        }

    async def _conversations(self, say: Words, client: ApiClient, message: Message) -> Reply:
        words = text_of(message, "words").strip()
        found = await client.conversations(words, text_of(message, "cursor"))
        html = render_conversations(say, found.items, words, found.next_cursor)
        return {"status": 200, "html": html}

    async def _conversation(self, say: Words, client: ApiClient, message: Message) -> Reply:
        """Its last turns, or those before one."""
        found = await client.conversation(
            text_of(message, "id"), last=TURNS_STEP, before=number_of(message, "before")
        )
        turns = [
            await self._talk.finished(say, client, turn.answer, turn.number) for turn in found.items
        ]
        first = found.items[0].number if found.items else 1
        return {
            "status": 200,
            "html": "".join(turns),
            "title": found.title,
            "before": first if first > 1 else 0,
        }

    async def _suggestions(self, say: Words, client: ApiClient, message: Message) -> Reply:
        found = await client.conversation(text_of(message, "conversation"), last=_ASKED_LATELY)
        if not found.items:
            return {"status": 200, "html": ""}
        questions = await suggestions(client, [turn.answer for turn in found.items])
        return {"status": 200, "html": render_suggestions(say, questions)}

    async def _became(self, say: Words, client: ApiClient, message: Message) -> Reply:
        return self._talk.became(say, client, text_of(message, "ticket"))

    async def _shelf(self, say: Words, client: ApiClient, message: Message) -> Reply:
        session = await client.session()
        removed = bool(message.get("removed"))
        anew = bool(message.get("anew"))
        documents = await self._listings.of(client, anew=anew, removed=removed)
        shelf = shelf_of(documents, message)
        may_change = session.role in _CHANGES
        return {
            "status": 200,
            "html": render_shelf(say, shelf, may_change=may_change, removed=removed),
            "options": render_options(say, facets_of(documents)),
        }

    async def _place(self, say: Words, client: ApiClient, message: Message) -> Reply:
        return {"status": 200, "html": render_place(say, await place_of(client, message))}

    async def _document(self, say: Words, client: ApiClient, message: Message) -> Reply:
        document_id = text_of(message, "id")
        session = await client.session()
        periods = (await client.versions(document_id)).items
        cited = await _citing(client, document_id)
        may_change = session.role in _CHANGES
        html = render_document(say, periods, cited, may_change=may_change)
        return {"status": 200, "html": html, "title": periods[0].title}

    async def _difference(self, say: Words, client: ApiClient, message: Message) -> Reply:
        diff = await client.difference(
            text_of(message, "id"), text_of(message, "from"), text_of(message, "to")
        )
        return {"status": 200, "html": render_difference(say, diff)}

    async def _runs(self, say: Words, client: ApiClient, message: Message) -> Reply:
        found = await client.runs(text_of(message, "cursor"))
        return {"status": 200, "html": render_runs(say, found.items, found.next_cursor)}

    async def _run(self, say: Words, client: ApiClient, message: Message) -> Reply:
        return {"status": 200, "html": render_run(say, await client.run(text_of(message, "id")))}


async def _citing(client: ApiClient, document_id: str) -> list[Cited]:
    """The visitor's questions whose answers cite a document, last asked first."""
    found: list[Cited] = []
    for one in (await client.conversations(citing=document_id)).items[:_CITING]:
        conversation = await client.conversation(one.conversation_id, last=_TURNS_CITING)
        found += _cited_in(conversation, document_id)
    return found


def _cited_in(conversation: ConversationOut, document_id: str) -> list[Cited]:
    counted = [
        (turn.question, sum(c.document_id == document_id for c in turn.answer.citations))
        for turn in reversed(conversation.items)
    ]
    return [Cited(conversation.conversation_id, question, n) for question, n in counted if n]
