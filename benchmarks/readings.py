"""How the questions of conversations read by themselves, beside what people made of them.

    python -m benchmarks.readings ../shared/data/trec_cast

`rewrites.jsonl` holds questions with what was said before them and with a rewrite by a person.
Counted are the words with a meaning, by their stems: of those that a rewrite adds, how many the
product's reading has too; of those that the reading adds, how many the rewrite does not have; and
how many readings have the words of the rewrite, no more and no less. Without learning or a model,
so nothing is held aside; the answers that stand in for the product's are the set's own.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from assistant.answers.words import stems
from assistant.models.encoder import open_token_encoder
from assistant.retrieval.standalone import content_words
from assistant.retrieval.topic import understood
from assistant.settings import read_settings
from assistant.types import Role, Turn

Read = Callable[[str, Sequence[Turn]], str]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A question of a conversation and what a person made of it."""

    year: int
    text: str
    history: tuple[Turn, ...]
    rewrite: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The words that a rewrite and a reading add, and how many both do."""

    wanted: int
    added: int
    both: int
    same: bool


def questions(file: Path) -> Iterator[Rewritten]:
    """Those that something was said before."""
    for line in file.read_text("utf-8").splitlines():
        one = json.loads(line)
        if one["history"]:
            said = tuple(Turn(Role(turn["role"]), turn["text"]) for turn in one["history"])
            yield Rewritten(one["year"], one["text"], said, one["manual_rewrite"])


def compared(one: Rewritten, reading: str) -> Compared:
    """What a reading adds to a question beside what the person added."""
    asked, wanted, read = (_words(text) for text in (one.text, one.rewrite, reading))
    added = read - asked
    return Compared(len(wanted - asked), len(added), len(added & wanted), wanted == read)


def row(name: str, found: Sequence[Compared]) -> str:
    """A line of the table."""
    wanted, added, both = (
        sum(values) for values in zip(*((o.wanted, o.added, o.both) for o in found), strict=True)
    )
    same = sum(one.same for one in found) / len(found)
    had, other = both / max(1, wanted), (added - both) / max(1, added)
    return f"| {name} ({len(found)}) | {had:.3f} | {other:.3f} | {same:.3f} |"


def report(file: Path, read: Read) -> None:
    """Prints the table, a line for each year, and what a reading took."""
    asked = list(questions(file))
    started = perf_counter()
    readings = [read(one.text, one.history) for one in asked]
    ms = (perf_counter() - started) * 1000 / len(asked)
    found = [(one.year, compared(one, text)) for one, text in zip(asked, readings, strict=True)]
    print("| questions | words of the rewrite had | words added that it lacks | the same words |")
    print("|---|---|---|---|")
    for year, each in groupby(found, key=lambda one: one[0]):
        print(row(str(year), [one for _, one in each]))
    print(row("all", [one for _, one in found]))
    print(f"\n{ms:.1f} ms a reading")


def _words(text: str) -> frozenset[str]:
    return stems(" ".join(content_words(text)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures the readings of a folder's conversations."""
    parser = argparse.ArgumentParser(description="Compares readings with people's rewrites.")
    parser.add_argument("data", type=Path, help="the folder that holds rewrites.jsonl")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as home:
        settings = read_settings().model_copy(update={"home": Path(home)})
        encoder = open_token_encoder(settings)
        report(
            options.data / "rewrites.jsonl",
            lambda text, history: understood(text, history, encoder).text,
        )


if __name__ == "__main__":
    main()
