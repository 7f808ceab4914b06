"""Every call of `attache` that the documents show is one that the command line takes."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

import cli
from cli.app import build_app

ROOT = Path(cli.__file__).parent.parent
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
# Settings may stand before the command, and what a later program does behind it.
CALL = re.compile(
    r"^(?:\$ |    )(?:[A-Z_]+=\S* )*attache (?P<said>(?:[^\n\\]|\\\n)+)", re.MULTILINE
)
USAGE_ERROR = typer.BadParameter.__bases__[0]
CALLS = sorted(
    {
        found["said"].replace("\\\n", " ")
        for path in DOCUMENTS
        for found in CALL.finditer(path.read_text("utf-8"))
    }
)


def parsed(arguments: list[str]) -> None:
    """Reads the arguments as the command would, and does nothing. Raises where it cannot."""
    command = get_command(build_app())
    context = command.context_class(command, info_name="attache")
    while isinstance(command, TyperGroup):
        name, found, arguments = command.resolve_command(context, arguments)
        assert found is not None
        command, context = found, found.context_class(found, info_name=name, parent=context)
    command.parse_args(context, arguments)


@pytest.mark.parametrize("said", CALLS)
def test_a_call_is_taken(said: str) -> None:
    arguments = shlex.split(re.split(r"\s(?:#|>)\s", said)[0])
    parsed(["DIR" if one == "…" else one for one in arguments])


def test_there_are_calls_of_most_commands() -> None:
    named = {said.split()[0] for said in CALLS}
    assert named >= {"ask", "audit", "backup", "doctor", "ingest", "keys", "migrate", "verify"}


def test_a_call_that_is_none_is_told() -> None:
    with pytest.raises(USAGE_ERROR):
        parsed(["ask", "--by-when", "2024-01-01", "Who?"])
