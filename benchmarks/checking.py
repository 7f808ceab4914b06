"""How long it takes to check a sentence: processor milliseconds, by what they are spent on.

    python -m benchmarks.checking ../shared/data

Sentences of the answers that people wrote for clapnq_answers are held against their passage alone,
and against it among five others, as an answer is. Embedding the passages is counted once a text;
of each sentence, embedding it and all the rest. Processor time, so that other work beside counts
little.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

import numpy as np

from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find, forest
from assistant.models.encoder import TokenLocalEncoder, open_token_encoder
from assistant.settings import Settings
from benchmarks.told_claims import Claim, answered

SENTENCES = 150
BESIDE = 5


def main() -> None:
    parser = argparse.ArgumentParser(description="Times the checking of sentences.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    found = list(answered(parser.parse_args().data))[:SENTENCES]
    with tempfile.TemporaryDirectory() as home:
        encoder = open_token_encoder(Settings(home=Path(home)))
        # Neither reading the lists nor warming up the model is of any sentence.
        Evidence([EvidenceText(found[0].evidence[0].text)], encoder)
        forest()
        find(found[0].text, Evidence([EvidenceText(found[1].evidence[0].text)], encoder))
        for beside in (0, BESIDE):
            for line in timed(found, encoder, beside):
                print(line)


def timed(found: Sequence[Claim], encoder: TokenLocalEncoder, beside: int) -> Iterator[str]:
    """Medians and the longest of a twentieth, with so many passages beside each one's own."""
    opened: list[float] = []
    embedded: list[float] = []
    checked: list[float] = []
    for i, one in enumerate(found):
        texts = [each.evidence[0] for each in (one, *found[i - beside : i])]
        start = process_time()
        evidence = Evidence([EvidenceText(text.text, text.title) for text in texts], encoder)
        opened.append(process_time() - start)
        start = process_time()
        encoder.embed_passages([one.text])
        embedded.append(process_time() - start)
        start = process_time()
        find(one.text, evidence)
        checked.append(process_time() - start)
    yield f"{len(found)} sentences, {1 + beside} passages, processor ms: median, 95 %"
    for what, times in (
        ("passages, once a text", opened),
        ("embedding the sentence", embedded),
        ("checking it, embedding with it", checked),
    ):
        median, slow = np.percentile(times, [50, 95]) * 1000
        yield f"  {what}: {median:.1f}, {slow:.1f}"


if __name__ == "__main__":
    main()
