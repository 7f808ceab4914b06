"""Who acts and who is acted on, by the order of names that both texts have."""

import re
from collections.abc import Iterator
from itertools import combinations

from assistant.grounding.names import NAME, capitals, form_of, named, opening
from assistant.grounding.small import PRONOUNS
from assistant.phrases import phrase
from assistant.retrieval.standalone import content_words

# "was signed by Finland", "is being led by the Council".
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|be|being|get|got)\s+(?:(?:\w+ly|being|also|thus|then|later|however|therefore|indeed)\s+)?\w+(?:ed|en|wn|t|ne|de|ng|un)"
    r"\b[^.;:]{0,60}?\bby\s+"
    # Who was appointed by a president served under him.
    r"|\b(?:was|were|is|are|served|serves)\s[^.;:,]{0,60}?\bunder\s+(?=[A-Z])"
    # "A framework, established by the Council".
    r"|,\s+(?:\w+ly\s+)?(?!(?:follow|preced|accompani|join)ed)\w+(?:ed|en|wn)\s+by\s+"
)
_LISTED = re.compile(
    r"(?=.*(?:\b(?:and|or|et|ou|nor)\b|&|,.*,))(?:[\s,&]|\b(?:and|or|et|ou|nor|the)\b)*"
)
# "Treaty of Versailles" and "Versailles Treaty" are one.
_OF = re.compile(r"\s+(?:of|de|du|des|d[’'])\s*(?:the\s+|la\s+|l[’'])?")
_WHERE = re.compile(r"\b(?:in|at|on|during|since)\s+(?:the\s+)?$", re.IGNORECASE)
# "In Lisbon, Portugal, …": the country of a place that is told so.
_COUNTRY = re.compile(r"\b[Ii]n\s+(?:[A-ZÀ-Þ][\w’'-]*\s+)*[A-ZÀ-Þ][\w’'-]*,\s+$")
_PART_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-ZÀ-Þ])|;\s+")
_JOINED = re.compile(
    r"(?=.*(?:,|&|\b(?:and|or|et|ou)\b))(?:[\s,&]|\b(?:and|or|et|ou|the)\b|[A-ZÀ-Þ][\w’'-]*)+"
)
_IS = re.compile(r"\b(?:is|are|was|were|est|sont)\b")
_CLAUSE_END = re.compile(r"[,;:()—–]")
# A name, up to the next of the same person, or of those who do it together.
_BESIDE = re.compile(r"[\w’'.-]+(?:\s+of)?,?\s+(?:(?:and|et)\s+)?(?:(?:the|by|la|le|les)\s+)*")
_TWO = 2
# An actor stands so near behind its "by", in characters.
_NEAR = 30


def exchanged(sentence: str, span: str, around: str) -> list[str]:
    """What is wrong where two names of both do to each other what the other does in the span."""
    names = [*named(sentence, span, around), *_openings(sentence, span)]
    said = _order(sentence, names)
    written = {form_of(name): name for name in names}
    # Two sentences side by side, or two cells of a row, tell of two things, each in its own order.
    for part in _PART_END.split(span):
        if _inverted(sentence, part):
            continue
        given = _order(part, names)
        shared = [name for name in dict.fromkeys(said) if name in given]
        for one, other in combinations(shared, _TWO):
            if _in_turn(said, given, one, other) and not _any_order(sentence, part, one, other):
                return [phrase("names-exchanged", given=written[other], said=written[one])]
    return []


def _in_turn(said: list[str], given: list[str], one: str, other: str) -> bool:
    """Whether the two stand the other way round in the second text.

    Where one is named again, each stands before the other. A word that two names have in common,
    as "Military", is no name of one of them.
    """
    again = given.index(one) < _last(given, other) or said.index(other) < _last(said, one)
    return not again and max(said.count(one), said.count(other)) == 1


def _any_order(sentence: str, part: str, one: str, other: str) -> bool:
    """Whether the order of the two says nothing: in a list, in one name, or in two clauses."""
    return (
        _listed(sentence, one, other)
        or _listed(part, other, one)
        or _one_name((sentence, part), one, other)
        or _apart(sentence, one, other) != _apart(part, one, other)
        or _of_no_order(_between(sentence, one, other), _between(part, one, other))
    )


