"""On what condition, with what exception and when alone a statement holds where it stands."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from assistant.answers.words import stems
from assistant.grounding.clauses import lacking_in
from assistant.grounding.meanings import akin
from assistant.grounding.operators import Sense, leaves_open, operators
from assistant.grounding.terms import Kind, terms

_CONDITION = re.compile(
    r"\b(?:only\s+(?:if|when|after|with)|(?<!as )(?<!even )if|unless|provided\s+that|subject\s+to"
    r"|on\s+(?:the\s+)?condition|(?:as|so)\s+long\s+as|in\s+(?:case|the\s+event)|à\s+moins"
    r"|à\s+condition|seulement\s+si|(?P<but>except(?:ing)?(?:\s+(?:for|that|in|when))?|other\s+than"
    r"|apart\s+from|sauf|excepté|hormis))\b",
    re.IGNORECASE,
)
# What is excepted are the next words: the sentence may go on behind them.
_EXCEPTED = re.compile(
    r"(?:\s+(?:the|a|an|les?|la)\b)?\s+[\w’'-]+(?:\s+(?:and|or|et|ou)\s+[\w’'-]+)?"
)
_EXCEPTION = re.compile(
    r"\b(?:except(?:ing)?(?:\s+for)?|excluding|other\s+than|apart\s+from|with\s+the\s+exception\s+of|"
    r"save\s+for|but\s+not|sauf|hormis|excepté)\s+(?:the\s+)?"
    r"(?P<names>[A-ZÀ-Þ][\w’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*)*)"
)
# What somebody does as he thinks right is no duty.
_AT_WILL = re.compile(
    r"\b(?:(?:as|which|that|such\s+\w+\s+as)\s+(?:it|they|each|he|she)\s+(?:may\s+)?"
    r"(?:deems?|considers?|thinks?|sees?|judges?)\s+(?:necessary|fit|appropriate|desirable|proper)"
    r"|at\s+(?:its|their|his|her)\s+(?:own\s+)?discretion)\b"
)
_ENDS = re.compile(r"[,;:()—–]|\s-\s|(?<!\b[A-Z])[.!?](?=\s|$)")
_SENTENCE_ENDS = re.compile(r"(?<!\b[A-Z])[.!?](?=\s)")
# What may or must be done, of which it matters when and by whom.
_MODAL = re.compile(
    r"\b(?:may|must|can|shall|right\s+to|oblig\w+|requir\w+|entitl\w+|allow\w*|permit\w*|"
    r"authori[sz]\w+|bound\s+to|duty\s+to|ha(?:s|ve)\s+to|peu(?:t|vent)|doi(?:t|vent)|droit\s+de)\b"
)
_ONLY_THEN = re.compile(
    r"[\w’'-]*\s+(?:in\s+(?:[a-z-]+\s+){0,2}(?:circumstances?|cases?|situations?|emergenc(?:y|ies)|"
    r"times?\s+of|wartime|peacetime|cris[ei]s)\b|(?:that|who|which)\s+(?:is|are|was|were|has|have|"
    r"had)\b|(?:dans|en)\s+(?:des?\s+|les\s+)?(?:cas|circonstances|situations?)\b|"
    r"qui\s+(?:est|sont)\b)[^.;,]*"
)
# Behind these stands what is said to make no difference.
_REGARDLESS = re.compile(
    r"\b(?:whatever|whichever|regardless\s+of|irrespective\s+of|no\s+matter|even\s+(?:if|when|without)|"
    r"whether\s+or\s+not|quel(?:le)?s?\s+que|même\s+(?:si|sans))\b",
    re.IGNORECASE,
)
_FEWEST = 2
# So much of what is said in a condition is not said to be so.
_SUPPOSED = 0.8
_MOST_OF_IT = 0.6


def unconditional(sentence: str, span: str) -> str:
    """The condition or exception of the span, if the sentence says the rest without one."""
    if _CONDITION.search(sentence):
        return ""
    said = stems(sentence)
    for condition, rest in _conditions(span):
        own, shared = stems(condition), said & stems(rest)
        left_out = own and not own & said and len(shared) >= _MOST_OF_IT * len(said)
        supposed = len(said) >= _FEWEST and len(own & said) >= _SUPPOSED * len(said)
        if supposed or (left_out and _is_limited(said, condition, span)):
            return condition.strip()
    return ""


def _is_limited(said: Collection[str], condition: str, span: str) -> bool:
    """Whether no other clause has more of what is said than the one of the condition.

    That is what stands before it up to a stop, else all before or behind it in its sentence.
    """
    start = span.find(condition)
    before, behind = span[:start], span[start + len(condition) :]
    left = _clauses_of(before)
    clause = left[-1] if left else ""
    first = max((one.end() for one in _SENTENCE_ENDS.finditer(before)), default=0)
    if len(stems(clause)) < _FEWEST:
        clause = before[first:]
    if len(stems(clause)) < _FEWEST:
        clause = behind
    mine = len(stems(clause).intersection(said))
    others = (one for one in (*left, *_clauses_of(behind)) if one not in clause)
    return all(len(stems(one).intersection(said)) <= mine for one in others)


def _clauses_of(text: str) -> list[str]:
    return _ENDS.split(text)


def conditioned(sentence: str, span: str) -> str:
    """The condition of the span that the sentence says makes no difference; else empty."""
    found = _REGARDLESS.search(sentence)
    if found is None or _REGARDLESS.search(span):
        return ""
    end = _ENDS.search(sentence, found.end())
    said = stems(sentence[found.end() : end.start() if end else None])
    return next((one.strip() for one, _ in _conditions(span) if said & stems(one)), "")


def excepted(sentence: str, span: str) -> str:
    """By what words the span excepts a name of which the sentence says the rest; else empty."""
    if _CONDITION.search(sentence) or any(leaves_open(one) for one in operators(sentence)):
        return ""
    names = {one.key for one in terms(sentence) if one.kind is Kind.NAME}
    said = {one.key for one in terms(sentence) if one.kind is not Kind.COMMON} - names
    for match in _EXCEPTION.finditer(span):
        before = {one.key for one in terms(span[: match.start()])}
        shared = sum(any(akin(key, one) for one in before) for key in said)
        out = [one.key for one in terms(match["names"])]
        if said and shared >= _MOST_OF_IT * len(said) and names.issuperset(out):
            return match[0].strip()
    return ""


def left_to_somebody(sentence: str, span: str) -> str:
    """By what words the span leaves to somebody what the sentence makes a duty; else empty."""
    at_will = _AT_WILL.search(span)
    if at_will is None or _AT_WILL.search(sentence):
        return ""
    duty = any(one.sense is Sense.MUST for one in operators(sentence))
    return at_will[0] if duty else ""


def unrestricted(sentence: str, span: str) -> str:
    """When or of whom alone the span says behind a sentence's last word what may or must be."""
    telling = [one for one in terms(sentence) if one.kind is not Kind.COMMON]
    if not telling or not _MODAL.search(sentence):
        return ""
    for one in terms(span):
        when = _ONLY_THEN.match(span, one.end) if one.key == telling[-1].key else None
        if when and not lacking_in(sentence, span[: one.end]):
            own = {each.key for each in terms(when[0]) if each.kind is not Kind.COMMON}
            if not own & {each.key for each in telling}:
                return when[0].strip()
    return ""


@lru_cache(maxsize=1024)
def _conditions(span: str) -> tuple[tuple[str, str], ...]:
    """Each condition of a text, and the text without it."""
    return tuple(_split(span))


def _split(span: str) -> Iterator[tuple[str, str]]:
    for match in _CONDITION.finditer(span):
        end = _ENDS.search(span, match.end())
        stop = end.start() if end else len(span)
        if match["but"] and (excepted := _EXCEPTED.match(span, match.end())):
            stop = min(stop, excepted.end())
        yield span[match.start() : stop], f"{span[: match.start()]} {span[stop:]}"
