"""Facts that stand in labelled cells of profiles, asked of every page and looked for in answers.

    python -m benchmarks.cells ../shared/data HOME

`HOME` is a data directory into which `documents` of the data folder was ingested. What is right is
read from the pages themselves at run time: the value below a heading and a key. An answer is right
if it has the value, and cites the page of the country that was asked about. Every second country is
kept aside: what is printed of `kept` was never looked at while the answers were worked on.
"""

import argparse
import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.backends import Backends, open_backends
from assistant.settings import read_settings
from assistant.types import Answer, Question

PAGES = "factbook/*.md"
_SURNAME = r"[A-ZÀ-Þ][A-ZÀ-Þ'’\-]{2,}"
_FIGURE = r"\$?\d[\d,.]*\d|\d"
_BEGINNING = r".{1,25}"


@dataclass(frozen=True, slots=True)
class Fact:
    """A question about `{}`, the heading and key of its value, and what of that must be told."""

    name: str
    question: str
    heading: str
    key: str
    told: str

    def value(self, page: str) -> str | None:
        """What a page gives, as far as an answer must have it; None where it does not."""
        if self.heading:
            section = re.search(
                rf"^#+ {re.escape(self.heading)}\s*$(?P<under>.*?)(?=^#|\Z)", page, re.M | re.S
            )
            page = section["under"] if section else ""
        line = re.search(rf"^\*\*{re.escape(self.key)}\s?:\*\* (?P<value>.+)$", page, re.M)
        found = re.search(self.told, line["value"]) if line else None
        return found.group().strip() if found else None


FACTS = (
    Fact("population", "What is the population of {}?", "Population", "total", _FIGURE),
    Fact("people", "How many people live in {}?", "Population", "total", _FIGURE),
    Fact("area", "What is the total area of {}?", "Area", "total", _FIGURE),
    Fact("borders", "Which countries border {}?", "Land boundaries", "border countries", r"\D+"),
    Fact("coast", "How long is the coastline of {}?", "", "Coastline", _FIGURE),
    Fact(
        "chief of state",
        "Who is the chief of state of {}?",
        "Executive branch",
        "chief of state",
        _SURNAME,
    ),
    Fact(
        "government",
        "Who is the head of government of {}?",
        "Executive branch",
        "head of government",
        _SURNAME,
    ),
    Fact("capital", "What is the capital of {}?", "Capital", "name", r"[^;(,]+"),
    Fact("independence", "When did {} become independent?", "", "Independence", r"\d+ \w+ \d{4}"),
    Fact("climate", "What is the climate of {}?", "", "Climate", _BEGINNING),
    Fact("religions", "What are the religions of {}?", "", "Religions", _BEGINNING),
    Fact("literacy", "What is the literacy rate in {}?", "Literacy", "total population", _FIGURE),
    Fact(
        "life",
        "What is the life expectancy in {}?",
        "Life expectancy at birth",
        "total population",
        _FIGURE,
    ),
    Fact("age", "What is the median age in {}?", "Median age", "total", _FIGURE),
    Fact(
        "service",
        "What is the military service age in {}?",
        "",
        "Military service age and obligation",
        _BEGINNING,
    ),
    Fact("summit", "What is the highest point of {}?", "Elevation", "highest point", r"[^\d;(,]+"),
)


def main() -> None:
    """Prints a line for each half and one for each kind of fact in it."""
    parser = argparse.ArgumentParser(description="Asks for facts in labelled cells.")
    parser.add_argument("data", type=Path, help="the folder that holds documents")
    parser.add_argument("home", type=Path, help="the data directory of the library")
    parser.add_argument("--half", choices=("open", "kept"), help="one half alone")
    parser.add_argument("--wrong", action="store_true", help="print what is not right")
    options = parser.parse_args()
    settings = read_settings().model_copy(update={"home": options.home})
    pages = sorted((options.data / "documents").glob(PAGES))
    found: dict[tuple[str, str], Counter[str]] = {}
    with open_backends(settings, "benchmarks.cells") as backends:
        for half, fact, page, value in _asked(pages, options.half):
            answer = _answer(fact.question.format(_name(page)), backends)
            became = judged(answer, value, page)
            for kind in ("all", fact.name):
                found.setdefault((half, kind), Counter())[became] += 1
            if options.wrong and half == "open" and became != "right":
                print(became, "|", answer.question, "|", value, "|", answer.text[:300])
    for (half, kind), counts in sorted(found.items()):
        print(f"{half} {kind}: {counts['right']} of {counts.total()}", dict(counts))


def judged(answer: Answer, value: str, page: Path) -> str:
    """Whether the answer is `right`, `refused`, `wrong`, or `another's`: right by chance."""
    if answer.abstained:
        return "refused"
    if value.casefold() not in answer.text.casefold():
        return "wrong"
    cited = any(one.source_uri == page.resolve().as_uri() for one in answer.citations)
    return "right" if cited else "another's"


def _asked(pages: list[Path], only: str | None) -> Iterator[tuple[str, Fact, Path, str]]:
    for number, page in enumerate(pages):
        half = "open" if number % 2 else "kept"
        if only not in (None, half):
            continue
        text = page.read_text("utf-8")
        for fact in FACTS:
            if value := fact.value(text):
                yield half, fact, page, value


def _name(page: Path) -> str:
    return page.read_text("utf-8").partition("\n")[0].lstrip("# ").split(" — ")[0]


def _answer(question: str, backends: Backends) -> Answer:
    return asyncio.run(backends.assistant.answer(Question(text=question)))


if __name__ == "__main__":
    main()
