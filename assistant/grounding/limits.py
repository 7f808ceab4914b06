"""What limits a statement where it stands and is gone from who repeats it.

Who said it, on what condition, with what exception, and that it was yet to come.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from assistant.answers.words import stems
from assistant.grounding.clauses import lacking_in
from assistant.grounding.meanings import akin, may_be_a_verb
from assistant.grounding.operators import Operator, Sense, operators
from assistant.grounding.parts import first_verb
from assistant.grounding.small import LIGHT
from assistant.grounding.terms import Kind, is_irregular, key_of, terms
from assistant.phrases import phrase
from assistant.retrieval.standalone import content_words

_SAID_LIST = (
    "said says say stated states state claim claims claimed alleged alleges argue argues argued "
    "contend contends contended assert asserts asserted insist insists insisted accuse accused "
    "believe believes believed thought complained suggest suggests suggested declared denied "
    "denies deny rejected testified feared fear fears warned warns predicted predicts hoped hopes "
    "maintained maintains reported reports estimated expected rumours rumors allegations "
    "allegation charge accusation accusations belief report suspicion affirme affirmait affirment "
    "prétend prétendent déclare déclaré nie estime estiment craint"
)
# Small letters alone: the United States found that much is so.
_SAYING = re.compile(
    rf"\b(?:{'|'.join(_SAID_LIST.split())})"
    r"(?:\s+[a-zà-ÿ]+)?\s+(?:that|qu[e’'])(?:\s|\b)"
)
_REPORTED = re.compile(
    r"\b(?:falsely|allegedly|reportedly|supposedly|purportedly|wrongly|prétendument)\b",
    re.IGNORECASE,
)
# What a text lays down is not somebody's opinion.
_TEXT = re.compile(
    r"\b(?:articles?|treat(?:y|ies)|charter|paragraphs?|sections?|constitution|law|act|documents?|"
    r"resolutions?|agreements?|conventions?|protocols?|declarations?|concept|doctrine|text|terms|"
    r"polic(?:y|ies)|regulations?|directives?|guidelines|rules?|traité|charte|texte|accord)\b",
    re.IGNORECASE,
)
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
_TO_COME = re.compile(
    r"\b(?:(?:will|would|shall|going\s+to|(?:is|are|was|were|am)\s+(?:due\s+)?to|"
    r"(?:plan|propos|intend|aim|hop|seek|want|decid|decis|agre|promis|pledg|expect|attempt|effort|"
    r"tr(?:y|ies|ied|ying)|fail|refus|declin|threaten|prepar|reluctan)\w*\s+to)\s+"
    r"(?:\w+ly\s+|be\s+|have\s+(?:been\s+)?|also\s+|not\s+|then\s+)*)(?P<deed>[a-z]{3,})"
)
# In the sentence words may stand between: "agreed in London to intervene".
_TO_COME_SAID = re.compile(
    rf"{_TO_COME.pattern}|\b(?:agre|plan|propos|intend|offer|promis|pledg)\w*(?:\s+[\w’'-]+){{1,4}}\s+to\s"
)
_TO = re.compile(r"\bto\s+(?:be\s+|\w+ly\s+)*$")
# What was attempted in vain was not done.
_FAILED = re.compile(
    r"\b(?:attempt|tr(?:y|ied)|effort|sought|hop)\w*\b[^.;]*\b(?:unsuccessful(?:ly)?|in\s+vain|"
    r"to\s+no\s+avail|without\s+success)\b|\bunsuccessfully\s+[a-z]+|\b[a-z]+\s+unsuccessfully\b"
)
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
_EVERY = frozenset(
    ["all", "every", "always", "everyone", "everywhere", "entire", "entirely", "tous", "toutes"]
)
_WHOLE = _EVERY | {"each", "any", "whole", "only"}
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|as a result of|in response to|parce que|"
    r"en raison de|à cause de)\b",
    re.IGNORECASE,
)
_CAUSED = re.compile(
    r"\b(?:because|due|owing|thanks|result\w*|respon\w+|therefore|consequen\w*|caus\w+|led|lead\w*|"
    r"reason\w*|since|so|thus|hence|prompt\w*|trigger\w*|fear\w*|as|why|effect\w*|attribut\w+|after|"
    r"from|given|parce que|en raison|car|afin)\b",
    re.IGNORECASE,
)
_OPEN = frozenset({Sense.WILL, Sense.PLAN, Sense.MAY, Sense.SHOULD, Sense.MUST, Sense.NOT})
_FEWEST = 2
# So much of what is said in a condition is not said to be so.
_SUPPOSED = 0.8
_MOST_OF_IT = 0.6
_ROOT = 4


def limit(sentence: str, span: str) -> str:
    """What is wrong where the span limits what the sentence says without limit; else empty."""
    if frame := unattributed(sentence, span):
        return phrase("said-by-somebody", frame=frame)
    for check in (unconditional, not_of_all, unrestricted):
        if condition := check(sentence, span):
            return phrase("limited", condition=condition)
    if limited := excepted(sentence, span) or left_to_somebody(sentence, span):
        return phrase("limited", condition=limited)
    deed = unfulfilled(sentence, span)
    return phrase("to-come", deed=deed) if deed else ""


def unattributed(sentence: str, span: str) -> str:
    """By what words the span leaves to somebody what the sentence says outright; else empty."""
    if _SAYING.search(sentence) or _REPORTED.search(sentence) or _speaks(sentence):
        return ""
    for match in _SAYING.finditer(span):
        before = span[: match.start()]
        clause = before[max((m.end() for m in _ENDS.finditer(before)), default=0) :]
        if not _TEXT.search(clause) and _is_of(sentence, span[match.end() :], clause):
            return " ".join(match[0].split())
    found = (one for one in _REPORTED.finditer(span) if _is_in_clause(sentence, span, one))
    return next((one[0] for one in found), "")


def _is_in_clause(sentence: str, span: str, word: re.Match[str]) -> bool:
    """Whether the clause of a word tells anything of the sentence that the rest does not."""
    ends = [*_ENDS.finditer(span)]
    start = max((one.end() for one in ends if one.end() <= word.start()), default=0)
    end = min((one.start() for one in ends if one.start() >= word.end()), default=len(span))
    # Of whom it tells stands where he is named first.
    verb = first_verb(sentence)
    said = stems(sentence[verb.start if verb else 0 :])
    rest = stems(f"{span[:start]} {span[end:]}")
    return bool((said & stems(span)) - rest) or not said & rest


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


def not_of_all(sentence: str, span: str) -> str:
    """By what word the span says of most or some what the sentence says of all; else empty."""
    said, given = _amounts(sentence), _amounts(span)
    if not said.keys() & _EVERY or given.keys() & _WHOLE or Sense.SOME in said.values():
        return ""
    return next((word for word, sense in given.items() if sense is Sense.SOME), "")


def _amounts(text: str) -> dict[str, Sense]:
    return {one.text.lower(): one.sense for one in operators(text)}


def unfounded(sentence: str, span: str) -> str:
    """What is wrong where the sentence makes one fact the cause of another; else empty.

    Told where the span has no word that could say so, not even "after".
    """
    cause = _CAUSE.search(sentence)
    return phrase("word-added", said=cause[0]) if cause and not _CAUSED.search(span) else ""


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


def _speaks(sentence: str) -> bool:
    words = set(re.findall(r"[^\W\d_]+", sentence.lower()))
    return bool(words & set(_SAID_LIST.split())) or "according" in words or "selon" in words


def _is_of(sentence: str, behind: str, frame: str) -> bool:
    """Whether the sentence is made of what stands behind the frame, and not of who says it."""
    said = stems(sentence)
    return (
        len(said & stems(behind)) >= _MOST_OF_IT * len(said)
        and len(said) >= _FEWEST
        and not (stems(frame) - stems(behind)) & said
    )


def unfulfilled(sentence: str, span: str) -> str:
    """By what words the span has as still to come what the sentence says is or was so.

    Empty where the span tells of it as done, too: "after these plans to attack they attacked".
    """
    if _TO_COME_SAID.search(sentence) or any(leaves_open(one) for one in operators(sentence)):
        return ""
    said = stems(sentence)
    told = frozenset(_stated(sentence)) - LIGHT
    if len(said & stems(span)) < _MOST_OF_IT * len(said):
        return ""
    failed = (one for one in _FAILED.finditer(span) if _is_in_clause(sentence, span, one))
    if one := next(failed, None):
        return one[0]
    # What shall be done is a rule, which may be told as what is done.
    rule = _is_present(sentence)
    to_come = [
        one
        for one in _TO_COME.finditer(span)
        if content_words(one["deed"]) and not (rule and one[0].startswith("shall "))
    ]
    done = _done(span, [one.start("deed") for one in to_come])
    for one in to_come:
        deed = key_of(one["deed"])
        # "Used" may stand for "old", which is no deed.
        meant = [key for key in told if akin(deed, key) and _may_be_done(key, deed)]
        if meant and not any(akin(key, each) for key in meant for each in done):
            return " ".join(one[0].split())
    return ""


def _is_present(sentence: str) -> bool:
    verb = first_verb(sentence)
    small = verb.text.lower() if verb else ""
    return (small.endswith("s") and small != "was") or small in {"are", "have"}


def _stated(sentence: str) -> Iterator[str]:
    """The words of a sentence, but for those behind "to": these it leaves open itself."""
    for one in terms(sentence):
        if one.kind is Kind.WORD and not _TO.search(sentence[: one.start]):
            yield one.key


def _may_be_done(key: str, deed: str) -> bool:
    return may_be_a_verb(key) or key[:_ROOT] == deed[:_ROOT]


def _done(span: str, to_come: Collection[int]) -> frozenset[str]:
    """The verbs of a text that have the form of what was done, but for those still to come."""
    return frozenset(
        one.key
        for one in terms(span)
        if one.kind is Kind.WORD
        and one.start not in to_come
        and (one.text.endswith("ed") or is_irregular(one.text.lower()))
    )


def leaves_open(one: Operator) -> bool:
    """Whether it says less than that something is so; "May" is a month."""
    return one.sense in _OPEN and one.text[0].islower()
