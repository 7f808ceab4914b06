"""What a sentence says otherwise than the span that should carry it, in words.

Each check knows one way in which a sentence goes wrong while most of its words are right. They
are meant to refuse rather than to trust: what one finds, no likeness outweighs.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import takewhile

from assistant.answers.words import initials
from assistant.retrieval.standalone import content_words
from assistant.spelling import unaccented

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?")
_SCALED = re.compile(r"\s+(thousand|million|billion)\b", re.IGNORECASE)
_ZEROS = {"thousand": 3, "million": 6, "billion": 9}
_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_COUNTS = {word: str(number) for number, word in enumerate(_COUNTED.split())} | {"dozen": "12"}
_PERCENT = re.compile(r"\bper ?cent\b|%", re.IGNORECASE)
_MONTHS = re.compile(
    r"\b(?:january|february|april|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|"
    # "May" and "march" are other words, too.
    r"\b(?-i:May|March)\b(?=,? \d)|(?<=\d )(?-i:May|March)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nor|neither|without|cannot|\w+n[’']t|hardly|false|untrue|"
    r"fail(?:s|ed)? to|refus(?:es|ed) to|ne|pas|jamais|sans)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|can|would|should|possibly|perhaps|probably|likely|reportedly|allegedly|"
    r"proposed?|proposes|plans?|planned|intends?|intended|aims?|aimed|seeks?|sought|hopes?|hoped|"
    r"expects?|expected|suggests?|suggested|considers?|considered|if|unless|attempt(?:s|ed)?)\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:all|every|always|only|never|entire(?:ly)?|complete(?:ly)?|fully|must|certainly|solely|"
    r"exclusively|most|largest|smallest|highest|lowest|first|last|best|worst|guarantees?d?|"
    r"proves?d?|permanent(?:ly)?)\b",
    re.IGNORECASE,
)
_OPPOSED = (
    ("increas", "decreas"),
    ("increas", "reduc"),
    ("rose", "fell"),
    ("rise", "fall"),
    ("before", "after"),
    ("more", "less"),
    ("more", "fewer"),
    ("join", "left"),
    ("join", "withdr"),
    ("open", "clos"),
    ("began", "ended"),
    ("begin", "end"),
    ("start", "end"),
    ("north", "south"),
    ("east", "west"),
    ("accept", "reject"),
    ("approv", "reject"),
    ("allow", "prohibit"),
    ("permit", "forbid"),
    ("permit", "prohibit"),
    ("support", "oppos"),
    ("won", "lost"),
    ("victory", "defeat"),
    ("success", "fail"),
    ("high", "low"),
    ("large", "small"),
    ("major", "minor"),
    ("civilian", "military"),
    ("friend", "enem"),
    ("arriv", "depart"),
    ("recogni", "refus"),
    ("strengthen", "weaken"),
    ("deploy", "withdr"),
    ("internal", "external"),
    ("public", "private"),
    ("former", "current"),
    ("maximum", "minimum"),
    ("at least", "at most"),
    ("at least", "up to"),
    ("buy", "sell"),
    ("bought", "sold"),
    ("import", "export"),
)
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’']*\w|\b[A-ZÀ-Þ]\b")
_POSSESSIVE = re.compile(r"[’']s?$")
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|be|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|t)\s+by\b"
)
_TWO, _FEW = 2, 1
Fault = Callable[[str, str, str], str]


def fault(sentence: str, span: str, around: str) -> str:
    """What is wrong with a sentence that the span should carry; empty where nothing is found.

    `around` is what the span stands in, with its title and headings: a name may stand there.
    """
    for check in _CHECKS:
        if found := check(sentence, span, around):
            return found
    return ""


def _figures(sentence: str, span: str, _: str) -> str:
    said, given = numbers(sentence), numbers(span)
    missing = [number for number in said if number not in given]
    if not missing:
        return ""
    others = [number for number in given if number not in said]
    if others:
        like = max(others, key=lambda number: _alike(number, missing[0]))
        return f"The passage says {like}, the sentence {missing[0]}."
    return f"The passage does not say {missing[0]}."


def _alike(one: str, other: str) -> tuple[bool, int]:
    """How easily one number is written for the other: as long, or beginning alike."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return len(one) == len(other), len(list(same))


def _percent(sentence: str, span: str, _: str) -> str:
    if numbers(sentence) and _PERCENT.search(sentence) and not _PERCENT.search(span):
        return "The passage does not say per cent."
    return ""


def _dates(sentence: str, span: str, _: str) -> str:
    said, given = _plain_all(_MONTHS, sentence), _plain_all(_MONTHS, span)
    missing = said - given
    if not missing:
        return ""
    other = given - said
    wrong = f"The passage says {min(other).title()}, the sentence " if other else "No passage says "
    return f"{wrong}{min(missing).title()}."


def _negation(sentence: str, span: str, _: str) -> str:
    said, given = _NEGATION.findall(sentence), _NEGATION.findall(span)
    if len(said) % 2 == len(given) % 2 and bool(said) == bool(given):
        return ""
    if len(said) > len(given):
        return f"The sentence says “{said[-1].lower()}”, the passage does not."
    return f"The passage says “{given[0].lower()}”, the sentence does not."


