"""What was yet to come, or attempted in vain, where a statement says that it was done."""

import re
from collections.abc import Collection, Iterator

from assistant.answers.words import stems
from assistant.grounding.attributed import is_in_clause
from assistant.grounding.meanings import akin, may_be_a_verb
from assistant.grounding.operators import leaves_open, operators
from assistant.grounding.parts import first_verb
from assistant.grounding.small import LIGHT
from assistant.grounding.terms import Kind, is_irregular, key_of, terms
from assistant.retrieval.standalone import content_words

_TO_COME = re.compile(
    r"\b(?:(?:will|would|shall|going\s+to|(?:is|are|was|were|am)\s+(?:due\s+)?to|"
    r"(?:plan|propos|intend|aim|hop|seek|want|decid|decis|agre|promis|pledg|expect|appli|attempt|effort|"
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
    r"to\s+no\s+avail|without\s+success|but\s+(?:\w+\s+)?failed(?:,?\s+to)?)\b|\bunsuccessfully\s+[a-z]+|\b[a-z]+\s+unsuccessfully\b"
)
_MOST_OF_IT = 0.6
_ROOT = 4


def in_vain(sentence: str, span: str) -> str:
    """By what words the span tells as attempted in vain what the sentence says was done."""
    if _is_open(sentence) or not _is_about(sentence, span):
        return ""
    failed = (one for one in _FAILED.finditer(span) if is_in_clause(sentence, span, one))
    return next((" ".join(one[0].split()) for one in failed), "")


def _is_open(sentence: str) -> bool:
    """Whether the sentence itself says less than that it was done."""
    found = _TO_COME_SAID.search(sentence)
    return found is not None or any(leaves_open(one) for one in operators(sentence))


def _is_about(sentence: str, span: str) -> bool:
    said = stems(sentence)
    return len(said & stems(span)) >= _MOST_OF_IT * len(said)


def unfulfilled(sentence: str, span: str) -> str:
    """By what words the span has as still to come what the sentence says is or was so.

    Empty where the span tells of it as done, too: "after these plans to attack they attacked".
    """
    if _is_open(sentence) or not _is_about(sentence, span):
        return ""
    told = frozenset(_stated(sentence)) - LIGHT
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
