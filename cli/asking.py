"""Questions from the command line: one with `ask`, a conversation with `chat`."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from rich.console import Console
from rich.live import Live
from rich.text import Text

from api.answer_wire import answer_out, search_out
from api.deps import AnswersQuestions
from assistant.errors import ModelError, QuestionError
from assistant.library.ledger import SqlLedger
from assistant.types import Answer, Answered, Question, Role, TextDelta, Turn
from cli.answers import print_answer, print_passages, rendered
from cli.audited import audited
from cli.beginning import open_begun
from cli.console import complain, results
from cli.exits import Exits
from cli.finding import find
from cli.setup import settings_for_command
from cli.wire import print_json

WELCOME = "Ask about what the library holds. /new begins anew, /quit or Ctrl-D ends."
LONGEST_HISTORY = 20
"""Turns carried along; older ones no longer change what a question means."""


def answer_once(question: Question, *, as_json: bool) -> Exits:
    """Writes the answer to one question; `INCOMPLETE` where the library holds none.

    Raises:
        ConfigurationError: a setting cannot be used.
        LibraryError: the library is in use or cannot be opened.
        DocumentNotFoundError: a document that it is narrowed to is none.
        QuestionError: the question is empty or too long, or a folder cannot be told.
    """
    settings = settings_for_command()
    with open_begun(settings, "attache ask") as backends:
        asked = _named(question, backends.library.ledger)
        answer = asyncio.run(_answered(audited(backends, settings), asked))
    if as_json:
        print_json(answer_out(answer))
    else:
        print_answer(answer, results())
    return Exits.INCOMPLETE if answer.abstained else Exits.DONE


def search_once(question: Question, *, as_json: bool) -> Exits:
    """Writes the passages for a question; `INCOMPLETE` where none is found. Raises as above."""
    settings = settings_for_command()
    with open_begun(settings, "attache search") as backends:
        asked = _named(question, backends.library.ledger)
        began = perf_counter()
        found = asyncio.run(audited(backends, settings).search(asked))
        total_ms = (perf_counter() - began) * 1000
    if as_json:
        print_json(search_out(found, question.text, total_ms))
    else:
        print_passages(found.passages, results())
    return Exits.DONE if found.passages else Exits.INCOMPLETE


def converse() -> None:
    """Reads questions and writes answers until the reader ends it. Raises as `answer_once`."""
    console, history, settings = results(), list[Turn](), settings_for_command()
    with open_begun(settings, "attache chat") as backends:
        assistant = audited(backends, settings)
        console.print(Text(WELCOME, style="dim"))
        while (said := _next(console)) is not None:
            if said == "/new":
                history.clear()
                console.print(Text("A new conversation.", style="dim"))
                continue
            question = Question(text=said, history=tuple(history[-LONGEST_HISTORY:]))
            try:
                answer = asyncio.run(_streamed(assistant, question, console))
            except (QuestionError, ModelError) as error:
                complain(str(error))
                continue
            print_answer(answer, console)
            history += [Turn(Role.USER, said), Turn(Role.ASSISTANT, answer.text)]


def _named(question: Question, ledger: SqlLedger) -> Question:
    """The same with the whole ids of the documents it is narrowed to."""
    named = question.filters.document_ids
    whole = tuple(find(ledger, each).document_id for each in named)
    return replace(question, filters=replace(question.filters, document_ids=whole))


async def _streamed(assistant: AnswersQuestions, question: Question, console: Console) -> Answer:
    """The whole answer; its draft is shown while it grows, and taken away at the end."""
    # What is taken away must fit the window: `Live` cuts what does not.
    with Live(console=console, transient=True, refresh_per_second=12) as live:
        return await _answered(assistant, question, lambda text: live.update(rendered(text)))


async def _answered(
    assistant: AnswersQuestions, question: Question, show: Callable[[str], None] = lambda _: None
) -> Answer:
    """The whole answer; `show` is given the draft each time it has grown."""
    draft, answer = "", None
    # Heard to the end: a stream left early is closed by the loop, which complains.
    async for event in assistant.ask(question):
        if isinstance(event, TextDelta):
            draft += event.text
            show(draft)
        elif isinstance(event, Answered):
            answer = event.answer
    assert answer is not None, "the chain ends with an answer"
    return answer


def _next(console: Console) -> str | None:
    """The next line that says something; None at the end of the conversation."""
    while True:
        try:
            said = console.input("\n[bold cyan]›[/] ").strip()
        except EOFError:
            console.print()
            return None
        if said in {"/quit", "/exit"}:
            return None
        if said:
            return said
