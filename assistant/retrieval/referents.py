"""What a question is about, and whom its answer names: what "it", "they", "there" and "he" mean.

Nothing lists the things of a library, so they are told by the form of words: capitals, numbers,
small words before them, and the nouns that name kinds.
"""

import re
from dataclasses import dataclass, replace

from assistant.retrieval.articles import meant, meant_in_french, with_the
from assistant.retrieval.grammar import AUXILIARIES, BE, PRONOUNS
from assistant.retrieval.names import (
    EVENT,
    FRAME,
    KIND,
    RUN,
    TEXT,
    is_several,
    kind_of,
    names_in,
    unowned,
)
from assistant.retrieval.plurals import UNFIT, several_had, touched
from assistant.retrieval.standalone import content_words, subject

_WHO_IS = re.compile(r"^\W*(?:who|qui)\s+(?:is|was|were|are|est|était|fut)\s+(?P<who>.+)$", re.I)
# What is left of these without the words that ask is the name of a thing.
OF_A_THING = re.compile(
    rf"^\s*(?:(?:what|who)(?:['’]s|\s+(?:{BE}))\b|define\b|describe\b|explain\b|"
    r"(?:can you |please )*tell\s+me\b|"
    r"qu[’']est-ce\b|qui\s+(?:est|sont)\b|quel(?:le)?s?\s+(?:est|sont)\b|parle[rz]?-moi\b)",
    re.IGNORECASE,
)
# "What is the purpose of exercises", "the main types of networks"
_OF = re.compile(
    r"^(?:the|an?|some|la|le|les|l['’])\s*(?:[\w’'-]+\s+){1,3}?(?:of|behind|about|d[eu]s?|de la)\s+"
    r"(?P<thing>.+)$",
    re.IGNORECASE,
)
_OF_FRENCH = re.compile(
    r"^(?:la|le|les|l['’])\s*[\w-]+\s+(?:d['’](?P<un>une?\s+)?|du\s+|de\s+la\s+|des\s+|de\s+l['’]|"
    r"de\s+)(?P<thing>.+)$",
    re.IGNORECASE,
)
_SAID_OF = re.compile(
    r"\b(?:says?|provides?|states?)\s+(?:about|on|of)\s+(?P<thing>[a-zà-ÿ ’'-]+)$"
)
_WHICH_ONES = re.compile(
    r"^\W*(?i:which|what|how many|quel(?:le)?s)\s+"
    r"(?P<np>(?!does\b|was\b|has\b)(?:[a-zà-ÿ-]+\s)?(?!does\b|was\b|has\b)[a-zà-ÿ]{2,}(?<![sui])s)\s"
)
_ARTICLED = re.compile(r"^(?:(?:the|an?|la|le|les|une?)\s+|l['’])", re.IGNORECASE)
# "La crise des missiles de Cuba", "the war between Iran and Iraq": what happened, and not a place.
_HAPPENED = re.compile(
    r"^(?:(?:the|la|le)\s+|l['’])(?:[a-zà-ÿ-]+\s)?"
    + EVENT.pattern.replace(r"\b", "", 1)
    + r"\s(?!of\b)",
    re.IGNORECASE,
)
# "Le plan Marshall", "la doctrine Truman"
_OF_A_KIND_IN_FRENCH = re.compile(
    rf"(?:(?:le|la)\s+|l['’]){KIND.pattern}\s(?:(?:de|du|de la|des)\s|d[eu]?\s?['’])?{RUN}",
    re.IGNORECASE,
)
_OWNS = re.compile(r"['’]s?\s")
_ARTICLE = re.compile(r"^(?:an?|une?|some|des)\s+", re.IGNORECASE)
_UN = re.compile(r"^une?\s+", re.IGNORECASE)
_ENDS = re.compile(
    r"\s+(?:and (?=why|how|what)|used for|good for|like|for|in the world|today|now|who|which|that|"
    r"when|because|if)\b.*$|[,;:(].*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:do|did|can|may|must|should)\s+(?P<np>(?:[a-zà-ÿ-]+\s)?[a-zà-ÿ]{3,}(?<![sui])s)"
    r"(?=\s\w)"
)
_A = re.compile(r"\b(?:an?|une?)\s+$", re.IGNORECASE)
_OF_IT = re.compile(r"\b(?:its|their|his|her|our|your|my)\s+$", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|at|within|en|au|dans)\s+(?:the\s+)?$", re.IGNORECASE)
_WHAT_IN = re.compile(
    rf"\b(?:the|an?)\s+(?P<what>(?:(?:[a-z-]+|[A-Z.]{{2,}})\s)?(?:{KIND.pattern}|{EVENT.pattern}))\s+(?:in|at)\s+(?:the\s+)?$"
)
_BETWEEN = re.compile(
    rf"\b[Tt]he\s+(?P<np>(?:{RUN}\s)?(?:[a-z-]+\s)?"
    r"(?:treaty|agreement|convention|pact|accord|protocol|memorandum|war|dispute|talks)\s"
    rf"(?:with|between)\s(?:the\s)?{RUN}(?:\sand\s(?:the\s)?{RUN})?)"
)
_KIND_AFTER = re.compile(rf"(?:['’]s)? {KIND.pattern}")
_SEVERAL_AFTER = re.compile(r"(?P<np> (?:[a-z-]+\s)?[a-z]{3,}s)[\s?.!]*$")
_DETERMINED = re.compile(
    r"(?P<aux>\b(?:do|does|did|can|could|will|would|should)\s+)?"
    r"\b(?P<the>(?:the|an?|your|my|our|la|le|les|une?)\s+|l['’])(?P<np>(?:\d[\w%]*\s)?[a-zà-ÿ-]+(?:\s[a-zà-ÿ-]+){0,3})"
)
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
_WHICH_ONE = re.compile(
    r"^\W*(?i:(?:and\s+)?(?:which|what))\s+(?P<np>(?!year\b|day\b|month\b|time\b)[a-z]{3,}(?<!s))\s"
    rf"(?i:{AUXILIARIES})\s"
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
_LONGEST = 60  # characters of what a pronoun stands for
_PLACE = re.compile(rf"\b(?:in|at|to|from|of|with|border|recogni[sz]ed?)\s+(?:the\s+)?({RUN})")


@dataclass(frozen=True, slots=True)
class Subject:
    """What was spoken of last, by the words that may stand for it; empty where there is none.

    `told` is the name that the last answer gave to what was asked for; `touched` are several that
    the question ends on: "say about attachés". `within` is what was spoken of before one of its
    parts, or one of what was listed of it, was meant. `actor` is who is asked what was done to the
    thing, and `did` what: the United States, of "When did the United States buy Alaska?".
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
        return replace(before, place=_place(question, names) or before.place)
    thing = _thing(question, names, before.any)
    if not thing:
        return Subject()
    text = TEXT.fullmatch(kind_of(before.thing.removeprefix("the ")))
    if text and not names and not OF_A_THING.match(question) and is_several(thing):
        return replace(before, several=thing)  # "How soon must invoices be paid?"
    several = _several_of(thing, question, names) or several_had(question, thing)
    several = several or several_said(question)
    acted = _ACTED.search(question)
    return Subject(
        thing="" if several == thing else with_the(thing, question),
        several=several,
        person=_person_asked_of(question, names),
        place=_place(question, names),
        touched=touched(question),
        actor=acted["who"] if acted else "",
        did=acted["did"] if acted else "",
    )


def asked_of(question: str, before: Subject) -> Subject:
    """The same subject after a question of something that it has: "What are the costs?".

    What happened and what was written down are spoken of by themselves: the treaty of a war.
    """
    if not before.thing:
        return before
    if (new := _WHAT_ABOUT.match(question)) and not is_several(new["np"]):
        return Subject(thing=new["np"].lower(), within=before.thing, place=before.place)
    found = _PLURAL_PHRASE.search(question)
    several = found.group() if found else several_said(question) or before.several
    stands = names_in(question) or _STANDS.search(question)
    own = None if stands else _OF_A_KIND.search(question)
    if own and _is_another(own["noun"].lower(), before.thing):
        return replace(before, thing=own.group(), several=several, within=before.thing)
    return replace(before, several=several)


def _is_another(noun: str, thing: str) -> bool:
    """Whether a noun is not for what was spoken of: a convention may be called a treaty."""
    texts = TEXT.fullmatch(noun) and TEXT.fullmatch(kind_of(thing.removeprefix("the ")))
    return noun not in thing.lower() and not texts


def what_of(question: str) -> str:
    """What a question asks to be told, as "it" after that: the medal, of "Which medal did …"."""
    found = _WHICH_ONE.match(question)
    return f"the {found['np']}" if found else ""


def several_said(question: str) -> str:
    """Those that a question counts or speaks of by a name for several: the Marines."""
    if counted := _HOW_MANY.match(question):
        return f"the {counted['np']}"
    named = _PLURAL_NAME.search(question)
    return f"the {named['name']}" if named else ""


def _several_of(thing: str, question: str, names: list[str]) -> str:
    """The thing where it is more than one; of "a defence attaché", defence attachés."""
    if is_several(thing) and (thing not in names or thing.split()[-1].islower()):
        return thing
    bare = thing.removeprefix("the ")
    if bare == bare.lower() and _A.search(question.partition(bare)[0]) and bare in question:
        return f"{bare}s"
    return ""


def _thing(question: str, names: list[str], before: str) -> str:
    own = [name for name in names if not FRAME.fullmatch(name)]
    own = [name for name in own if not _is_owned(name, question)] or own
    if found := _defined(question, own) or agreed(question) or _that_stands_in(own, question):
        return found
    if own:
        own = [name for name in own if not _stands_where(name, question)] or own
        typed = [name for name in own if kind_of(name)]
        return _whole((typed or own[-1:])[0], question)
    return _whole_of_a_frame(names[-1], question) if names else _unnamed(question, before)


def _whole_of_a_frame(name: str, question: str) -> str:
    """What of those that act as a rule ends a question: "NATO exercises"; else they themselves."""
    found = _SEVERAL_AFTER.match(question, question.find(name) + len(name))
    return f"{name}{found['np']}" if found else name


def _unnamed(question: str, before: str) -> str:
    """What a question without names is about."""
    if said := _SAID_OF.search(question.rstrip(" ?.!…")):
        return said["thing"]
    if several := _SEVERAL.search(question) or _WHICH_ONES.match(question):
        return several["np"]
    # What a question only touches does not take the place of what was spoken of.
    return "" if before else _noun_phrase(question)


def _is_owned(name: str, question: str) -> bool:
    """Whether a name is only what something has: "its GDP"."""
    return _OF_IT.search(question.partition(name)[0]) is not None


def _stands_where(name: str, question: str) -> bool:
    """Whether a name says where something is: "in Mali" is meant by "there", and not by "it"."""
    before, found, _ = question.partition(name)
    return bool(found) and _IN.search(before) is not None


def agreed(question: str) -> str:
    """What is between some, or of somebody with another: "the agreement with Jordan"."""
    found = _BETWEEN.search(question)
    return f"the {found['np']}" if found else ""


def _that_stands_in(names: list[str], question: str) -> str:
    """What is somewhere, where a question names only the place: "the battlegroup in Latvia"."""
    found = _WHAT_IN.search(question.partition(names[0])[0]) if len(names) == 1 else None
    return f"{found['what']} in {names[0]}" if found else ""


def _defined(question: str, names: list[str]) -> str:
    """What a question asks the meaning of, or what has the thing that it asks for."""
    if not OF_A_THING.match(question):
        return ""
    bare = _ENDS.sub("", subject(question).rstrip(" ?.!…"))
    if (of := _OF_FRENCH.match(bare)) and not names:
        return of["thing"] if of["un"] is None else f"{meant_in_french(of['un'], of['thing'])}"
    if (of := _OF.match(bare)) and not names:
        bare = of["thing"]
    named = _ARTICLED.sub("", bare)
    of_a_kind = _HAPPENED.match(bare) or _OF_A_KIND_IN_FRENCH.fullmatch(bare)
    if names and len(bare) <= _LONGEST and of_a_kind and not UNFIT.search(bare):
        return bare
    if names and not (named.startswith(names[0]) and not _OWNS.match(named[len(names[0]) :])):
        return ""
    if not bare or len(bare) > _LONGEST or UNFIT.search(bare):
        return ""
    return named if names else _meant_without_names(bare)


def _meant_without_names(bare: str) -> str:
    """A thing that was named with an article of its own, as it is meant after that."""
    if un := _UN.match(bare):
        return meant_in_french(un.group(), bare[un.end() :])
    return bare if is_several(bare) else _ARTICLE.sub("the ", bare)


def _whole(name: str, question: str) -> str:
    """A name with the noun after it that tells what it is of: "Bay of Pigs invasion"."""
    found = (
        _KIND_AFTER.match(question, question.find(name) + len(name)) if name in question else None
    )
    return f"{name}{found.group()}" if found else name


def _noun_phrase(question: str) -> str:
    """The first thing with an article that a question without names speaks of."""
    bare = question.rstrip(" ?.!…").lower()
    for found in _DETERMINED.finditer(bare):
        words = found["np"].split()
        kept = [word for word, told in zip(words, map(content_words, words), strict=True) if told]
        if kept != words[: len(kept)]:
            kept = words[: next(i for i, word in enumerate(words) if not content_words(word))]
        if found["aux"] and found.start("np") + len(" ".join(kept)) >= len(bare):
            kept = kept[:-1]  # the verb
        while kept and kept[-1].endswith("ed"):
            kept.pop()
        if kept and not UNFIT.search(" ".join(kept)):
            return f"{meant(found['the'])}{' '.join(kept)}"
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
