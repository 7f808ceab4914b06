"""A sentence that joins several statements, as statements that can each be proved by itself."""

import re
from functools import lru_cache

from assistant.grounding.meanings import may_be_a_verb
from assistant.grounding.operators import is_operator
from assistant.grounding.terms import Kind, Term, is_irregular, terms

_JOINT = re.compile(
    r"(?:;|,?\s+(?:and|but|while|whereas|et|mais|tandis que|alors que))\s+"
    r"(?:(?:then|also|later)\s+)?"
)
# "The union, launched in 2002, succeeded the league"; "the pact, which was signed in May, ended".
_ASIDE = re.compile(
    r"(?P<subject>[^,;]{3,80}),\s+(?:(?:which|who|qui)\s+(?P<clause>[^,;]+)|(?P<done>\w+(?:ed|en|wn)\s[^,;]+)),"
    r"\s+(?P<rest>[^;]+)"
)
# Of what follows these a part says more, or something else, than the whole.
_BOUND = re.compile(
    r"^(?:if|unless|when|although|though|because|while|since|after|before|as|until|in case|neither|"
    r"either|both|si|quand|lorsque|bien que|comme)\b|\b(?:that|whether|if|unless|"
    r"respectively|que)\b",
    re.IGNORECASE,
)
_FINITE_LIST = (
    "is are was were has have had can may must will would should could does did might shall "
    "est sont était étaient fut furent ont avait peut peuvent doit doivent"
)
_FINITE = frozenset(_FINITE_LIST.split())
_BE = frozenset(["is", "are", "was", "were"])
# A participle or a noun follows these.
_NOT_BEFORE_LIST = (
    "the a an of by in on at for with from to its their his her this that these those be been "
    "being is are was were has have had not never by les des un une"
)
_NOT_BEFORE = frozenset(_NOT_BEFORE_LIST.split())
_BEHIND = re.compile(
    r"\s+(?:the|a|an|its|their|his|her|this|that|these|those|all|every|each|both|any|no|to|in|on|at|"
    r"for|with|from|into|by|[A-Z0-9])"
)
_LEAST = 2


@lru_cache(maxsize=1024)
def parts(sentence: str) -> tuple[str, ...]:
    """The statements that a sentence joins, in their order; none where it makes but one.

    A verb without a subject of its own has that of the statement before it.
    """
    found = _aside(sentence) or _joined(sentence)
    return found if all(_states(one) for one in found) else ()


def is_specific(statement: str) -> bool:
    """Whether it has a name or a figure behind its verb: "it denied the charge" has none."""
    verb = first_verb(statement)
    behind = [one for one in terms(statement) if verb and one.start >= verb.end]
    return any(one.kind in {Kind.NAME, Kind.NUMBER, Kind.MONTH} for one in behind)


def _aside(sentence: str) -> tuple[str, ...]:
    """What an aside says of the subject, and what the rest does."""
    match = _ASIDE.match(sentence)
    if match is None or _BOUND.search(match["subject"]) or first_verb(match["subject"]):
        return ()
    first = terms(match["rest"])[:1]
    if not first or not is_finite(match["rest"], terms(match["rest"]), 0):
        return ()
    said = match["clause"] or f"was {match['done']}"
    return f"{match['subject']} {said}.", f"{match['subject']} {match['rest']}"


def _joined(sentence: str) -> tuple[str, ...]:
    for joint in _JOINT.finditer(sentence):
        left, right = sentence[: joint.start()], sentence[joint.end() :]
        verb = first_verb(left)
        if verb is None or _BOUND.search(left):
            continue
        subject = _shared_subject(left, right, verb)
        if not subject and not (_stands_apart(joint[0], left, right) and first_verb(right)):
            continue
        right = f"{subject} {right}" if subject else f"{right[0].upper()}{right[1:]}"
        return f"{left}.", *(parts(right) or (right,))
    return ()


def _shared_subject(left: str, right: str, verb: Term) -> str:
    """The subject of a first statement, where the second begins with its verb; else empty."""
    found = terms(right)
    if not found or found[0].text[0].isupper():
        return ""
    small, is_done = found[0].text.lower(), verb.text.lower() in _BE
    if is_done and found[0].start == 0 and (small.endswith("ed") or is_irregular(small)):
        return left[: verb.end]
    alike = verb.text.endswith("s") and small.endswith("s") and may_be_a_verb(found[0].key)
    if alike or is_finite(right, found, 0):
        return left[: verb.start].rstrip()
    return ""


def _stands_apart(joint: str, left: str, right: str) -> bool:
    """Whether a joint stands between statements, rather than between two words of a name."""
    last = terms(left)[-1:]
    return joint[0] in ",;" or not (last and last[0].text[0].isupper() and right[0].isupper())


def _states(text: str) -> bool:
    telling = [one for one in terms(text) if one.kind is not Kind.COMMON and not is_operator(one)]
    return len(telling) >= _LEAST


def first_verb(text: str) -> Term | None:
    """The first finite verb behind a subject."""
    found = terms(text)
    return next((found[i] for i in range(1, len(found)) if is_finite(text, found, i)), None)


def is_finite(text: str, found: tuple[Term, ...], i: int) -> bool:
    """Whether a word is, as far as its form and neighbours tell, a verb that states something."""
    one, small = found[i], found[i].text.lower()
    if small in _FINITE:
        # "2021 est." is an estimate, and no French.
        return not text.startswith(".)", one.end)
    before = found[i - 1].text.lower() if i else ""
    if one.kind is not Kind.WORD or not may_be_a_verb(one.key) or before in _NOT_BEFORE:
        return False
    if small.endswith("ed") or is_irregular(small):
        return True
    named = i > 0 and found[i - 1].kind in {Kind.NAME, Kind.NUMBER}
    return small.endswith("s") and (named or bool(_BEHIND.match(text, one.end)))