def _openings(sentence: str, span: str) -> Iterator[str]:
    """The words that open the one and have a capital in the other, too, and are nowhere small."""
    both = f"{sentence} {span}"
    for one, other in ((sentence, span), (span, sentence)):
        word = opening(one)
        elsewhere = word and any(word == found for found, _ in capitals(other))
        is_small = bool(re.search(rf"\b{word.lower()}\b", both))
        if elsewhere and not is_small and word.lower() not in PRONOUNS:
            yield word


def _last(found: list[str], name: str) -> int:
    return len(found) - 1 - found[::-1].index(name)


def _order(text: str, names: list[str]) -> list[str]:
    """The stems of the names in the order of who acts: after "by" stands who does it."""
    stems = {form_of(name) for name in names}
    places = [(m.start(), form_of(m.group())) for m in re.finditer(r"\w+(?:[’']\w+)*", text)]
    # Where something happens can be said first or last.
    found = [
        (start, stem) for start, stem in places if stem in stems and not _tells_where(text, start)
    ]
    for passive in _PASSIVE.finditer(text):
        actor = next((i for i, (start, _) in enumerate(found) if start >= passive.end()), None)
        first = text.rfind(".", 0, passive.start()) + 1
        subject = next((i for i, (start, _) in enumerate(found) if start >= first), None)
        near = actor is not None and found[actor][0] - passive.end() < _NEAR
        if actor is not None and subject is not None and near and subject < actor:
            last = actor + 1
            while last < len(found) and _BESIDE.fullmatch(
                text[found[last - 1][0] : found[last][0]]
            ):
                last += 1
            found[subject:last] = found[actor:last] + found[subject:actor]
    return [stem for _, stem in found]


def _tells_where(text: str, start: int) -> bool:
    """Whether the name that starts here is that of a place, or of the country of one."""
    before = text[max(0, start - _NEAR) : start]
    if _WHERE.search(before):
        return True
    name = NAME.match(text, start)
    return bool(name and text[name.end() : name.end() + 1] == "," and _COUNTRY.search(before))


def is_passive(text: str) -> bool:
    """Whether the text says by whom something was done."""
    return bool(_PASSIVE.search(text))


def _listed(text: str, one: str, other: str) -> bool:
    """Whether nothing but commas and "and" stands between two names: their order says nothing."""
    between = _between(text, one, other)
    return bool(_LISTED.fullmatch(re.sub(r"\b[A-ZÀ-Þ][\w’'-]*", "", between)))


def _of_no_order(said: str, given: str) -> bool:
    """Whether two names stand in a list in both texts."""
    return all(map(_JOINED.fullmatch, (said, given)))


def _inverted(said: str, given: str) -> bool:
    """Whether one text says "A is B" where the other says "B is A", by words that are no names."""
    both = [_IS.split(one, maxsplit=1) for one in (said, given)]
    if min(map(len, both)) < _TWO:
        return False
    (_, mine), (before, after) = ([_words(half) for half in one] for one in both)
    return bool(mine & before) and not mine & after


def _words(text: str) -> set[str]:
    """The forms of the telling words of a text that have no capital."""
    return {form_of(word) for word in content_words(text) if word[0].islower()}


def _apart(text: str, one: str, other: str) -> bool:
    """Whether two names are in no clause together: neither does anything to the other there."""
    clauses = (_forms(part) for part in _CLAUSE_END.split(text))
    return not any(one in forms and other in forms for forms in clauses)


def _one_name(texts: tuple[str, str], one: str, other: str) -> bool:
    """Whether two names are one that is written in two ways, with "of" and without."""
    between = sorted((_between(text, one, other) for text in texts), key=len)
    return between[0] == " " and bool(_OF.fullmatch(between[1]))


def _between(text: str, one: str, other: str) -> str:
    """What stands between the last of each of two names."""
    places = {form_of(m.group()): m.span() for m in re.finditer(r"\w+(?:[’']\w+)*", text)}
    if one not in places or other not in places:
        return ""
    (_, end), (start, _) = sorted((places[one], places[other]))
    return text[end:start]


def _forms(text: str) -> set[str]:
    return {form_of(word) for word in re.findall(r"\w+(?:[’']\w+)*", text)}
