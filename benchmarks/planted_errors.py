"""How many errors planted in true sentences the proof finds, and how many true ones it refuses.

    python -m benchmarks.planted_errors ../shared/data

Sentences of squad2's paragraphs get one error each: another number, month or name, a negation, two
names exchanged, a stronger claim, an opposite. Each is held against its paragraph, as a model's
sentence is; the forest in use has seen nothing of squad2. False alarms are counted on the sentences
as they stand, and on the sentences of the answers that people wrote for clapnq_answers from its
passages; those it was made from, too, so that the figure to trust is `fit_verification`'s.
"""

import argparse
import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from assistant.grounding.names import capitals
from assistant.grounding.sentences import sentences
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder, open_token_encoder
from assistant.settings import Settings
from cli.evaluation.judged import read_lines

PARAGRAPHS = 400
SEED = 5
FEWEST_WORDS = 6
_CALENDAR = "January February March April May June July August September October November December"
MONTHS = _CALENDAR.split()
OPPOSITES = {
    "increased": "decreased",
    "before": "after",
    "more": "less",
    "first": "last",
    "north": "south",
    "east": "west",
    "largest": "smallest",
    "major": "minor",
    "joined": "left",
    "began": "ended",
    "high": "low",
}
STRONGER = {
    "may": "will",
    "might": "will",
    "could": "will",
    "can": "will",
    "some": "all",
    "many": "all",
    "several": "all",
    "most": "all",
    "often": "always",
    "usually": "always",
}
_AUXILIARY = re.compile(r"\b(?:is|was|are|were|has|had|can|will|did)\b")
Plant = Callable[[str, random.Random, list[str]], str]


class Held:
    """A text that sentences are held against."""

    def __init__(self, title: str, text: str, encoder: LocalEncoder) -> None:
        self._evidence = Evidence([EvidenceText(text, title)], encoder)

    def carries(self, sentence: str) -> bool:
        """Whether a span carries the sentence."""
        return find(sentence, self._evidence).span is not None


def names(text: str) -> list[str]:
    return [word for word, opens in capitals(text) if not opens]


def other_number(text: str, draw: random.Random, _: list[str]) -> str:
    found = list(re.finditer(r"\d+", text))
    if not found:
        return text
    one = draw.choice(found)
    return f"{text[: one.start()]}{int(one.group()) + draw.choice([1, 2, 3, 7])}{text[one.end() :]}"


def other_month(text: str, draw: random.Random, _: list[str]) -> str:
    said = next((month for month in MONTHS if re.search(rf"\b{month}\b", text)), None)
    others = [month for month in MONTHS if month != said]
    return text if said is None else text.replace(said, draw.choice(others), 1)


def other_name(text: str, draw: random.Random, known: list[str]) -> str:
    found = names(text)
    return text.replace(draw.choice(found), draw.choice(known), 1) if found else text


def negated(text: str, _: random.Random, __: list[str]) -> str:
    found = _AUXILIARY.search(text)
    return f"{text[: found.end()]} not{text[found.end() :]}" if found else text


def exchanged(text: str, _: random.Random, __: list[str]) -> str:
    found = list(dict.fromkeys(names(text)))[:2]
    if not found[1:]:
        return text
    return text.replace(found[0], "\0").replace(found[1], found[0]).replace("\0", found[1])


def replaced(words: Mapping[str, str]) -> Plant:
    def plant(text: str, _: random.Random, __: list[str]) -> str:
        for word, other in words.items():
            if re.search(rf"\b{word}\b", text):
                return re.sub(rf"\b{word}\b", other, text, count=1)
        return text

    return plant


KINDS: Mapping[str, Plant] = {
    "number": other_number,
    "month": other_month,
    "name": other_name,
    "negation": negated,
    "names exchanged": exchanged,
    "stronger claim": replaced(STRONGER),
    "opposite": replaced(OPPOSITES),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Counts planted errors that are found.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    data: Path = parser.parse_args().data
    with tempfile.TemporaryDirectory() as home:
        encoder = open_token_encoder(Settings(home=Path(home)))
        for line in planted(data / "squad2" / "corpus.jsonl", encoder):
            print(line)
        print(written(data / "clapnq_answers" / "items.jsonl", encoder))


def planted(corpus: Path, encoder: LocalEncoder) -> Iterator[str]:
    draw = random.Random(SEED)
    texts = [json.loads(line) for _, line in read_lines(corpus)]
    known = [name for text in texts for name in names(text["text"])]
    caught: dict[str, list[bool]] = defaultdict(list)
    refused: list[bool] = []
    for text in draw.sample(texts, PARAGRAPHS):
        held = Held(text["title"], text["text"], encoder)
        true = [one.text for one in sentences(text["text"])]
        refused.append(not held.carries(draw.choice(true)))
        for kind, plant in KINDS.items():
            for sentence in draw.sample(true, len(true)):
                wrong = plant(sentence, draw, known)
                if wrong != sentence:
                    caught[kind].append(not held.carries(wrong))
                    break
    yield "| planted | sentences | found |\n|---|---|---|"
    for kind, found in caught.items():
        yield f"| {kind} | {len(found)} | {np.mean(found):.3f} |"
    every = [one for found in caught.values() for one in found]
    yield f"| all | {len(every)} | {np.mean(every):.3f} |"
    yield f"True sentences refused: {np.mean(refused):.3f} of {len(refused)}"


def written(items: Path, encoder: LocalEncoder) -> str:
    carried: list[bool] = []
    for _, line in read_lines(items):
        item = json.loads(line)
        if not item["answerable"]:
            continue
        held = Held(item["title"], item["passage"], encoder)
        stated = [one.text for one in sentences(item["answers"][0])]
        carried += [held.carries(one) for one in stated if len(one.split()) >= FEWEST_WORDS]
    return f"Sentences people wrote: {np.mean(carried):.3f} carried of {len(carried)}"


if __name__ == "__main__":
    main()
