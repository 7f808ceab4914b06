"""Reads from the words of a question what kind of answer it asks for."""

import re

from assistant.answers import asking as asks
from assistant.answers import evidence
from assistant.answers.act_asked import read_act, read_deed
from assistant.answers.directions import towards
from assistant.answers.kinds import same_kind
from assistant.answers.manner import asked_how
from assistant.answers.numerals import numbered_names
from assistant.answers.offices import office_held
from assistant.answers.premises import read_premise
from assistant.answers.question import HOW_OFTEN, Expected, QuestionForm
from assistant.answers.succession import Succession, read_succession
from assistant.answers.tongues import tongue_of
from assistant.answers.words import read_names, stems
from assistant.grounding.terms import key_of, keys_of
from assistant.retrieval.standalone import content_words
from assistant.retrieval.translation import translated

_WHEN = keys_of("after before since first last later earlier next ago year day month time")
_FEWEST_OF_A_FACT = 2
# What these are of something is told in other words.
_TOLD_OTHERWISE = stems(
    "role part importance significance impact effect influence nature status background history "
    "goal reaction response position view attitude policy meaning content scope subject course "
    "fate stance basis point idea story situation state relationship attitude approach "
    "kind type sort way extent form difference benefit advantage problem evidence else"
)


def read_form(question: str, follow_up: str = "", *, words: str = "") -> QuestionForm:
    """The form of a standalone question; `follow_up` is the part of it that was asked last.

    A follow-up that asks in words of its own has the form of these: "Why was that?" after "Who
    signed it?" asks for no name. `words` are those of a question in another language, in which the
    texts put what it asks for: it has its form, and their stems and names.
    """
    asking = follow_up if asks.ASKS_ITSELF.search(follow_up) else question
    listing, counting = _listing(asking), asks.COUNTED.search(asking)
    defining = bool(asks.DEFINITION_ASKED.match(asking))
    purpose = bool(asks.PURPOSE_ASKED.search(asking))
    result = bool(asks.RESULT_ASKED.search(asking))
    place = bool(asks.PLACE_ASKED.search(asking))
    said = asks.PLACED.sub("", words or question) if place else words or question
    # The first of words side by side opens no sentence.
    names = read_names(f"- {words}" if words else said)
    succession = read_succession(asking)
    denial = evidence.DENIAL.search(asking)
    focus = _focus(listing, in_words=bool(words))
    return QuestionForm(
        stems=stems(asks.DEFINING.sub(" ", said) if defining else said),
        plain=_plain(said),
        deed=_deed(asking) if not words else "",
        names=names,
        expected=_expected(asking, succession, defining=defining),
        asks_list=listing is not None,
        focus=focus,
        alike=same_kind(focus),
        asks_contrast=bool(asks.CONTRAST_ASKED.search(asking)),
        asks_definition=defining,
        asks_person=defining and bool(asks.NAME_ASKED.search(asking)),
        asks_fact=bool(asks.FACT_ASKED.match(asking)) and not (defining or purpose or result),
        fact=_fact(asking),
        asks_place=place,
        kind=frozenset() if listing or defining or purpose or result else _kind(asking),
        asks_duration=bool(asks.DURATION_ASKED.search(asking)),
        asks_frequency=bool(asks.FREQUENCY_ASKED.search(asking)),
        asks_length=bool(asks.LENGTH_ASKED.search(asking)),
        asks_distance=bool(asks.DISTANCE_ASKED.search(asking)),
        asks_deadline=bool(asks.DEADLINE_ASKED.search(asking)),
        asks_money=bool(asks.MONEY_ASKED.search(asking)),
        asks_size=bool(asks.SIZE_ASKED.search(asking)),
        # Of several aims each is told, whether or not as a reason.
        asks_cause=(purpose and not listing) or bool(asks.CAUSE_ASKED.search(asking)),
        asks_why=any(o.search(asking) for o in (asks.CAUSE_ASKED, asks.CAUSE_ASKED_TOO)),
        asks_purpose=purpose,
        asks_result=result,
        asks_yes_or_no=bool(asks.YES_OR_NO_ASKED.match(asking)),
        asks_denial=bool(denial),
        asks_advice=bool(asks.ADVICE_ASKED.search(asking)),
        counted=counting.group("noun").lower() if counting and not words else None,
        asks_holding=bool(asks.HOLDING_ASKED.search(asking)),
        acronym=_acronym(words or asking),
        own=frozenset() if words else stems(follow_up),
        namesakes=frozenset(asks.NAMED_AFTER.findall(said)),
        numbered=numbered_names(said),
        towards=towards(asking),
        asks_members=bool(asks.MEMBERS_ASKED.match(asking)) and not denial,
        asks_elsewhere=bool(asks.ELSEWHERE_ASKED.search(asking)),
        held=_held(asking),
        capacity=_said_by(asks.CAPACITY.search(asking), "office"),
        office=_office(asking) if not words else "",
        title=office_held(asking) if not words else frozenset(),
        asks_now=bool(asks.NOW_ASKED.search(asking)),
        manner=asked_how(asking) if not words else "",
        condition=_said_by(_clause(asking), "condition"),
        succession=succession,
        premise=read_premise(asking) if not words else None,
        # The first word of all is no name for opening what it opens.
        denied=read_names(f"- {asking[denial.end() :]}" if denial else ""),
        # Of what is listed, who stood behind each is told beside other things.
        act=read_act(asking) if names.words and not (succession or listing) else None,
        deed_asked=read_deed(asking) if not (words or succession or listing) else None,
        tongue="en" if words else tongue_of(question),
    )


