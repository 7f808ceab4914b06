"""`attache chat`: a conversation in the terminal."""

import asyncio

from rich.console import Console
from rich.text import Text

from assistant.errors import AssistantError, LibraryError
from assistant.types import Question, Role, Turn
from cli.answers import print_answer
from cli.console import complain, messages, results
from cli.options import settings_for_command

WELCOME = "Ask about what the library holds. /new begins anew, /quit or Ctrl-D ends."
LONGEST_HISTORY = 20
"""Turns carried along; older ones no longer change what a question means."""


def chat() -> None:
    """Holds a conversation; a follow-up knows what was asked before it."""
    settings = settings_for_command()
    # Models and indexes take seconds to import: `attache --help` does not wait for them.
    from cli.asking import open_assistant, streamed_answer  # noqa: PLC0415

    console, history = results(), list[Turn]()
    with open_assistant(settings, "attache chat", messages()) as backends:
        console.print(Text(WELCOME, style="dim"))
        while (said := _next(console)) is not None:
            if said == "/new":
                history.clear()
                console.print(Text("A new conversation.", style="dim"))
                continue
            question = Question(text=said, history=tuple(history[-LONGEST_HISTORY:]))
            try:
                answer = asyncio.run(streamed_answer(backends, question, console))
            except LibraryError:
                raise
            except AssistantError as error:
                complain(str(error))
                continue
            print_answer(answer, console)
            history += [Turn(Role.USER, said), Turn(Role.ASSISTANT, answer.text)]


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
