"""Names: whom a sentence names that its span does not, and who does what to whom."""

import re
from functools import lru_cache

from assistant.answers.words import initials
from assistant.grounding.counted import counted_as
from assistant.grounding.meanings import countries
from assistant.grounding.parts import first_verb
from assistant.grounding.states import is_state, renamed
from assistant.grounding.terms import Kind, terms
from assistant.phrases import phrase
from assistant.retrieval.standalone import content_words
from assistant.spelling import respelled, unaccented, with_one_apostrophe

_MONTHS = re.compile(
    r"january|february|april|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec",
    re.IGNORECASE,
)
NAME = re.compile(r"\b[A-ZÀ-Þ][\w’‘']*\w|\b[A-ZÀ-Þ]\b")
_POSSESSIVE = re.compile(r"[’']s?$")
_ELIDED = re.compile(r"^(?:[ldnsjcmt]|qu)[’']")
# "The United Nations", but not the first word of a sentence with the name behind it.
_RUN = re.compile(
    r"\b[A-ZÀ-Þ][a-zà-ÿ]+(?:[ -](?:(?:of|on|the|for|and|in) ){0,2}[A-ZÀ-Þ][a-zà-ÿ]+)+"
)
# "TAAC" and, in the plural, "TAACs".
_ACRONYM = re.compile(r"\b[A-Z]{2,6}(?=s?\b)")
_STATES = re.compile(
    r"\bU\.S\.(?:A\.)?|\bUSA?\b|\bUnited\s+States(?:\s+of\s+America)?|\bÉtats-Unis\b"
)
_KINGDOM = re.compile(r"\bU\.K\.|\bUK\b|\bUnited\s+Kingdom|\bRoyaume-Uni\b")
# A treaty's title may be in Dutch alone, and who becomes a party to the treaty joins NATO.
_NETHERLANDS = re.compile(r"\bNederland(?:en|s|se)?\b")
_NATO = re.compile(
    r"\bNorth[ -]Atlantic\s+(?:Treaty|Alliance)\b|"
    r"\bNoord-?\s?[Aa]tlantische?\s+Verdrag\w*|\bNAVO\b|\bOTAN\b"
)
_CALLED = {"america": _STATES, "britain": _KINGDOM, "netherland": _NETHERLANDS, "nato": _NATO}
# "Confederacy" and "Confederate", "Communism" and "Communist" are of one thing.
_OF_ONE_THING = ((re.compile(r"(?<=\w{4})acy$"), "ate"), (re.compile(r"(?<=\w{4})ist$"), "ism"))
# Treaties have a capital for these, which name nobody.
_NOBODY = frozenset(
    ["government", "governments", "state", "states", "party", "parties", "agreement", "treaty"]
)
# Names of so few letters keep their last "s".
_SHORT = 3


def strangers(sentence: str, span: str, around: str) -> list[str]:
    """What is wrong with each name that stands nowhere around the span."""
    known, short = stems_of(f"{around}\n{span}"), initials(f"{around}\n{span}")
    unknown = [
        name
        for name in named(sentence, span, around)
        if stem_of(name) not in known and name.lower() not in short
    ]
    return [phrase("name-nowhere", name=name) for name in unknown]


def opening_stranger(sentence: str, span: str, around: str) -> list[str]:
    """The same of the first word, which may have its capital only for the place.

    It is told where a name of the span is gone from the sentence, too.
    """
    first = opening(sentence)
    known = stems_of(f"{around}\n{span}") | stems_of(sentence[1:])
    if not first or stem_of(first) in known or not _gone(sentence, span, around):
        return []
    return [phrase("name-nowhere", name=first)]


def misplaced(sentence: str, span: str, around: str) -> list[str]:
    """What is wrong with each name that stands around the span, where the span has another."""
    gone = _gone(sentence, span, around)
    instead = [name for name in gone if name.lower() not in _NOBODY]
    if not instead:
        return []
    here, known = stems_of(span), stems_of(around)
    # What tells of the page's subject without a verb names it in the title alone.
    if first_verb(span) is None:
        here |= stems_of(around.partition("\n")[0])
    short = initials(f"{around}\n{span}")
    return [
        _not_here(name, instead)
        for name in named(sentence, span, around)
        if stem_of(name) not in here and stem_of(name) in known and name.lower() not in short
    ]


