"""What a passage tells as demanded, offered, preferred not to or said about somebody, not as done.

"He demanded that she apologize" and "they offered to sell" tell of no apology and no sale.
"""

import re
from functools import lru_cache

from assistant.grounding.meanings import akin, mean_the_same
from assistant.grounding.operators import leaves_open, operators
from assistant.grounding.predicates import Deed, deed_of, governor
from assistant.grounding.terms import Kind, Term, is_irregular, keys_of, terms
from assistant.phrases import phrase

# Verbs, and nouns of them, that say what somebody wants of others or of himself.
_WANTING_LIST = (
    "demand propos request insist recommend suggest ask urg prefer offer invit appeal press push "
    "call plead wish want hop plan intend seek sought threaten favor favour advocat consider "
    "negotiat refus declin reject oppos resist promis pledg petition order instruct"
)
_WANTING = rf"(?:{'|'.join(_WANTING_LIST.split())})(?:e|es|ed|ing|s|al|als|ence|ion|ions|ment)?"
_THAT = re.compile(rf"\b{_WANTING}\b[^,.;:]{{0,40}}?\bthat\s+(?P<who>[^.;:]{{0,60}})$")
_INFINITIVE = re.compile(
    r"\b(?:demand|propos|request|ask|urg|prefer|offer|invit|appeal|press|push|call|plead|wish|"
    r"want|hop|plan|intend|seek|sought|threaten|promis|pledg|refus|declin|unwilling|reluctan|"
    r"hesitat|persuade|pressur|encourag|instruct|(?<!in )order|tr(?:y|ied|ies|ying)$|attempt)\w*"
    r"(?:\s+[\w’'.-]+){0,5}?\s+to\s+(?:\w+ly\s+|also\s+|then\s+|not\s+)*[“\"]?$"
)
_RATHER = re.compile(r"\b(?:rather|other)\s+than\s+(?:to\s+)?(?:\w+ly\s+)*[“\"]?$")
_NOT_DONE = re.compile(
    r"\b(?:rather\s+than|instead\s+of|without|refrain(?:ed|ing|s)?\s+from|short\s+of|opposed\s+to|"
    r"against|(?:prevent|stop|keep|kept|bar|barr|prohibit|dissuad|deter|discourag)\w*\s[^.;,]{1,40}\sfrom)"
    r"\s+(?:\w+ly\s+|ever\s+|also\s+|either\s+)*[“\"]?$"
)
_BLAMED = re.compile(
    r"\b(?:blam|accus|charg(?:ed|es|ing)\s|suspect|alleg|singl|denounc|condemn|critici[sz]|attack|"
    r"fault|vilif|smear)\w*[^.;:]{0,40}?\s(?:for|of|with)\s+(?:having\s+(?:been\s+)?)?[“\"‘]?$"
)
_CANDIDATE = re.compile(
    r"\b(?:candida\w+|ran|run(?:ning)?|bid|stood|campaign\w*|compet\w+|appl(?:y|ied)|nomine\w+|"
    r"consider\w*|contend\w*)\s+(?:[\w’'-]+\s+){0,6}?for\s+(?:(?!to\s)[\w’'-]+\s+){0,3}$"
)
# A stem of so many letters tells what words of it have in common: "apology", "apologize".
_STEM = 4
# So many telling words behind a verb may be what is done.
_FIRST = 3
# What becomes of a thing that was offered or proposed, where it is carried out.
_REALIZING = keys_of(
    "pay give grant provide receive get obtain gain win secure acquire achieve hold own lease buy "
    "become create establish found form build sign adopt ratify enact pass conclude implement"
)
_TENSED = re.compile(r"\b(?:had|has|have|was|were|did|could|would|that)\b")
_DIRECT = re.compile(
    r"(?:offer|propos|suggest|demand|request|seek|sought|reject|refus|oppos|urg)\w*"
)


def undone(sentence: str, span: str) -> str:
    """What is wrong where the span does not have as done what the sentence does; else empty."""
    frame = _undone(sentence, span)
    return phrase("not-done", frame=frame) if frame else ""


def _undone(sentence: str, span: str) -> str:
    """By what words the span leaves open or denies the deed of the sentence wherever it has it."""
    deed = deed_of(sentence)
    if deed is None or _is_open(sentence):
        return ""
    found = [one for one in terms(span) if _is_deed(deed.verb, one)]
    if found:
        frames = [_frame(span, one) for one in found]
        return frames[0] if all(frames) else ""
    return _object_wanted(deed, span)


def _is_open(sentence: str) -> bool:
    """Whether the sentence itself says less than that it was done."""
    return any(leaves_open(one) for one in operators(sentence)) or any(
        re.fullmatch(_WANTING, one.text.lower()) for one in terms(sentence)
    )


def _is_deed(verb: Term, one: Term) -> bool:
    return one.kind is not Kind.NAME and (
        one.key == verb.key or mean_the_same(one.key, verb.key) or _begins(one.key, verb.key)
    )


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _STEM and long.startswith(short) and akin(one, other)


@lru_cache(maxsize=2048)
def _frame(span: str, one: Term) -> str:
    """By what words a word of the span is not told as done; else empty."""
    before = _sentence_before(span, one.start)
    small = one.text.lower()
    if small.endswith("ing"):
        match = _NOT_DONE.search(before) or _BLAMED.search(before)
    elif _is_bare(small):
        match = _RATHER.search(before) or _INFINITIVE.search(before) or _demanded(before)
    else:
        match = None
    if match:
        return " ".join(f"{match[0]}{one.text}".split())
    return _wanted(span, one)


def _run_for(span: str, one: Term) -> str:
    """By what words somebody wanted the office or thing that a word of the span stands for."""
    match = _CANDIDATE.search(_sentence_before(span, one.start))
    return " ".join(f"{match[0]}{one.text}".split()) if match else ""


def _demanded(before: str) -> re.Match[str] | None:
    """What somebody wants that another do, where the verb stands in no tense."""
    match = _THAT.search(before)
    return match if match and not _TENSED.search(match["who"]) else None


def _wanted(span: str, one: Term) -> str:
    """By what verb the span has a thing as wanted or refused, or as an infinitive's that is."""
    found = terms(span)
    verb = governor(span, found.index(one))
    if verb is None or "," in span[verb.end : one.start]:
        return ""
    if _DIRECT.fullmatch(verb.text.lower()):
        return " ".join(span[verb.start : one.end].split())
    return _frame(span, verb) if _is_bare(verb.text.lower()) else ""


def _sentence_before(span: str, start: int) -> str:
    """What stands before a place in its sentence, marks of quotation kept."""
    before = span[:start]
    ends = [one.end() for one in re.finditer(r"[;:()]|[.!?](?=\s+[A-Z“\"])", before)]
    return before[max(ends, default=0) :]


def _is_bare(small: str) -> bool:
    """Whether a verb stands as it does after "to": "that she apologize"."""
    return (
        not small.endswith(("ed", "ing"))
        and not is_irregular(small)
        and (not small.endswith("s") or small.endswith("ss"))
    )


def _object_wanted(deed: Deed, span: str) -> str:
    """By what words the span has what the deed is done to as wanted or refused alone."""
    if deed.passive or not deed.objects or deed.verb.key not in _REALIZING:
        return ""
    found, last = terms(span), deed.objects[:_FIRST][-1]
    frames = [_wanted(span, one) or _run_for(span, one) for one in found if one.key == last.key]
    return frames[0] if frames and all(frames) else ""
