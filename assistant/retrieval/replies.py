"""Whom and what an answer names, so that "he" and "it" can mean them after it."""

import re
from dataclasses import replace

from assistant.retrieval.biography import person_asked_of
from assistant.retrieval.names import (
    EVENT,
    KIN,
    OFFICE,
    TITLE,
    kind_of,
    names_in,
    names_said,
    without_its_day,
)
from assistant.retrieval.referents import Subject

_PERSON = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ’'-]+(?: [A-Z]\.)*(?: [A-ZÀ-Þ][\w’'-]+)*")
# "The Gull Coast Treaty of 1911": a treaty with a name, and not "the Treaty".
_A_TEXT = re.compile(r"\w\s+(?:Treaty|Convention|Agreement|Pact|Protocol|Charter|Accords?)\b")
_PARTIES = re.compile(r"^.*\bPart(?:y|ies)\sto\s(?:the\s)?")
_YEAR_OF = re.compile(r"\s+of\s+\d{4}$")
_WHO = re.compile(r"^\W*(?:(?:and|et)\s+)?(?:who|whom|qui|by whom)\b", re.IGNORECASE)
_WHAT_IS_THE = re.compile(
    r"^\W*(?:and\s+)?(?:what|which)\s+(?:is|was)\s+the\s+\w+\s+of\b", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"\bof (?-i:[A-Z])|\b(?:succe\w+|predecess\w+|replac\w+|follow\w*|before|after|instead)\b",
    re.IGNORECASE,
)
# "Washington appointed Jefferson": who was asked for is Jefferson, unless by whom he was appointed.
_APPOINTS = r"(?:appoint|nominat|select|nam|promot|chose|ask|made)"
_WHO_APPOINTED = re.compile(rf"\b{_APPOINTS}|\bgave\b", re.IGNORECASE)
_APPOINTED = re.compile(
    rf"\b[A-ZÀ-Þ][\w’'.-]+(?:\s[A-ZÀ-Þ][\w’'.-]+)*\s(?:\w+ly\s)?{_APPOINTS}(?:ed)?\s(?=[A-ZÀ-Þ])"
)
# "The Open Door policy"
_OF_A_THING = re.compile(r"[A-ZÀ-Þ].*\s[a-zà-ÿ]+$")
_WHERE = re.compile(r"\b(?:in|at|from|near|to|the)\s+$")
_IN = re.compile(r"\b(?:in|at|near)\s+(?:the\s+)?$")
_OF = re.compile(r"\bof\s+(?:the\s+)?$")
_WHICH = re.compile(
    r"^\W*(?:which|what|quel(?:le)?s?)\s+(?P<noun>[a-zà-ÿ-]+)\s+(?!is|are|was)", re.IGNORECASE
)
# "Mexican President", "British Foreign Minister"
_A_NATION_S = re.compile(
    r"^[A-ZÀ-Þ][a-z]+(?:an|ese|ish|ch|i)\s(?:(?:Foreign|Vice)\s)?(?=(?:President|Prime|Minister|General|"
    r"Ambassador|Chancellor|King|Queen|Emperor|Secretary|Admiral|Senator)\s)"
)
_OF_ANSWER = 300  # characters of an answer that are looked at


def answered(subject: Subject, question: str, answer: str) -> Subject:
    """The subject after a question was answered, with the person or thing that the answer names."""
    said = answer[:_OF_ANSWER]
    every = [*map(without_its_day, names_said(said))]
    if texts := [name for name in every if _A_TEXT.search(name)]:
        named = _YEAR_OF.sub("", _PARTIES.sub("", texts[0]))
        subject = replace(subject, text=f"the {named}")
    subject = _told(_as_written(subject, question, every), question, every)
    names = [name for name in every if name.lower() not in question.lower()]
    which = _WHICH.match(question)
    asks_who = bool(_WHO.match(question) or (which and KIN.fullmatch(which["noun"])))
    kin = [name for name in names if which and _kind(name) == which["noun"].lower()]
    if kin:
        return replace(subject, thing=f"the {kin[0]}", several="")
    if names and (which or asks_who) and " and " in names[0] and not OFFICE.match(names[0]):
        return replace(subject, several=names[0])
    return _with_whom(subject, question, answer, names, asks_who=asks_who)


