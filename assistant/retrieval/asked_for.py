"""What a question asks to be told, as it is spoken of after that: "the treaty that Hay signed"."""

import re

from assistant.retrieval.grammar import AUXILIARIES, PRONOUNS
from assistant.retrieval.names import RUN

_NO_THING = r"(?:year|day|month|time|else|about|exactly|then|more|happened|one|kind|sort|way)\b"
_WHICH_ONE = re.compile(
    rf"^\W*(?i:(?:and\s+)?(?:which|what))\s+(?P<np>(?!{_NO_THING})[a-z]{{3,}}(?<!s))\s"
    rf"(?i:{AUXILIARIES})\s"
)
_DID = re.compile(
    rf"^\W*(?i:(?:and\s+)?(?:which|what))\s+(?P<np>(?!{_NO_THING})[a-z]{{3,}}(?<!s))\sdid\s(?P<who>(?:the\s)?{RUN})\s"
    r"(?P<did>[a-z]{3,})(?P<rest>(?:\s[^?]{1,40}?)?)\s*\?*$"
)
_STANDS = re.compile(rf"\b(?:{PRONOUNS})\b", re.IGNORECASE)
# Of verbs that are no such, the past is formed by rule.
_PAST = {
    "become": "became",
    "begin": "began",
    "bring": "brought",
    "build": "built",
    "buy": "bought",
    "choose": "chose",
    "draw": "drew",
    "fight": "fought",
    "find": "found",
    "get": "got",
    "give": "gave",
    "have": "had",
    "hold": "held",
    "keep": "kept",
    "lead": "led",
    "leave": "left",
    "lose": "lost",
    "make": "made",
    "oversee": "oversaw",
    "put": "put",
    "say": "said",
    "see": "saw",
    "sell": "sold",
    "send": "sent",
    "set": "set",
    "sink": "sank",
    "speak": "spoke",
    "take": "took",
    "win": "won",
    "write": "wrote",
}
_ON_Y = re.compile(r"[^aeiou]y$")
_DOUBLES = re.compile(r"(?:^[^aeiou]*[aeiou][bdgklmnprt]|mit|fer|pel|cur)$")


def what_of(question: str) -> str:
    """What a question asks to be told, as "it" after that: the medal, of "Which medal did …".

    With who did what to it, where nothing of that is left to what was said.
    """
    told = _DID.match(question)
    if told and not _STANDS.search(question):
        return f"the {told['np']} that {told['who']} {past(told['did'])}{told['rest']}"
    found = _WHICH_ONE.match(question)
    return f"the {found['np']}" if found else ""


def past(verb: str) -> str:
    """The past of a verb."""
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if _ON_Y.search(verb):
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if _DOUBLES.search(verb) else f"{verb}ed"
