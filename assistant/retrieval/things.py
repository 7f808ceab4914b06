"""What thing a question speaks of, told by the form of its words."""

import re

from assistant.retrieval.articles import meant, meant_in_french
from assistant.retrieval.grammar import BE
from assistant.retrieval.names import (
    CAPITAL,
    EVENT,
    FRAME,
    KIND,
    RUN,
    is_several,
    kind_of,
)
from assistant.retrieval.plurals import UNFIT
from assistant.retrieval.standalone import content_words, subject

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
    r"\s+(?:and (?=why|how|what)|(?:used|good|known) for|like|for|in the world|today|now|then|who|"
    r"which|that|when|because|if)\b.*$|[,;:(].*$|\s+an?\s+[a-z]+\s+(?:of|for)$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:do|did|can|may|must|should)\s+(?P<np>(?:[a-zà-ÿ-]+\s)?[a-zà-ÿ]{3,}(?<![sui])s)"
    r"(?=\s\w)"
)
_OF_IT = re.compile(r"\b(?:its|their|his|her|our|your|my)\s+$", re.IGNORECASE)
# "What was agreed on the ceasefire?"
_DONE_ON = re.compile(r"[a-z]+ed\s+(?:on|in|to|by|at|for|about|with|from|between)\b")
_IN = re.compile(r"\b(?:in|at|within|en|au|dans)\s+(?:the\s+)?$", re.IGNORECASE)
_WHAT_IN = re.compile(
    rf"\b(?:the|an?)\s+(?P<what>(?:(?:[a-z-]+|[A-Z.]{{2,}})\s)?(?:{KIND.pattern}|{EVENT.pattern}))\s+(?:in|at)\s+(?:the\s+)?$"
)
# "The Communist blockade of Berlin" is spoken of, and not Berlin.
_DONE_TO = re.compile(
    rf"\b[Tt]he\s(?P<np>(?:(?:[a-z-]+|{CAPITAL})\s)?(?:purchase|invasion|siege|blockade|annexation|"
    r"occupation|conquest|partition|cession|seizure|bombing|liberation|capture|nationali[sz]ation|"
    rf"expropriation|evacuation|division|reunification|unification|overthrow|fall)\sof\s"
    rf"(?:the\s)?{RUN})"
)
# "The treaty on Alaska", "the coup of 1991", "the 1991 coup"
_ON = re.compile(
    r"\b[Tt]he\s(?P<np>(?:treaty|agreement|convention|pact|talks|negotiations|dispute|conference)\s"
    rf"(?:on|over|about|concerning|regarding)\s(?:the\s)?{RUN})"
)
_YEARLY = r"(?:coup|revolution|war|crisis|revolt|uprising|summit|conference|invasion|earthquake)"
_OF_YEAR = re.compile(rf"\b[Tt]he\s(?P<np>{_YEARLY}\s(?:of|in)\s\d{{4}}|\d{{4}}\s{_YEARLY})\b")
# "The pact that outlawed war"
_THAT_DID = re.compile(
    r"\b(?P<np>the\s(?:[a-z-]+\s){1,2}?(?:that|which)\s(?:[a-z]+ed|led|won|held|gave|set|made|put|"
    r"brought|broke|began|sought)\s[^?,;:]{3,48}?)[\s?.!]*$"
)
_NAME = rf"{CAPITAL}(?:\s(?:of\s(?:the\s)?)?{CAPITAL})*"
_TEXT = (
    r"(?:treaty|agreement|convention|pact|accord|protocol|memorandum|arrangement|instruction|directive|"
    r"regulation|report|manual)"
)
# "The agreement between Mali and Chad on troops", "the GAO report on aid": with what it is about.
_BETWEEN = re.compile(
    rf"\b[Tt]he\s(?P<np>(?:{RUN}\s)?(?:[a-z-]+\s)?(?:{_TEXT}|war|dispute|talks)\s"
    rf"(?:with|between)\s(?:the\s)?{_NAME}(?:\sand\s(?:the\s)?{_NAME})?"
    r"(?:\s(?:on|about|concerning|regarding)\s[^?,;]{3,80}?(?=\s(?:"
    r"say|says|provide|cover|state|mean|enter|come|apply|end|lay|take|about|signed|concluded|ratified|in|for)\b|[\s?.!]*$))?)"
)
_ABOUT = re.compile(
    rf"\b[Tt]he\s(?P<np>{RUN}\s(?:[a-z-]+\s)?{_TEXT}\s(?:on|about|concerning|regarding)\s"
    r"[^?,;]{3,80}?)(?=\s(?:say|says|provide|cover|state|mean|enter|come|apply|end|lay|take|signed|"
    r"concluded|ratified)\b|[\s?.!]*$)"
)
_KIND_AFTER = re.compile(
    rf"(?:['’]s)? (?:{KIND.pattern}|{EVENT.pattern}|(?:cabinet|administration|regime)\b)"
)
_SEVERAL_AFTER = re.compile(r"(?P<np> (?:[a-z-]+\s)?[a-z]{3,}s)[\s?.!]*$")
_DETERMINED = re.compile(
    r"(?P<aux>\b(?:do|does|did|can|could|will|would|should)\s+)?"
    r"\b(?P<the>(?:the|an?|your|my|our|la|le|les|une?)\s+|l['’])(?P<np>(?:\d[\w%]*\s)?[a-zà-ÿ-]+(?:\s[a-zà-ÿ-]+){0,3})"
)
# "What ended the NATO bombing there?": what was brought about or to its end is spoken of.
_BROUGHT_ABOUT = re.compile(
    r"^\W*(?:what|who)\s+(?:ended|started|began|caused|triggered|stopped|prompted|sparked|"
    r"led\s+to|brought\s+about)\s+(?P<np>the\s+[^?]+?)(?:\s+(?:there|then|here))?\W*$",
    re.IGNORECASE,
)
_LONGEST = 60  # characters of what a pronoun stands for


