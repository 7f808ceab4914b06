"""What a state has elsewhere: relations that are restored, its legation in Iceland."""

import re

from assistant.retrieval.names import FRAME, KIND, RUN, names_in

_RELATIONS = r"(?:(?:diplomatic|consular)\s)?(?:relations|ties|contacts)"
_WITH = re.compile(
    rf"\b(?P<what>{_RELATIONS}|negotiations|talks)\s(?P<joint>with|on)\s(?P<whom>(?:the\s)?{RUN})"
)
_OF_RELATIONS = re.compile(
    r"\b(?:were|was|are|have|had)\s+(?:they|these|those)\s+(?:\w+\s+){0,2}?(?:re-?(?:stored|sumed|established|newed|"
    r"opened)|established|severed|broken|cut|normali[sz]ed|suspended|upgraded|interrupted|ended)\b",
    re.IGNORECASE,
)
_ESTABLISHED = re.compile(
    r"\bthe\s+(?P<noun>(?:american\s+|u\.?s\.?\s+)?(?:embassy|legation|consulate(?:[\s-]general)?|chancery|"
    r"mission|garrison|base|office))\b(?!\s+(?:in|at|to|of|near|statement)\b)",
    re.IGNORECASE,
)


def relations_in(question: str) -> str:
    """The relations with somebody that a question speaks of; empty where it speaks of none."""
    found = _WITH.search(question)
    return found.group() if found else ""


def relations_meant(question: str, asked: str) -> str:
    """The relations that "they" are that were restored, by whom they are with: no United States."""
    found = _WITH.search(asked) if _OF_RELATIONS.search(question) else None
    if found is None:
        return ""
    whom = found["whom"]
    if FRAME.fullmatch(whom.removeprefix("the ")):
        others = [one.group() for one in names_in(asked) if not FRAME.fullmatch(one.group())]
        whom = others[0] if others else whom
    return f"{found['what']} {found['joint']} {whom}"


def established_in(question: str) -> str:
    """The embassy or the like that a question speaks of without saying where it is."""
    found = _ESTABLISHED.search(question)
    return found["noun"] if found else ""


def with_its_place(question: str, place: str) -> str:
    """The question with the place of the embassy that it speaks of; else as it is."""
    found = _ESTABLISHED.search(question)
    if found is None or not place or KIND.search(place) or place in question:
        return question
    if any(not FRAME.fullmatch(one.group()) for one in names_in(question)):
        return question
    return f"{question[: found.end()]} in {place}{question[found.end() :]}"
