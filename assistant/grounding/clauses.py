"""What of a sentence has no counterpart in its span: clauses, ends, beginnings, runs of words.

Who says a thing in other words puts each for one of the span's. Who adds a reason, an outcome or a
source of his own has words more, side by side, while the span has none left that they could be for.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.alignment import align
from assistant.grounding.labels import is_labelled
from assistant.grounding.meanings import may_stand_for, mean_the_same
from assistant.grounding.operators import Sense, is_operator, operators
from assistant.grounding.small import BETWEEN, HARMLESS, OF_LABELS, UNTOLD
from assistant.grounding.terms import Kind, Term, terms

Near = Sequence[tuple[int, int, float]]
"""`[start, end)` of each token of a sentence, and how near the span's nearest is, in [0, 1]."""

_BREAK = re.compile(r"[,;:!?()\[\]—–]|\.(?=\s)|\s-\s")
_OPENING_LIST = (
    "because although though despite while whereas which who whose whom unless since so and but or "
    "nor after before until if when where as without thanks amid following leading causing making "
    "leaving allowing prompting parce car quoique malgré tandis dont qui que où après avant et "
    "mais ou puis sans afin pour"
)
_OPENING = frozenset(_OPENING_LIST.split())
_SMALL_LIST = (
    "up too still even just then now later yet again here there out own out other others such both "
    "same him me you your my our us et au yes very well besides instead conversely order important "
    "worth note as of let lets nevertheless nonetheless firstly secondly thirdly "
    "lastly"
)
_UNTOLD = frozenset((*UNTOLD, *BETWEEN, *_OPENING, *_SMALL_LIST.split()))
# "It's", "there's", "they're"; "s'est", "n'a", "qu'il".
_SHORT_FORM = re.compile(r"[’'](?:s|re)$|^(?:[cdjlmnst]|qu)[’'](?=\w)")
_ROOT = 4
_HAS = re.compile(r"\s(?:has|have|had|possess(?:es|ed)?|owns?|owned)\s")
# So many words tell so little that each of them has to be told.
_FEW = 5
_SHORT = 10
# Verbs among the words that turn what others say: "failed", "refused", "planned".
_VERB = re.compile(r"(?:fail|refus|declin|plan|propos|intend|consider|attempt|disput|den[iy])\w*")


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Numbers of words of a sentence that have no counterpart in its span.

    `added` have none in the whole text either, and make a whole clause, stand behind or before all
    that has one, or are put into what the span says in full. `tail` and `head` stand behind and
    before all that the span has. `more` are words beyond those for which the span has words left,
    `bare` those of them that make whole clauses.
    """

    added: int
    tail: int
    head: int
    more: int
    bare: int


@dataclass(frozen=True, slots=True)
class Clause:
    """`[start, end)` of a sentence, with the words that tell something."""

    words: tuple[Term, ...]
    start: int
    end: int


def uncovered(sentence: str, span: str, around: str) -> Uncovered:
    """What of the sentence has no counterpart in the span, and in the text around it."""
    said, given = _telling(sentence), _telling(span)
    lacking, nowhere = lacking_in(sentence, span), lacking_anywhere(sentence, span, around)
    known = frozenset(one.key for one in said)
    free = known - _keys(span)
    unsaid = len({one.key for one in given if one.key not in known and not _has(free, one.key)})
    more = max(0, len(lacking) - unsaid)
    ends = _lead(said, nowhere) + _lead(said[::-1], nowhere)
    put_in = 0 if unsaid else _put_in(sentence, span, nowhere)
    return Uncovered(
        added=_in_bare(sentence, nowhere) + ends + put_in,
        tail=_lead(said[::-1], lacking),
        head=_lead(said, lacking),
        more=more,
        bare=min(_in_bare(sentence, lacking), more),
    )


def covered(sentence: str, span: str) -> float:
    """The share of what a sentence tells that has a counterpart in its span, in [0, 1]."""
    said = _telling(sentence)
    return 1 - len(lacking_in(sentence, span)) / len(said) if said else 0.0


def is_short(sentence: str) -> bool:
    """Whether a sentence tells so little that each of its words counts for much."""
    return len(_telling(sentence)) <= _SHORT


def ends_with_a_word_more(sentence: str, span: str, around: str) -> bool:
    """Whether all that the sentence adds is its last word, which is no name or figure.

    Who writes "the human rights provisions" for "the stipulations on human rights" adds nothing.
    """
    nowhere = lacking_anywhere(sentence, span, around)
    said = _telling(sentence)
    return (
        uncovered(sentence, span, around).added == _lead(said[::-1], nowhere) == 1
        and _lead(said, nowhere) == _in_bare(sentence, nowhere) == 0
        and all(one.kind is Kind.WORD for one in nowhere)
    )


def _in_bare(sentence: str, lacking: Collection[Term]) -> int:
    """How many of the words make whole clauses."""
    every = clauses(sentence)
    return sum(len(one.words) for one in every if all(word in lacking for word in one.words))


def _put_in(sentence: str, span: str, nowhere: Collection[Term]) -> int:
    """How many of the words stand between two that are neighbours in the span."""
    inner = align(sentence, span).inner
    return sum(one in nowhere for each in inner if not each.given for one in each.said)


def lacking_in(sentence: str, span: str) -> set[Term]:
    """The words of the sentence that have no counterpart in the span.

    What the sentence has itself is no counterpart of another of its words.
    """
    given, denies = _keys(span), _denies(span)
    free = given - _keys(sentence)
    unsaid = OF_LABELS if is_labelled(span) else frozenset()
    return {
        one
        for one in _telling(sentence)
        if one.key not in given | unsaid
        and not _has(free, one.key)
        and not (denies and is_operator(one))
    }


def lacking_anywhere(sentence: str, span: str, around: str) -> set[Term]:
    """Those for which the text around has not even the word itself, or one that means it."""
    given = _keys(around)
    free = given - _keys(sentence)
    return {
        one
        for one in lacking_in(sentence, span)
        if one.key not in given and not any(mean_the_same(one.key, key) for key in free)
    }


@lru_cache(maxsize=1024)
def _denies(text: str) -> bool:
    denies = any(one.sense is Sense.NOT for one in operators(text))
    return denies or "unsuccessful" in text


def unheard_of_few(sentence: str, span: str, around: str, *, row: bool = False) -> str:
    """The first word that a sentence of few words has more than its texts, names apart.

    Of "Lund has black swans" a text that tells of Lund and its swans carries nothing, however
    alike the two are. What somebody is said to have stands in the span itself, or in what is
    around a row, whose heads tell the rest. Empty where there is no such word, and for a sentence
    of many words.
    """
    if len(_telling(sentence)) > _FEW:
        return ""
    more = _had_nowhere(sentence, around if row else span)
    more |= set() if row else lacking_anywhere(sentence, span, around)
    common = (one for one in more if one.text.islower())
    first = min(common, key=lambda one: one.start, default=None)
    return first.text if first else ""


def _had_nowhere(sentence: str, text: str) -> set[Term]:
    """What somebody is said to have, or have done, that a text does not tell he has.

    A thing is told by its own word or one that means it: an academy is no establishment.
    """
    has = _HAS.search(sentence)
    if has is None:
        return set()
    behind = [one for one in _telling(sentence) if one.start >= has.end()]
    lacking = lacking_in(sentence, text)
    if behind and behind[0].text.endswith("ed"):
        return lacking.intersection(behind)
    given = _keys(text)
    return {
        one
        for one in behind
        if one in lacking
        or not (one.key in given or any(mean_the_same(one.key, key) for key in given))
    }


def unheard(sentence: str, span: str, around: str) -> str:
    """What the sentence has more than its texts: a clause without counterpart in them, or a word.

    Empty where every word has one somewhere.
    """
    nowhere = lacking_anywhere(sentence, span, around)
    bare = [one for one in clauses(sentence) if nowhere.issuperset(one.words)]
    if bare:
        most = max(bare, key=lambda one: len(one.words))
        return sentence[most.start : most.end]
    first = next((one for one in _telling(sentence) if one in nowhere), None)
    return first.text if first else ""


def nearness(sentence: str, span: str, near: Near) -> tuple[float, float, float, float]:
    """How near tokens of the span come to a sentence, in [0, 1].

    The three least of the words without counterpart, and the least mean of a clause.
    """
    of = {one: mean_near(one, near) for one in _telling(sentence)}
    means = [_mean([of[word] for word in one.words]) for one in clauses(sentence)]
    least = sorted(of[one] for one in lacking_in(sentence, span))
    first, second, third = (*least, 1.0, 1.0, 1.0)[:3]
    return first, second, third, min(means, default=1.0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def mean_near(term: Term, near: Near) -> float:
    """How near the span comes to a word, over its tokens; 1 where the embedder has read none."""
    return _mean([value for start, end, value in near if start < term.end and end > term.start])


@lru_cache(maxsize=1024)
def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence, by its commas and the words that join, with what each tells."""
    return tuple(_split(sentence))


