"""What the commands write: results to standard output, all else to standard error."""

from rich.console import Console
from rich.text import Text


def results() -> Console:
    """The console for what was asked for, on standard output."""
    return Console(highlight=False)


def messages() -> Console:
    """The console for progress and messages, on standard error."""
    return Console(stderr=True, highlight=False)


def complain(message: str) -> None:
    """Writes one error to standard error, on one line however wide the terminal is."""
    line = Text.assemble(("error: ", "bold red"), " ".join(message.split()))
    messages().print(line, soft_wrap=True)


def note(message: str) -> None:
    """Writes a quiet remark to standard error."""
    messages().print(Text(message, style="dim"), soft_wrap=True)
