"""How many errors planted in true sentences the proof finds, and how many true ones it refuses.

    python -m benchmarks.planted_errors ../shared/data

Sentences of squad2's paragraphs get one error each: another number, month or name, a negation, two
names exchanged, a stronger claim, an opposite. Each is held against its paragraph, as a model's
sentence is. False alarms are counted on the sentences as they stand, and on the sentences of the
answers that people wrote for clapnq_answers from its passages.
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

from assistant.grounding.faults import capitals
from assistant.grounding.sentences import sentences
from assistant.grounding.verify import SUPPORTED, likeness, support
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


class Evidence:
    """The sentences of a text, to hold another against."""

    def __init__(self, title: str, text: str, encoder: LocalEncoder) -> None:
        self._around = f"{title}\n{text}"
        self._encoder = encoder
        self._spans = [one.text for one in sentences(text)]
        self._vectors = np.asarray(encoder.embed_documents(self._spans), np.float32)

    def carries(self, sentence: str, *, strictly: bool = True) -> bool:
        """Whether a span carries the sentence; not strictly, whether one is like it at all."""
        vector = np.asarray(self._encoder.embed_documents([sentence])[0], np.float32)
        for span, cosine in zip(self._spans, (self._vectors @ vector).tolist(), strict=True):
            if strictly and support(sentence, span, cosine, self._around)[0] >= SUPPORTED:
                return True
            if not strictly and likeness(sentence, span, cosine) >= SUPPORTED:
                return True
        return False


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
        evidence = Evidence(text["title"], text["text"], encoder)
        true = [one.text for one in sentences(text["text"])]
        refused.append(not evidence.carries(draw.choice(true)))
        for kind, plant in KINDS.items():
            for sentence in draw.sample(true, len(true)):
                wrong = plant(sentence, draw, known)
                if wrong != sentence:
                    caught[kind].append(not evidence.carries(wrong))
                    break
    yield "| planted | sentences | found |\n|---|---|---|"
    for kind, found in caught.items():
        yield f"| {kind} | {len(found)} | {np.mean(found):.3f} |"
    every = [one for found in caught.values() for one in found]
    yield f"| all | {len(every)} | {np.mean(every):.3f} |"
    yield f"True sentences refused: {np.mean(refused):.3f} of {len(refused)}"


def written(items: Path, encoder: LocalEncoder) -> str:
    like: list[bool] = []
    carried: list[bool] = []
    for _, line in read_lines(items):
        item = json.loads(line)
        if not item["answerable"]:
            continue
        evidence = Evidence(item["title"], item["passage"], encoder)
        for sentence in sentences(item["answers"][0]):
            if len(sentence.text.split()) >= FEWEST_WORDS:
                like.append(evidence.carries(sentence.text, strictly=False))
                carried.append(evidence.carries(sentence.text))
    share, kept = np.mean(like), np.mean(carried)
    return f"Sentences people wrote: {kept:.3f} carried of {len(carried)}, {share:.3f} by likeness"


if __name__ == "__main__":
    main()
