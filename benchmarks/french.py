"""How many questions of the domain find their passage when they are asked in French.

    python -m benchmarks.french ../shared/data/documents HOME

`HOME` is a data directory into which the documents were ingested; their passages are English.
`french_questions.jsonl` holds English questions of `domain_questions` translated by hand, some
before the product's list of words was written and some after it was frozen. Each is asked in
English, in French as it is, and as the product asks a French question, in English words as well.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.backends import Backends, open_backends
from assistant.retrieval.standalone import resolve
from assistant.retrieval.topic import understood
from assistant.settings import read_settings
from assistant.types import Filters, Passage, StandaloneQuestion
from benchmarks.domain import DomainSet, domain_set_of
from benchmarks.domain_recall import first_hit
from cli.evaluation.judged import read_lines
from cli.evaluation.metrics import mean

TRANSLATIONS = Path(__file__).with_name("french_questions.jsonl")
CUT = 5
ROWS = ("before", "after")
TITLES = ("translated", "questions", "in English", "in French as it is", "as the product asks")


class Translated(BaseModel):
    """A question in French; `question` names the English one it was made of.

    `translated` is `before` where the list of words was written with it in view.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    question: str
    text: str
    translated: Literal["before", "after"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures questions asked in French.")
    parser.add_argument("documents", type=Path, help="the folder that was ingested")
    parser.add_argument("home", type=Path, help="the data directory of the library")
    options = parser.parse_args()
    made = domain_set_of(options.documents, options.home)
    settings = read_settings().model_copy(update={"home": options.home})
    asked = read_translations()
    with open_backends(settings, "benchmarks.french") as backends:
        hits = {one.question: measured(one, made, options.documents, backends) for one in asked}
    for line in table(asked, hits):
        print(line)


def read_translations(path: Path = TRANSLATIONS) -> tuple[Translated, ...]:
    """The questions in French, in the order of the file."""
    return tuple(Translated.model_validate_json(line) for _, line in read_lines(path))


def measured(
    one: Translated, made: DomainSet, documents: Path, backends: Backends
) -> tuple[bool, ...]:
    """Whether the first passages have one that answers, for each way of asking."""
    english = next(each for each in made.questions if each.question_id == one.question)
    spans = made.spans.get(one.question, ())
    ways = (
        resolve(english.text, ()),
        resolve(one.text, ()),
        understood(one.text, (), backends.encoder),
    )
    return tuple(
        first_hit([each.stored for each in found], spans, documents) is not None
        for found in (retrieved(way, backends) for way in ways)
    )


def retrieved(question: StandaloneQuestion, backends: Backends) -> list[Passage]:
    """The first passages, as the library stands."""
    now = datetime.now(UTC)
    return backends.retriever.retrieve(question, as_of=now, top_k=CUT, filters=Filters())


def table(asked: Sequence[Translated], hits: Mapping[str, Sequence[bool]]) -> Iterator[str]:
    """Shares of the questions that found a passage, a row for each time of translating."""
    yield f"| {' | '.join(TITLES)} |"
    yield "|" + "---|" * len(TITLES)
    for row in ROWS:
        found = [hits[one.question] for one in asked if one.translated == row]
        if found:
            shares = [
                f"{mean([float(hit) for hit in way]):.3f}" for way in zip(*found, strict=True)
            ]
            yield f"| {row} the list was frozen | {len(found)} | {' | '.join(shares)} |"


if __name__ == "__main__":
    main()
