"""Denials: what one text denies and the other states."""

import re
from collections.abc import Mapping

from assistant.grounding.alignment import align, put_otherwise
from assistant.grounding.labels import is_labelled
from assistant.grounding.meanings import akin, mean_the_same, opposite
from assistant.grounding.operators import Sense, counts_by_head, denies_all_but, spelled
from assistant.grounding.reach import (
    denials_of,
    denied_by_any,
    denies,
    has_akin,
    is_content,
    never_was,
    reaches,
    said_of_none,
)
from assistant.grounding.senses import changed, occurrences
from assistant.grounding.sentences import sentences
from assistant.grounding.terms import Term, terms
from assistant.phrases import phrase

# "Not only" and "no more than" deny nothing.
_TURNING = frozenset({"only", "all", "more", "less", "fewer", "just", "merely", "later"})
# Words that deny without a small word for it.
NEGATIVE = re.compile(
    r"\b(?:prevent|prohibit|forbid|forbad|bann?(?:s|ed|ing)?\b|exempt|except|reject|rebuff|reluctan|hesita|"
    r"disagree|impossib|unable|unaccept|unwilling|unlike|undeterm|unrestrict|avoid|"
    r"exclud|too\s+\w+\s+to\b|rather\s+than|unsuccess|in\s+vain|barr?(?:s|ed|ing)\b)",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:only|alone|too\s+\w+\s+to|stop\w*|instead)\b", re.IGNORECASE)
_IN_VAIN = re.compile(r"\b(?:unsuccessful(?:ly)?|in vain|to no avail|without success|fail\w+)\b")
_OF_SEVERAL = frozenset(["neither", "nor"])
_NONE = re.compile(
    r"[^:\n]{1,60} — (?P<label>[^:\n]{1,60}):\s+(?:0(?![\d.,])|none\b|no\b)", re.IGNORECASE
)
# A denial of so few words: "not", "did not".
_FEW = 2


