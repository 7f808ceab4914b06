"""Where questions are answered: here, or by the server that holds the data directory."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from pydantic import JsonValue

from api.answer_schemas import AnswerOut, SearchResponse
from api.question_wire import filters_out
from assistant.library.ledger import open_ledger
from assistant.settings import Settings
from assistant.types import Question
from cli.control import Grown, RunningServer, hold_or_find
from cli.finding import with_whole_ids
from cli.importing import heavy_imports


class Desk(Protocol):
    """Answers questions; the documents they are narrowed to may be named by how ids begin."""

    def ask(self, question: Question, grown: Grown | None = None) -> AnswerOut:
        """The whole answer, which before has `grown` by each piece of its draft.

        Raises `AssistantError` where there is none to give.
        """

    def search(self, question: Question) -> SearchResponse:
        """The passages for a question. Raises as `ask`."""


@contextmanager
def opened_desk(settings: Settings, purpose: str) -> Iterator[Desk]:
    """Who answers: the server that holds the data directory, else this process.

    Raises:
        ConfigurationError: a setting cannot be used.
        LibraryInUseError: a command that is no server holds the data directory.
        LibraryError: the library cannot be opened.
    """
    holder = hold_or_find(settings.home, purpose)
    if isinstance(holder, RunningServer):
        yield ServedDesk(holder, settings)
        return
    with heavy_imports():  # what answers takes a second, and a server has it already
        from cli.answering import opened_library  # noqa: PLC0415

    with holder, opened_library(settings, purpose, holder) as desk:
        yield desk


class ServedDesk:
    """Has the running server answer, as its operator, who may read all."""

    def __init__(self, server: RunningServer, settings: Settings) -> None:
        self._server = server
        self._settings = settings

    def ask(self, question: Question, grown: Grown | None = None) -> AnswerOut:
        """The whole answer. Raises what the server refused it with."""
        history: list[JsonValue] = [
            {"role": turn.role.value, "content": turn.content} for turn in question.history
        ]
        body = {**self._body(question), "history": history, "stream": True}
        answer = self._server.call("POST", "/v1/ask", body, grown=grown)
        return AnswerOut.model_validate(answer)

    def search(self, question: Question) -> SearchResponse:
        """The passages for a question. Raises what the server refused it with."""
        found = self._server.call("POST", "/v1/search", self._body(question))
        return SearchResponse.model_validate(found)

    def _body(self, question: Question) -> dict[str, JsonValue]:
        filters = question.filters
        if filters.document_ids:
            ledger = open_ledger(self._settings.home, self._settings.ledger_url)
            try:
                filters = with_whole_ids(filters, ledger)
            finally:
                ledger.close()
        return {
            "question": question.text,
            "as_of": None if question.as_of is None else question.as_of.isoformat(),
            "top_k": question.top_k,
            "filters": filters_out(filters).model_dump(mode="json"),
        }
