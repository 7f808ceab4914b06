"""The figures that the documents show first are those of the sections they are taken from."""

import re
from pathlib import Path

import pytest

import cli

BENCHMARKS = (Path(cli.__file__).parent.parent / "docs" / "benchmarks.md").read_text("utf-8")
GLANCE, _, SECTIONS = BENCHMARKS.partition("\n## At a glance\n")[2].partition("\n## ")
ROWS = [row.strip("| ").split("|") for row in re.findall(r"^\| .*", GLANCE, re.MULTILINE)[1:]]
FIGURE = re.compile(r"\d*\.\d+|\d+")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip())
def test_a_figure_at_a_glance_stands_in_its_section(row: list[str]) -> None:
    below = FIGURE.findall(section(row[3]))
    assert set(FIGURE.findall(row[1])) <= set(below)


def section(link: str) -> str:
    """What stands below the heading that a link leads to, with what is part of it."""
    name = link.partition("#")[2].rstrip(") ")
    for heading in re.finditer(r"^(#+) (.+)$", SECTIONS, re.MULTILINE):
        if re.sub(r"[^\w -]", "", heading[2]).lower().replace(" ", "-") == name:
            rest = SECTIONS[heading.end() :]
            after = re.search(rf"^#{{1,{len(heading[1])}}} ", rest, re.MULTILINE)
            return rest[: after.start()] if after else rest
    raise AssertionError(f"no section {name}")
