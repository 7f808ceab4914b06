"""Who came after or before somebody: a sentence has to say that one took the other's place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.asking import ASKING, CAPITAL

_NAME = rf"(?P<whom>{CAPITAL}(?:\s+(?:(?:de|von|van)\s+)?(?:{CAPITAL}|[A-Z]\.))*)"
_TOOK = (
    r"(?:succeed(?:s|ed|ing)?|replac(?:es?|ed|ing)|supplant(?:s|ed|ing)?|follow(?:s|ed)?|"
    r"reliev(?:es?|ed|ing)(?!\s+(?:that|to|at|when)\b)|(?:takes?|took|taking) over from)"
)
_DONE = r"(?:succeeded|replaced|supplanted|followed|relieved(?!\s+(?:that|to|at|when)\b))"
_LEFT = (
    r"(?:resign\w*|depart\w*|death|died|dies|left|leav\w+|step\w+ down|retir\w+|dismiss\w*|fired|"
    r"remov\w+|ousted|stood down|successor)"
)
_WORDS = r"(?:(?!by\b)[\w’'.,-]+\s+)"
_HE = r"(?:he|she|him|her|his)"
# "Secretary of State before Dean Rusk", but not "before the war": a name of somebody ends it.
_BEHIND = re.compile(
    rf"{ASKING}(?:who|qui)\s+(?:is|was|were|became|served|held|commanded|led|headed|ruled|est|"
    r"était|fut|dirigeait|commandait)\b[^?]*?\s"
    rf"(?P<way>after|following|before|prior to|après|avant)\s+{_NAME}\W*(?:$|and\b|et\b)",
    re.IGNORECASE,
)
_HAS = r"(?:had\s+|has\s+|a\s+|avait\s+)?"
_AFTER = (
    rf"{ASKING}(?:who|qui)\s+{_HAS}(?:succeed(?:s|ed)|replaced|followed|supplanted|came after|"
    rf"took over from|succ[eéè]d\w+ à|remplac\w+)\s+(?:\w+\s+)?{_NAME}",
    rf"\b(?:who|whom|qui)\b[^?]*?\b(?:succeeded|replaced|followed)\s+{_NAME}",
    rf"\b(?:who|whom)\b[^?]*?\b(?:was|were)\s+{_NAME}\s+(?:\w+\s+)?(?:succeeded|replaced|followed)\b",
    rf"\b(?:who|qui)\b[^?]*?{_NAME}[’']s\s+(?:\w+\s+)?successor\b",
    rf"\b(?:who|qui)\b[^?]*?\b(?:successor|successeur)\s+(?:of|to|de|d[’'])\s*{_NAME}",
)
_BEFORE = (
    rf"{ASKING}(?:who|qui)\s+{_HAS}(?:preceded|came before|préc[eéè]d\w+)\s+(?:\w+\s+)?{_NAME}",
    rf"\b(?:who|whom)\b[^?]*?\bdid\s+{_NAME}\s+(?:succeed|replace|follow)\b",
    rf"\b(?:who|qui)\b[^?]*?{_NAME}[’']s\s+(?:\w+\s+)?predecessor\b",
    rf"\b(?:who|qui)\b[^?]*?\b(?:predecessor|prédécesseur)\s+(?:of|to|de|d[’'])\s*{_NAME}",
)
_COMES = re.compile(
    r"\b(?:succe\w+|predecess\w+|preced\w+|replac\w+|supplant\w+|follow(?:s|ed)|reliev\w+|"
    r"(?:takes?|took|taking) over|bec[ao]mes?|becoming|appoint\w*|nam(?:es?|ed|ing)|nominat\w+|"
    r"elect(?:s|ed|ing)?|choo?se\w*|turn(?:s|ed) to|swor\w*|promot\w+|serv(?:es?|ed) as|acting|"
    r"assum\w+|confirmed)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b[A-ZÀ-Þ][\w’'.-]+\s+(?:[A-Z]\.\s+)?[A-ZÀ-Þ][\w’'-]+")
_ASKED = [(re.compile(one, re.IGNORECASE), True) for one in _AFTER] + [
    (re.compile(one, re.IGNORECASE), False) for one in _BEFORE
]


@dataclass(frozen=True, slots=True)
class Succession:
    """That it is asked who came `after` somebody, or else before, by the last word of the name."""

    surname: str
    after: bool

    def told_by(self, text: str, before: str) -> bool:
        """Whether the text says that somebody took the place, of whom what stands before speaks.

        That one left does not say who came.
        """
        if not _COMES.search(text):
            return False
        if any(one.search(text) for one in _told(self.surname, after=self.after, by_pronoun=False)):
            return True
        if self.surname not in before:
            return False
        found = (one.search(text) for one in _told(self.surname, after=self.after, by_pronoun=True))
        # "General Skua served until he was replaced": the pronoun is for whom the sentence names.
        return any(one and not _SOMEBODY.search(text[: one.start()]) for one in found)


def read_succession(question: str) -> Succession | None:
    """Whose successor or predecessor is asked for; None where none is."""
    for pattern, after in _ASKED:
        if found := pattern.search(question):
            return Succession(_surname(found["whom"]), after)
    if found := _BEHIND.search(question):
        return Succession(_surname(found["whom"]), found["way"].lower() not in _EARLIER)
    return None


_EARLIER = ("before", "prior to", "avant")


def _surname(name: str) -> str:
    return re.sub(r"[’']s?$", "", name.split()[-1])


@lru_cache(maxsize=64)
def _told(surname: str, *, after: bool, by_pronoun: bool) -> tuple[re.Pattern[str], ...]:
    plain = rf"(?<![\w-]){re.escape(surname)}(?![\w-])"
    whom = rf"(?:{plain}|\b{_HE}\b)" if by_pronoun else plain
    patterns = _succeeding(whom) if after else _preceding(whom)
    return tuple(re.compile(one, re.IGNORECASE) for one in patterns)


def _succeeding(whom: str) -> tuple[str, ...]:
    """That somebody took this one's place."""
    return (
        rf"\b{_TOOK}\s+{_WORDS}{{0,5}}?{whom}",
        rf"{whom}\b[^.;]{{0,60}}?\b{_DONE}\b[^.;]{{0,30}}?\bby\b",
        rf"\bsuccessors?\s+(?:of|to|for)\s+{_WORDS}{{0,5}}?{whom}|{whom}[’']s\s+(?:\w+\s+)?successor|"
        rf"\b(?:his|her) successor\b(?=[^.]*{whom})",
        rf"\b(?:after|following|upon|on|when|since)\s+{_WORDS}{{0,7}}?{whom}(?=[^.;]*\b{_LEFT})",
        rf"\b(?:after|following|upon|on)\s+{_WORDS}{{0,5}}?{_LEFT}\s+{_WORDS}{{0,4}}?{whom}",
    )


