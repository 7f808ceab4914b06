"""The command line `attache`: its commands, and how each of them ends."""

import logging
import os
import sys
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer

from assistant.errors import AssistantError, is_full
from cli.ask import ask
from cli.audit import audit
from cli.backup import backup, restore
from cli.chat import chat
from cli.console import complain
from cli.doctor import doctor
from cli.documents import documents
from cli.evaluate import evaluate
from cli.exits import Exits, exit_of
from cli.feedback import feedback
from cli.ingest import ingest
from cli.keys import keys
from cli.mcp import mcp
from cli.migrate import migrate
from cli.prune import prune
from cli.reindex import reindex
from cli.runs import runs
from cli.search import search
from cli.serve import serve
from cli.verify import verify
from cli.worker import worker

logger = logging.getLogger(__name__)

HELP = """Answers questions about defense diplomacy from your own documents.

Every sentence of an answer is traced to its place in one of them. Settings are environment
variables, `ATTACHE_…`; `attache doctor` shows what is in use.
"""


def build_app() -> typer.Typer:
    """The command line with every command on it."""
    app = typer.Typer(
        name="attache",
        help=HELP,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for command in (serve, worker, mcp, ingest, ask, search, chat, verify, prune):
        app.command()(command)
    app.add_typer(documents)
    app.add_typer(runs)
    app.add_typer(keys)
    app.add_typer(audit)
    app.add_typer(evaluate)
    app.add_typer(feedback)
    app.command()(backup)
    app.command()(restore)
    app.command()(migrate)
    app.command()(reindex)
    app.command()(doctor)
    return app


def main() -> None:
    """Runs one command and ends the process with its exit code."""
    try:
        build_app()(prog_name="attache")
    except AssistantError as error:
        complain(str(error))
        sys.exit(exit_of(error))
    except KeyboardInterrupt:
        sys.exit(Exits.INTERRUPTED)
    except OSError as error:
        if is_full(error):
            _end_unwritten(error)
        _end_defect(error)
    except Exception as error:  # noqa: BLE001 - a defect, whatever it is
        _end_defect(error)


def _end_unwritten(error: OSError) -> NoReturn:
    """Ends a command whose result found no room where it was to go."""
    # What is left of it would fail once more when the process ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    complain(f"What was asked for cannot be written: {error.strerror}. Make room there.")
    sys.exit(Exits.MISUSED)


def _end_defect(error: Exception) -> NoReturn:
    """Ends a command with one line for its reader and the trace for its mender."""
    logger.debug("the command failed", exc_info=True)
    complain(
        f"{type(error).__name__}: {error}. This is a defect; ATTACHE_LOG_LEVEL=DEBUG shows where."
    )
    sys.exit(Exits.MISUSED)


def _root(
    show_version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=lambda on: _version(on=on)),
    ] = False,
) -> None:
    """Takes the options that stand before a command."""


def _version(*, on: bool) -> None:
    if on:
        typer.echo(f"attache {version('attache')}")
        raise typer.Exit
