"""What a question is about, and whom its answer names: what "it", "they", "there" and "he" mean.

Nothing lists the things of a library, so they are told by the form of words: capitals, numbers,
small words before them, and the nouns that name kinds.
"""

import re
from dataclasses import dataclass, replace

from assistant.retrieval.articles import with_the
from assistant.retrieval.called import is_a_text
from assistant.retrieval.grammar import PRONOUNS
from assistant.retrieval.groups import A_PLACE, group_in, is_of_initials, owner_of, people_in
from assistant.retrieval.names import (
    EVENT,
    FRAME,
    RUN,
    TEXT,
    is_several,
    kind_of,
    names_in,
    unowned,
)
from assistant.retrieval.plurals import UNFIT, several_had, touched
from assistant.retrieval.things import OF_A_THING, acting_in, stands_where, thing_in

_WHO_IS = re.compile(r"^\W*(?:who|qui)\s+(?:is|was|were|are|est|était|fut)\s+(?P<who>.+)$", re.I)
_A = re.compile(r"\b(?:an?|une?)\s+$", re.IGNORECASE)
# What says something of others, and does nothing itself.
_SAYS = frozenset(
    [
        "treaty",
        "treaties",
        "pact",
        "convention",
        "conventions",
        "agreement",
        "agreements",
        "charter",
        "act",
        "document",
        "protocol",
        "declaration",
        "directive",
        "article",
        "resolution",
        "decision",
        "law",
        "chapter",
        "section",
        "annex",
        "traité",
        "accord",
        "charte",
        "loi",
        "pacte",
    ]
)
_LAST_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S+\s\S)")
# "How many hostages were taken?", but no "How many ships could Japan keep?"
_HOW_MANY = re.compile(
    r"^\W*(?:and\s+)?how many\s+(?P<np>(?:[a-z-]+\s)?(?!(?:does|was|has)\b)[a-z]{3,}(?<![sui])s)\s"
    r"(?!(?:do|does|did|can|could|will|would|should)\b)",
    re.IGNORECASE,
)
# "Why did Reagan take the Marines out?", but no "in the Falklands"
_PLURAL_NAME = re.compile(
    r"(?<!\bin)(?<!\bat)(?<!\bto)(?<!\bof)(?<!\bon)(?<!\bfrom)(?<!\bover)(?<!\bfor)\s"
    r"the\s(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+(?<![sui])s)\b(?!\s[A-ZÀ-Þ])"
)
# "What about the diplomatic bag?"
_WHAT_ABOUT = re.compile(
    r"^\W*(?i:(?:(?:and|but)\s+)?(?:what|how)\s+about)\s+(?P<np>the\s+(?:(?!ones?\b)[a-z-]+\s?){1,3})\W*$"
)
_ACTED = re.compile(
    rf"\b(?i:did|does|has|had|will|would)\s+(?P<who>(?:the\s)?{RUN})\s(?P<did>[a-z]+)\s"
)
_STANDS = re.compile(rf"\b(?:{PRONOUNS})\b", re.IGNORECASE)
_OF_A_KIND = re.compile(
    rf"\bthe\s+(?P<noun>(?:{TEXT.pattern})\b|{EVENT.pattern})(?!\s+(?:of|on|in|between|with)\b)",
    re.IGNORECASE,
)
_PLURAL_PHRASE = re.compile(r"\b(?:the|les)\s+(?:[a-zà-ÿ-]+\s)?[a-zà-ÿ]{2,}(?<![sui])s\b")
_PLACE = re.compile(rf"\b(?:in|at|to|from|of|with|border|recogni[sz]ed?)\s+(?:the\s+)?({RUN})")


@dataclass(frozen=True, slots=True)
class Subject:
    """What was spoken of last, by the words that may stand for it; empty where there is none.

    `told` is the name that the last answer gave to what was asked for; `touched` are several that
    the question ends on: "say about attachés". `within` is what was spoken of before one of its
    parts, or one of what was listed of it, was meant. `actor` is who is asked what was done to the
    thing, and `did` what: the United States, of "When did the United States buy Alaska?". The
    person is `sure` whom a question named or asked for, and who was not only named in passing.
    """

    thing: str = ""
    several: str = ""
    person: str = ""
    place: str = ""
    told: str = ""
    touched: str = ""
    within: str = ""
    actor: str = ""
    did: str = ""
    text: str = ""
    sure: bool = False

    @property
    def many(self) -> str:
        """What "they" may be; what of a named thing was spoken of rather than the thing."""
        says = self.touched and not self.several and kind_of(self.thing) in _SAYS
        return self.touched if says else self.several

    @property
    def one(self) -> str:
        """What "it" may be: what several were spoken of within, where it is not they."""
        return self.thing or (self.within if self.several else "")

    @property
    def any(self) -> str:
        """What is spoken of, whatever it is."""
        return self.thing or self.several or self.person


