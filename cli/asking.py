"""The part of `attache ask` and `attache chat` that needs models and indexes."""

from collections.abc import AsyncIterator

from rich.console import Console
from rich.live import Live

from assistant.backends import Backends, open_backends
from assistant.settings import Settings
from assistant.types import Answer, Answered, Question, TextDelta
from cli.answers import rendered


def open_assistant(settings: Settings, purpose: str, console: Console) -> Backends:
    """The backends, with a word on the console while they open. Raises what `open_backends` does."""
    with console.status("Opening the library…"):
        return open_backends(settings, purpose)


async def answer_of(backends: Backends, question: Question) -> Answer:
    """The whole answer. Raises `QuestionError` and `LibraryError`."""
    return await backends.assistant.answer(question)


async def streamed_answer(backends: Backends, question: Question, console: Console) -> Answer:
    """The whole answer; its draft is shown while it grows, and taken away again at the end."""
    with Live(console=console, transient=True, refresh_per_second=12) as live:
        async for text in _growing(backends, question):
            if isinstance(text, Answer):
                return text
            live.update(rendered(text))
    raise AssertionError("the chain ends with an answer")


async def _growing(backends: Backends, question: Question) -> AsyncIterator[str | Answer]:
    text = ""
    async for event in backends.assistant.ask(question):
        if isinstance(event, TextDelta):
            text += event.text
            yield text
        elif isinstance(event, Answered):
            yield event.answer
