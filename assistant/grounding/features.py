"""What is measured of a sentence beside a span that may carry it, for the forest that weighs it."""

from dataclasses import astuple, dataclass, fields

from assistant.grounding.acting import is_passive
from assistant.grounding.alignment import Alignment, align
from assistant.grounding.clauses import Near, Uncovered, nearness, uncovered
from assistant.grounding.faults import CHECKS, SURE, faults
from assistant.grounding.figures import missing, worked_out
from assistant.grounding.meanings import mean_the_same
from assistant.grounding.operators import Sense
from assistant.grounding.senses import changed
from assistant.grounding.small import HARMLESS
from assistant.grounding.terms import Kind, terms

_THAT = frozenset({"that", "whether", "if"})
# Exchanged for each other, these change nothing that is told here.
_ARTICLES = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "which",
        "who",
        "it",
        "its",
        "their",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "of",
        "and",
    ]
)
_WHEN = frozenset(["in", "on", "at"])
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
_EDITS = (
    "new_meant",
    "share_meant",
    "put_in",
    "left_out",
    "before",
    "before_that",
    "small",
    "turned",
    "passive",
)
_OF_TOKENS = ("token_mean", "token_least", "token_second", "token_around")
_OF_NEAR = ("near_least", "near_second", "near_third", "near_clause")
TOKENS = (*_OF_TOKENS, *_OF_NEAR)
"""What is known only where the embedder tells its tokens."""
UNCOVERED = tuple(one.name for one in fields(Uncovered))
"""What has no counterpart in the span."""
_SENSES = tuple(f"{what}_{sense.name.lower()}" for sense in Sense for what in ("adds", "drops"))
FEATURES = (*_LIKE, *_SHAPE, *_EDITS, *UNCOVERED, *TOKENS, *CHECKS, *_SENSES)


UNKNOWN = (0.0,) * len(_OF_TOKENS)


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """A span beside a sentence.

    `around` is the text that it stands in with title and headings, `everything` all texts.
    `cosine` is that of the two, `best` the highest of any span, `text` that of the sentence and the
    whole text, in [-1, 1]. `tokens` tells how near its tokens come to the sentence's (mean, least,
    second least, mean with those of the whole text), in [0, 1], and `near` does so of each. `row`
    is one of a table.
    """

    span: str
    around: str
    everything: frozenset[str]
    cosine: float
    best: float
    text: float
    tokens: tuple[float, ...] = UNKNOWN
    near: Near = ()
    row: bool = False


def row(sentence: str, beside: Beside) -> list[float]:
    """The values of `FEATURES` for a sentence and a span."""
    said, given = telling(sentence), telling(beside.span)
    around = telling(beside.around) | given
    new = said - given
    alignment = align(sentence, beside.span)
    found = faults(sentence, beside.span, beside.around, row=beside.row)
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
        len(set(missing(sentence, beside.around)) - worked_out(sentence, beside.span)),
        sum(sure),
        sum(map(bool, sure)),
        sum(map(bool, sure)) * alignment.same,
    )
    senses = [sense in each for sense in Sense for each in (added, dropped)]
    counts = [len(each) for each in found.values()]
    edits = _edits((sentence, beside.span), alignment, said, given)
    without = astuple(uncovered(sentence, beside.span, beside.around))
    near = nearness(sentence, beside.span, beside.near)
    values = (*like, *shape, *edits, *without, *beside.tokens, *near, *counts, *senses)
    return [float(value) for value in values]


def _edits(
    both: tuple[str, str], alignment: Alignment, said: frozenset[str], given: frozenset[str]
) -> tuple[float, ...]:
    """What the sentence has otherwise, whatever it is."""
    new = {
        key for key in said - given - HARMLESS if not any(mean_the_same(key, one) for one in given)
    }
    that = [i for i, one in enumerate(alignment.before) if one.text.lower() in _THAT]
    led = alignment.before[: that[-1]] if that else ()
    small = [
        one
        for one in alignment.exchanges
        for term, other in zip(one.said, one.given, strict=False)
        if {term.kind, other.kind} == {Kind.COMMON} and not _says_the_same(term.key, other.key)
    ]
    return (
        len(new),
        1 - len(new) / (len(said) or 1),
        sum(one.key in new for one in alignment.put_in),
        sum(one.kind is not Kind.COMMON for one in alignment.left_out),
        sum(one.key in new for one in alignment.before),
        sum(one.key in new for one in led),
        len(small),
        alignment.turned,
        is_passive(both[0]) != is_passive(both[1]),
    )


def _says_the_same(one: str, other: str) -> bool:
    """Whether a small word may stand for another: "on 5 May" is "in May"."""
    return any({one, other} <= each for each in (_ARTICLES, _WHEN))


def telling(text: str) -> frozenset[str]:
    """The keys of all terms of a text that tell something."""
    return frozenset(one.key for one in terms(text) if one.kind is not Kind.COMMON)


def _share(said: frozenset[str], given: frozenset[str]) -> float:
    return len(said & given) / len(said) if said else 0.0
