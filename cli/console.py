"""What the commands write: results to standard output, all else to standard error."""

import typer
from rich.console import Console
from rich.text import Text

from assistant.errors import ConfigurationError


def results() -> Console:
    """The console for what was asked for, on standard output."""
    return Console(highlight=False)


def messages() -> Console:
    """The console for progress and messages, on standard error."""
    return Console(stderr=True, highlight=False)


def complain(message: str) -> None:
    """Writes one error to standard error, on one line however wide the terminal is."""
    _on_one_line(("error: ", "bold red"), message)


def warn(message: str) -> None:
    """Writes one warning to standard error, on one line."""
    _on_one_line(("warning: ", "bold yellow"), message)


def _on_one_line(sign: tuple[str, str], message: str) -> None:
    messages().print(Text.assemble(sign, " ".join(message.split())), soft_wrap=True)


def note(message: str) -> None:
    """Writes a quiet remark to standard error."""
    messages().print(Text(message, style="dim"), soft_wrap=True)


def confirm(question: str) -> None:
    """Asks on standard error whether to go on, and passes where the answer is yes.

    Raises:
        typer.Abort: the answer is another.
        ConfigurationError: nobody is there to answer.
    """
    # Not by `typer.confirm`, which writes a space to standard output where no terminal is.
    messages().print(Text(f"{question} [y/N] "), end="", soft_wrap=True)
    try:
        said = input()
    except EOFError as error:
        messages().print()
        raise ConfigurationError(
            "Nobody answered, so nothing was done. Add --yes to go on without being asked."
        ) from error
    if said.strip().lower() not in {"y", "yes"}:
        raise typer.Abort


def counted(number: int, what: str) -> str:
    """So many of something, as in `1 document` and `2 documents`."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")
