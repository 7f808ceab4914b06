import ast
import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

import ui
from ui.shell import render_page
from ui.words import Words, table

SOURCES = Path(ui.__file__).parent
FRENCH = Words("fr")
# Words of the fixed parts that stand in both languages as they are.
SAME = {"Attaché", "Enter", "Shift", "Français", "FR"}


def said_in_python() -> set[str]:
    """Every text that the window's modules say."""
    found: set[str] = set()
    for module in SOURCES.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                found |= set(_said(node))
    return found


def _said(call: ast.Call) -> list[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    counts = isinstance(call.func, ast.Attribute) and call.func.attr == "count"
    if name != "say" and not (counts and getattr(call.func, "value", None)):
        return []
    texts = [one.value for one in call.args if isinstance(one, ast.Constant)]
    return [text for text in texts if isinstance(text, str)]


def said_in_script() -> set[str]:
    found: set[str] = set()
    for script in SOURCES.glob("static/*.js"):
        found |= set(re.findall(r'\bsay\("((?:[^"\\]|\\.)+)"', script.read_text("utf-8")))
    return found


def test_everything_the_window_says_has_its_french() -> None:
    missing = (said_in_python() | said_in_script()) - set(table("fr")) - SAME

    assert sorted(missing) == []


class Fixed(HTMLParser):
    """The words of the page's fixed parts, of what is read and of what is heard."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        heard = ("aria-label", "placeholder", "title", "alt")
        self.words |= {value for name, value in attrs if name in heard and value}

    def handle_data(self, data: str) -> None:
        self.words |= {data.strip()} if re.search(r"[^\W\d]{2}", data) else set()


def test_every_fixed_part_of_the_page_has_its_french() -> None:
    fixed = Fixed()
    fixed.feed(render_page(4000))

    assert sorted(fixed.words - set(table("fr")) - SAME) == []


def test_a_translation_has_the_same_gaps_to_fill() -> None:
    gaps = re.compile(r"\{(\w+)\}")

    for english, french in table("fr").items():
        assert set(gaps.findall(english)) == set(gaps.findall(french)), english


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "2,310 documents"), ("fr", "2\u202f310 documents"), ("de", "2,310 documents")],
)
def test_numbers_are_written_as_the_language_writes_them(language: str, said: str) -> None:
    assert Words(language).count(2310, "{n} document", "{n} documents") == said


def test_one_is_singular_and_in_french_none_is_too() -> None:
    assert Words("en").count(0, "{n} file", "{n} files") == "0 files"
    assert Words("en").count(1, "{n} file", "{n} files") == "1 file"
    assert FRENCH.count(0, "{n} document", "{n} documents") == "0 document"


def test_days_are_written_as_the_language_writes_them() -> None:
    assert Words("en").day(date(2023, 4, 1)) == "1 April 2023"
    assert FRENCH.day(date(2023, 4, 1)) == "1er avril 2023"


@pytest.mark.parametrize(("ms", "said"), [(21.4, "21 ms"), (1240, "1.2 s"), (0.2, "0 ms")])
def test_a_duration_is_said_as_a_reader_would(ms: float, said: str) -> None:
    assert Words("en").duration(ms) == said


def test_a_brace_in_a_value_is_no_gap() -> None:
    assert Words("en")("Remove {title}", title="{title}{0}") == "Remove {title}{0}"


def test_moments_of_one_day_are_told_apart_by_the_second() -> None:
    morning = datetime(2026, 11, 29, 9, 5, 7, tzinfo=UTC)
    noon = datetime(2026, 11, 29, 12, 0, 1, tzinfo=UTC)

    assert Words("en").told_apart(morning, morning, noon) == "29 November 2026, 09:05:07 UTC"
    assert Words("en").told_apart(morning, morning, None) == "29 November 2026"
