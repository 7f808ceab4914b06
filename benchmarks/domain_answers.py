"""What becomes of the domain's questions, all of them answerable, and of questions foreign to it.

    python -m benchmarks.domain_answers ../shared/data HOME

`HOME` is a data directory into which `documents` of the data folder was ingested. Printed are, for
each half of the domain's questions, how many are refused, answered in part, and answered with a
citation that overlaps a passage which answers; and how many of 150 questions of clapnq_answers are
answered, some of them rightly, since the documents speak of some. Last comes the time an answer
adds to understanding the question and retrieval: the tenth and the fiftieth of a hundred.
"""

import argparse
import asyncio
import json
from collections import Counter
from pathlib import Path

from assistant.backends import Backends, open_backends
from assistant.settings import read_settings
from assistant.types import Answer, Question, Role, Turn
from benchmarks import domain
from benchmarks.domain import Span, domain_set_of
from cli.evaluation.judged import read_lines
from cli.evaluation.metrics import percentile

FOREIGN = 150


def main() -> None:
    """Prints a line for each half and one for the foreign questions."""
    parser = argparse.ArgumentParser(description="Measures refusals on the domain's questions.")
    parser.add_argument("data", type=Path, help="the folder that holds documents and sets")
    parser.add_argument("home", type=Path, help="the data directory of the library")
    options = parser.parse_args()
    made = domain_set_of(options.data / "documents", options.home)
    settings = read_settings().model_copy(update={"home": options.home})
    found: dict[str, Counter[str]] = {}
    added: list[float] = []
    with open_backends(settings, "benchmarks.domain_answers") as backends:
        for one in made.questions:
            answer = asked(one, backends)
            half = found.setdefault(f"half {one.question_id[1]}", Counter())
            half[answer.outcome] += 1
            ms = answer.timings_ms
            added.append(ms["total"] - ms["retrieve"])  # which holds the understanding
            half["citing a passage that answers"] += cites(
                answer, made.spans[one.question_id], options.data / "documents"
            )
        lines = read_lines(options.data / "clapnq_answers" / "items.jsonl")
        for _, line in list(lines)[:FOREIGN]:
            foreign = Question(text=str(json.loads(line)["question"]))
            answer = asyncio.run(backends.assistant.answer(foreign))
            found.setdefault("foreign", Counter())[answer.outcome] += 1
    for name, counts in found.items():
        print(name, dict(counts))
    print("ms added", *(round(percentile(added, share), 1) for share in (0.1, 0.5)))


def asked(one: domain.Question, backends: Backends) -> Answer:
    """The product's answer to a question in its conversation."""
    said = tuple(Turn(Role(turn.role), turn.text) for turn in one.history)
    return asyncio.run(backends.assistant.answer(Question(text=one.text, history=said)))


def cites(answer: Answer, spans: tuple[Span, ...], documents: Path) -> bool:
    """Whether a citation overlaps one of the spans that answer."""
    return any(
        citation.source_uri == (documents.resolve() / span.source).as_uri()
        and citation.start < span.end
        and span.start < citation.end
        for citation in answer.citations
        for span in spans
    )


if __name__ == "__main__":
    main()
