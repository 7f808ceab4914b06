"""What a text forbids or allows to do: the thing done has to be told, and that it is forbidden.

"The treaty forbids them to use it" needs a part of the text that speaks of its use and denies it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.denials import NEGATIVE
from assistant.grounding.meanings import akin, may_be_a_verb
from assistant.grounding.operators import Sense, operators
from assistant.grounding.permitted import ALLOWING, FORBIDDING
from assistant.grounding.predicates import behind, deed_of
from assistant.grounding.small import LIGHT
from assistant.grounding.terms import Kind, Term, key_of, terms
from assistant.phrases import phrase

# Of a preamble each part has a participle of its own with a capital.
_PARTS = re.compile(r"[;:]\s|[.!?]\s+(?=[A-Z“\"])|,\s+(?=[A-Z][a-z]+(?:ed|ing)\b)")
_REFRAINED = re.compile(
    r"\b(?:refrain|abstain|desist|illegal|unlawful|outlaw|renounc|immun|inviolab|only|"
    r"except|unless|contrary|violat|breach|cease|stop|free\s+from|restrict|limit)",
    re.IGNORECASE,
)
_PREVENTED = re.compile(r"\w*\s+(?:(?:the|a|an|any|all)\s+)?(?P<what>(?:\w+\s+){1,2})of\b")
_MODALS = frozenset(["may", "must", "shall"])
# "May not" forbids where a text lays down what is done; elsewhere it may be a guess.
_LAYS_DOWN = re.compile(r"\b(?:shall|undertakes?|prohibit\w*|entitled|obliged|Part(?:y|ies))\b")
_NEAR = 12
# So near, in words, what is done stands to what it is done to.
_BESIDE = 8
_MOST = 0.5
_USUAL = LIGHT | {key_of(one) for one in ("use", "have", "be", "do", "keep", "hold", "engage")}


@dataclass(frozen=True, slots=True)
class _Rule:
    word: str
    forbids: bool
    verb: Term
    objects: tuple[Term, ...]


def ruled_otherwise(sentence: str, span: str) -> str:
    """What is wrong where the span does not tell what may be done, or denies none of it."""
    rule = _rule(sentence)
    if rule is None or _may_guess(rule, span):
        return ""
    if rule.verb.key not in _USUAL and not _has(rule.verb, terms(span)):
        return phrase("words-nowhere", said=rule.verb.text)
    if not rule.forbids or any(
        _tells(rule, part) and _denies(rule, part) for part in _PARTS.split(span)
    ):
        return ""
    return phrase("words-nowhere", said=rule.word)


def tells_the_rule(sentence: str, span: str) -> bool:
    """Whether a part of the span forbids what the sentence does, or tells of what it allows."""
    rule = _rule(sentence)
    if rule is None or _may_guess(rule, span):
        return False
    parts = _PARTS.split(span)
    return any(_tells(rule, part) and _denies(rule, part) == rule.forbids for part in parts)


def _may_guess(rule: _Rule, span: str) -> bool:
    """Whether "may" or "may not" is said of a text that lays nothing down."""
    return rule.word.lower() in {"may", "may not"} and not _LAYS_DOWN.search(span)


@lru_cache(maxsize=1024)
def _rule(sentence: str) -> _Rule | None:
    deed, found = deed_of(sentence), terms(sentence)
    for i, one in enumerate(found[:-1]):
        if one.text.lower() == "not" and i and found[i - 1].text.lower() in _MODALS:
            objects = behind(sentence, found[i + 1 :])
            return _Rule(f"{found[i - 1].text} not", True, found[i + 1], objects)
        if one.text == "may" and may_be_a_verb(found[i + 1].key):
            return _Rule("may", False, found[i + 1], behind(sentence, found[i + 1 :]))
        if deed and one == deed.verb and one.key in ALLOWING | FORBIDDING:
            near = range(i + 1, min(len(found), i + _NEAR))
            for j in (each for each in near if _is_done(found, each)):
                objects = behind(sentence, found[j:])
                return _Rule(one.text, one.key in FORBIDDING, found[j], objects)
            return None
    return None


def _is_done(found: tuple[Term, ...], i: int) -> bool:
    """Whether a word is what somebody is allowed "to" do, or kept "from" doing."""
    before, small = found[i - 1].text.lower(), found[i].text.lower()
    if found[i].kind is not Kind.WORD or not may_be_a_verb(found[i].key):
        return False
    return before == "to" or (before == "from" and small.endswith("ing"))


def _tells(rule: _Rule, part: str) -> bool:
    found = terms(part)
    for i, one in enumerate(found):
        near = found[max(0, i - _BESIDE) : i + 1 + _BESIDE]
        if _has(rule.verb, (one,)):
            objects = [each for each in rule.objects if _has(each, near)]
            if not rule.objects or len(objects) > _MOST * len(rule.objects):
                return True
    return False


def _has(one: Term, given: tuple[Term, ...]) -> bool:
    return any(one.key == other.key or akin(one.key, other.key) for other in given)


def _denies(rule: _Rule, part: str) -> bool:
    if any(one.sense is Sense.NOT for one in operators(part)) or _REFRAINED.search(part):
        return True
    if any(one.key in FORBIDDING for one in terms(part)):
        return True
    return any(not _of_something_else(rule, part, one.end()) for one in NEGATIVE.finditer(part))


def _of_something_else(rule: _Rule, part: str, end: int) -> bool:
    """Whether what is prevented here is something of the thing: "the diversion of energy"."""
    behind_it = _PREVENTED.match(part, end)
    return behind_it is not None and not any(
        _has(one, terms(behind_it["what"])) for one in (rule.verb, *rule.objects)
    )
