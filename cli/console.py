"""What the commands write: results to standard output, all else to standard error."""

import sys

from pydantic import BaseModel
from rich.console import Console
from rich.text import Text


def results() -> Console:
    """The console for what was asked for, on standard output."""
    return Console(highlight=False)


def messages() -> Console:
    """The console for progress and messages, on standard error."""
    return Console(stderr=True, highlight=False)


def print_json(body: BaseModel) -> None:
    """Writes the object as the API would send it, and nothing else, in UTF-8."""
    sys.stdout.flush()
    sys.stdout.buffer.write(body.model_dump_json(indent=2).encode() + b"\n")
    sys.stdout.buffer.flush()


def complain(message: str) -> None:
    """Writes one error to standard error, on one line however wide the terminal is."""
    line = Text.assemble(("error: ", "bold red"), " ".join(message.split()))
    messages().print(line, soft_wrap=True)


def note(message: str) -> None:
    """Writes a quiet remark to standard error."""
    messages().print(Text(message, style="dim"), soft_wrap=True)
