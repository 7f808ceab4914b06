"""Who said a statement where it stands: what somebody claims is not so because he does."""

import re

from assistant.answers.words import stems
from assistant.grounding.parts import first_verb

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
_ENDS = re.compile(r"[,;:()—–]|\s-\s|(?<!\b[A-Z])[.!?](?=\s|$)")
_FEWEST = 2
_MOST_OF_IT = 0.6


def unattributed(sentence: str, span: str) -> str:
    """By what words the span leaves to somebody what the sentence says outright; else empty."""
    if _SAYING.search(sentence) or _REPORTED.search(sentence) or _speaks(sentence):
        return ""
    for match in _SAYING.finditer(span):
        before = span[: match.start()]
        clause = before[max((m.end() for m in _ENDS.finditer(before)), default=0) :]
        if not _TEXT.search(clause) and _is_of(sentence, span[match.end() :], clause):
            return " ".join(match[0].split())
    found = (one for one in _REPORTED.finditer(span) if is_in_clause(sentence, span, one))
    return next((one[0] for one in found), "")


def is_in_clause(sentence: str, span: str, word: re.Match[str]) -> bool:
    """Whether the clause of a word tells anything of the sentence that the rest does not."""
    ends = [*_ENDS.finditer(span)]
    start = max((one.end() for one in ends if one.end() <= word.start()), default=0)
    end = min((one.start() for one in ends if one.start() >= word.end()), default=len(span))
    # Of whom it tells stands where he is named first.
    verb = first_verb(sentence)
    said = stems(sentence[verb.start if verb else 0 :])
    rest = stems(f"{span[:start]} {span[end:]}")
    return bool((said & stems(span)) - rest) or not said & rest


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
