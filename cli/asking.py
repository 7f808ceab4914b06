"""Questions from the command line: one with `ask`, a conversation with `chat`."""

from rich.console import Console
from rich.live import Live
from rich.text import Text

from api.answer_schemas import AnswerOut
from assistant.errors import LibraryError, LibraryInUseError, ModelError, QuestionError
from assistant.types import Filters, Question, Role, Turn
from cli.answers import print_answer, print_passages, rendered
from cli.console import complain, results
from cli.desk import Desk, opened_desk
from cli.exits import Exits
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
    with opened_desk(settings_for_command(), "attache ask") as desk:
        answer = desk.ask(question)
    if as_json:
        print_json(answer)
    else:
        print_answer(answer, results())
    return Exits.INCOMPLETE if answer.abstained else Exits.DONE


def search_once(question: Question, *, as_json: bool) -> Exits:
    """Writes the passages for a question; `INCOMPLETE` where none is found. Raises as above."""
    with opened_desk(settings_for_command(), "attache search") as desk:
        found = desk.search(question)
    if as_json:
        print_json(found)
    else:
        is_narrowed = question.filters != Filters() or question.as_of is not None
        print_passages(found.passages, results(), narrowed=is_narrowed)
    return Exits.DONE if found.passages else Exits.INCOMPLETE


def converse() -> None:
    """Reads questions and writes answers until the reader ends it. Raises as `answer_once`."""
    console, history = results(), list[Turn]()
    with opened_desk(settings_for_command(), "attache chat") as desk:
        console.print(Text(WELCOME, style="dim"))
        while (said := _next(console)) is not None:
            if said == "/new":
                history.clear()
                console.print(Text("A new conversation.", style="dim"))
                continue
            question = Question(text=said, history=tuple(history[-LONGEST_HISTORY:]))
            answer = _answered(desk, question, console)
            if answer is not None:
                print_answer(answer, console)
                history += [Turn(Role.USER, said), Turn(Role.ASSISTANT, answer.answer)]


def _answered(desk: Desk, question: Question, console: Console) -> AnswerOut | None:
    """The answer, its draft shown while it grows; None, and why, where there is none to give."""
    draft = ""

    def grown(piece: str) -> None:
        nonlocal draft
        draft += piece
        live.update(rendered(draft))

    try:
        # What is taken away must fit the window: `Live` cuts what does not.
        with Live(console=console, transient=True, refresh_per_second=12) as live:
            return desk.ask(question, grown)
    except LibraryInUseError:
        raise
    except (QuestionError, ModelError, LibraryError) as error:
        complain(str(error))
        return None


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