def denied(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where one of the two denies what the other states.

    Where both deny something, in words of their own, perhaps they deny the same.
    """
    span = _telling_it(sentence, span)
    if _fails(sentence) and _IN_VAIN.search(span):
        return []
    if _ONLY.search(sentence) and denies_all_but(span):
        return []
    if put_otherwise(sentence, span) and _both_deny(sentence, span):
        return _stated(sentence, span)
    if _denies_the_same(sentence, span) or _tells_of_none(sentence, span):
        return []
    return _denied(sentence, span)


def _tells_of_none(sentence: str, span: str) -> bool:
    """Whether a labelled line has none of what alone the sentence denies: "coastline: 0 km"."""
    none, denials = _NONE.match(span), denials_of(sentence)
    if none is None or len(denials) != 1 or not is_labelled(span):
        return False
    return any(has_akin(key, none["label"]) for key in denials[0].heads[:1])


def _denies_the_same(sentence: str, span: str) -> bool:
    """Whether what alone the sentence denies stands once in the span, and there behind a denial.

    Where another verb is denied, this holds for what stands behind it: "did not promise support"
    says what "did not contain provisions for support" does.
    """
    denials = denials_of(sentence)
    if len(denials) != 1 or NEGATIVE.search(sentence):
        return False
    heads, others = denials[0].heads, [one.heads[:1] for one in denials_of(span)]
    said = {one.key for one in terms(sentence) if is_content(one)}
    if len(others) > 1 and sum(not said.isdisjoint(each) for each in others) > 1:
        return False
    times, reached = occurrences(span), [*reaches(span)]
    known = [(key, one) for key in heads for one in _forms_in(key, times)]
    if not known:
        return False
    first, there = known[0]
    if first != heads[0] and any(opposite(heads[0], one) for one in times):
        return False
    return times[there] == 1 and any(there in one for one in reached)


def _forms_in(key: str, times: Mapping[str, int]) -> list[str]:
    """The word itself where a text has it, else those that mean the same."""
    return [key] if key in times else [one for one in times if mean_the_same(key, one)]


def _stated(sentence: str, span: str) -> list[str]:
    """What is wrong with a denial of what the span has before or beside its own denials alone."""
    last = {one.key: one.end for one in terms(span) if is_content(one)}
    denied_there = frozenset[str]().union(*reaches(span), *(one.heads for one in denials_of(span)))
    for one in denials_of(sentence):
        end = last.get(one.heads[0]) if one.heads else None
        if end is None or one.heads[0] in denied_there or NEGATIVE.search(sentence):
            continue
        # "He proposed to disarm them, but this was rejected."
        if not NEGATIVE.search(span, end) and not _IN_VAIN.search(span):
            return [phrase("denial-added", said=one.text.lower())]
    return []


def _fails(sentence: str) -> bool:
    """Whether failing is all that the sentence denies."""
    denials = denials_of(sentence)
    return bool(denials) and all(one.text.lower().startswith("fail") for one in denials)


def _telling_it(sentence: str, span: str) -> str:
    """The one sentence of a span that has all words which the span has, if one does.

    What the sentence beside it denies is another matter.
    """
    said = {one.key for one in terms(sentence) if is_content(one)}
    shared = said & {one.key for one in terms(span)}
    each = sentences(span)
    own = (one.text for one in each if all(has_akin(key, one.text) for key in shared))
    return next(own, span) if len(each) > 1 else span


def _both_deny(sentence: str, span: str) -> bool:
    """Whether both deny something; what is said of one thing only denies it of others."""
    said, given = bool(denials_of(sentence)), bool(denials_of(span))
    if said and given:
        return True
    return bool(NEGATIVE.search(span) if said else given and _negative_or_only(sentence))


def _negative_or_only(text: str) -> bool:
    return bool(NEGATIVE.search(text) or _ONLY.search(text))


def _denied(sentence: str, span: str) -> list[str]:
    added, dropped = changed(sentence, span)
    if Sense.NOT in added and (new := _denied_anew(sentence, span)):
        return [phrase("denial-added", said=new)]
    if Sense.NOT in dropped and _is_denied(sentence, span) and not _of_several(sentence, span):
        return [phrase("word-dropped", given=spelled(span, Sense.NOT))]
    if not denials_of(sentence) and (nobody := said_of_none(sentence, span)):
        return [phrase("word-dropped", given=nobody)]
    if not denials_of(sentence) and (never := never_was(sentence, span)):
        return [phrase("word-dropped", given=never)]
    more = len(denials_of(sentence)) > len(denials_of(span))
    if _denied_again(sentence, span) and (more or _denied_anew(sentence, span)):
        return [phrase("denied-twice")]
    return _left_out(sentence, span)


def _denied_anew(sentence: str, span: str) -> str:
    """The first denial of what the span does not deny: "never took Riga's" denies no town."""
    denied_there = {head for head, sense in counts_by_head(span) if sense is Sense.NOT}
    denied_there.update(denied_by_any(span))
    # "Ne … pas" is one denial.
    denials = (
        one for one in denials_of(sentence) if not (denied_there and one.text.lower() == "pas")
    )
    return next(
        (one.text.lower() for one in denials if not denied_there.intersection(one.heads[:1])), ""
    )


def _is_denied(sentence: str, span: str) -> bool:
    """Whether the span denies a word of the sentence itself, or has half of it behind a denial.

    "Not later than" denies nothing.
    """
    said = frozenset(one.key for one in terms(sentence) if is_content(one))
    first = [one.heads[0] for one in denials_of(span) if one.heads and one.heads[0] not in _TURNING]
    if any(akin(one, key) for one in first for key in said):
        return True
    return bool(first) and any(2 * len(said & one) >= len(said) for one in reaches(span))


def _of_several(sentence: str, span: str) -> bool:
    """Whether the span denies of each by "neither … nor" what the sentence denies of all."""
    given = denials_of(span)
    denied_there = {head for one in given for head in one.heads}
    return all(one.text.lower() in _OF_SEVERAL for one in given) and any(
        denied_there.intersection(one.heads) for one in denials_of(sentence)
    )


def _left_out(sentence: str, span: str) -> list[str]:
    """What is wrong where nothing but the denial is left out between words that both have."""
    for one in align(sentence, span).inner:
        denying = [term for term in one.given if denies(term)]
        bare = len(one.given) <= _FEW and not any(map(denies, one.said))
        if denying and bare and not any(_turns(term) for term in one.given):
            return [phrase("word-dropped", given=denying[0].text.lower())]
    return []


def _turns(term: Term) -> bool:
    return term.text.lower() in _TURNING


def _denied_again(sentence: str, span: str) -> bool:
    """Whether a word that both have as often is denied an even number of times in one alone."""
    said, given = counts_by_head(sentence), counts_by_head(span)
    mine, theirs = occurrences(sentence), occurrences(span)
    return any(
        sense is Sense.NOT
        and mine.get(head) == theirs.get(head) == 1
        and (count - given.get((head, sense), 0)) % 2
        for (head, sense), count in said.items()
    )