def _with_whom(
    subject: Subject, question: str, answer: str, names: list[str], *, asks_who: bool
) -> Subject:
    """The subject with the person that was asked for, or of, before one named in passing."""
    said = answer[:_OF_ANSWER]
    asks_another = asks_who and _ANOTHER.search(question) is not None
    if not asks_another and (asked := person_asked_of(question, answer)):
        return replace(subject, person=asked, sure=True)
    by_name = subject.person and not subject.person.startswith("the ")
    if by_name and subject.person in question and not asks_another:
        return subject
    if asks_who and not _WHO_APPOINTED.search(question):
        said = _APPOINTED.sub("", said)
        names = [name for name in names if name in said]
    people = [name for name in map(_untitled, names) if _is_a_person(name, said)]
    by_role = subject.person.startswith("the ")
    people = people if asks_who or not subject.sure else []
    people = [one for one in people if " " in one] if by_role else people
    if people and ((asks_who and not by_role) or len(people[0].split()) > 1):
        asked_of = [one.group() for one in names_in(question)]
        same = [name for name in asked_of if set(name.split()) <= set(people[0].split())]
        return replace(subject, person=same[0] if same else people[0], sure=asks_who)
    acting = [name for name in names if not _stands_where(name, said) and not _has(name, said)]
    return replace(subject, several=acting[0]) if acting and asks_who else subject


def _told(subject: Subject, question: str, names: list[str]) -> Subject:
    """The subject with the name that an answer gives to what was asked for: the capital of Togo."""
    new = [name for name in names if name.lower() not in question.lower()]
    return replace(subject, told=new[0] if new and _WHAT_IS_THE.match(question) else "")


def _kind(name: str) -> str:
    return kind_of(_YEAR_OF.sub("", name))


def may_be_a_person(words: str) -> bool:
    """Whether words may name a person or an office: no kind of thing, nothing like "APIs"."""
    bare = words.removeprefix("the ")
    if EVENT.search(bare) or (_OF_A_THING.search(bare) and not KIN.search(bare)):
        return False
    return not kind_of(bare) and re.search(r"[A-Z]{2}|\d", bare) is None


def _as_written(subject: Subject, question: str, names: list[str]) -> Subject:
    """The subject by the name that an answer writes with capitals, where the question did not."""
    if names_in(question) or subject.several or subject.any != subject.any.lower():
        return subject
    if question != question.lower():
        names = [name for name in names if re.search(r"[A-Z].*[A-Z]", name)]
    same = [n for n in names if re.search(rf"\b{re.escape(n)}\b", question, re.IGNORECASE)]
    return replace(subject, thing=same[0], place=same[0]) if same else subject


def _is_a_person(name: str, said: str) -> bool:
    """Whether a name is likely a person's: no place stands in it, and no thing has it."""
    if not name or kind_of(name) or not _PERSON.fullmatch(name):
        return False
    return not any(_WHERE.search(before) for before in said.split(name)[:-1])


def _stands_where(name: str, said: str) -> bool:
    """Whether a name only says where something is: "a conference in Singapore"."""
    return all(_IN.search(before) for before in said.split(name)[:-1])


def _has(name: str, said: str) -> bool:
    """Whether a name is only said to have something: "the standards of the member States"."""
    return all(_OF.search(before) for before in said.split(name)[:-1])


def _untitled(name: str) -> str:
    """The name without an office before it; nothing of an office alone."""
    bare = TITLE.sub("", _A_NATION_S.sub("", name))
    return "" if TITLE.match(f"{bare} X") or OFFICE.search(bare) else bare
