"""From which score on a French question is answered from English passages.

    python -m benchmarks.french_refusal ../shared/data/documents HOME [--write]

`HOME` is a data directory into which the documents were ingested. Word for word, a French question
is found well and read badly: the forest that says whether there is an answer has learned from whole
English sentences, so that the score of the best passage decides. The threshold is found with the
questions that were translated before the list of words was frozen, and every other one of
`french_foreign.txt`, which the documents do not answer; told is what it does with the rest.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.backends import Backends, open_backends
from assistant.retrieval.topic import understood
from assistant.settings import read_settings
from benchmarks.fit_refusal import FILE
from benchmarks.french import read_translations, retrieved

FOREIGN = Path(__file__).with_name("french_foreign.txt")
MOST_FOREIGN = 0.1
"""Of the questions that the documents do not answer, so many may be answered."""
STEPS = tuple(step / 100 for step in range(20, 90))


def main() -> None:
    """Prints the threshold, and the shares answered by it on both parts."""
    parser = argparse.ArgumentParser(description="Finds when a French question is refused.")
    parser.add_argument("documents", type=Path)
    parser.add_argument("home", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the threshold in use")
    options = parser.parse_args()
    asked = read_translations()
    foreign = FOREIGN.read_text("utf-8").splitlines()
    settings = read_settings().model_copy(update={"home": options.home})
    with open_backends(settings, "benchmarks.french_refusal") as backends:
        before = scores([o.text for o in asked if o.translated == "before"], backends)
        after = scores([o.text for o in asked if o.translated != "before"], backends)
        others = scores(foreign, backends)
    limit = threshold(before, others[::2])
    print(f"threshold {limit}")
    for name, own, none in (("found with", before, others[::2]), ("aside", after, others[1::2])):
        auc = np.mean([(a > b) + 0.5 * (a == b) for a in own for b in none])
        print(f"{name}: answered {share(own, limit):.3f} of {len(own)}, ", end="")
        print(f"of the foreign {share(none, limit):.3f} of {len(none)}, AUC {auc:.3f}")
    if options.write:
        known = json.loads(FILE.read_text("ascii"))
        FILE.write_text(json.dumps({**known, "translated": limit}, indent=2) + "\n", "ascii")


def scores(questions: Sequence[str], backends: Backends) -> list[float]:
    """That of the best passage for each question, in [0, 1]."""
    found = (retrieved(understood(text, (), backends.encoder), backends) for text in questions)
    return [max((one.score for one in passages), default=0.0) for passages in found]


def threshold(own: Sequence[float], foreign: Sequence[float]) -> float:
    """The lowest that answers few enough of the foreign questions; else what parts them best."""
    few = [at for at in STEPS if share(foreign, at) <= MOST_FOREIGN]
    return min(few, key=lambda at: (share(foreign, at) - share(own, at), at))


def share(found: Sequence[float], limit: float) -> float:
    """The share of scores from a threshold on."""
    return float(np.mean([score >= limit for score in found]))


if __name__ == "__main__":
    main()
