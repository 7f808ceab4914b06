"""Where in a question the name stands that another takes the place of."""

import re
from collections.abc import Sequence

from assistant.retrieval.groups import ends_like_a_people, is_whose
from assistant.retrieval.names import (
    FRAME,
    KIND,
    RUN,
    kind_of,
    names_in,
)

POSSESSIVE = re.compile(r"['’]s?$")
_OWNS = re.compile(r"(?:['’]s|s['’])$")
PERSON = re.compile(r"(?<!-)\b(?:he|she|they|it|him|them|il|elle|ils|elles)\b", re.IGNORECASE)
# Who acts on something: "How did France react to the crisis?"
_ACTS = re.compile(
    rf"\b(?:did|do|does|has|have|had|will|would)\s+(?:the\s+)?(?P<who>{RUN})\s+[a-z]+\s"
    r"(?=(?:to|in|from|for|about|against|on)\s)"
)
_STATE = re.compile(r"\b(?:Union|Kingdom|Republic|Federation|Emirates|States)\b")
# "Joint Force Command Naples", "Treaty of Ghent": what follows is exchanged by a name alone.
KIND_BEFORE = re.compile(
    rf"^(?:.*\s)?(?:(?i:{KIND.pattern})\s+|(?:Treaty|Battle|Peace|Siege|Congress)\s+of\s+(?:the\s+)?)"
    r"(?=[A-ZÀ-Þ][a-zà-ÿ])"
)
_ON = re.compile(r"\b(?:say|says|said|states?|provides?)\s+(?:about|on|of)\s+(?:the\s+)?$", re.I)
# "La France a-t-elle bénéficié du plan Marshall ?"
_ACTS_IN_FRENCH = re.compile(
    r"^\W*(?:(?:quand|comment|pourquoi|où|depuis quand)\s+)?(?:(?:le|la|les)\s+|l['’])?"
    rf"(?P<who>{RUN})\s+(?:(?:en|y|se|le|la|les)\s+|[ls]['’])?[\wà-ÿ]+-(?:t-)?(?:ils?|elles?)\b",
    re.IGNORECASE,
)
_BEFORE_A_NAME = r"\b{}\s+(?:the\s+)?$"

_YEAR = re.compile(r"\b\d{4}\b")
_OF_TIME = frozenset(["in", "since", "before", "after", "during", "by", "en"])
_ASKS_FOR_A_TIME = re.compile(r"^\W*(?:when|since when|how long|quand|what year)\b", re.IGNORECASE)


def replaced_in(name: str, before: str, preposition: str, about: str) -> tuple[int, int] | None:
    """Where the one name stands that another of its kind can stand for; None where several can."""
    names = names_in(before)
    if is_nation(name) and not ends_like_a_people(name):
        # A country takes the place of no adjective: "Dutch troops", "And Oman?"
        names = [one for one in names if not is_whose(one)]
    alike = bool(FRAME.fullmatch(name))
    kin = [one for one in names if bool(FRAME.fullmatch(one.group())) is alike]
    actors = [one for one in names if FRAME.fullmatch(one.group())]
    if actors and not alike and is_nation(name) and all(_is_a_matter(one) for one in kin):
        kin = actors  # "How did the United States react to the Suez Crisis?", "And France?"
    if not kin and len(names) == 1 and PERSON.search(before) is None:
        kin = names
    chosen = _the_one(name, kin, preposition, about)
    return None if chosen is None else _span_of(name, chosen)


def owner_in(before: str) -> tuple[int, int] | None:
    """Where the one name stands that has something: "Eritrea" of "Eritrea's coastline"."""
    owners = [one for one in names_in(before) if _OWNS.search(one.group())]
    if len(owners) != 1:
        return None
    return owners[0].start(), owners[0].start() + len(POSSESSIVE.sub("", owners[0].group()))


def in_another_year(year: str, preposition: str, before: str) -> str:
    """The last question of another year, or of a year at all, unless it asks for one."""
    years = _YEAR.findall(before)
    if len(years) == 1:
        return _YEAR.sub(year, before)
    if years or preposition not in _OF_TIME or _ASKS_FOR_A_TIME.match(before):
        return ""
    end = before[len(before.rstrip(" ?.!")) :]
    return f"{before.rstrip(' ?.!')} {preposition} {year}{end}"


def _the_one(
    name: str, kin: Sequence[re.Match[str]], preposition: str, about: str
) -> re.Match[str] | None:
    """The one of its kin that a name takes the place of, by ever less sure signs."""
    if len(kin) < 2:
        return kin[0] if kin else None
    kind = kind_of(name)
    after = re.compile(_BEFORE_A_NAME.format(re.escape(preposition)), re.IGNORECASE)
    signs = (
        [one for one in kin if kind and kind_of(one.group()) == kind],
        [one for one in kin if preposition and after.search(one.string[: one.start()])],
        [one for one in kin if not kind and _ON.search(one.string[: one.start()])],
        [one for one in kin if _is_a_matter(one) is not is_nation(name)],
    )
    for alike in signs:
        if len(alike) == 1:
            return alike[0]
    asked = kin[0].string
    acts = (_ACTS.search(asked) or _ACTS_IN_FRENCH.match(asked)) if is_nation(name) else None
    if (
        acts
        and not preposition
        and (actor := [one for one in kin if one.start() == acts.start("who")])
    ):
        return actor[0]
    known = [one for one in kin if about and one.group() in about]
    return known[0] if len(known) == 1 else None


def _span_of(name: str, replaced: re.Match[str]) -> tuple[int, int]:
    """The part of a name that is exchanged: "Article 7" of "Article 7 of the SOFA"."""
    whole, start = replaced.group(), replaced.start()
    kind = kind_of(name)
    if any(map(str.isdigit, name)):
        part = re.search(rf"\b{re.escape(kind)}\s+[\dIVXL][\w.]*", whole, re.IGNORECASE)
        if part is not None and " of " not in name:
            return start + part.start(), start + part.end()
    if kept := None if kind else KIND_BEFORE.match(whole):
        return start + kept.end(), start + len(POSSESSIVE.sub("", whole))
    head, of, _ = whole.rpartition(" under ")
    if of and not kind:
        return start + len(head) + len(of), start + len(whole)
    return start, start + len(POSSESSIVE.sub("", whole))


def is_nation(name: str) -> bool:
    """Whether a name may be that of a nation, which has no kind but that of states."""
    return not kind_of(name) or _STATE.search(name) is not None


def _is_a_matter(name: re.Match[str]) -> bool:
    return not is_nation(name.group())
