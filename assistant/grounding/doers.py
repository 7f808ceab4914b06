"""Who does it: the name before a verb of the span, where the sentence names another.

"Egypt insisted on an Israeli withdrawal" has all words of "Israel insisted on withdrawal".
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from assistant.answers.words import initials
from assistant.grounding.meanings import akin, mean_the_same
from assistant.grounding.names import certain_names, stem_of, stems_of
from assistant.grounding.operators import is_operator
from assistant.grounding.predicates import BE, deed_of, is_deed, tells
from assistant.grounding.roles import MUTUAL
from assistant.grounding.small import HARMLESS, LIGHT
from assistant.grounding.states import is_state
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

# Of one of these parts nobody does what is said in the next.
_PARTS = re.compile(
    r"[;:]|[.!?](?=\s)|\b(?:while|whereas|although|though|but|because|when|after|before|that|"
    r"tandis que)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)|,\s+(?:in|on|at|by|from|after|since)\s[^,;.]{1,40},")
_BY = re.compile(r"[^.;:]{0,60}?\bby\s+(?:the\s+)?(?=[A-ZÀ-Þ])")
_WITH = re.compile(r"\b(?:with|and|alongside|together)\s+(?:[a-z]+\s+){0,2}$")
_JOINS = frozenset(["and", "then", "or", "et"])
_SKIPPED_LIST = (
    "had has have also then later soon first once again immediately finally the who itself himself"
)
_SKIPPED = frozenset(_SKIPPED_LIST.split())
_NUMERAL = re.compile(r"[IVX]+")
# Names behind these tell where or when.
_PLACING = frozenset(["in", "on", "at", "by", "from", "after", "since", "with", "for", "to"])
# And behind these another deed, or who does it.
_AFTER_LIST = "and but as which who whose that where to than while"
_AFTER = frozenset(_AFTER_LIST.split())
# So many words before a verb may tell that it is done to somebody.
_NEAR = 3
_WHEN = frozenset([Kind.MONTH, Kind.NUMBER])
_MOST = 0.5
# Names that begin alike may be one: "Congress", "Congressmen".
_STEM = 4
# Words for who does what a verb says, so few words behind "is".
_WHO_DOES = ("er", "or", "ers", "ors")
_OFFICE = 5


Names = tuple[Term, ...]


def done_by_another(sentence: str, span: str, around: str) -> str:
    """What is wrong where every verb of the span that says it has another name before it."""
    deed = deed_of(sentence)
    if deed is None or deed.verb.key in MUTUAL | HARMLESS | LIGHT:
        return ""
    certain = certain_names(sentence) | certain_names(span) | certain_names(around)
    mine, done_to = _doer(sentence, deed.verb, certain)
    heads = _heads(sentence, mine)
    if not heads or not done_to or not _are_known(heads, sentence, f"{around}\n{span}"):
        return ""
    others: list[str] = []
    for verb in _same_verbs(deed.verb, span):
        theirs, given = _doer(span, verb, certain)
        # When it was done may stand aside.
        things = tuple(one for one in done_to if one.kind not in _WHEN) or done_to
        if _shared(things, given) < _MOST * len(things):
            continue
        if not theirs or _may_be_one((sentence, mine), (span, theirs), heads, verb):
            return ""
        others.append(_words(span, theirs))
    if not others:
        return ""
    return phrase("another-name", given=others[0], said=_words(sentence, mine))


def done_to_doer(sentence: str, span: str) -> str:
    """What is wrong where the span has whom the sentence calls the doer as the one it is done to.

    Told where the verb governs the name wherever the span has it, and no other says who does it.
    """
    deed = deed_of(sentence)
    if deed is None or deed.verb.key in MUTUAL | HARMLESS:
        return ""
    certain = certain_names(sentence) | certain_names(span)
    mine, done_to = _doer(sentence, deed.verb, certain)
    heads = _heads(sentence, mine)
    things = tuple(one for one in done_to if not _is_name(one, certain) and one.text.islower())
    if not heads or not any(_is_name(one, certain) for one in done_to):
        return ""
    verbs = tuple(_same_verbs(deed.verb, span))
    for verb in verbs:
        before, governed = _sides(span, verb)
        if _shared(heads, before) or _shared(heads, governed) < len(heads):
            return ""
        if _shared(things[:1], governed) < len(things[:1]):
            return ""
    return phrase("turned-round", word=deed.verb.text) if verbs else ""


def _sides(text: str, verb: Term) -> tuple[Names, Names]:
    """All terms of a part before a verb, and those that it governs, in the order of who does it."""
    part = _part(text, verb)
    before = tuple(one for one in part if one.end <= verb.start)
    behind = [one for one in part if one.start >= verb.end]
    by = _BY.match(text, verb.end)
    if by and _is_passive(before):
        return tuple(one for one in behind if one.start >= by.end()), before
    governed: list[Term] = []
    for last, one in pairwise((verb, *behind)):
        # Behind a comma may stand only the name of what was called otherwise before it.
        parted = "," in text[last.end : one.start] and not one.text[0].isupper()
        if parted or one.text.lower() in _PLACING | _AFTER:
            break
        governed.append(one)
    return before, tuple(governed)


def held_by_another(sentence: str, span: str, around: str) -> str:
    """What is wrong where the span says of another that he is who does it: "the king is commander".

    Told where the sentence's is named elsewhere.
    """
    deed = deed_of(sentence)
    if deed is None or deed.passive or not deed.subject:
        return ""
    known = [one.key for one in terms(around)]
    if deed.subject[-1].key not in known:
        return ""
    for holder, part in _holders(deed.verb, span):
        if any(akin(one.key, other.key) for one in deed.subject for other in part):
            return ""
        return phrase("another-name", given=holder.text, said=deed.subject[-1].text)
    return ""


def _holders(verb: Term, span: str) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    """Who "is" the one who does what a verb says, with all that stands before."""
    found = terms(span)
    for one in found:
        small = one.text.lower()
        is_verb = small.removesuffix("s") == verb.key
        if is_verb or not small.endswith(_WHO_DOES) or not akin(one.key, verb.key):
            continue
        part = [each for each in _part(span, one) if each.end <= one.start]
        be = next((i for i, each in enumerate(part) if each.text.lower() in BE), 0)
        before = tuple(each for each in part[:be] if tells(each))
        if before and len(part) - be <= _OFFICE:
            yield before[-1], before


def _are_known(heads: Names, sentence: str, around: str) -> bool:
    """Whether the texts name all of them, and none by initials."""
    known, short = stems_of(around), initials(f"{sentence} {around}")
    return all(stem_of(one.text) in known and one.text.lower() not in short for one in heads)


def _same_verbs(verb: Term, span: str) -> Iterator[Term]:
    found = terms(span)
    for i, one in enumerate(found):
        same = one.kind is Kind.WORD and (one.key == verb.key or mean_the_same(one.key, verb.key))
        if same and is_deed(span, found, i):
            yield one


def _shared(said: Names, given: Names) -> int:
    return sum(any(one.key == two.key or akin(one.key, two.key) for two in given) for one in said)


@lru_cache(maxsize=2048)
def _doer(text: str, verb: Term, certain: frozenset[str]) -> tuple[Names, Names]:
    """The names of who does what a verb says, and the telling words of what is done."""
    part = _part(text, verb)
    before = [one for one in part if one.end <= verb.start]
    behind = tuple(one for one in part if one.start >= verb.end and tells(one))
    if before and _is_passive(before):
        by = _BY.match(text, verb.end)
        after = [one for one in part if by and one.start >= by.end()]
        names = takewhile(lambda one: _is_name(one, certain), after)
        return tuple(names), tuple(one for one in before if tells(one))
    return _names_before(text, before, certain), behind


def _part(text: str, verb: Term) -> list[Term]:
    """The terms of the part of a text that a verb stands in, without what is put in."""
    plain = _ASIDE.sub(lambda found: " " * len(found[0]), text)
    ends = [*_PARTS.finditer(plain)]
    start = max((one.end() for one in ends if one.end() <= verb.start), default=0)
    stops = [one.start() for one in ends if one.start() >= verb.end and one[0] in ".;:!?"]
    end = min(stops, default=len(text))
    return [one for one in terms(text) if start <= one.start < end and plain[one.start] != " "]


def _is_passive(before: Sequence[Term]) -> bool:
    near = [one.text.lower() for one in before[-_NEAR:]]
    return bool(near) and any(
        word in BE and all(one in _SKIPPED or one.endswith("ly") for one in near[i + 1 :])
        for i, word in enumerate(near)
    )


def _names_before(text: str, before: Sequence[Term], certain: frozenset[str]) -> Names:
    """The names directly before a verb, or before the first of several that it is joined to."""
    found = list(before)
    while found and (found[-1].text.lower() in _SKIPPED or found[-1].text.endswith("ly")):
        found.pop()
    if found and found[-1].text.lower() in _JOINS:
        verbs = (i for i in range(1, len(found)) if is_deed(text, found, i))
        found = found[: next(verbs, 0)]
    names: list[Term] = []
    for one in reversed(found):
        if _is_name(one, certain):
            names.insert(0, one)
        elif not names and _is_of_people(found, one):
            continue
        elif not names or one.kind is not Kind.COMMON or one.text.lower() in _PLACING:
            break
    return tuple(names)


def _is_of_people(found: Sequence[Term], one: Term) -> bool:
    """Whether a word is that for somebody of a people: "British forces" act for Britain."""
    i = found.index(one)
    before = found[i - 1] if i else None
    plain = one.kind is Kind.WORD and one.text.islower() and not is_operator(one)
    return plain and before is not None and before.text[0].isupper() and is_state(before.text)


def _is_name(one: Term, certain: frozenset[str]) -> bool:
    if not one.text[0].isupper() or not tells(one):
        return False
    return one.kind is Kind.NAME or stem_of(one.text) in certain or is_state(one.text)


def _runs(text: str, names: Names) -> tuple[Names, ...]:
    """The names one by one, without numerals: "Napoleon III" is Napoleon."""
    told = [one for one in names if not _NUMERAL.fullmatch(one.text)]
    apart = [
        i for i, (one, two) in enumerate(pairwise(told), 1) if text[one.end : two.start].strip()
    ]
    return tuple(tuple(told[i:j]) for i, j in pairwise((0, *apart, len(told))))


def _heads(text: str, names: Names) -> Names:
    """The last word of each name: of "United Kingdom" the kingdom."""
    return tuple(one[-1] for one in _runs(text, names) if one)


def _may_be_one(
    mine: tuple[str, Names], theirs: tuple[str, Names], heads: Names, verb: Term
) -> bool:
    """Whether the two may be the same, or do it together: who acts for a state is not named."""
    span, others = theirs
    if _is_state(*mine) != _is_state(*theirs):
        return True
    part = _part(span, verb)
    known = {stem_of(one.text) for one in (*others, *part) if one.start < verb.start}
    beside = {stem_of(one.text) for one in part if _WITH.search(span[: one.start])}
    return any(
        stem_of(one.text) in known | beside or any(_begin_alike(one, other) for other in others)
        for one in heads
    )


def _begin_alike(one: Term, other: Term) -> bool:
    short, long = sorted((one.key, other.key), key=len)
    return len(short) >= _STEM and long.startswith(short)


def _is_state(text: str, names: Names) -> bool:
    first = next(iter(_runs(text, names)), ())
    return bool(first) and is_state(_words(text, first))


def _words(text: str, names: Names) -> str:
    return text[names[0].start : names[-1].end]
