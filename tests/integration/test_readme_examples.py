"""What README shows of the command line is what it says over the starter library."""

import re
import shlex
from pathlib import Path

import pytest

from tests.integration.commands import attache

README = Path(__file__).parents[2] / "README.md"
BLOCKS = re.findall(r"```console\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
SHOWN = re.compile(r"^\$ attache (?P<said>(?:ask|verify) .+)\n(?P<told>(?:(?!\$ ).*\n)+)", re.M)
EXAMPLES = [(one["said"], one["told"]) for block in BLOCKS for one in SHOWN.finditer(block)]
VERDICT = re.compile(r"^(?:supported|unsupported|quoted)  +(.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home: Path = tmp_path_factory.mktemp("home")
    return home


@pytest.mark.parametrize(("said", "told"), EXAMPLES)
def test_an_example_says_what_is_shown(said: str, told: str, home: Path, tmp_path: Path) -> None:
    command, given = shlex.split(said)
    if command == "verify":
        file = tmp_path / given
        file.write_text("\n".join(VERDICT.findall(told)), "utf-8")
        given = str(file)
    ended = attache(home, command, given, ATTACHE_STARTER="true")
    assert re.fullmatch(pattern(told), line(ended.out)), f"{ended.out}{ended.err}"


def line(text: str) -> str:
    """The text whatever the width of the terminal, and whatever the time it took."""
    return re.sub(r"\d+ ms", "0 ms", " ".join(text.split()))


def pattern(told: str) -> str:
    """What is shown, in which `…` at the end of a line stands for anything."""
    return ".*".join(map(re.escape, line(re.sub(r"…$", "\0", told, flags=re.M)).split("\0")))


def test_there_are_examples_of_an_answer_a_refusal_and_a_check() -> None:
    assert [said.split()[0] for said, _ in EXAMPLES] == ["ask", "ask", "verify"]
