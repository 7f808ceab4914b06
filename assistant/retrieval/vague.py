"""Questions that say too little: a name alone, "the mission" of many, nothing at all."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.retrieval.grammar import ASKS, ASKS_IN_FRENCH, AUXILIARIES
from assistant.retrieval.standalone import content_words, telling_words
from assistant.types import StandaloneQuestion

_MOST_WORDS = 5
_WORD = re.compile(r"[\w’'./&-]+")
# What makes words a request or a statement and no name.
_ASKS_OR_TELLS = re.compile(
    rf"\b(?:{ASKS}|{AUXILIARIES}|be|been|please|tell|give|list|name|show|"
    r"find|explain|describe|define|compare|summari[sz]e|translate|write|i|you|we|it|they|"
    rf"{ASKS_IN_FRENCH}|que|est|sont|liste[rz]?|donne[rz]?|"
    r"explique[rz]?|décri(?:s|vez))\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"[a-zà-ÿ]{3,}(?<![sui])s$")
# Words of these endings name what cannot be counted, as a rule.
_MASS = re.compile(r"(?:ing|ion|ment|ship|ity|ance|ence|acy|ism|ure|ness|ics|support|law)$")
_GENERIC = re.compile(
    r"\b(?P<which>the|this|that)\s+(?P<noun>exercise|mission|operation|treaty|agreement|"
    r"conference|summit|programme|program|project|convention|protocol|initiative|battlegroup|"
    r"centre|center|task force|initiative|visit|course|seminar|declaration)\b"
    r"(?=\s*(?:[?.!,;]|$|(?:is|was|do|does|did|end|ended|begin|began|start|started|take|took|"
    r"last|lasted|cost|have|has|had|held|say|says|said|mean|means|happen|happened|sign|signed|"
    r"ratified|concluded|adopted|agreed|negotiated|approved|amended|terminated|enter|entered|come|"
    r"came|expires?|expired|established|created|founded|launched|appl(?:y|ies)|covers?|"
    r"requires?|provides?)\b))",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)\b[A-ZÀ-Þ][\w’'-]+|\b[A-ZÀ-Þ]{2,}\b|\d")
_ACRONYM = re.compile(r"^[A-Z][A-Z0-9&/-]{1,9}s?$")
_JOINS = r"(?:of|on|the|for|and|in|to|de|du|des|la|le|et|pour)"
_MOST_IN_A_NAME = 9
# Goads that name nothing, though they have words that are not common: "Et alors ?"
_GOAD = re.compile(
    r"(?:(?:and|so|well|et|ah|eh bien|oui|non)\W+)*(?:so|then|what|well|really|indeed|go on|"
    r"continue|and|next|alors|donc|puis|ensuite|après|quoi|bon|bien|vraiment|continue[rz]?|"
    r"la suite|oui|non)"
    r"(?:\W+(?:what|then|then what|alors|donc|quoi))?",
    re.IGNORECASE,
)
_RUN = r"[A-ZÀ-Þ][\w’'-]+(?: (?:(?:of|the|for) ){0,2}[A-ZÀ-Þ][\w’'-]+){0,4}"
_ARTICLE = re.compile(
    r"^(?:the|this|that|these|those|an?|our|your|le|la|les|une?)\s+", re.IGNORECASE
)


def with_term(question: StandaloneQuestion) -> StandaloneQuestion:
    """A name given in place of a question, as the question what it is; any other as it is."""
    if question.earlier or question.translated or not (term := bare_term(question.asked)):
        return question
    return replace(question, text=f"{_what_is(term)}?", term=term)


def bare_term(text: str) -> str:
    """The name that a text consists of; empty for a question, a request or a sentence."""
    term = text.strip(" ?.!…:;,\"'“”«»")
    words = _WORD.findall(term)
    if not 0 < len(words) <= _MOST_WORDS or _ASKS_OR_TELLS.search(term) or _ARTICLE.match(term):
        return ""
    if _GOAD.fullmatch(term):
        return ""
    return term if content_words(term) else ""


def says_nothing(question: StandaloneQuestion) -> bool:
    """Whether nothing tells what the question is about."""
    if question.earlier:
        return False
    goaded = _GOAD.fullmatch(question.asked.strip(" ?.!…:;,")) is not None
    return goaded or not telling_words(question.asked)


def generic(question: str) -> re.Match[str] | None:
    """Where a question says "the mission" and names none; its group `noun` is what it says."""
    return None if _NAME.search(question) else _GENERIC.search(question)


def named_kinds(noun: str, texts: Iterable[str]) -> list[str]:
    """The names of things of a kind that texts hold, most often named first."""
    kind = re.compile(rf"\b{_RUN} {noun.capitalize()}\b|\b{noun.capitalize()} {_RUN}")
    found: dict[tuple[str, ...], list[str]] = {}
    for text in texts:
        for match in kind.finditer(text):
            name = _ARTICLE.sub("", _named(match.group().split()))
            if key := tuple(word for word in _bare(name) if word != noun.lower()):
                found.setdefault(key, []).append(name)
    ordered = sorted(found.values(), key=len, reverse=True)
    return [names[0] for names in ordered]


def _named(words: Sequence[str]) -> str:
    """A name without the small words before it that open a sentence: "Like the …"."""
    at = next((i for i, word in enumerate(words) if content_words(word)), 0)
    return " ".join(words[at:])


def expansions(acronym: str, texts: Iterable[str]) -> list[str]:
    """What an acronym stands for in texts that say so, each meaning once, in their order."""
    if not _ACRONYM.match(acronym):
        return []
    before = re.compile(
        rf"(?P<name>(?:[\w’'-]+\s+){{1,{_MOST_IN_A_NAME}}})\(\s*{re.escape(acronym)}\s*[),;]"
    )
    found: dict[tuple[str, ...], str] = {}
    for text in texts:
        for match in before.finditer(text):
            if name := _spelled(acronym, match["name"].split()):
                found.setdefault(_bare(name), name)
    return list(found.values())


def _spelled(acronym: str, words: list[str]) -> str:
    """The last words whose initials spell the acronym; empty where none do."""
    letters = [letter for letter in acronym.removesuffix("s").lower() if letter.isalpha()]
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and words[at][:1].lower() != letter and re.fullmatch(_JOINS, words[at]):
            at -= 1
        if at < 0 or words[at][:1].lower() != letter:
            return ""
    return " ".join(words[at:])


def _bare(name: str) -> tuple[str, ...]:
    return tuple(word.rstrip("s") for word in content_words(name))


def _what_is(term: str) -> str:
    last = term.split()[-1]
    if _PLURAL.search(last) and not _MASS.search(last.rstrip("s")):
        return f"What are {term}"
    named = any(letter.isupper() or letter.isdigit() for letter in last)
    if named or _MASS.search(last):
        return f"What is {term}"
    return f"What is {'an' if term[0].lower() in 'aeiou' else 'a'} {term}"
