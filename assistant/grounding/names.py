"""Names: whom a sentence names that its span does not, and who does what to whom."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from assistant.answers.words import initials
from assistant.grounding.meanings import countries
from assistant.phrases import phrase
from assistant.retrieval.standalone import content_words
from assistant.spelling import respelled, unaccented

_MONTHS = re.compile(
    r"january|february|april|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’']*\w|\b[A-ZÀ-Þ]\b")
_POSSESSIVE = re.compile(r"[’']s?$")
_ELIDED = re.compile(r"^(?:[ldnsjcmt]|qu)[’']")
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
_PRONOUNS = frozenset({"It", "He", "She", "They", "We", "This", "That", "These", "Those", "Its"})
# "TAAC" and, in the plural, "TAACs".
_ACRONYM = re.compile(r"\b[A-Z]{2,6}(?=s?\b)")
_STATES = re.compile(
    r"\bU\.S\.(?:A\.)?|\bUSA?\b|\bUnited\s+States(?:\s+of\s+America)?|\bÉtats-Unis\b"
)
_KINGDOM = re.compile(r"\bU\.K\.|\bUK\b|\bUnited\s+Kingdom|\bRoyaume-Uni\b")
# A name, up to the next of the same person, or of those who do it together.
_BESIDE = re.compile(r"[\w’'.-]+(?:\s+of)?,?\s+(?:(?:and|et)\s+)?(?:(?:the|by|la|le|les)\s+)*")
_TWO = 2
# Names of so few letters keep their last "s".
_SHORT = 3
# An actor stands so near behind its "by", in characters.
_NEAR = 30


def strangers(sentence: str, span: str, around: str) -> list[str]:
    """What is wrong with each name that stands nowhere around the span."""
    known, short = stems_of(f"{around}\n{span}"), initials(f"{around}\n{span}")
    unknown = [
        name
        for name in _named(sentence, span, around)
        if stem_of(name) not in known and name.lower() not in short
    ]
    return [phrase("name-nowhere", name=name) for name in unknown]


def opening_stranger(sentence: str, span: str, around: str) -> list[str]:
    """The same of the first word, which may have its capital only for the place.

    It is told where a name of the span is gone from the sentence, too.
    """
    first = opening(sentence)
    known = stems_of(f"{around}\n{span}") | stems_of(sentence[1:])
    if not first or stem_of(first) in known or not _gone(sentence, span, around):
        return []
    return [phrase("name-nowhere", name=first)]


def misplaced(sentence: str, span: str, around: str) -> list[str]:
    """What is wrong with each name that stands around the span, where the span has another."""
    instead = _gone(sentence, span, around)
    if not instead:
        return []
    here, known = stems_of(span), stems_of(around)
    short = initials(f"{around}\n{span}")
    return [
        phrase("another-name", given=instead[0], said=name)
        for name in _named(sentence, span, around)
        if stem_of(name) not in here and stem_of(name) in known and name.lower() not in short
    ]


def _gone(sentence: str, span: str, around: str) -> list[str]:
    mine = stems_of(sentence)
    return [name for name in _named(span, sentence, around) if stem_of(name) not in mine]


def exchanged(sentence: str, span: str, around: str) -> list[str]:
    """What is wrong where two names of both do to each other what the other does in the span."""
    names = [*_named(sentence, span, around), *_openings(sentence, span)]
    said = _order(sentence, names)
    written = {form_of(name): name for name in names}
    # Two sentences side by side, or two cells of a row, tell of two things, each in its own order.
    for part in _PART_END.split(span):
        if _inverted(sentence, part):
            continue
        given = _order(part, names)
        shared = [name for name in dict.fromkeys(said) if name in given]
        for one, other in combinations(shared, _TWO):
            # Where one is named again, each stands before the other.
            if given.index(one) < _last(given, other) or said.index(other) < _last(said, one):
                continue
            # A word that two names have in common, as "Military", is no name of one of them.
            if max(said.count(one), said.count(other)) > 1:
                continue
            if not (
                _listed(sentence, one, other)
                or _listed(part, other, one)
                or _one_name((sentence, part), one, other)
                or _apart(sentence, one, other) != _apart(part, one, other)
                or _of_no_order(_between(sentence, one, other), _between(part, one, other))
            ):
                return [phrase("names-exchanged", given=written[other], said=written[one])]
    return []


def _openings(sentence: str, span: str) -> Iterator[str]:
    """The words that open the one and have a capital in the other, too, and are nowhere small."""
    both = f"{sentence} {span}"
    for one, other in ((sentence, span), (span, sentence)):
        word = opening(one)
        elsewhere = word and any(word == found for found, _ in capitals(other))
        if elsewhere and word not in _PRONOUNS and not re.search(rf"\b{word.lower()}\b", both):
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
    name = _NAME.match(text, start)
    return bool(name and text[name.end() : name.end() + 1] == "," and _COUNTRY.search(before))


def shortened(text: str, sentence: str) -> str:
    """The text with every name that the sentence has in its initials alone put so, too.

    So are two states that have more names than any, as the sentence calls them.
    """
    for forms in (_STATES, _KINGDOM):
        said = [one[0] for one in forms.finditer(sentence)]
        if said and not any(one[0] in said for one in forms.finditer(text)):
            text = forms.sub(said[0], text)
    for short in dict.fromkeys(_ACRONYM.findall(sentence)):
        if not re.search(rf"\b{short}\b", text):
            text = _long_name(short).sub(short, text)
    return text


@lru_cache(maxsize=1024)
def _long_name(short: str) -> re.Pattern[str]:
    between = r"(?:[ -](?:(?:of|on|the|for|and|in) ){0,2})"
    return re.compile(r"\b" + between.join(rf"{letter}[a-zà-ÿ]+" for letter in short) + r"\b")


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


def _named(text: str, *others: str) -> list[str]:
    """The names of a text in their order, each once.

    A word that opens a sentence is a name where it is one elsewhere, also in the other texts.
    """
    certain = certain_names(text).union(*map(certain_names, others))
    found = [word for word, opens in capitals(text) if not opens or stem_of(word) in certain]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def certain_names(text: str) -> frozenset[str]:
    """The stems of the names that have a capital though they open no sentence, or inside."""
    return frozenset(
        stem_of(word)
        for word, opens in capitals(text)
        if not opens or any(map(str.isupper, word[1:]))
    )


def capitals(text: str) -> list[tuple[str, bool]]:
    """Words with a capital but months and common ones, and whether each opens a sentence."""
    found: list[tuple[str, bool]] = []
    for match in _NAME.finditer(text):
        word, before = _POSSESSIVE.sub("", match.group()), text[: match.start()].rstrip(" \"“'(*-")
        if (
            len(word) > 1
            and content_words(word)
            and word not in {"May", "March"}
            and not _MONTHS.fullmatch(word)
        ):
            found.append((word, not before or before[-1] in ".!?:\n"))
    return found


def opening(sentence: str) -> str:
    """The word that opens the sentence where it may be a name."""
    words = capitals(sentence)
    return (
        words[0][0]
        if words and words[0][1] and sentence.lstrip(" \"“'(").startswith(words[0][0])
        else ""
    )


def _forms(text: str) -> set[str]:
    return {form_of(word) for word in re.findall(r"\w+(?:[’']\w+)*", text)}


@lru_cache(maxsize=1024)
def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of a text, and of two states that it may call otherwise."""
    of = {"america": _STATES, "britain": _KINGDOM}
    found = {stem_of(word) for word in re.findall(r"\w+(?:[’']\w+)*", text)}
    return frozenset(found.union(name for name, forms in of.items() if forms.search(text)))


@lru_cache(maxsize=8192)
def stem_of(word: str) -> str:
    """What forms of one name have in common, and a country with its people and what is theirs.

    For comparing alone: never shown.
    """
    small = _folded_name(word)
    return form_of(countries().get(small, small))


@lru_cache(maxsize=8192)
def form_of(word: str) -> str:
    """What forms of one name have in common; a people's is not its country's."""
    small = _folded_name(word)
    return respelled(small[:-1] if len(small) > _SHORT and small.endswith("s") else small)


def _folded_name(word: str) -> str:
    return _ELIDED.sub("", unaccented(_POSSESSIVE.sub("", word).lower()))
