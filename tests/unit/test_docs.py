"""The documents agree with the tree they describe, and with themselves."""

import re
from pathlib import Path

import pytest

import cli

ROOT = Path(cli.__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CODE = ("api", "assistant", "benchmarks", "cli", "deploy", "ingest", "prompts", "tests", "ui")
FILES = {str(path.relative_to(ROOT)) for folder in CODE for path in (ROOT / folder).rglob("*.*")}
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w-]+\.(?:py|json|txt|tsv|md|lua|js|ini)|[\w-]+\.py)`")
RUN = re.compile(r"python -m (benchmarks[\w.]*)")
FIGURE = re.compile(r"\d*\.\d+|\d+")

BENCHMARKS = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
GLANCE, _, SECTIONS = BENCHMARKS.partition("\n## At a glance\n")[2].partition("\n## ")
ROWS = [row.strip("| ").split("|") for row in re.findall(r"^\| .*", GLANCE, re.MULTILINE)[1:]]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.name))
def test_what_is_named_as_a_file_of_the_code_is_one(document: Path) -> None:
    """A module without a folder goes on from one named before it: any folder may have it."""
    named = NAMED.findall(document.read_text("utf-8"))
    code = [name for name in named if "/" not in name or name.split("/")[0] in CODE]
    assert [name for name in code if not any(_is(name, file) for file in FILES)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.name))
def test_every_benchmark_that_is_named_can_be_run(document: Path) -> None:
    named = RUN.findall(document.read_text("utf-8"))
    assert [one for one in named if f"{one.replace('.', '/')}.py" not in FILES] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.name))
def test_every_link_leads_to_a_file_or_a_heading(document: Path) -> None:
    text = document.read_text("utf-8")
    links = re.findall(r"\]\((?!http)([^)#]*)(?:#([^)]+))?\)", text)
    assert [file for file, _ in links if file and not (document.parent / file).exists()] == []
    own = [heading for file, heading in links if heading and not file]
    assert set(own) <= {_anchor(one) for one in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip())
def test_a_figure_at_a_glance_stands_in_its_section(row: list[str]) -> None:
    assert set(FIGURE.findall(row[1])) <= set(FIGURE.findall(_section(row[3])))


def _is(name: str, file: str) -> bool:
    return file == name or file.endswith(f"/{name}")


def _section(link: str) -> str:
    """What stands below the heading that a link leads to, with what is part of it."""
    wanted = link.partition("#")[2].rstrip(") ")
    for heading in re.finditer(r"^(#+) (.+)$", SECTIONS, re.MULTILINE):
        if _anchor(heading[2]) == wanted:
            rest = SECTIONS[heading.end() :]
            after = re.search(rf"^#{{1,{len(heading[1])}}} ", rest, re.MULTILINE)
            return rest[: after.start()] if after else rest
    raise AssertionError(f"there is no heading for {link}")


def _anchor(heading: str) -> str:
    """The heading as links within a document name it."""
    return re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
