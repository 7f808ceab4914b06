"""Whether it is so of another, and why it was not: "Did France?", "Why not?"."""

import re

from assistant.retrieval.grammar import ASKS, AUXILIARIES, BE, CONJUNCTIONS
from assistant.retrieval.names import RUN

_WHETHER_OF = re.compile(
    rf"^\W*(?:(?:{CONJUNCTIONS})\s+)?(?P<aux>{AUXILIARIES})\s+(?P<name>(?:the\s+)?{RUN})"
    r"(?:,?\s+(?:too|also|as well|either))?\s*\?*$",
    re.IGNORECASE,
)
_WHETHER = re.compile(rf"^\W*(?P<asks>(?:{AUXILIARIES})\s.+)$", re.IGNORECASE)
_WH = re.compile(
    r"^\W*(?:(?:since|until)\s+when|when|where|why|how(?:\s+(?:long|often|soon))?)\s+"
    rf"(?P<asks>(?:{AUXILIARIES})\s.+)$",
    re.IGNORECASE,
)
# "Who signed the pact?", "Which of Mali and Chad left?": who did it is what is asked.
_WHO_DID = re.compile(
    rf"^\W*(?:who|which\s+of\s+(?P<those>(?:the\s+)?{RUN}(?:,\s+(?:the\s+)?{RUN})*"
    rf"(?:\s+and\s+(?:the\s+)?{RUN})?)|which(?:\s+(?!(?:{AUXILIARIES}|of)\b)[a-z-]+){{1,2}}?)\s+"
    rf"(?!(?:{AUXILIARIES}|else)\b)(?P<did>(?-i:[a-z])[a-z]*(?:\s[^?]+?)?)\s*\?*$",
    re.IGNORECASE,
)
# "Which of those who founded SEATO left?"
_OF_THOSE_WHO = re.compile(
    rf"^\W*which\s+of\s+(?P<those>those\s+who\s+[^?]*?{RUN})\s+(?P<did>(?-i:[a-z])[^?]*?)\s*\?*$",
    re.IGNORECASE,
)
_WHO_WAS = re.compile(
    rf"^\W*(?:who|which\s+[a-z-]+)\s+(?P<be>{BE}|has|have|had)\s+"
    r"(?!(?:the|an?)\s)(?P<rest>[a-z][^?]*?)\s*\?*$",
    re.IGNORECASE,
)
_FORMS = (BE, "do|does|did", "has|have|had")
_WHY_NOT = re.compile(
    rf"^\W*(?:(?:{CONJUNCTIONS})\s+)?(?P<why>why|pourquoi)\s+(?:not|pas|non)\s*\?*$", re.IGNORECASE
)
_AUX_AND_WHO = re.compile(
    rf"^(?P<aux>{AUXILIARIES})\s+(?P<who>(?:the\s+|an?\s+)?{RUN}|(?:the|an?)\s+[a-z-]+|"
    r"it|he|she|they|there|this|that)\s+(?P<rest>(?!(?:of|in|at|on|to|from|for|between|and|or)\b)\S.*)$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\bnot\b|n['’]t\b", re.IGNORECASE)


def whether_of(question: str) -> str:
    """Of whom alone a question asks whether it is so of him: "France" of "Did France?"."""
    found = _WHETHER_OF.match(question)
    return found["name"] if found else ""


def asked_whether(of_another: str) -> str:
    """Whether what was asked last is so, where it was asked or when, where or why; else nothing."""
    found = _WHETHER.match(of_another) or _WH.match(of_another)
    return _opened(found["asks"]) if found else ""


def with_another(question: str, asked: str) -> str:
    """Whether what was asked of one that does something is so of another; else nothing.

    "Was it ratified by the Senate?" is asked of what was done, and "Did Britain?" of who did it.
    """
    own, found = _WHETHER_OF.match(question), _WHETHER.match(asked) or _WH.match(asked)
    parts = _AUX_AND_WHO.match(found["asks"]) if found else None
    if own is None or parts is None or _verb(own["aux"]) != _verb(parts["aux"]):
        return ""
    return f"{_opened(parts['aux'])} {own['name']} {parts['rest']}"


def _verb(auxiliary: str) -> str:
    """Which verb a form is of, as far as questions are built alike with them."""
    word = auxiliary.lower()
    return next((forms for forms in _FORMS if re.fullmatch(forms, word)), word)


def among_those_who(name: str, asked: str) -> str:
    """Whether somebody is one of those that were asked for: "Who signed the pact?"."""
    if of := _OF_THOSE_WHO.match(asked):
        return f"Was {name} among {of['those']} and {of['did']}?"
    if was := _WHO_WAS.match(asked):
        return f"{_opened(was['be'].lower())} {name} {was['rest']}?"
    found = _WHO_DID.match(asked)
    return f"Was {name} among those who {found['did']}?" if found else ""


def is_why_not(question: str) -> bool:
    """Whether a question only asks why something is not so."""
    return _WHY_NOT.match(question) is not None


def why_not(question: str, asked: str) -> str:
    """Why what was asked is not so; empty where it was not asked whether it is, or nothing is."""
    found, whether = _WHY_NOT.match(question), _WHETHER.match(asked)
    if found is None or whether is None:
        return ""
    rest = whether["asks"]
    parts = None if _NOT.search(rest) else _AUX_AND_WHO.match(rest)
    if parts is None:
        return f"Why {rest[:1].lower()}{rest[1:]}" if _NOT.search(rest) else ""
    return f"Why {parts['aux'].lower()} {parts['who']} not {parts['rest']}"


def is_whether(words: str) -> bool:
    """Whether words that look like a name open on a verb: "Did France"."""
    return re.match(rf"(?:{AUXILIARIES}|{ASKS})\s", words, re.IGNORECASE) is not None


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]
