"""Which of two has more of something: asked of each by itself.

"Which spends more of its GDP on the military, Chad or Ghana?" is how much each of them spends.
"""

import re

from assistant.retrieval.grammar import AUXILIARIES, BE

_CAPITAL = r"(?-i:[A-ZÀ-Þ])[\w’'.&-]*"
_NAME = rf"(?:the\s+)?{_CAPITAL}(?:\s+(?:(?:of|and)\s+(?:the\s+)?)?{_CAPITAL})*"
_ONE, _OTHER = rf"(?P<one>{_NAME})", rf"(?P<other>{_NAME})"
_OF_IT = r"(?:(?:with|to|than)\s+)?(?:(?:that|those|the one|the ones)\s+)?(?:(?:of|in|for)\s+)?"
_END = r"\s*[?.!]*\s*$"
_MORE = r"(?P<more>more|most|less|least|fewer|fewest)"
_LONGER = (
    r"(?P<longer>(?!(?:other|former|latter|either|never|over|under|order|number|better|best|"
    r"worse|first|last|honest|interest)\b)[a-z]{2,}(?:er|est))"
)
_HAVE = r"(?:ha(?:s|ve|d)|possess(?:es)?|possessed|got)"
# What a message says first, and where the two are named in it.
_WHICH = re.compile(
    rf"^\W*(?:of\s+{_ONE}\s+and\s+{_OTHER},\s*)?(?:which|who|what)"
    rf"(?:\s+(?:country|state|one|side|party|nation)|\s+of\s+(?:the\s+)?(?:two|them))?\s+"
    rf"(?P<says>.+?)$",
    re.IGNORECASE,
)
_THE_TWO = re.compile(rf"\s*[,:;–—-]\s*{_ONE}\s+or\s+{_OTHER}{_END}", re.IGNORECASE)
_WHETHER = re.compile(
    rf"^\W*(?:{AUXILIARIES})\s+{_ONE}\s+or\s+{_OTHER}\s+(?P<says>.+?){_END}", re.IGNORECASE
)
_THAN = re.compile(
    rf"^\W*(?P<aux>{AUXILIARIES})\s+{_ONE}\s+(?P<says>.+?)\s+than\s+{_OF_IT}{_OTHER}"
    rf"(?:\s+(?:{AUXILIARIES}))?{_END}",
    re.IGNORECASE,
)
_OF_EACH_THAN = re.compile(
    rf"^\W*(?P<be>{BE})\s+(?P<what>(?:the\s+)?[a-z].*?)\s+(?P<of>in|of|for)\s+{_ONE}\s+"
    rf"(?:any\s+|much\s+)?(?:{_MORE}|{_LONGER})\b.*?\s+than\s+{_OF_IT}{_OTHER}{_END}",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    rf"^(?P<before>\W*(?:what|which|who|how|is|are|do|does|did|was|were)\s.*\b){_ONE}"
    rf"(?P<after>(?:\s+(?-i:[a-z])[\w-]*){{0,6}}),?\s+(?:as\s+)?"
    rf"(?:compared|in comparison|relative)\s+{_OF_IT}{_OTHER}{_END}",
    re.IGNORECASE,
)
# What is said of the two, behind "which", "does … or …" and before "than".
_HAS_MORE = re.compile(rf"^(?:{_HAVE}\s+)(?:the\s+)?{_MORE}\s+(?P<what>.+)$", re.IGNORECASE)
_HAS_LONGER = re.compile(
    rf"^(?:{_HAVE}\s+)(?:the\s+|an?\s+)?{_LONGER}\s+(?P<what>.+)$", re.IGNORECASE
)
_DOES_MORE = re.compile(
    rf"^(?P<does>[a-z]+)\s+(?:the\s+)?{_MORE}(?P<what>(?:\s+.+)?)$", re.IGNORECASE
)
_IS_LONGER = re.compile(
    rf"^(?:(?:{BE})\s+)?(?:the\s+)?{_LONGER}(?P<what>(?:\s+.+)?)$", re.IGNORECASE
)
_COUNTED = re.compile(r"^(?:[\w-]+\s+){0,4}?(?:[a-z]{2,}(?<![sui])s|personnel|people|men|women)\b")
_ITS = re.compile(r"\b(?:its|their|his|her)\b", re.IGNORECASE)
_SHORT = re.compile(r"([bdgmnt])\1$")
_ENDS_MUTE = ("larg", "wid", "lat", "saf", "clos", "fre", "sever", "rar", "brav", "nic")
_BASES = {"further": "far", "farther": "far"}
_AGE = re.compile(r"^(?:is|was)\s+(?:the\s+)?(?:older|younger|elder)$", re.IGNORECASE)
_LONGEST = 200  # characters of a question that compares, and is no text to be read