def _names(sentence: str, span: str, around: str) -> str:
    said, given = _named(sentence, span, around), _named(span, sentence, around)
    everything = f"{around}\n{span}"
    known, short = _folded(everything), initials(everything)
    here, mine = _folded(span), _folded(sentence)
    instead = [name for name in given if _stem(name) not in mine]
    unknown = [n for n in said if _stem(n) not in known and n.lower() not in short]
    first = _opening(sentence)
    if not unknown and first and instead and _stem(first) not in known | _folded(sentence[1:]):
        # It may have its capital only for the place; but a name of the passage is gone, too.
        unknown = [first]
    if unknown:
        return f"Nothing in the passage names {unknown[0]}."
    elsewhere = [n for n in said if _stem(n) not in here and n.lower() not in short]
    if elsewhere and instead:
        return f"The passage says {instead[0]} here, the sentence {elsewhere[0]}."
    return ""


def _modality(sentence: str, span: str, _: str) -> str:
    given = _HEDGE.search(span)
    if given is None or _HEDGE.search(sentence):
        return ""
    return f"The passage says “{given.group().lower()}”, the sentence states it as a fact."


def _strength(sentence: str, span: str, _: str) -> str:
    said = _plain_all(_STRONG, sentence) - _plain_all(_STRONG, span)
    return f"The sentence says “{min(said)}”, which the passage does not." if said else ""


def _opposites(sentence: str, span: str, _: str) -> str:
    mine, theirs = sentence.lower(), span.lower()
    for one, other in _OPPOSED:
        for said, given in ((one, other), (other, one)):
            here, there = _begins(said, mine), _begins(given, theirs)
            if here and there and not _begins(said, theirs) and not _begins(given, mine):
                return f"The passage says “{there}”, the sentence “{here}”."
    return ""


def _roles(sentence: str, span: str, around: str) -> str:
    here, mine = _folded(span), _folded(sentence)
    order = [name for name in _named(sentence, span, around) if _stem(name) in here]
    theirs = [name for name in _named(span, sentence, around) if _stem(name) in mine]
    said, given = list(map(_stem, order)), list(map(_stem, theirs))
    if len(said) < _TWO or sorted(said) != sorted(given) or said == given:
        return ""
    # More than two are often listed in another order; not where all else is the same.
    if len(said) > _TWO and len(mine - here) > _FEW:
        return ""
    if bool(_PASSIVE.search(sentence)) != bool(_PASSIVE.search(span)):
        return ""
    first = next(i for i, (one, other) in enumerate(zip(said, given, strict=True)) if one != other)
    return f"The passage says {theirs[first]} where the sentence says {order[first]}."


_CHECKS: tuple[Fault, ...] = (
    _figures,
    _percent,
    _dates,
    _negation,
    _names,
    _modality,
    _strength,
    _opposites,
    _roles,
)


def numbers(text: str) -> list[str]:
    """The numbers of a text in digits, each once, without separators of thousands."""
    found = [_bare(match.group(), text[match.end() :]) for match in _NUMBER.finditer(text)]
    found += [_COUNTS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _COUNTS]
    # "one of them" counts nothing.
    return [number for number in dict.fromkeys(found) if number not in {"1", "0"}]


def _bare(number: str, after: str) -> str:
    """The number without separators and leading zeros, times the word of a scale behind it."""
    whole = re.sub(r"[,\u00a0\u202f](?=\d{3}(?:\D|$))", "", number).rstrip(".,")
    whole = whole.lstrip("0") or "0"
    scale = _SCALED.match(after)
    if scale is None or not re.fullmatch(r"\d+(?:\.\d+)?", whole):
        return whole
    digits, _, fraction = whole.partition(".")
    zeros = _ZEROS[scale.group(1).lower()]
    return f"{digits}{fraction[:zeros]:0<{zeros}}".lstrip("0") or "0"


def _named(text: str, *others: str) -> list[str]:
    """The names of a text in their order, each once.

    A word that opens a sentence is a name where it is one elsewhere, also in the other texts.
    """
    certain = _certain(text).union(*map(_certain, others))
    found = [word for word, opens in capitals(text) if not opens or _stem(word) in certain]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def _certain(text: str) -> frozenset[str]:
    """The stems of the names that have a capital though they open no sentence, or inside."""
    return frozenset(
        _stem(word)
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


def _opening(sentence: str) -> str:
    """The word that opens the sentence where it may be a name."""
    words = capitals(sentence)
    return (
        words[0][0]
        if words and words[0][1] and sentence.lstrip(" \"“'(").startswith(words[0][0])
        else ""
    )


@lru_cache(maxsize=1024)
def _folded(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in re.findall(r"\w+(?:[’']\w+)*", text))


def _stem(word: str) -> str:
    small = unaccented(_POSSESSIVE.sub("", word).lower())
    return small[:-1] if len(small) > 3 and small.endswith("s") else small


def _plain_all(pattern: re.Pattern[str], text: str) -> set[str]:
    return {found.lower() for found in pattern.findall(text)}


def _begins(stem: str, text: str) -> str:
    found = re.search(rf"\b{stem}\w*", text)
    return found.group() if found else ""
