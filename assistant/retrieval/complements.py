"""What a question leaves out at its end: to what somebody reacted, and of what time "then" is."""

import re

from assistant.retrieval.grammar import BE
from assistant.retrieval.names import EVENT, FRAME, is_several, kind_of, names_in
from assistant.retrieval.standalone import content_words

# Verbs that say little without what they are done to, and the word that joins it.
_VERBS = {
    "to": r"react(?:ed|s)?|respond(?:ed|s)?|repl(?:y|ied|ies)|object(?:ed|s)?|contribut\w+|"
    r"agree[ds]?|adhere[ds]?|acced\w+|consent(?:ed|s)?|put an end",
    "in": r"t(?:ake|akes|ook|aken) part|participat\w+|interven\w+|assist(?:ed|s)?|fight|fought|"
    r"co-?operat\w+|(?:was|were|are|is|been) (?:involved|present|represented|taken|killed|injured|"
    r"wounded|captured|lost|used|deployed|employed)|"
    r"(?:was|were|is|are|been) (?:[\w’'-]+ ){0,4}(?:included|mentioned)",
    "from": r"(?:was|were|is|are|been) (?:[\w’'-]+ ){0,4}(?:excluded|expelled|barred|omitted)|"
    r"benefit(?:ed|s|ted)?|withdr[ae]w(?:n|s)?|profit(?:ed|s)?|abstain(?:ed|s)?",
    "for": r"(?:was|were|is|are) responsible",
    "about": r"complain(?:ed|s)?|decid(?:e|ed|es)",
    "with": r"disagree[ds]?|compl(?:y|ied|ies)",
    "of": r"(?:was|were|is|are|been) (?:[\w’'-]+ ){0,4}left out",
    "": r"attend(?:ed|s)?|ratif(?:y|ied|ies)|oppos(?:e|ed|es)|support(?:ed|s)?|critici[sz]\w+|"
    r"le(?:ave|aves|ft)|join(?:ed|s)?|quit|sign(?:ed|s)?|accept(?:ed|s)?|reject(?:ed|s)?|"
    r"endors(?:e|ed|es)|denounc(?:e|ed|es)|violat(?:e|ed|es)|host(?:ed|s)?",
}
_ENDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (joint, re.compile(rf"\b(?:{verbs})(?P<end>\s*[?.!]*\s*)$", re.IGNORECASE))
    for joint, verbs in _VERBS.items()
)
# "And what happened in 1984?"
_WHAT_HAPPENED = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?P<asks>what(?:\s+else)?\s+(?:happened|has happened|had happened|"
    r"happens))(?P<when>(?:\s+(?:then|next|afterwards?|later|before|after that))?"
    r"(?:\s+(?:in|after|before|since|by|during)\s+(?:[A-Z][a-z]+\s+)?\d{4})?\s*[?.!]*)$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\s(?:of|during|in|at|after|before|under)\s")
