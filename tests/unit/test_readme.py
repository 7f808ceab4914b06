"""The README says what the code does."""

import re
from pathlib import Path

import pytest

import cli
from assistant.settings import Settings

ROOT = Path(cli.__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table() -> str:
    """The settings as README shows them."""
    rows = ["| setting | default | what it says |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = (
            "" if field.default_factory or field.default in (None, "") else f"`{field.default}`"
        )
        rows.append(f"| `ATTACHE_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def test_the_settings_table_is_that_of_the_settings() -> None:
    assert table() in README


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http|#)([^)]+)\)", README))
def test_every_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("target", re.findall(r"^    make (\w+)", README, re.MULTILINE))
def test_every_target_of_make_exists(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
