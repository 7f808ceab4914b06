"""Whether texts carry a sentence that somebody else wrote, and what is wrong where they do not.

A small forest, made by `benchmarks.fit_verification`, weighs how much a span is like the sentence
against what the sentence says otherwise.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.grounding.clauses import covered, ends_with_a_word_more, is_short, unheard
from assistant.grounding.completed import completing
from assistant.grounding.faults import every_doubt, every_fault
from assistant.grounding.features import FEATURES, UNKNOWN, Beside, row, telling
from assistant.grounding.figures import other_numbers, unquoted
from assistant.grounding.fuller import tells_in_a_row, tells_more
from assistant.grounding.limits import unfounded
from assistant.grounding.parts import is_specific, parts
from assistant.grounding.permitted import tells_the_deed
from assistant.grounding.reasons import is_of_name_beside, told_truly
from assistant.grounding.relations import tells_the_relation
from assistant.grounding.rules import tells_the_rule
from assistant.grounding.seated import placed_in_another
from assistant.grounding.settled import limited, of_another, settled
from assistant.grounding.spans import Evidence, Span
from assistant.grounding.tellable import Texts
from assistant.phrases import phrase
from assistant.retrieval.trees import Forest
from assistant.spelling import with_one_apostrophe
from assistant.types import Verdict

# From here on a sentence is carried: the script that makes the forests sees to it.
SUPPORTED = 0.5
# What is refused is told with no more, so that no rounding carries it.
_MOST_REFUSED = 0.499
# A quotation alone is certain.
_MOST = 0.999
_SEVERAL = 2
# What two sentences carry together has to be surer than what one does.
_SURE = 0.7
# What speaks of one thing alone and ends with a colon says nothing of it.
_STATED = 2
NOWHERE, NOT_QUITE = phrase("nowhere"), phrase("not-quite")
# Of the words around a span and of the embedder's likeness, the mean: below, the span speaks of
# something else, unless it has every figure and name itself, and words for most of the others.
_CARRIES, _MAY_CARRY, _MEANS = 0.68, 0.55, 0.6
_LIKE = 0.55
_LIKE_IN_FIGURES = 0.2
_LIKE_COLUMNS = [FEATURES.index(one) for one in ("cosine", "share_around")]
_MEANT_COLUMNS = [FEATURES.index(one) for one in ("cosine", "share_meant")]
_LENT_COLUMNS = [FEATURES.index(one) for one in ("numbers", "misplaced")]
# What hardly ever is in a sentence that a span carries: figures and names that stand nowhere around
# it, clauses and ends of which nothing does, other months and units, another name in place of one,
# a denial or an opposite, and what is said of another.
_NEVER = (
    "figures_around dates units strangers name_exchanged denied opposed placed_otherwise "
    "another_subject another_fact"
)
_NEVER_COLUMNS = [FEATURES.index(one) for one in _NEVER.split()]
_ADDED_COLUMN = FEATURES.index("added")
# Where the forest is so sure of a short sentence, words for so many of it are enough, and its last
# word may be one more where the span has one that comes so near.
_SURE_ODDS, _COVERED, _NEAR_ENOUGH = 2.0, 0.8, 0.62
_NEAREST_COLUMN = FEATURES.index("near_least")
# A name of the text for another of the span is one only where words are over.
_MISPLACED_COLUMN = FEATURES.index("misplaced")
_OVER_COLUMNS = [FEATURES.index(one) for one in ("tail", "more")]
# Names that change places do so alone where neighbours turn round, no other word is new and two
# fifths of the words stand in the same order.
_EXCHANGED, _TURNED, *_ENDS = (
    FEATURES.index(one) for one in ("exchanged", "turned", "head", "tail")
)
_TURNED_ROUND = 2
_IN_ORDER = 0.4
# And where so much is said in the same words and order, what turns its sense or adds to it.
FRAMED = 0.8
_NEVER_FRAMED = (
    "amount duty certain operator_exchanged small turned_round relation_exchanged kind_exchanged "
    "put_between"
)
_NEVER_FRAMED_COLUMNS = [FEATURES.index(one) for one in _NEVER_FRAMED.split()]
_SAME_COLUMN = FEATURES.index("same")


@dataclass(frozen=True, slots=True)
class Found:
    """The span that carries a sentence; without one, what is wrong.

    `support` is the probability that the texts carry the sentence, in [0, 1]. `nearest` is the span
    that says it otherwise, or is like it without saying it. `further` are spans that carry what the
    sentence says beside what `span` does, where it joins several statements.
    """

    span: Span | None
    verdict: Verdict
    support: float
    problem: str = ""
    nearest: Span | None = None
    further: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """All spans that carry the sentence, each once; none for one that is not carried."""
        return () if self.span is None else tuple(dict.fromkeys((self.span, *self.further)))


def find(words: str, evidence: Evidence, first: Collection[int] = (), before: str = "") -> Found:
    """What carries the words best; where texts numbered in `first` do, one of these.

    `before` is the text in front of them, which tells for what "it" stands. A sentence that no span
    carries is carried by several where it joins statements, each of which one does.
    """
    found = _whole(words, evidence, first, before)
    if found.span is not None:
        return found
    return _by_parts(parts(words), evidence, first, before) or found


def _by_parts(
    said: Sequence[str], evidence: Evidence, first: Collection[int], before: str
) -> Found | None:
    """The spans that carry several statements; `None` where one is not, or all are by the same."""
    each: list[tuple[Span, float]] = []
    for one in said:
        found = _whole(one, evidence, first, before)
        if found.span is None:
            return None
        each.append((found.span, min(found.support, _MOST)))
        before = f"{before} {one}"
    # What one span carries by parts and not as a whole it tells of others.
    if len({span for span, _ in each}) < _SEVERAL:
        return None
    # And "the charge" of one text is not that of another.
    if len({span.number for span, _ in each}) > 1 and not all(map(is_specific, said)):
        return None
    (span, _), *further = each
    support = min(support for _, support in each)
    return Found(span, "supported", support, further=tuple(one for one, _ in further))


def _whole(words: str, evidence: Evidence, first: Collection[int], before: str) -> Found:
    """What carries the words as they stand."""
    quoted = [span for span in evidence.spans if plain(span.text) == plain(words)]
    if quoted:
        return Found(min(quoted, key=lambda span: span.number not in first), "quoted", 1.0)
    beside = [] if _only_announces(words) else evidence.beside(words)
    if not beside:
        return Found(None, "unsupported", 0.0, NOWHERE)
    nearest = _weighed(words, beside, first)
    chances = weigh(words, [one for _, one in nearest], before)
    best = max((i for i, one in enumerate(chances) if one >= SUPPORTED), default=None)
    if best is None and (completed := _with_figures(words, nearest, evidence, before)):
        return completed
    if best is None:
        span, nearby = nearest[0]
        problem = _problem(words, span, nearby, evidence, before)
        otherwise = None if problem == NOWHERE else span
        return Found(None, "unsupported", max(chances), problem, otherwise)
    return Found(nearest[best][0], "supported", chances[best])


def _with_figures(
    words: str, nearest: Sequence[tuple[Span, Beside]], evidence: Evidence, before: str
) -> Found | None:
    """The span and another sentence of its text that has the figures which the span lacks."""
    for span, beside in nearest:
        if beside.row or not unquoted(words, beside.span):
            continue
        others = evidence.others(span, words)
        near = [i for i, (_, _, is_near) in enumerate(others) if is_near]
        i = completing(words, beside.span, [read for _, read, _ in others], near)
        if i is None:
            continue
        further, read, _ = others[i]
        (chance,) = weigh(words, [replace(beside, span=f"{beside.span} {read}")], before)
        if chance >= _SURE:
            return Found(span, "supported", chance, further=(further,))
    return None


def _only_announces(words: str) -> bool:
    """Whether the words state nothing, but say that something follows: "The passage is:"."""
    return words.rstrip().endswith(":") and len(telling(words)) < _STATED


def _weighed(
    words: str, beside: Sequence[tuple[Span, Beside]], first: Collection[int]
) -> list[tuple[Span, Beside]]:
    """The nearest, of the texts named theirs, and the nearest row: few words carry much there.

    And the nearest that has the sentence's verb with what it governs, where the first has not, or
    tells as it does what two are to each other or what is forbidden or allowed; and the sentence
    that tells all of it in a row, or has words that the first has not beside all that it has.
    """
    named = (one for one in beside if one[0].number in first)
    rows = (one for one in beside if one[1].row)
    deeds = (one for one in beside if tells_the_deed(words, one[1].span))
    relations = (one for one in beside if tells_the_relation(words, one[1].span))
    rules = (one for one in beside if tells_the_rule(words, one[1].span))
    others = (next(each, None) for each in (named, rows, deeds, relations, rules))
    found = [beside[0], *(one for one in others if one is not None)]
    nearest = beside[0][1].span
    # Two sentences have room for what is added to one.
    single = [one for one in beside[1:] if not (one[0].pair or one[1].row)]
    found += [one for one in single if tells_in_a_row(words, one[1].span)][:1]
    found += [one for one in single if tells_more(words, one[1].span, nearest)][:1]
    return [one for i, one in enumerate(found) if one not in found[:i]]


def plain(text: str) -> str:
    """The text as it is compared for being a quotation: space, apostrophes and last stop aside."""
    return " ".join(with_one_apostrophe(text).split()).rstrip(".!?… ")


def weigh(words: str, beside: Sequence[Beside], before: str = "") -> list[float]:
    """The probability that each span carries the sentence, in [0, 1]; halved for a refused one."""
    rows = np.array([row(words, one) for one in beside], np.float32)
    tokens = beside[0].tokens is not UNKNOWN
    odds = forest(tokens=tokens).predict(rows)
    chances = 1 / (1 + np.exp(-odds))
    sure = (odds >= _SURE_ODDS) & tokens & is_short(words)
    near = sure & np.array([covered(words, one.span) >= _COVERED for one in beside])
    ends = sure & (rows[:, _NEAREST_COLUMN] >= _NEAR_ENOUGH)
    ends = ends & np.array([ends_with_a_word_more(words, one.span, one.around) for one in beside])
    never = refused(rows, near, ends) | np.array([settled(words, one, before) for one in beside])
    chances[never] = np.minimum(chances[never] * SUPPORTED, _MOST_REFUSED)
    return [min(_MOST, round(float(one), 3)) for one in chances]


def refused(
    rows: NDArray[np.float32],
    near: NDArray[np.bool_] | bool = False,
    ends: NDArray[np.bool_] | bool = False,
) -> NDArray[np.bool_]:
    """Which rows of features no forest may accept: too unlike, or with what cannot be.

    None is too unlike that is known to be `near`, and nothing is added but an end where `ends`.
    """
    like = rows[:, _LIKE_COLUMNS].mean(1)
    may_be_far = (like < _MAY_CARRY) | (rows[:, _MEANT_COLUMNS].mean(1) < _MEANS)
    far: NDArray[np.bool_] = may_be_far & ~np.broadcast_to(near, like.shape)
    unlike: NDArray[np.bool_] = (like < _CARRIES) & (far | (rows[:, _LENT_COLUMNS] > 0).any(1))
    never = (rows[:, _NEVER_COLUMNS] > 0).any(1)
    added = (rows[:, _ADDED_COLUMN] > 0) & ~np.broadcast_to(ends, like.shape)
    elsewhere = (rows[:, _MISPLACED_COLUMN] > 0) & (rows[:, _OVER_COLUMNS] > 0).any(1)
    turned = (rows[:, _EXCHANGED] > 0) & (rows[:, _TURNED] >= _TURNED_ROUND)
    turned &= (rows[:, _ENDS] == 0).all(1) & (rows[:, _SAME_COLUMN] >= _IN_ORDER)
    framed = (rows[:, _NEVER_FRAMED_COLUMNS] > 0).any(1) & (rows[:, _SAME_COLUMN] >= FRAMED)
    found: NDArray[np.bool_] = unlike | never | added | elsewhere | turned | framed
    return found


@cache
def forest(*, tokens: bool = True) -> Forest:
    """The forest in use; another where the embedder does not tell its tokens."""
    name = "verification.json" if tokens else "verification_plain.json"
    return Forest.read(Path(__file__).with_name(name))


def _problem(words: str, span: Span, nearest: Beside, evidence: Evidence, before: str) -> str:
    like = _likeness(words, nearest)
    texts = Texts(words, span.text, evidence.passage(span))
    if like >= _LIKE:
        return told_truly(_otherwise(words, nearest, before), texts) or NOT_QUITE
    # Another figure tells by itself, where the rest is not quite foreign.
    figures = other_numbers(words, nearest.span) if like >= _LIKE_IN_FIGURES else []
    told = told_truly((one for one in figures if " says " in one), texts)
    return told if " says " in told else NOWHERE


def _likeness(words: str, beside: Beside) -> float:
    """How like the two are, by their meaning and their words, in [0, 1]."""
    said = telling(words)
    share = len(said & telling(beside.span)) / (len(said) or 1)
    return (beside.cosine + share) / 2


def _otherwise(words: str, nearest: Beside, before: str) -> Iterator[str]:
    """What is surely wrong; then what the texts have nothing of; then what may be wrong."""
    span, around, in_row = nearest.span, nearest.around, nearest.row
    yield limited(words, nearest, before)
    yield "" if in_row else placed_in_another(words, span)
    every = list(every_fault(words, span, around, row=in_row))
    yield from (one for one in every if not is_of_name_beside(one))
    yield of_another(words, nearest)
    more = unheard(words, span, around)
    yield phrase("words-nowhere", said=more) if more else ""
    yield unfounded(words, span)
    yield from every
    yield from every_doubt(words, span, around, row=in_row)
