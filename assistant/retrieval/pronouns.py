"""Says by name what a question calls "it", "their", "there" or "the treaty"."""

import re

from assistant.retrieval.called import is_a_text, of_its_kind
from assistant.retrieval.french_pronouns import in_french
from assistant.retrieval.grammar import AUXILIARIES, BE, CONJUNCTIONS, PRONOUNS
from assistant.retrieval.happenings import joint_of
from assistant.retrieval.names import (
    EVENT,
    FRAME,
    KIN,
    OFFICE,
    TEXT,
    is_several,
    names_in,
    singular,
)
from assistant.retrieval.persons import THEY
from assistant.retrieval.referents import Subject
from assistant.retrieval.replies import may_be_a_person
from assistant.retrieval.standalone import content_words, says_of_what_not
from assistant.retrieval.things import OF_A_THING, agreed

# "Is it possible to …", "how long does it take to …": stands for nothing that was said.
_STANDS_FOR_NOTHING = re.compile(
    r"\bit(?:['’]s|\s+(?:is|was|be))?\s+(?:(?:so|very|more|also|still|considered)\s+)?"
    r"(?:possible|true|necessary|important|legal|allowed|normal|common|safer?|bad|good|better|best|"
    r"eas(?:y|ier)|hard(?:er)?|difficult|worth|said|known|ok(?:ay)?|free|cheaper|wise|smart|"
    r"sensible|advisable|useful|required|overwhelming|like)\b(?=.*\b(?:to|that|if|for)\b|\s*$)|"
    r"\bit\s+(?:means?|(?:takes?|took)\b(?!\s+(?:effect|place|part|over|control|office|away))|makes?|"
    r"happens?|matters?|seems?)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"\b(?:it|this one|that one)\b(?!['’]s\s+(?:possible|true))", re.IGNORECASE)
_WHERE_IS_IT = re.compile(
    r"^\W*(?:and\s+)?(?:where|how far)\s+(?:is|was|does)\s+it\b", re.IGNORECASE
)
# "When did it recognize Nauru?"
_IT_ACTS = re.compile(
    r"\b(?:did|does|has|had|will|would)\s+it\s+(?:(?:ever|first|also)\s+)?(?P<did>[a-z]+)\b"
    r"(?P<whom>\s+(?:the\s+)?(?-i:[A-ZÀ-Þ]))?",
    re.IGNORECASE,
)
_IT_PAYS = re.compile(
    r"^(?P<asks>.*\b(?:did|does|has|had|will|would)\s+)it\s+(?P<pays>pay|paid|spend|spent|offer)\W*$",
    re.IGNORECASE,
)
_OF_THING = re.compile(r"\bits(?:\s+own)?\b", re.IGNORECASE)
_OF_SEVERAL = re.compile(r"\btheirs?(?:\s+own)?\b", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:he|him|she)\b|\bher(?=\s*(?:[?.!,]|$|(?:in|at|to|as|by|for|from)\b))", re.IGNORECASE
)
_OF_PERSON = re.compile(r"\b(?:his|her)(?:\s+own)?\b", re.IGNORECASE)
_ANY = re.compile(rf"\b(?:{PRONOUNS}|the)\b", re.IGNORECASE)
_THERE = re.compile(
    rf"\bthere\b(?!['’]s\b|\s+(?:{AUXILIARIES}|been|be|any|a|an)\b)",
    re.IGNORECASE,
)
_AUX_BEFORE = re.compile(rf"\b(?:{BE}|be|been)(?:n['’]?t)?\s+$", re.IGNORECASE)
_ONE_OF = re.compile(r"\bthe ones?\b(?=\s+(?:in|of|at|from|for|with|on)\b)", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b(?P<which>the (?:first|second|third|fourth|fifth|last))(?: one)?(?=\s*[?.!]*$)",
    re.IGNORECASE,
)
_THAT_WAS = re.compile(
    r"^(?P<asks>\W*(?:(?:and|but|so)\s+)?(?:when|where|how long(?: ago)?|who|what)\s+"
    r"(?:was|were|is))\s+(?:that|this)(?P<end>\s*[?.!]*)$",
    re.IGNORECASE,
)
_WHEN_WAS_THAT = re.compile(
    r"^\W*(?:and\s+)?(?P<asks>when|where|why|how)\s+(?:was|did)\s+(?:that|this)"
    r"(?:\s+happen)?\W*$",
    re.IGNORECASE,
)
_HAD_AT_THE_END = re.compile(r"\s+(?P<noun>[a-z-]+(?:\s[a-z-]+){0,2})(?P<end>\s*[?.!]*\s*)$")
_DOES = re.compile(r"\b(?:did|does|do|will|would|can|could)\s+$", re.IGNORECASE)
_JOINT = re.compile(r"[,;:.?!]\s|\s(?:and|but|or|because)\s", re.IGNORECASE)
_AND = re.compile(r"\W*(?:and|but|so)\s+", re.IGNORECASE)
# "Who is the president?", "and the costs?"
_THE_ONE_OF_IT = re.compile(
    rf"^(?P<asks>\W*(?:what|who|where|when|which|how\s+\w+)(?:['’]s|\s+(?:{BE}))\s+the\s+"
    r"(?:[a-z-]+\s){0,2}(?!(?:then|now|today)\b)(?:[a-z-]+|GDP|GNP))"
    r"(?P<end>(?:\s+(?:then|now|today))?\s*[?.!]*\s*)$",
    re.IGNORECASE,
)
# What precedes in the question itself is likelier meant than what was said before.
_OPENS = re.compile(
    rf"^\W*(?:(?:{CONJUNCTIONS})\s+)?(?:(?:which|what|how many|how much|quel\w*)\s+\w+|\w+)\b",
    re.IGNORECASE,
)
_MORE_THAN_ONE = re.compile(
    r"\b(?:the|some|all|many|most|do|did|are|were|can|if|when|where|of|for|by|with|to|in|on)\s+"
    r"(?:[a-z-]+\s)?(?P<word>[a-z]{3,}s)\b"
)
_WHO = re.compile(r"^\W*who\b", re.IGNORECASE)
_OPENS_ON = re.compile(rf"^\W*(?:{CONJUNCTIONS})\s+(?=\w+\s+\w+\s)", re.IGNORECASE)


def stands_for_nothing(question: str) -> bool:
    """Whether "it" only stands for what follows: "Is it possible to …?"."""
    return _STANDS_FOR_NOTHING.search(question) is not None


def named(question: str, subject: Subject) -> str:
    """The question with names in place of what stands for something said before.

    As it is where nothing does, or where it cannot be told what.
    """
    found = in_french(question, subject.any, subject.person) if subject.any else question
    if found == question:
        found = _in_english(question, subject)
    # "And in the agreement with Qatar, …" says itself of what it asks.
    if found == question and not agreed(question):
        return question
    return _opened(_OPENS_ON.sub("", found))


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def _in_english(question: str, subject: Subject) -> str:
    if not _ANY.search(question):
        return question
    thing = subject.told if subject.told and _WHERE_IS_IT.match(question) else subject.one
    if subject.actor and (pays := _IT_PAYS.match(question)):
        return f"{pays['asks']}{subject.actor} {pays['pays']} for {thing}?"
    acts = subject.actor and subject.actor != subject.person
    thing = subject.actor if acts and _acts(question, subject.did) else thing
    if subject.text and not is_a_text(thing) and _OF_A_TEXT.search(question):
        thing = subject.text
    proper = thing if thing != thing.lower() and names_in(f"– {thing}") else ""
    happened = EVENT.search(thing) and not TEXT.search(thing.lower())
    several = subject.many or ("" if happened else proper)
    person = subject.person or (subject.any if may_be_a_person(subject.any) else "")
    text = of_its_kind(question, subject.thing, subject.within)
    if text != question:
        return text
    place = "" if " and " in subject.place else subject.place
    text = _there(text, place or proper)
    text = _put(text, _PERSON, person) if person in thing else text  # "the Truman Doctrine"
    if not _STANDS_FOR_NOTHING.search(text):
        text = _put(text, _THING, thing)
    several = _elsewhere_said(several, text)
    governed = subject.place and _ITS_OFFICE.search(text) and subject.place in thing
    text = _owned(text, _OF_THING, subject.place if governed else thing)
    text = _put(text, THEY, several)
    text = _owned(text, _OF_SEVERAL, several)
    text = _put(text, _PERSON, person)
    text = _owned(text, _OF_PERSON, person)
    return _the_one(text, subject.several, subject.touched)


def _elsewhere_said(several: str, text: str) -> str:
    """Several without where they are, where a text says that itself: "did they land there?"."""
    head, of, place = several.rpartition(" in ")
    return head if of and place and place in text else several


# What happened in a country has no minister.
_ITS_OFFICE = re.compile(
    rf"\bits\s+(?:[a-z]+\s+){{0,2}}?(?:{OFFICE.pattern}|capital|parliament|government|army|currency)",
    re.IGNORECASE,
)
# What is done to a treaty is done to nothing else.
_OF_A_TEXT = re.compile(
    r"\b(?:sign(?:s|ed)?|ratif(?:y|ied|ies)|acceded\s+to|denounced?|conclude[ds]?|drafted|"
    r"part(?:y|ies)\s+to)\s+it\b|\b(?:was|were|is)\s+it\s+(?:signed|ratified|concluded|drafted)\b|"
    r"\bit\s+(?:enter|come|came|go)\w*\s+into\s+force\b",
    re.IGNORECASE,
)


def _acts(question: str, did: str) -> bool:
    """Whether "it" does the same as was asked before, or something to what has a name."""
    found = _IT_ACTS.search(question)
    return found is not None and (found["did"].lower() == did or bool(found["whom"]))


def _put(text: str, pronoun: re.Pattern[str], name: str) -> str:
    """The text with a name for the first pronoun, unless the question itself says who is meant."""
    found = pronoun.search(text)
    if found is None or not name or _is_said(name, text):
        return text
    before = text[: found.start()]
    if _goes_on(before) or (pronoun is THEY and _says_who(before)):
        return text
    return f"{text[: found.start()]}{name}{text[found.end() :]}"


def _is_said(name: str, text: str) -> bool:
    """Whether a text has the name already, or one of several: "the requirement for them"."""
    said = [name.lower(), *([singular(name.split()[-1].lower())] if is_several(name) else [])]
    return any(re.search(rf"\b{re.escape(one)}", text, re.IGNORECASE) for one in said)


def _owned(text: str, pronoun: re.Pattern[str], name: str) -> str:
    """Its members" as the members of what has them, or as its own where more is said of them."""
    found = pronoun.search(text)
    if found is None or not name or name.lower() in text.lower():
        return text
    before, after = text[: found.start()], text[found.end() :]
    if _goes_on(before) or _says_who(before):
        return text
    had = None if _DOES.search(before) else _HAD_AT_THE_END.match(after)
    if had and had["noun"].split() == content_words(had["noun"]):
        who = OFFICE.match(had["noun"].strip()) or KIN.search(had["noun"])
        what = "Who is " if who else "What is "
        asks = "" if before.strip(" -–") and not _AND.fullmatch(before) else what
        return f"{'' if asks else before}{asks}the {had['noun']} of {name}{had['end']}"
    owner = f"{name}’" if name.endswith("s") else f"{name}’s"
    return f"{before}{owner}{after}"


def _goes_on(before: str) -> bool:
    """Whether something is said before the clause that a pronoun stands in: it goes on from it."""
    joint = _JOINT.search(before)
    first = before[: joint.start()] if joint else ""
    return any(not word.isdigit() for word in content_words(first))


def _says_who(before: str) -> bool:
    """Whether what stands before a pronoun names what it may stand for."""
    rest = _OPENS.sub("", before)
    if any(not FRAME.fullmatch(one.group()) for one in names_in(f"– {rest}")):
        return True
    return any(is_several(found["word"]) for found in _MORE_THAN_ONE.finditer(rest))


def that_was(question: str, asked: str, thing: str) -> str:
    """When was that?" with the name of what the question before it asked to be told of."""
    found = _THAT_WAS.match(question)
    if found is None or not thing or not (OF_A_THING.match(asked) or EVENT.search(thing)):
        return question
    return f"{found['asks']} {thing}{found['end']}"


def of_that(question: str) -> str:
    """Where?" of "Where was that?"; any other question as it is."""
    found = _WHEN_WAS_THAT.match(question)
    return f"{found['asks']}?" if found else question


def with_owner(question: str, subject: Subject) -> str:
    """The question with what has the thing that it asks for: "the president of Ghana"."""
    bare = _OPENS_ON.sub("", question)
    found = _THE_ONE_OF_IT.match(bare)
    had = _WHO.match(bare) is None
    if found is None or not subject.any or not says_of_what_not(bare, had=had):
        return question
    if _RULES.search(found["asks"]) and _HAS_NO_RULER.search(subject.any):
        return question
    return f"{_opened(found['asks'])} of {subject.any}{found['end']}"


# No president or king is one of a treaty or a war.
_RULES = re.compile(r"\b(?:president|king|queen|emperor|minister|chancellor|czar)$", re.IGNORECASE)
_HAS_NO_RULER = re.compile(rf"\b(?:{TEXT.pattern})\b|{EVENT.pattern}", re.IGNORECASE)


def _there(text: str, place: str) -> str:
    for found in _THERE.finditer(text):
        # "Are there any": nothing is said of a place.
        if place and not _AUX_BEFORE.search(text[: found.start()]):
            return f"{text[: found.start()]}{joint_of(place)} {place}{text[found.end() :]}"
    return text


def _the_one(text: str, several: str, touched: str) -> str:
    if several and is_several(several):
        text = _ORDINAL.sub(lambda it: f"{it['which']} of {several}", text)
    found = _ONE_OF.search(text)
    # "Which countries host battlegroups?": the one in Latvia is a battlegroup.
    kind = touched or several
    if found is None or not is_several(kind):
        return text
    return f"{text[: found.start()]}the {singular(kind)}{text[found.end() :]}"
