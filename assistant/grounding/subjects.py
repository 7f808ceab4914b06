"""Of whom a sentence says what its span says of another."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.answers.words import initials
from assistant.grounding.acting import is_passive
from assistant.grounding.meanings import akin, mean_the_same
from assistant.grounding.names import certain_names, stem_of
from assistant.grounding.operators import is_operator
from assistant.grounding.predicates import deed_of
from assistant.grounding.small import BETWEEN, UNTOLD, WHEN
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

# The stop behind a letter is that of a name: "Lyndon B. Johnson".
PART_ENDS = re.compile(r"[,;:()—–]|(?<!\s[A-Z])[.!?](?=\s)")
_ASIDE = re.compile(r"\([^()]*\)")
# "It is important that" stands for nothing.
_PRONOUN = re.compile(
    r"(?:It(?!(?:['’]s|\s+(?:is|was|seems|appears))\s+(?:\w+\s+){1,3}(?:to|that)\b)|He|She|They|"
    r"Ils?(?!\s+(?:y\s+a|est\s+\w+\s+(?:de|que))\b)|Elles?)\b"
)
_PARTICIPLE = re.compile(r"(?:ed|ing|ly)$")
# So much of what is said stands in a part of the span that tells the same.
_MOST = 0.6
_FEWEST = 2


def another_subject(sentence: str, span: str, around: str) -> list[str]:
    """What is wrong where the part of the span that says the same begins with another name."""
    certain = certain_names(sentence) | certain_names(span) | certain_names(around)
    first = next(iter(_parts(sentence)), ())
    mine = _subject(first, certain | _opening(first, around))
    rest = [one for one in first if _tells(one) and one not in mine]
    if not mine or len(rest) < _FEWEST:
        return []
    shares = [(_share(rest, part), part) for part in _with_verb(sentence, _parts(span))]
    most = max((share for share, _ in shares), default=0.0)
    best = [part for share, part in shares if share == most]
    # "Georgia, on May 5" is no clause, but where and when the one before it was.
    if most < _MOST or not any(any(map(_is_word, part)) for part in best):
        return []
    if any(_names(mine, part) for part in best):
        passive = is_passive(sentence) != is_passive(span)
        return [] if passive else _exchanged(first, mine, best[0], certain)
    theirs = _subject(best[0], certain | _opening(best[0], span))
    if not theirs or _are_one(mine, theirs, f"{sentence} {span} {around}"):
        return []
    return [phrase("another-name", given=theirs[0].text, said=mine[0].text)]


def _with_verb(sentence: str, parts: Sequence[tuple[Term, ...]]) -> Sequence[tuple[Term, ...]]:
    """The parts that have the sentence's verb, where any does: the others tell something else."""
    deed = deed_of(sentence)
    with_verb = [part for part in parts if deed and any(one.key == deed.verb.key for one in part)]
    return with_verb or parts


def unnamed_subject(sentence: str, before: str, span: str) -> str:
    """What is wrong where "it" stands for a name of the span that the text before has nowhere."""
    pronoun = _PRONOUN.match(sentence)
    if pronoun is None or not before:
        return ""
    rest = [one for one in next(iter(_parts(sentence)), ()) if _tells(one)]
    shares = [(_share(rest, part), part) for part in _parts(span)] if rest else []
    most, best = max(shares, key=lambda one: one[0], default=(0.0, ()))
    theirs = _subject(best, certain_names(span)) if most >= _MOST else []
    told = f"{before}{sentence}"
    known, short = {stem_of(one.text) for one in terms(told)}, initials(f"{told} {span}")
    if not theirs or any(stem_of(one.text) in known or one.text.lower() in short for one in theirs):
        return ""
    return phrase("another-name", given=theirs[0].text, said=pronoun[0])


def _exchanged(
    said: Sequence[Term], mine: Sequence[Term], given: Sequence[Term], certain: frozenset[str]
) -> list[str]:
    """What is wrong where both do the same, and each is whom the other does it to."""
    theirs = _subject(given, certain)
    deed, other = _after(said, mine), _after(given, theirs)
    if not theirs or deed is None or other is None or deed.key != other.key:
        return []
    if _names(mine, theirs) or not _names(theirs, said) or not _names(mine, given):
        return []
    return [phrase("names-exchanged", given=theirs[0].text, said=mine[0].text)]


def _after(part: Sequence[Term], subject: Sequence[Term]) -> Term | None:
    """The first telling word after a subject."""
    last = subject[-1].end if subject else 0
    return next((one for one in part if one.start >= last and _tells(one)), None)


@lru_cache(maxsize=1024)
def _parts(text: str) -> Sequence[tuple[Term, ...]]:
    """The clauses of a text; names in a list belong to the clause behind them."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[Term, ...]]:
    part: list[Term] = []
    text = without_asides(text)
    for one in terms(text):
        ends = bool(part) and PART_ENDS.search(text, part[-1].end, one.start)
        if ends and any(each.kind is Kind.WORD for each in part):
            yield tuple(part)
            part = []
        part.append(one)
    if part:
        yield tuple(part)


def without_asides(text: str) -> str:
    """The text with white space in the place of what stands in brackets."""
    return _ASIDE.sub(lambda found: " " * len(found.group()), text)


def _subject(part: Sequence[Term], certain: frozenset[str]) -> list[Term]:
    """The names before any other word of the part."""
    found: list[Term] = []
    for one in part:
        if one.text.lower() in WHEN:
            continue
        if one.kind is Kind.NAME or (_tells(one) and one.text[0].isupper() and _sure(one, certain)):
            found.append(one)
        elif one.kind is not Kind.COMMON:
            break
    return found


def _opening(part: Sequence[Term], text: str) -> frozenset[str]:
    """The stem of the part's first word where the text has it, and with a capital alone."""
    if not part:
        return frozenset()
    word = part[0].text
    is_small = re.search(rf"\b{re.escape(word.lower())}\b", text)
    if (
        is_small
        or word not in text
        or word.lower() in UNTOLD | BETWEEN | WHEN
        or _PARTICIPLE.search(word)
    ):
        return frozenset()
    return frozenset({stem_of(word)})


def _sure(one: Term, certain: frozenset[str]) -> bool:
    return stem_of(one.text) in certain


def _tells(one: Term) -> bool:
    return one.kind is not Kind.COMMON and not is_operator(one)


def _is_word(one: Term) -> bool:
    return one.kind is Kind.WORD and _tells(one)


def _share(rest: Sequence[Term], part: Sequence[Term]) -> float:
    keys = {one.key for one in part}
    has = (one.key in keys or any(mean_the_same(one.key, key) for key in keys) for one in rest)
    return sum(has) / len(rest)


def _names(mine: Sequence[Term], part: Sequence[Term]) -> bool:
    """Whether the part names whom the sentence names, or the people of a country."""
    stems = {stem_of(one.text) for one in part}
    return any(stem_of(one.text) in stems for one in mine)


def _are_one(mine: Sequence[Term], theirs: Sequence[Term], text: str) -> bool:
    """Whether one of two names is the other's initials, or begins with it."""
    short = initials(text)
    return any(one.text.lower().replace(".", "") in short for one in (*mine, *theirs)) or any(
        akin(one.key, other.key) for one in mine for other in theirs
    )
