"""What a question in a few words leaves out: "And Togo?" asks of Togo what was asked of Ghana."""

import re
from collections.abc import Sequence

_CAPITAL = r"(?:d['’])?(?-i:[A-ZÀ-Þ])[\w’'.]+"
_RUN = rf"{_CAPITAL}(?:[ -](?:(?:of|on|the|for|and|in|to|de|du|des|la|le) ){{0,2}}{_CAPITAL})*"
_OF_ANOTHER = re.compile(
    r"^\W*(?:(?:and|but)\s+)?(?:(?:what|how) about\s+|and\s+|et\s+|qu(?:['’])en est-il\s+)"
    r"(?:(?:for|with|of|in|to|from|by|avec|pour|en|au|aux|du|des|de|à|dans)\s+|d['’])?"
    rf"(?:(?P<the>the)\s+|(?:le|la|les)\s+|l['’])?(?P<name>{_RUN})\W*$",
    re.IGNORECASE,
)
# The word that opens a question is written large for no other reason.
_NAME = re.compile(rf"(?<=[\s'’(])(?<!^[\"'“«¿(]){_RUN}|^(?-i:[A-ZÀ-Þ]){{2,}}\b", re.IGNORECASE)
_THE = re.compile(r"\bthe $", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_PERSON = re.compile(r"(?<!-)\b(?:he|she|they|it|him|them|il|elle|ils|elles)\b", re.IGNORECASE)
# Whose doings are asked about as a rule, and seldom who is exchanged for another.
_FRAME = re.compile(
    r"(?:United States(?: of America)?|U\.?S\.?A?\.?|America|Washington|United Nations|UN|"
    r"Security Council|NATO|European Union|EU|OSCE|États-Unis|Nations Unies|ONU|OTAN|UE)",
    re.IGNORECASE,
)
# An office is not exchanged for who holds it.
_OFFICE = re.compile(
    r"(?:secretar|minist|president|ambassador|chief|director|general|chairman|commander)",
    re.IGNORECASE,
)


def filled_in(question: str, earlier: Sequence[str]) -> str:
    """The question in full where it only names something else to ask the last one of; else as is.

    `earlier` are the questions before it, oldest first, which may be as short themselves. Where
    it is not plain what the new name takes the place of, the question stays as it is.
    """
    before = ""
    for one in earlier:
        before = _asked_of(one, before) or one
    return _asked_of(question, before) or question


def _asked_of(question: str, before: str) -> str:
    found = _OF_ANOTHER.match(question)
    if found is None or not before or _OF_ANOTHER.match(before):
        return ""
    name = _POSSESSIVE.sub("", found["name"].rstrip("."))
    replaced, person = _replaced(name, before), _PERSON.search(before)
    if (replaced is None) is (person is None):
        return ""
    start, end = (replaced or person or found).span()
    if replaced is not None:
        end = start + len(_POSSESSIVE.sub("", replaced.group()))
    opening = _THE.sub("", before[:start])
    return f"{opening}{'the ' if found['the'] else ''}{name}{before[end:]}"


def _replaced(name: str, before: str) -> re.Match[str] | None:
    """The one name of a question that another of its kind can stand for; none where several can."""
    names = [one for one in _NAME.finditer(before) if not _OFFICE.match(one.group())]
    alike = bool(_FRAME.fullmatch(name))
    kin = [one for one in names if bool(_FRAME.fullmatch(one.group())) is alike]
    if not kin and len(names) == 1 and _PERSON.search(before) is None:
        kin = names
    return kin[0] if len(kin) == 1 else None