_IT_HAPPENS = re.compile(
    r"\b(?:did|does|was|has|had)\s+it\s+(?:(?:finally|ever|really|all)\s+)?(?:end(?:ed)?|start(?:ed)?|"
    r"beg[iu]n|last(?:ed)?|happen(?:ed)?|occur(?:red)?|take place|taken place|come about|over)\b",
    re.IGNORECASE,
)
_TEXT = re.compile(r"\b(?:treaty|pact|agreements?|accords?|traité)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"^\W*(?:\w+\s+){0,3}?(?:is|are|was|were|been|be)\s", re.IGNORECASE)
# Into and out of a body or a text only.
_OUT = re.compile(
    r"\b(?:included|mentioned|left out|excluded|expelled|barred|omitted)\s*[?.!]*\s*$",
    re.IGNORECASE,
)
# These are done to a body or a text, and not to a country or somebody.
_OF_A_BODY = re.compile(
    r"\b(?:le(?:ave|aves|ft)|join(?:ed|s)?|quit|sign(?:ed|s)?|accept(?:ed|s)?|reject(?:ed|s)?|"
    r"endors(?:e|ed|es)|violat(?:e|ed|es)|disagree[ds]?|compl(?:y|ied|ies)|host(?:ed|s)?)"
    r"\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:who|what|when|where|why|how|which|did|do|does|was|were|is|are|"
    r"has|have|had)\b",
    re.IGNORECASE,
)
# "How many staff?", "How many aircraft were there?"
_HOW_MANY = re.compile(
    r"^(?P<ask>\W*(?:and\s+)?how (?:many|much)\s+(?:[a-zà-ÿ-]+\s){0,2}?[a-zà-ÿ-]+)"
    rf"(?:\s+(?P<be>{BE})\s+there)?(?P<end>\s*[?.!]*)$",
    re.IGNORECASE,
)
# "How many refugees fled?"
_COUNTED_DID = re.compile(
    r"\bmany\s(?:[a-z-]+\s)?[a-z]{3,}(?<![sui])s\s(?:[a-z]+ed|fell|left|came|went|fought)$"
)
_VERB = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|had|can|will|more|times?)\b", re.I)
_AT_THAT_TIME = re.compile(
    r"\b(?:at (?:the|that) time|back then|in those (?:days|years)|à (?:l['’]|cette )époque|"
    r"(?<=\s)then|(?<=\s)alors)(?P<end>\s*[?.!]*\s*)$",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\b(?:is|was|were|had|led|ruled|governed|commanded|headed|at (?:the|that) time|back then|"
    r"était|étaient|avait|dirigeait|gouvernait|époque)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<=[a-z]\s)\b1[5-9]\d\d\b|(?<=[a-z]\s)\b20\d\d\b")
_OF_THE_PAST = re.compile(r"^\W*(?:what|who)\s+(?:was|were)\b|\b(?:était|étaient|fut)\b", re.I)
# "When were relations broken off?": between whom they are is not said.
_BETWEEN = re.compile(
    r"\b(?P<what>(?:(?:diplomatic|consular|bilateral|military|full|normal)\s){0,2}"
    r"(?:relations|ties|contacts))\b(?!\s+(?:with|between|of|to|among|and)\b)|"
    r"\b(?P<talks>(?:negotiations|talks))\b(?!\s+(?:with|between|of|on|to|among|about|over|for)\b)",
    re.IGNORECASE,
)
_FRENCH = re.compile(r"\b(?:les|des|aux|de|quand|qui)\s", re.IGNORECASE)
_OF = {"le ": "du ", "les ": "des "}


def with_complement(question: str, about: str) -> str:
    """The question with what was spoken of behind a verb that wants it; else as it is."""
    if not about or not _ASKS.match(question) or about.lower() in question.lower():
        return question
    if happened := _WHAT_HAPPENED.match(question):
        return _happened(happened, about)
    if (counted := _HOW_MANY.match(question)) and not _VERB.search(counted["ask"]):
        return _counted(counted, about)
    return _joined(question, about) if _takes(question, about) else question


def _joined(question: str, about: str) -> str:
    for joint, ends in _ENDS:
        if found := ends.search(question):
            end = found["end"]
            joined = " ".join(filter(None, (joint, about)))
            return f"{question[: len(question) - len(end)]} {joined}{end}"
    return question


def _takes(question: str, about: str) -> bool:
    """Whether what was spoken of is something that the verb a question ends on is done to."""
    if _OUT.search(question):
        return is_a_matter(about)
    of_a_body = _OF_A_BODY.search(question) is not None
    return not of_a_body or (is_a_matter(about) and not _PASSIVE.match(question))


def _happened(found: re.Match[str], about: str) -> str:
    """What happened of what was spoken of: to a treaty, in a crisis."""
    head = _HEAD.split(about, maxsplit=1)[0]
    joint = "in" if EVENT.search(head) and not _TEXT.search(about) else "to"
    return f"{_opened(found['asks'])} {joint} {about}{found['when']}"


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def is_of_what_happens(question: str) -> bool:
    """Whether "it" begins, ends or happens, as only what happens does."""
    return _IT_HAPPENS.search(question) is not None


def is_a_matter(about: str) -> bool:
    """Whether words name a text, a body or what happened rather than a country or somebody."""
    bare = about.removeprefix("the ")
    return bool(kind_of(bare)) or (bare != about and about == about.strip())


def with_party(question: str, about: str, *, matter: bool) -> str:
    """The question with what was spoken of behind "relations" that are said to be with nobody.

    `matter` says that it is no party to anything but what is talked of.
    """
    found = _BETWEEN.search(question) if about else None
    if found is None or any(not FRAME.fullmatch(one.group()) for one in names_in(question)):
        return question
    if (matter and found["what"]) or _FRENCH.search(question[: found.start()]):
        return question
    joint = "on" if matter else "with"
    return f"{question[: found.end()]} {joint} {about}{question[found.end() :]}"


def _counted(found: re.Match[str], about: str) -> str:
    """What is counted, of an event as being in it, of anything else as its own."""
    if _COUNTED_DID.search(found["ask"]):
        return f"{found['ask']} in {about}{found['end']}" if EVENT.search(about) else found.string
    if EVENT.search(about):
        return f"{found['ask']} {found['be'] or 'were'} there in {about}{found['end']}"
    if found["be"]:
        return found.string
    own = "do" if is_several(about) else "does"
    return f"{found['ask']} {own} {about} have{found['end']}"


def with_time(question: str, about: str, asked: str) -> str:
    """The question with what "then" was the time of; else as it is.

    `asked` is the last question, which tells what happened once from what is, and may name a year.
    """
    found = _AT_THAT_TIME.search(question) if about else None
    if found is None or not _WAS.search(question):
        return question
    years = _YEAR.findall(asked)
    if len(years) == 1 and not EVENT.search(about) and not _YEAR.search(question):
        return f"{question[: found.start()].rstrip()} in {years[0]}{found['end']}"
    if not (EVENT.search(about) or _OF_THE_PAST.match(asked)):
        return question
    bare = question[: found.start()].rstrip()
    if not content_words(bare) or about.lower() in bare.lower():
        return question
    return f"{bare} {_at_the_time_of(about)}{found['end']}"


def of_that_time(question: str) -> bool:
    """Whether a question ends on a time that it does not name: "Who was the president then?"."""
    return _AT_THAT_TIME.search(question) is not None and not _own_time(question)


def _own_time(question: str) -> bool:
    return any(any(map(str.isdigit, one.group())) for one in names_in(question))


def _at_the_time_of(about: str) -> str:
    for article, of in _OF.items():
        if about.lower().startswith(article):
            return f"à l’époque {of}{about[len(article) :]}"
    if about.lower().startswith(("la ", "l'", "l’")):
        return f"à l’époque de {about}"
    return f"at the time of {about}"