def subject_of(question: str, before: Subject) -> Subject:
    """What a question that stands by itself is about; `before` is what the last one was about."""
    last = _LAST_SENTENCE.split(question.strip())[-1]
    question = question if UNFIT.search(last) and not names_in(last) else last
    names = [unowned(one.group()) for one in names_in(question)]
    if before.any and before.any.lower() in question.lower():
        several = several_said(question) or before.several
        place = _place(question, names) or before.place
        return replace(before, place=place, several=several)
    if group := _of_a_group(question, names, before):
        return group
    thing = thing_in(question, names, before.any)
    if not thing:
        return Subject()
    text = TEXT.fullmatch(kind_of(before.thing.removeprefix("the ")))
    if text and not names and not OF_A_THING.match(question) and is_several(thing):
        return replace(before, several=thing)  # "How soon must invoices be paid?"
    several = _several_of(thing, question, names) or several_had(question, thing)
    several = several or several_said(question)
    if not several and TEXT.fullmatch(kind_of(thing.removeprefix("the "))):
        several = acting_in(question)
    acted = _ACTED.search(question)
    return Subject(
        thing="" if several == thing else with_the(thing, question),
        several=several,
        person=_person_asked_of(question, names),
        place=_place(question, names),
        touched=touched(question),
        actor=acted["who"] if acted else "",
        did=acted["did"] if acted else "",
        text=_text_in(question),
    )


def _text_in(question: str) -> str:
    """What says something that a question speaks of by its kind: "the treaty"."""
    found = _OF_A_KIND.search(question)
    return found.group() if found and TEXT.fullmatch(found["noun"].lower()) else ""


def _of_a_group(question: str, names: list[str], before: Subject) -> Subject | None:
    """What a question is about that names only a group, or a people, and where these are.

    A people does something in what was spoken of before; whose troops are somewhere is new.
    """
    group, people = group_in(question), people_in(question)
    own = before.several != before.several.lower() and not before.thing
    if own and not names and not OF_A_THING.match(question):
        return before  # "How soon must bills be settled?" is asked of the troops, not of the bills
    said = f"{group} {people}"
    others = [name for name in names if name not in said and not FRAME.fullmatch(name)]
    if people and not others and before.any:
        return replace(before, several=people)
    group = group or people
    elsewhere = all(stands_where(name, question) for name in others)
    if not group or is_of_initials(group) or not elsewhere:
        return None
    place = _place(question, [name for name in names if name not in group]) or (
        _place(group, names) if " in " in group else ""
    )
    if owner := owner_of(group):
        return Subject(thing=owner, several=group, place=owner)
    where = f" in {place}" if place and place not in group else ""
    where = "" if group == people else where
    several = f"{with_the(group, question)}{where}"
    return Subject(several=several, place=place, within=before.thing)


def asked_of(question: str, before: Subject) -> Subject:
    """The same subject after a question of something that it has: "What are the costs?".

    What happened and what was written down are spoken of by themselves: the treaty of a war.
    """
    if not before.thing:
        return before
    if new := of_a_matter(question, before):
        return new
    found = _PLURAL_PHRASE.search(question)
    several = found.group() if found else several_said(question) or before.several
    stands = names_in(question) or _STANDS.search(question)
    own = None if stands else _OF_A_KIND.search(question)
    if own and _is_another(own["noun"].lower(), before.thing):
        return replace(before, thing=own.group(), several=several, within=before.thing)
    return replace(before, several=several)


def of_a_matter(question: str, before: Subject) -> Subject | None:
    """Something else of what was spoken of: "What about the diplomatic bag?"."""
    new = _WHAT_ABOUT.match(question)
    if new is None or is_several(new["np"]):
        return None
    return Subject(thing=new["np"].lower(), within=before.thing, place=before.place)


def _is_another(noun: str, thing: str) -> bool:
    """Whether a noun is not for what was spoken of: a convention may be called a treaty."""
    texts = TEXT.fullmatch(noun) and is_a_text(thing)
    return noun not in thing.lower() and not texts


def several_said(question: str) -> str:
    """Those that a question counts or speaks of by a name for several: the Marines."""
    if counted := _HOW_MANY.match(question):
        return f"the {counted['np']}"
    named = _PLURAL_NAME.search(question)
    if named and not A_PLACE.search(named["name"]):
        return f"the {named['name']}"
    return people_in(question) or group_in(question)


def _several_of(thing: str, question: str, names: list[str]) -> str:
    """The thing where it is more than one; of "a defence attaché", defence attachés."""
    if is_several(thing) and (thing not in names or thing.split()[-1].islower()):
        return thing
    bare = thing.removeprefix("the ")
    if bare == bare.lower() and _A.search(question.partition(bare)[0]) and bare in question:
        return f"{bare}s"
    return ""


def _person_asked_of(question: str, names: list[str]) -> str:
    found = _WHO_IS.match(question)
    if found is None:
        return ""
    for name in names:
        if found["who"].startswith(name) and not kind_of(name):
            return name
    return ""


def _place(question: str, names: list[str]) -> str:
    plain = [name for name in names if not kind_of(name) and not FRAME.fullmatch(name)]
    stated = [unowned(one) for one in _PLACE.findall(question)]
    return next((name for name in reversed(plain) if name in stated), plain[-1] if plain else "")
