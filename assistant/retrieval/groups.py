"""Those that a question speaks of by whose they are: "Dutch troops in Kuwait", "the British"."""

import re
from functools import lru_cache

from assistant.retrieval.grammar import AUXILIARIES, BE
from assistant.retrieval.names import CAPITAL, EVENT, KIND, OFFICE, RUN
from assistant.retrieval.standalone import always_of_something

_NAME = rf"{CAPITAL}(?:\s{CAPITAL})*\.?"
_SEVERAL = r"(?:[a-z]{3,}(?<![sui])s|people|personnel|police)"
_OF_FORCE = r"(?:troops|forces|personnel|soldiers|officers|officials)"
_LIKE = r"[a-z-]+(?:al|ic|ar|ry|ed|an|or|ive|ing|ous|ent)"
# After one of these verbs the next has no "s": what has one is a noun.
_BEFORE = (
    r"\b(?:do|did|can|could|may|might|must|shall|should|will|would|are|were|have|had|the|of|on|for|"
    r"by|with|about|against|to|over|under|how\s+many|some|any|all)\s+(?:the\s+)?(?:(?:two|three|four|five|six|\d+)\s+)?"
)
_GROUP = re.compile(
    rf"(?:(?i:{_BEFORE})|(?<=\s)(?={_NAME}\s{_OF_FORCE}\b))"
    rf"(?P<np>{_NAME}(?:\sand\s{_NAME})?\s(?:{_LIKE}\s)?{_SEVERAL})\b(?!['’])(?P<where>\s(?:in|at)\s(?:the\s)?{RUN})?"
)
_OWNED = re.compile(
    rf"(?<![\w’'.-])(?P<np>(?P<who>{_NAME})['’]s?\s(?:{_LIKE}\s)?(?:{_SEVERAL}|military|army|navy))\b(?!['’])"
)
_OF_INITIALS = re.compile(r"[A-Z][A-Z&/-]+\s")
_TROOPS = re.compile(rf"\b{_OF_FORCE}\b")
# A people by the form of its name: "the Soviets", "the British", but no "the Philippines".
_PEOPLE = re.compile(
    rf"(?P<aux>\b(?:{AUXILIARIES})\s)?(?P<where>\b(?:in|at|to|of|on|from|over|for)\s)?"
    r"\b(?P<the>[Tt]he\s)(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+(?:(?P<s>(?<![su])s)|(?:[^u]|B)ish|ese|ench|utch|wiss))\b"
    r"(?!\s[A-ZÀ-Þ]|['’–-])(?:\s(?P<next>[a-z]+))?"
)
A_PLACE = re.compile(r"(?:land|pine|State|Nation|dive|ama|elle|oro|Alp|Indie|Emirate)s$")
"""What ends like the name of several and is a place: "the Netherlands"."""
_A_PEOPLE = re.compile(r"(?:(?<![su])s|(?:[^u]|B)ish|ese|ench|utch|wiss|[dirn]ian|[rx]ican)$")
_A_KIND_AFTER = re.compile(rf"(?:\s[a-z-]+){{0,2}}?\s(?:{KIND.pattern}|{EVENT.pattern})")
_OF_A_STATE = re.compile(r"army|navy|fleet|empire|crown|press|public|side|air|king|queen|court")
_GOES_ON = re.compile(
    rf"(?:and|or|in|to|from|for|with|by|at|on|of|when|if|as|after|before|{BE}|{AUXILIARIES})"
)


@lru_cache(maxsize=256)
def group_in(question: str) -> str:
    """Several of a kind by whose they are, with where they are: "Dutch troops in Kuwait"."""
    if (owned := _OWNED.search(question)) is not None:
        return owned["np"]
    found = _GROUP.search(question)
    return f"{found['np']}{found['where'] or ''}" if found else ""


def is_of_initials(group: str) -> bool:
    """Whether a group is what initials have, and no troops: "SEC regulations" are about the SEC."""
    return _OF_INITIALS.match(group) is not None and not _TROOPS.search(group)


def owner_of(group: str) -> str:
    """Whose a group is that is somebody's: "Kenya", of "Kenya's military"; else nothing."""
    found = _OWNED.match(group)
    return found["who"] if found else ""


def ends_like_a_people(name: str) -> bool:
    """Whether a name ends as peoples' names do: "British", "Israelis"; but "Oman" does not."""
    return _A_PEOPLE.search(name) is not None and A_PLACE.search(name) is None


def is_whose(name: re.Match[str]) -> bool:
    """Whether a name of a question says whose several are: "Dutch" of "Dutch troops in Kuwait"."""
    group = group_in(name.string)
    return group.startswith(f"{name.group()} ") and not owner_of(group)


def people_in(question: str) -> str:
    """A people that a question speaks of: "the British"; not the British government."""
    return next((f"the {one['name']}" for one in _PEOPLE.finditer(question) if _is_people(one)), "")


def _is_people(found: re.Match[str]) -> bool:
    after = found["next"] or ""
    if found["s"] and (found["where"] or A_PLACE.search(found["name"])):
        return False
    if not after or _GOES_ON.fullmatch(after) or (found["s"] and after.endswith("ed")):
        return True
    # "The Laos crisis", "the Swiss liaison officers agreement"
    if _A_KIND_AFTER.match(found.string, found.end("name")) or always_of_something(after):
        return False
    noun = _OF_A_STATE.fullmatch(after) or OFFICE.match(after) or re.fullmatch(_SEVERAL, after)
    return bool(found["aux"]) and noun is None
