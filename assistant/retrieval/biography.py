"""The person that a question asks of, told by what is asked of him or by how the answer calls him.

No list has names of persons. What only persons do and undergo tells one, and so does an answer
that calls by the last word alone what the question names in full: "Root became Secretary of War".
"""

import re

from assistant.retrieval.grammar import AUXILIARIES
from assistant.retrieval.names import EVENT, FRAME, KIN, KIND, OFFICE, TITLE, unowned

_WORD = r"[A-ZÀ-Þ][a-zà-ÿ’'-]+"
_FULL = rf"{_WORD}(?:\s(?:[A-Z]\.|{_WORD})|\s(?:de|du|van|von|der|la|bin|al)(?=\s)){{0,4}}\s{_WORD}"
_TITLE = (
    r"(?:President|Secretary|General|Ambassador|Minister|Senator|Admiral|Captain|Colonel|King|Queen|"
    r"Czar|Lord|Sir)"
)
_CALLED_AFTER = re.compile(
    rf"(?:the\s)?(?P<who>{_WORD})\s(?:Doctrine|Plan|Corollary|Declaration|Memorandum|Telegram)"
)
_ASKED_OF = re.compile(
    rf"\b(?i:{AUXILIARIES})\s(?P<title>(?:{_TITLE}\s)*)(?P<name>{_FULL}|{_WORD})\b"
    r"(?P<rest>.*)$"
)
_OWNS = re.compile(rf"(?<![A-Z]\s)\b(?P<name>{_FULL})[’']s?\s(?P<rest>.*)$")
# What nobody but a person does or undergoes; many a state becomes a member.
_OF_A_PERSON = re.compile(
    r"^\W*(?:(?:first|ever|last|finally)\s)?(?:(?:die|resign|retire|marry|graduate|study)\b|"
    r"(?:born|appointed|nominated|sworn|assassinated|educated|buried|raised|dismissed|killed)\b|"
    rf"(?:enter|take|leave|assume)\s(?:office|duty)\b|(?:become|serve\sas)\s(?:the\s|an?\s)?"
    rf"(?:[\w.’'-]+\s){{0,3}}?(?:{KIN.pattern}|secretary))|"
    r"^(?:birth|death|resignation|appointment|wife|childhood|career|successor|predecessor)\b",
    re.IGNORECASE,
)
# Quarters of the sky and the like stand before names of places: "South Africa", "New Zealand".
_OF_A_PLACE = re.compile(
    r"(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|New|Great|United|Saint|"
    r"San|Santa|Costa|Puerto|El|Saudi|Soviet|Upper|Lower|Port|Cape|Fort|Hong|Sri|Burkina|Cabo|"
    r"Sierra)\b"
)
_BEFORE_A_PLACE = r"(?<!\bin )(?<!\bat )(?<!\bfrom )(?<!\bto )(?<!\bthe )(?<!\bnear )"

# "William Seward", "W. Seward"; but no word that only opens a sentence.
_A_NAME_BEFORE = re.compile(rf"(?<![.!?]\s)(?<!^)\b(?!{_TITLE}\s){_WORD}\s$|[A-Z]\.\s$")


def person_asked_of(question: str, answer: str = "") -> str:
    """The person that a question asks of by name; empty where nothing tells that it is one."""
    for found in (_ASKED_OF.search(question), _OWNS.search(question)):
        name = unowned(TITLE.sub("", found["name"])) if found else ""
        if found is None or not may_name_a_person(name):
            continue
        titled = "title" in found.groupdict() and found["title"]
        if titled or _OF_A_PERSON.match(found["rest"]) or is_called_by_the_last(name, answer):
            return name
    return ""


def named_fully(question: str) -> str:
    """Who may be a person that a question asks of, where it speaks of something else too."""
    found = _ASKED_OF.search(question)
    name = unowned(found["name"]) if found else ""
    return name if may_name_a_person(name) else ""


def called_after(thing: str) -> str:
    """After whom a thing is called: Polk, of "the Polk Doctrine"; else nothing."""
    found = _CALLED_AFTER.fullmatch(thing)
    return found["who"] if found else ""


def may_name_a_person(name: str) -> bool:
    """Whether a name has nothing in it that tells a place, a body or a thing."""
    if not name or FRAME.fullmatch(name) or OFFICE.match(name) or _OF_A_PLACE.match(name):
        return False
    return not KIND.search(name) and not EVENT.search(name)


def is_called_by_the_last(name: str, answer: str) -> bool:
    """Whether an answer has the last word of a name without the ones before it, and not as a place.

    Or has another between them: "John Milton Hay", of John Hay.
    """
    first, last = name.split()[0], name.split()[-1]
    if first == last:
        return False
    between = rf"\b{re.escape(first)}\s(?:[A-Z]\.|{_WORD})\s{re.escape(last)}\b"
    alone = re.finditer(rf"{_BEFORE_A_PLACE}\b{re.escape(last)}\b", answer)
    before = [answer[: one.start()] for one in alone]
    by_itself = any(not (_A_NAME_BEFORE.search(b) or b.endswith(f"{first} ")) for b in before)
    return by_itself or re.search(between, answer) is not None