def thing_in(question: str, names: list[str], before: str) -> str:
    """The thing that a question with these names is about; `before` is what was spoken of."""
    own = [name for name in names if not FRAME.fullmatch(name)]
    own = [name for name in own if not _is_owned(name, question)] or own
    found = brought_about(question) or _defined(question, own) or agreed(question)
    found = found or _done_to(question) or _that_did(question)
    if found := found or _that_stands_in(own, question):
        return found
    if own:
        own = [name for name in own if not stands_where(name, question)] or own
        typed = [name for name in own if kind_of(name)]
        return _whole((typed or own[-1:])[0], question)
    return _whole_of_a_frame(names[-1], question) if names else _unnamed(question, before)


def _whole_of_a_frame(name: str, question: str) -> str:
    """What of those that act as a rule ends a question: "NATO exercises"; else they themselves."""
    found = _SEVERAL_AFTER.match(question, question.find(name) + len(name))
    return f"{name}{found['np']}" if found else name


def acting_in(question: str) -> str:
    """The several that a question asks the doings of: "soldiers" of "What may soldiers do …?"."""
    found = _SEVERAL.search(question)
    return found["np"] if found else ""


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


def stands_where(name: str, question: str) -> bool:
    """Whether a name says where something is: "in Mali" is meant by "there", and not by "it"."""
    before, found, _ = question.partition(name)
    return bool(found) and _IN.search(before) is not None


def agreed(question: str) -> str:
    """What is between some, or of somebody with another: "the agreement with Jordan"."""
    found = _BETWEEN.search(question) or _ABOUT.search(question)
    return f"the {found['np']}" if found else ""


def _done_to(question: str) -> str:
    """What was done to somebody or something: "the purchase of Alaska"."""
    found = _DONE_TO.search(question) or _ON.search(question) or _OF_YEAR.search(question)
    return f"the {found['np']}" if found else ""


def _that_did(question: str) -> str:
    """A thing that a question ends on and tells by what it did: "the pact that outlawed war"."""
    found = _THAT_DID.search(question)
    return found["np"] if found else ""


def brought_about(question: str) -> str:
    """What is asked what brought it about, or to its end; else nothing."""
    found = _BROUGHT_ABOUT.match(question)
    return found["np"] if found else ""


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
    if not bare or len(bare) > _LONGEST or UNFIT.search(bare) or _DONE_ON.match(bare):
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
