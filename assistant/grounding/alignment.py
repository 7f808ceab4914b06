"""Two texts laid beside each other word by word: what stands in the place of what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from assistant.grounding.meanings import mean_the_same
from assistant.grounding.terms import Kind, Term, terms

# A longer piece in another's place is another wording, not another word.
_LONGEST = 2
# So many words in the same order are no chance.
_LONG = 3
# From this share of its words in the order of its span on, a sentence is that span with a change.
_OF_THE_SPAN = 0.6


@dataclass(frozen=True, slots=True)
class Exchange:
    """What of a sentence stands where the span has something else, between equal words."""

    said: tuple[Term, ...]
    given: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A sentence beside a span.

    `same` is the share of the sentence's terms that stand in the span in the same order, in
    [0, 1]; `run` that of its longest unbroken piece. `moved` are terms that stand elsewhere in the
    span, alone or with one other. `put_in` are terms of the sentence, `left_out` terms of the span
    between what both have; `before` are those of the sentence before all of that. `turned` counts
    words next to each other in what both have that stand the other way round in the span.
    """

    same: float
    run: float
    exchanges: tuple[Exchange, ...]
    moved: tuple[Term, ...]
    put_in: tuple[Term, ...] = ()
    left_out: tuple[Term, ...] = ()
    before: tuple[Term, ...] = ()
    turned: int = 0
    inner: tuple[Exchange, ...] = ()
    last: Exchange | None = None


def put_otherwise(sentence: str, span: str) -> bool:
    """Whether a sentence has words of its own for what a span says, and does not repeat it.

    What is changed in a sentence that does is an error, not another wording.
    """
    return align(sentence, span).same < _OF_THE_SPAN


@lru_cache(maxsize=512)
def align(sentence: str, span: str) -> Alignment:
    """The sentence beside the span."""
    said, given = terms(sentence), terms(span)
    # A word that means the same stands for the other, and is no exchange.
    keys = {one.key for one in given}
    mine = [one.key if one.key in keys else _as_given(one, given) for one in said]
    matcher = SequenceMatcher(None, mine, [one.key for one in given], autojunk=False)
    blocks = matcher.get_matching_blocks()
    count = len(said) or 1
    return Alignment(
        sum(block.size for block in blocks) / count,
        max(block.size for block in blocks) / count,
        tuple(_exchanges(matcher, said, given)),
        tuple(_moved(matcher, said, given)),
        *_between(matcher, said, given),
        _turned(mine, said, [one.key for one in given]),
        tuple(
            Exchange(said[i:j], given[k:m])
            for kind, i, j, k, m in _inner(matcher)
            if kind != "equal"
        ),
        _last(blocks, said, given),
    )


def _last(
    blocks: Sequence[Match], said: tuple[Term, ...], given: tuple[Term, ...]
) -> Exchange | None:
    """What follows the last piece that both have, where that is long and little follows."""
    found = [block for block in blocks if block.size]
    if not found or found[-1].size < _LONG:
        return None
    i, k = found[-1].a + found[-1].size, found[-1].b + found[-1].size
    count = len(said) - i
    return Exchange(said[i:], given[k : k + count]) if 0 < count <= _LONGEST else None


def _turned(mine: list[str], said: tuple[Term, ...], given: list[str]) -> int:
    """How many neighbours, each of which both have once, change their order."""
    once = [
        key
        for key, term in zip(mine, said, strict=True)
        if term.kind is not Kind.COMMON and mine.count(key) == given.count(key) == 1
    ]
    return sum(given.index(one) > given.index(other) for one, other in pairwise(once))


def _as_given(one: Term, given: tuple[Term, ...]) -> str:
    """The key of a word of the span that means the same; else its own."""
    if one.kind is not Kind.WORD:
        return one.key
    same = (each.key for each in given if each.kind is Kind.WORD)
    return next((key for key in same if mean_the_same(one.key, key)), one.key)


def _between(
    matcher: "SequenceMatcher[str]", said: tuple[Term, ...], given: tuple[Term, ...]
) -> tuple[tuple[Term, ...], tuple[Term, ...], tuple[Term, ...]]:
    """What is put in, what is left out, and what stands before all that both have."""
    inner = _inner(matcher)
    if not inner:
        return (), (), said
    put_in = [one for kind, i, j, _, _ in inner if kind != "equal" for one in said[i:j]]
    left_out = [one for kind, _, _, k, m in inner if kind != "equal" for one in given[k:m]]
    return tuple(put_in), tuple(left_out), said[: inner[0][1]]


def _inner(matcher: "SequenceMatcher[str]") -> Sequence[tuple[str, int, int, int, int]]:
    """From the first piece that both have to the last."""
    pieces: Sequence[tuple[str, int, int, int, int]] = matcher.get_opcodes()
    equal = [number for number, piece in enumerate(pieces) if piece[0] == "equal"]
    return pieces[equal[0] : equal[-1] + 1] if equal else ()


def _exchanges(
    matcher: "SequenceMatcher[str]", said: tuple[Term, ...], given: tuple[Term, ...]
) -> Iterator[Exchange]:
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "replace" or j - i > _LONGEST or m - k > _LONGEST:
            continue
        yield Exchange(said[i:j], given[k:m])


def _moved(
    matcher: "SequenceMatcher[str]", said: tuple[Term, ...], given: tuple[Term, ...]
) -> Iterator[Term]:
    """Terms in short pieces of the one that stand in short pieces of the other."""
    pieces = [(i, j, k, m) for kind, i, j, k, m in matcher.get_opcodes() if kind != "equal"]
    mine = [one for i, j, _, _ in pieces if j - i <= _LONGEST for one in said[i:j]]
    theirs = {one.key for _, _, k, m in pieces if m - k <= _LONGEST for one in given[k:m]}
    yield from (one for one in mine if one.key in theirs)
