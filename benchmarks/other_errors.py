"""How many of the errors of another planter the proof finds.

    python -m benchmarks.other_errors ../shared/data

Sentences of squad2's paragraphs, of a forum on money (mtrag_fiqa), of a handbook of cloud services
(mtrag_cloud) and of the starter library get one error of each kind (`benchmarks.other_plants`), and
are held against the text that they are from. The forest in use has seen none of these plants, and
of these texts only answers that people wrote from some of the handbook's and the forum's.
"""

import argparse
import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.grounding.sentences import sentences
from assistant.models.encoder import LocalEncoder, open_token_encoder
from assistant.settings import Settings
from benchmarks.other_plants import KINDS, names_in
from benchmarks.planted_errors import FEWEST_WORDS, Held
from cli.evaluation.judged import read_lines

SEED = 23
TEXTS = 90
MOST_WORDS = 60
_NO_PROSE = re.compile(r"https?:|[{}|<>]")
Text = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description="Counts another planter's errors that are found.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("--texts", type=int, default=TEXTS, help="texts of each source")
    parser.add_argument("--missed", action="store_true", help="print what is missed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        encoder = open_token_encoder(Settings(home=Path(home)))
        for line in planted(
            list(texts(options.data, options.texts)), encoder, missed=options.missed
        ):
            print(line)


def texts(data: Path, count: int) -> Iterator[Text]:
    """Titles and texts, as many of each source."""
    draw = random.Random(SEED)
    for name in ("squad2", "mtrag_fiqa", "mtrag_cloud"):
        lines = [line for _, line in read_lines(data / name / "corpus.jsonl")]
        for line in draw.sample(lines, count):
            found = json.loads(line)
            yield found["title"], found["text"]
    for path in sorted((Path(__file__).parents[1] / "library").glob("*.md")):
        for part in draw.sample(path.read_text("utf-8").split("\n\n"), 4):
            yield path.stem, part


def planted(found: list[Text], encoder: LocalEncoder, *, missed: bool) -> Iterator[str]:
    draw = random.Random(SEED)
    known = sorted({name for _, text in found for name in names_in(text)})
    caught: dict[str, list[bool]] = defaultdict(list)
    refused: list[bool] = []
    for title, text in found:
        true = [one.text for one in sentences(text) if _fits(one.text)]
        if not true:
            continue
        held = Held(title, text, encoder)
        refused.append(not held.carries(draw.choice(true)))
        for kind, wrong in wrongs(true, draw, known, names_in(text)):
            caught[kind].append(not held.carries(wrong))
            if missed and not caught[kind][-1]:
                yield f"{kind}: {wrong}"
    yield from table(caught)
    yield f"True sentences refused: {np.mean(refused):.3f} of {len(refused)}"


def wrongs(
    true: list[str], draw: random.Random, known: list[str], near: list[str]
) -> Iterator[tuple[str, str]]:
    """One sentence of the text for each way of each kind that can be planted in one."""
    for kind, plants in KINDS.items():
        for plant in plants:
            for sentence in draw.sample(true, len(true)):
                wrong = plant(sentence, draw, near if kind == "near name" else known)
                if wrong != sentence:
                    yield kind, wrong
                    break


def _fits(text: str) -> bool:
    return FEWEST_WORDS <= len(text.split()) <= MOST_WORDS and not _NO_PROSE.search(text)


def table(caught: dict[str, list[bool]]) -> Iterator[str]:
    yield "| planted | sentences | found |\n|---|---|---|"
    for kind, found in caught.items():
        yield f"| {kind} | {len(found)} | {np.mean(found):.3f} |"
    every = [one for found in caught.values() for one in found]
    yield f"| all | {len(every)} | {np.mean(every):.3f} |"


if __name__ == "__main__":
    main()