def _kind(asking: str) -> frozenset[str]:
    """What one thing is asked for of, where that is told by a name of its own."""
    found = asks.ONE_ASKED.match(asking)
    kind = stems(found["kind"]) if found else frozenset[str]()
    return frozenset() if kind & _TOLD_OTHERWISE else kind | same_kind(kind)


def _clause(asking: str) -> re.Match[str] | None:
    """What only says when something is to be, of a question that asks what."""
    return asks.CLAUSE.search(asking) if asks.OF_A_THING.match(asking) else None


def _time_clause(asking: str) -> re.Match[str] | None:
    """What says when something else was, of a question that asks where, who or how many."""
    return asks.TIME_CLAUSE.search(asking) if not asks.TIME_FIRST.match(asking) else None


def _said_by(found: re.Match[str] | None, name: str) -> frozenset[str]:
    return stems((found[name] or "") if found else "")


def _fact(asking: str) -> frozenset[str]:
    """What it is asked that another thing has, where that is told by its own words.

    What is named by one word, as a drawback, is told by others as often as not.
    """
    fact = _said_by(asks.FACT_ASKED.match(asking), "fact")
    return frozenset() if len(fact) < _FEWEST_OF_A_FACT or fact & _TOLD_OTHERWISE else fact


def _office(asking: str) -> str:
    found = asks.OFFICE_ASKED.search(asking)
    return key_of(found["office"] or found["body"]) if found else ""


def _held(asking: str) -> frozenset[str]:
    held = _said_by(asks.HELD.match(asking), "held")
    return held | same_kind(held)


def _plain(said: str) -> frozenset[str]:
    spoken = stems(" ".join(read_names(said).words)) | HOW_OFTEN
    return frozenset(key_of(word) for word in content_words(said) if not stems(word) <= spoken)


def _deed(asking: str) -> str:
    """The key of its last word that is no name, mostly of what is done: "closed", "joined"."""
    plain = _plain(asking) - _WHEN
    keys = [key for word in content_words(asking) if (key := key_of(word)) in plain]
    return keys[-1] if keys else ""


def _listing(asking: str) -> re.Match[str] | None:
    return asks.LIST_ASKED.search(asking) or asks.LIST_ASKED_IN_FRENCH.search(asking)


def _focus(listing: re.Match[str] | None, *, in_words: bool) -> frozenset[str]:
    noun = (listing.group("focus") or "") if listing else ""
    return stems(translated(noun) if in_words else noun)


def _acronym(question: str) -> str | None:
    found = asks.ACRONYM.findall(question)
    return str(found[0]).removesuffix("s") if len(found) == 1 else None


def _expected(question: str, succession: Succession | None, *, defining: bool) -> Expected:
    if succession or defining:
        return Expected.NAME if succession else Expected.ANYTHING
    if clause := _clause(question) or _time_clause(question):
        question = question[: clause.start()]
    for expected, asked in (
        (Expected.TIME, asks.TIME_ASKED),
        (Expected.QUANTITY, asks.QUANTITY_ASKED),
        (Expected.QUANTITY, asks.MONEY_ASKED),
        (Expected.NAME, asks.NAME_ASKED),
    ):
        if asked.search(question):
            return expected
    return Expected.ANYTHING