def _not_here(name: str, instead: list[str]) -> str:
    """That the span has a state for a state, or else that it has not the name."""
    other = next((one for one in instead if is_state(one)), "") if is_state(name) else ""
    if other:
        return phrase("another-name", given=other, said=name)
    return phrase("name-elsewhere", name=name)


def _gone(sentence: str, span: str, around: str) -> list[str]:
    mine = stems_of(sentence)
    return [name for name in named(span, sentence, around) if stem_of(name) not in mine]


@lru_cache(maxsize=512)
def shortened(text: str, sentence: str) -> str:
    """The text with names as the sentence has them: those of states, in initials, or in full."""
    text = counted_as(renamed(text, sentence), sentence)
    for short in dict.fromkeys(_ACRONYM.findall(sentence)):
        if not re.search(rf"\b{short}\b", text):
            text = _long_name(short).sub(short, text)
    for run, letters in _in_full(sentence):
        if run not in text:
            text = letters.sub(run, text)
    return text


@lru_cache(maxsize=512)
def _in_full(sentence: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The names of several words, each with a pattern of its initials: "UN" or "U.N."."""
    found: dict[str, re.Pattern[str]] = {}
    for match in _RUN.finditer(sentence):
        first, _, rest = match[0].partition(" ")
        run = match[0] if content_words(first) else rest
        letters = re.findall(r"\b[A-ZÀ-Þ]", run)
        if len(letters) > 1:
            found[run] = re.compile(rf"\b{r'[.]?'.join(letters)}\b(?:\.(?=\W*[a-z]))?")
    return tuple(found.items())


@lru_cache(maxsize=1024)
def _long_name(short: str) -> re.Pattern[str]:
    between = r"(?:[ -](?:(?:of|on|the|for|and|in) ){0,2})"
    return re.compile(r"\b" + between.join(rf"{letter}[a-zà-ÿ]+" for letter in short) + r"\b")


def named(text: str, *others: str) -> list[str]:
    """The names of a text in their order, each once.

    A word that opens a sentence is a name where it is one elsewhere, also in the other texts.
    """
    certain = certain_names(text).union(*map(certain_names, others))
    found = [word for word, opens in capitals(text) if not opens or stem_of(word) in certain]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def certain_names(text: str) -> frozenset[str]:
    """The stems of the names that have a capital though they open no sentence, or inside."""
    return frozenset(
        stem_of(word)
        for word, opens in capitals(text)
        if not opens or any(map(str.isupper, word[1:]))
    )


def capitals(text: str) -> list[tuple[str, bool]]:
    """Words with a capital but months and common ones, and whether each opens a sentence."""
    found: list[tuple[str, bool]] = []
    for match in NAME.finditer(text):
        word, before = _POSSESSIVE.sub("", match.group()), text[: match.start()].rstrip(" \"“'(*-")
        if (
            len(word) > 1
            and content_words(word)
            and word not in {"May", "March"}
            and not _MONTHS.fullmatch(word)
        ):
            found.append((word, not before or before[-1] in ".!?:\n"))
    return found


def opening(sentence: str) -> str:
    """The word that opens the sentence where it may be a name."""
    words = capitals(sentence)
    if not words or terms(words[0][0])[0].kind is Kind.NUMBER:
        return ""
    return words[0][0] if words[0][1] and sentence.lstrip(" \"“'(").startswith(words[0][0]) else ""


@lru_cache(maxsize=1024)
def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of a text, and of what it may call otherwise."""
    found = {stem_of(word) for word in re.findall(r"\w+(?:[’‘']\w+)*", text)}
    return frozenset(found.union(name for name, forms in _CALLED.items() if forms.search(text)))


@lru_cache(maxsize=8192)
def stem_of(word: str) -> str:
    """What forms of one name have in common, and a country with its people and what is theirs.

    For comparing alone: never shown.
    """
    small = _folded_name(word)
    form = form_of(countries().get(small, small))
    for ending, other in _OF_ONE_THING:
        form = ending.sub(other, form)
    return form


@lru_cache(maxsize=8192)
def form_of(word: str) -> str:
    """What forms of one name have in common; a people's is not its country's."""
    small = _folded_name(word)
    return respelled(small[:-1] if len(small) > _SHORT and small.endswith("s") else small)


def _folded_name(word: str) -> str:
    return _ELIDED.sub("", unaccented(_POSSESSIVE.sub("", with_one_apostrophe(word)).lower()))
