"""Two texts laid beside each other word by word: what stands in the place of what."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.grounding.terms import Term, terms

# A longer piece in another's place is another wording, not another word.
_LONGEST = 2


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
    span, alone or with one other.
    """

    same: float
    run: float
    exchanges: tuple[Exchange, ...]
    moved: tuple[Term, ...]


@lru_cache(maxsize=512)
def align(sentence: str, span: str) -> Alignment:
    """The sentence beside the span."""
    said, given = terms(sentence), terms(span)
    matcher = SequenceMatcher(
        None, [one.key for one in said], [one.key for one in given], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    count = len(said) or 1
    return Alignment(
        sum(block.size for block in blocks) / count,
        max(block.size for block in blocks) / count,
        tuple(_exchanges(matcher, said, given)),
        tuple(_moved(matcher, said, given)),
    )


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