def each_of(question: str) -> tuple[str, str] | None:
    """What is asked of each of two that a question compares in one thing, else None."""
    bare = " ".join(question.split())
    if len(bare) > _LONGEST:
        return None
    return _which(bare) or _whether(bare) or _of_each(bare) or _compared(bare)


def _which(question: str) -> tuple[str, str] | None:
    found = _WHICH.match(question)
    if found is None:
        return None
    says, named = found["says"].rstrip(" ?.!"), found
    if found["one"] is None:
        two = _THE_TWO.search(says)
        if two is None:
            return None
        says, named = says[: two.start()], two
    if _AGE.match(says):
        return f"When was {named['one']} born?", f"When was {named['other']} born?"
    return _asked(says, named)


def _whether(question: str) -> tuple[str, str] | None:
    found = _WHETHER.match(question) or _THAN.match(question)
    if found is None:
        return None
    return _asked(found["says"], found)


def _of_each(question: str) -> tuple[str, str] | None:
    found = _OF_EACH_THAN.match(question)
    if found is None:
        return None
    one, other = (
        f"What {found['be'].lower()} {found['what']} {found['of']} {found[side]}?"
        for side in ("one", "other")
    )
    return one, other


def _compared(question: str) -> tuple[str, str] | None:
    """The question of one, and the same with the other's name in the place of the first."""
    found = _COMPARED.match(question)
    if found is None:
        return None
    before, after = found["before"], found["after"].rstrip()
    return f"{before}{found['one']}{after}?", f"{before}{found['other']}{after}?"


def _asked(says: str, named: re.Match[str]) -> tuple[str, str] | None:
    """What is said of the two, asked of each by its measure; None where nothing is compared."""
    ask = _measure(says.strip())
    return None if ask is None else (ask.format(named["one"]), ask.format(named["other"]))


def _measure(says: str) -> str | None:
    says = says.replace("{", "").replace("}", "")
    if found := _HAS_MORE.match(says):
        how = "many" if _COUNTED.match(found["what"]) else "much"
        return f"How {how} {found['what']} does {{}} have?"
    if found := _HAS_LONGER.match(says):
        return f"How {_base(found['longer'])} is the {found['what']} of {{}}?"
    if found := _IS_LONGER.match(says):
        return f"How {_base(found['longer'])} is {{}}{found['what']}?"
    if found := _DOES_MORE.match(says):
        return f"How much{found['what']} does {{}} {_infinitive(found['does'])}?"
    return None


def _base(longer: str) -> str:
    """What is compared by: "large" of "larger"."""
    word = longer.lower()
    if word in _BASES:
        return _BASES[word]
    bare = re.sub(r"e(?:r|st)$", "", word)
    if bare.endswith("i"):
        return f"{bare[:-1]}y"
    return f"{bare}e" if bare in _ENDS_MUTE else _SHORT.sub(r"\1", bare)


def _infinitive(does: str) -> str:
    """The verb without the ending of who does it: "spend" of "spends"."""
    if does.endswith(("sses", "shes", "ches", "oes")):
        return does[:-2]
    return does[:-1] if does.endswith("s") and not does.endswith("ss") else does