def _preceding(whom: str) -> tuple[str, ...]:
    """That this one took somebody's place."""
    other = rf"(?!{whom})(?-i:[A-ZÀ-Þ])[\w’'-]+"
    return (
        rf"{whom}(?:\s+[\w’',.]+){{0,4}}?\s+{_TOOK}\s+(?!by\b){_WORDS}{{0,5}}?{other}",
        rf"\b{_DONE}\b[^.;]{{0,40}}?\bby\s+{_WORDS}{{0,5}}?{whom}",
        rf"{whom}[’']s\s+(?:\w+\s+)?predecessor|\bpredecessors?\s+(?:of|to)\s+{_WORDS}{{0,5}}?{whom}|"
        rf"\b(?:his|her) predecessor\b(?=[^.]*{whom})",
        # What another did stands behind the other's name.
        rf"{whom}\b(?![’'])(?-i:[^.;A-ZÀ-Þ]*)\b{_TOOK}\s+(?!by\b){_WORDS}{{0,5}}?{other}",
        rf"\bpreced(?:es?|ed|ing)\s+{_WORDS}{{0,5}}?{whom}|{whom}[^.;]{{0,40}}\bpreceded\s+by\b",
        rf"{whom}\b[^.;]*\b(?:after|following|upon)\s+{_WORDS}{{0,5}}?{_LEFT}\s+{_WORDS}{{0,4}}?{other}",
        rf"\b(?:after|following|when)\s+{_WORDS}{{0,4}}?{other}\s[^.;]*?{_LEFT}[^.;]*{whom}",
    )