def _split(sentence: str) -> Iterator[Clause]:
    every: list[list[Term]] = [[]]
    end = 0
    for one in terms(sentence):
        if one.text.lower() in _OPENING or _BREAK.search(sentence, end, one.start):
            every.append([])
        every[-1].append(one)
        end = one.end
    for found in every:
        words = tuple(filter(_tells, found))
        if words:
            yield Clause(words, found[0].start, found[-1].end)


def _has(keys: Collection[str], key: str) -> bool:
    return key in keys or any(may_stand_for(key, one) or of_one_root(key, one) for one in keys)


def of_one_root(one: str, other: str) -> bool:
    """Whether two stems differ in their last letter alone: "decision" and "decided"."""
    length = min(len(one), len(other)) - 1
    return length >= _ROOT and one[:length] == other[:length]


@lru_cache(maxsize=1024)
def _telling(text: str) -> tuple[Term, ...]:
    return tuple(one for one in terms(text) if _tells(one))


@lru_cache(maxsize=1024)
def _keys(text: str) -> frozenset[str]:
    return frozenset(one.key for one in _telling(text))


def _tells(one: Term) -> bool:
    small = _SHORT_FORM.sub("", one.text.lower())
    if one.kind is Kind.COMMON or one.key in HARMLESS or small in _UNTOLD:
        return False
    return not is_operator(one) or bool(_VERB.fullmatch(small))


def _lead(said: Sequence[Term], lacking: Collection[Term]) -> int:
    """How many words stand before the first that has a counterpart."""
    return next((i for i, one in enumerate(said) if one not in lacking), len(said))
