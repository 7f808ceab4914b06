"""What is measured of a sentence beside a span that may carry it, for the forest that weighs it."""

from dataclasses import dataclass

from assistant.grounding.alignment import align
from assistant.grounding.faults import CHECKS, SURE, faults
from assistant.grounding.figures import numbers
from assistant.grounding.operators import Sense
from assistant.grounding.terms import Kind, terms
from assistant.grounding.wording import changed

_LIKE = ("cosine", "cosine_best", "cosine_text", "share", "share_around", "share_all")
_SHAPE = (
    "new",
    "new_around",
    "same",
    "run",
    "figures_around",
    "wrong",
    "wrong_ways",
    "framed",
)
_SENSES = tuple(f"{what}_{sense.name.lower()}" for sense in Sense for what in ("adds", "drops"))
FEATURES = (*_LIKE, *_SHAPE, *CHECKS, *_SENSES)


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """A span beside a sentence.

    `around` is the text that it stands in with title and headings, `everything` all texts.
    `cosine` is that of the two, `best` the highest of any span, `text` that of the sentence and the
    whole text, in [-1, 1].
    """

    span: str
    around: str
    everything: frozenset[str]
    cosine: float
    best: float
    text: float


def row(sentence: str, beside: Beside) -> list[float]:
    """The values of `FEATURES` for a sentence and a span."""
    said, given = telling(sentence), telling(beside.span)
    around = telling(beside.around) | given
    new = said - given
    alignment = align(sentence, beside.span)
    found = faults(sentence, beside.span, beside.around)
    added, dropped = changed(sentence, beside.span)
    like = (
        beside.cosine,
        beside.best,
        beside.text,
        _share(said, given),
        _share(said, around),
        _share(said, beside.everything | around),
    )
    sure = [len(found[kind]) for kind in SURE]
    shape = (
        len(new),
        len(said - around),
        alignment.same,
        alignment.run,
        len(set(numbers(sentence)) - set(numbers(beside.around))),
        sum(sure),
        sum(map(bool, sure)),
        sum(map(bool, sure)) * alignment.same,
    )
    senses = [sense in each for sense in Sense for each in (added, dropped)]
    counts = [len(each) for each in found.values()]
    return [float(value) for value in (*like, *shape, *counts, *senses)]


def telling(text: str) -> frozenset[str]:
    """The keys of all terms of a text that tell something."""
    return frozenset(one.key for one in terms(text) if one.kind is not Kind.COMMON)


def _share(said: frozenset[str], given: frozenset[str]) -> float:
    return len(said & given) / len(said) if said else 0.0
