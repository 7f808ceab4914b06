"""`attache ask QUESTION`: one question, one answer."""

import asyncio
from typing import Annotated

import typer

from assistant.types import Question
from cli.answers import print_answer
from cli.console import messages, print_json, results
from cli.exits import Exits
from cli.moments import moment
from cli.options import AsJson, settings_for_command


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="TIME",
            help="Answer from the library as it stood then: 2024-06-30, or a time.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Answers one question, each sentence with its place in the library.

    Exits with 1 when the library holds no answer.
    """
    asked = Question(text=question, as_of=None if as_of is None else moment(as_of))
    settings = settings_for_command()
    # Models and indexes take seconds to import: `attache --help` does not wait for them.
    from cli.asking import answer_of, open_assistant  # noqa: PLC0415

    with open_assistant(settings, "attache ask", messages()) as backends:
        answer = asyncio.run(answer_of(backends, asked))
    if as_json:
        from api.wire import answer_out  # noqa: PLC0415 (as above)

        print_json(answer_out(answer))
    else:
        print_answer(answer, results())
    raise typer.Exit(Exits.INCOMPLETE if answer.abstained else Exits.DONE)
