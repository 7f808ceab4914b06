"""Who asks what an article of a treaty says gets the article, wherever the passages were found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.numerals import KINDS, in_figures
from assistant.answers.pool import Pooled
from assistant.answers.words import stems
from assistant.retrieval.translation import is_french, translated
from assistant.types import StoredChunk

_NUMBER = r"\d{1,4}[a-z]?|[IVXLC]{1,6}|[A-Z]"
_ASKED = re.compile(
    rf"\b(?P<kind>{KINDS})\s+(?P<number>(?-i:{_NUMBER}))\b(?:\s*\(\w+\))*"
    r"(?:\s*,?\s*(?:of|in|to|under|de|du|des)\s+(?:the\s+|la\s+|l[’'])?(?P<whole>\w.*?))?\W*$",
    re.IGNORECASE,
)
# What may stand before it where nothing but the text is asked for.
_ASKS_FOR_IT = re.compile(
    r"^\W*(?:please\s+)?(?:what(?:’s|'s|\s+is|\s+are|\s+was|\s+does|\s+do|\s+did)|quote|cite|read|"
    r"explain|define|show(?:\s+me)?|give(?:\s+me)?|tell me about|"
    r"(?:qu[’']est-ce )?que (?:dit|prévoit|dispose|stipule|contient|énonce|précise|prescrit|"
    r"signifie)|qu[’']est-ce que|quel(?:le)?s? (?:est|sont)|cite[rz]?|expliquez|donnez)\b"
    r"(?:\s+(?:the|in|meant|by|text|content|meaning|provisions?|wording|of|l[ae]s?|texte|teneur|"
    r"contenu|sens|du|des?|dispositions?)\b)*(?:\s+l[’']|\W)*$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\W*\b(?:says?|state|provide|mean|contain|require|stipulate|read|establish|oblige|about|for|"
    r"exactly)\b[\W\s]*(?:exactly|for|about)?\W*$",
    re.IGNORECASE,
)
# What the parts of texts are called in French is the same as what the English ones are.
_IN_ENGLISH = {"chapitre": "chapter", "annexe": "annex", "partie": "part", "titre": "title"}
_NAMED = re.compile(rf"\b(?P<kind>{KINDS})\s+(?P<number>{_NUMBER})\b", re.IGNORECASE)
_HEADS = re.compile(rf"^\W*{_NAMED.pattern}", re.IGNORECASE)
_LONGEST_HEAD = 120
_MOST = 5


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered part of a text, by its name in lower case.

    `wholes` are the stems of the text's name, in French those of its English words too.
    """

    name: tuple[str, str]
    wholes: tuple[frozenset[str], ...]


def asked_for(question: str) -> Provision | None:
    """The provision whose text is asked for, and nothing else of it."""
    said = _SAYS.sub("", question)
    found = _ASKED.search(said)
    if found is None or not found["whole"] or not _ASKS_FOR_IT.match(said[: found.start()]):
        return None
    named = [found["whole"]]
    if is_french(question):
        named.append(translated(found["whole"]))
    wholes = tuple(whole for whole in map(stems, named) if whole)
    return Provision(_name(found), wholes) if wholes else None


def bears_the_name(provision: Provision, chunks: Sequence[StoredChunk]) -> int | None:
    """How many words more than asked for the name of a text has; None where it is another's.

    A text is named by its title, or by the heading of a whole part of it.
    """
    above = {name for one in chunks for name in (one.metadata.title, *one.chunk.headings)}
    beyond = [
        len(name - whole)
        for name in map(stems, above)
        for whole in provision.wholes
        if whole <= name
    ]
    return min(beyond, default=None)


def chunks_of(provision: Provision, chunks: Sequence[StoredChunk]) -> list[StoredChunk]:
    """Those of a text's chunks, in order, that may hold the provision."""
    return [
        one
        for one in chunks
        if any(_heads(line) == provision.name for line in (*one.chunk.headings, *_lines(one)))
    ][:_MOST]


def text_of(provision: Provision, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentences below the provision's heading, in order, of its first place in the text."""
    found: list[Pooled] = []
    name: tuple[str, str] | None = None
    chunk = None
    for one in sorted(pool, key=lambda each: each.place):
        stored = one.source.stored
        if stored.chunk.chunk_id != chunk:
            chunk = stored.chunk.chunk_id
            name = next((n for h in reversed(stored.chunk.headings) if (n := _heads(h))), name)
        if one.part.leads and (heads := _heads(one.text)) and _is_short(one.text):
            name = heads
        elif name == provision.name:
            if any(map(str.isalpha, one.text)):  # and is more than a number of what follows
                found.append(one)
        elif found:
            break
    return found[:_MOST]


def tells_of(provision: Provision, one: Pooled) -> bool:
    """Whether the sentence, or the heading above it, names the provision of a text named there."""
    here = (one.text, *one.source.stored.chunk.headings[-1:])
    named = any(_name(found) == provision.name for text in here for found in _NAMED.finditer(text))
    return named and any(whole <= stems(one.around) for whole in provision.wholes)


def _lines(stored: StoredChunk) -> list[str]:
    return [line for line in stored.chunk.text.split("\n") if _is_short(line)]


def _is_short(line: str) -> bool:
    return len(line) <= _LONGEST_HEAD and not line.rstrip().endswith((".", ";", ","))


def _heads(line: str) -> tuple[str, str] | None:
    found = _HEADS.match(line)
    return None if found is None else _name(found)


def _name(found: re.Match[str]) -> tuple[str, str]:
    kind = found["kind"].lower()
    return _IN_ENGLISH.get(kind, kind), in_figures(found["number"].lower())
