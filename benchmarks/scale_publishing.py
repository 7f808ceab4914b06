"""How long a large library takes to start, and what questions meet while it is published into.

    python -m benchmarks.scale_publishing FOLDER/library --real FOLDER/real

The library is one that `benchmarks.scale` made; each run adds a document of some forty passages.
"""

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import numpy as np

from assistant.backends import Backends, open_backends
from assistant.models.weights import DEFAULT_NAME
from assistant.settings import read_settings
from assistant.types import Filters
from benchmarks.scale import Ask, Took, Way, asking, questions, timed
from benchmarks.scale_library import NARROW, Plan, Real, publish, read_real

SECONDS = 15.0
"""How long questions are asked after the publishing began."""
ONE_IN = 10
"""Of so many questions one has a filter."""
_FIRST = 10_000_000
"""Above the numbers of all documents that the library was made of."""


def started(backends: Backends, ask: Ask, asked: Sequence[str], opened: float) -> None:
    """Prints when the first question was answered, and when the table was ready."""
    began = time.perf_counter()
    backends.snapshots.begin()
    ask(asked[0])
    first = opened + time.perf_counter() - began
    while backends.snapshots.now(Filters())[0] is None:
        time.sleep(0.1)
    ready = opened + time.perf_counter() - began
    print(
        f"Opened in {opened:.1f} s; first answered after {first:.1f} s, ready after {ready:.1f} s"
    )


def told(name: str, took: Sequence[Took]) -> str:
    """A line about the times of some questions."""
    p50, p99 = np.percentile([one.clock for one in took], (50, 99))
    return f"{name}: p50 {p50:.0f} ms, p99 {p99:.0f}, most {max(took).clock:.0f}"


def meanwhile(
    backends: Backends, real: Real, asks: Sequence[Ask], asked: Sequence[str]
) -> list[Took]:
    """What questions took while a document was published, and for a while after."""
    number = _FIRST + random.SystemRandom().randrange(_FIRST)
    drawn = Plan(real, number + 1).version(number, 0)
    publishing = Thread(target=publish, args=(backends, drawn))
    publishing.start()
    took: list[Took] = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        ask = asks[len(took) % ONE_IN == 0]
        took.append(timed(ask, asked[len(took) % len(asked)]))
    publishing.join()
    return took


def main() -> None:
    """Measures one library."""
    parser = argparse.ArgumentParser(description="Measures starting and publishing.")
    parser.add_argument("home", type=Path, help="its data directory")
    parser.add_argument("--real", type=Path, required=True)
    options = parser.parse_args()
    real = read_real(options.real, DEFAULT_NAME)
    settings = read_settings().model_copy(update={"home": options.home})
    asked = questions(real, 300)
    began = time.perf_counter()
    with open_backends(settings, "benchmarks.scale_publishing") as backends:
        opened = time.perf_counter() - began
        ways = (Way(), Way(Filters(issuers=(NARROW,))))
        plain, narrowed = (asking(backends, way) for way in ways)
        started(backends, plain, asked, opened)
        print(told("before", [timed(plain, question) for question in asked[:140]][40:]))
        took = meanwhile(backends, real, (plain, narrowed), asked)
        print(told("while publishing and after", took))


if __name__ == "__main__":
    main()
