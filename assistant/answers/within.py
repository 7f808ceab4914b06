"""What a text that is named says of itself: what it means by a word, and how one leaves it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answers.clauses import CLAUSES, WHOLE, Clause, by_its_treaty
from assistant.answers.pool import Pooled
from assistant.answers.texts import Name, Text, bears, name_of
from assistant.answers.words import stems
from assistant.retrieval.designations import spellings
from assistant.types import StoredChunk

PoolOf = Callable[[Sequence[StoredChunk]], Sequence[Pooled]]
"""The sentences of chunks."""

_IN = (
    r"(?:in|under|by|within|according to|as defined in|for the purposes? of|in the sense of|"
    r"within the meaning of)"
)
_TERM = r"(?P<term>\S.{0,80}?)"
_BE = r"(?:is|are|was|were)"
_DEFINED = tuple(
    re.compile(rf"^\W*{pattern}", re.IGNORECASE)
    for pattern in (
        rf"what\s+(?:does|do|did)\s+{_TERM}\s+mean\s+{_IN}\s+{WHOLE}",
        rf"what\s+(?:does|do)\s+(?:the\s+)?(?P<whole>\S.*?)\s+(?:mean|understand)\s+by\s+{_TERM}\W*$",
        rf"what(?:\s+{_BE}|[’']s)\s+(?:meant\s+by\s+)?{_TERM}\s+{_IN}\s+{WHOLE}",
        rf"(?:who|what)\s+(?:counts?|qualif(?:y|ies)|{_BE}\s+(?:considered|regarded))\s+"
        rf"(?:as\s+|to be\s+)?{_TERM}\s+{_IN}\s+{WHOLE}",
        rf"who\s+{_BE}\s+(?=an?\s){_TERM}\s+{_IN}\s+{WHOLE}",
        rf"how\s+{_BE}\s+{_TERM}\s+(?:defined|understood)\s+{_IN}\s+{WHOLE}",
        rf"how\s+(?:does|do)\s+(?:the\s+)?(?P<whole>\S.*?)\s+define\s+{_TERM}\W*$",
        rf"(?:define|(?:what(?:\s+is|[’']s)\s+)?the\s+(?:definition|meaning)\s+of)\s+{_TERM}\s+"
        rf"{_IN}\s+{WHOLE}",
    )
)
_QUOTED = re.compile(r"[\"“”‘«']\s?(?P<term>[^\"“”’‘«»']{1,80}?)\s?[\"“”’»'](?=\W|$)")
_DEFINES_NEXT = re.compile(rf"\W*(?:\w{{1,3}}\W+)?{_QUOTED.pattern}")
_ARTICLE = re.compile(r"^(?:an?|the|term|word|expression|\W)+\b", re.IGNORECASE)
# “A” means; the expressions “a” and “b” mean; a “diplomatic agent” is
_MEANS = re.compile(
    r"^[\W_]*(?:(?:or|and|,)\s.{0,80}?)?(?:shall\s+)?(?:means?|refers?\s+to|denotes?|designates?|"
    r"includes?|compris\w+|is|are|be\s+understood|has the meaning|have the meaning)\b",
    re.IGNORECASE,
)
# "Tern catch, as used in this part, means"
_AS_USED = re.compile(
    r"(?:^|[.\n]\s*)(?P<term>[A-Z][^,.;:\n]{1,60}),\s+as\s+used\s+(?:in|herein|here)\b[^,.]{0,60},\s+"
    r"(?:means?|refers?\s+to|includes?)\b"
)
_IS_CALLED = re.compile(
    r"\b(?:is|are|be)\s+(?:considered|deemed|regarded|understood)\s+(?:to\s+(?:be|mean)|as)\s+"
    r"(?P<term>\w+(?:\s+\w+){0,3})",
    re.IGNORECASE,
)
_MOST = 6
_ITEMS = 12


@dataclass(frozen=True, slots=True)
class Within:
    """What is asked of a text that is named: what it means by a term, or one of its clauses."""

    whole: Name
    term: frozenset[str]
    clause: Clause | None = None


def asked_within(question: str) -> Within | None:
    """What a question asks of a text that it names; None where it asks for nothing of the kind."""
    bare = by_its_treaty(question.strip())
    for clause in CLAUSES:
        found = next(filter(None, (pattern.match(bare) for pattern in clause.asked)), None)
        name = name_of(found["whole"], bare) if found else None
        if name and (name.kind or spellings(name.said)):
            return Within(name, frozenset(), clause)
    for pattern in _DEFINED:
        if found := pattern.match(bare):
            quoted = _QUOTED.search(found["term"])
            term = stems(_ARTICLE.sub("", quoted["term"] if quoted else found["term"]))
            name = name_of(found["whole"], bare)
            return Within(name, term) if name and term else None
    return None


def told_within(asked: Within, texts: Sequence[Text], pool_of: PoolOf) -> list[Pooled]:
    """What the text says of it, in its order; of several texts of the name the nearest one's."""
    named = [(found, text) for text in texts if (found := bears(asked.whole, text)) is not None]
    for _, text in sorted(named, key=lambda each: each[0].beyond):
        pool = sorted(pool_of(_telling(asked, text.chunks)), key=lambda one: one.place)
        if told := _clause(asked.clause, pool) if asked.clause else _definition(asked.term, pool):
            return told
    return []


def _telling(asked: Within, chunks: Sequence[StoredChunk]) -> list[StoredChunk]:
    """The chunks that may tell it, each with the next, in which it may go on."""
    told = [
        i
        for i, one in enumerate(chunks)
        if (
            asked.clause.told.search(one.chunk.text)
            if asked.clause
            else _defines(asked.term, one.chunk.text)
        )
    ]
    return [chunks[i] for i in sorted({j for i in told for j in (i, i + 1)}) if i < len(chunks)]


def _definition(term: frozenset[str], pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentence that says what is meant, with the items that it leads in."""
    at = next((i for i, one in enumerate(pool) if _defines(term, one.text)), None)
    if at is None:
        return []
    found = [pool[at]]
    for one in pool[at + 1 :]:
        ended = found[-1].text.rstrip().endswith(".") or (len(found) == 1 and _ends(pool[at]))
        if ended or _DEFINES_NEXT.match(one.text) or len(found) > _ITEMS:
            break
        found.append(one)
    return found


def _ends(lead: Pooled) -> bool:
    return lead.text.rstrip().endswith((".", ";"))


def _clause(clause: Clause, pool: Sequence[Pooled]) -> list[Pooled]:
    """The first paragraphs of the provision that tells most of it, from where it is told on."""
    told = [
        found
        for _, provision in groupby(pool, key=lambda one: one.source.stored.chunk.headings)
        if (found := _told_on(clause, [*provision]))
    ]
    best = max(told, key=lambda found: sum(_is_of(clause, one) for one in found), default=[])
    return best[: clause.most]


def _told_on(clause: Clause, provision: Sequence[Pooled]) -> list[Pooled]:
    found: list[Pooled] = []
    tells = False
    for one in provision:
        says = (clause.goes_on if found else clause.told).search(one.text) is not None
        tells = says or (tells and not one.part.leads)
        if tells and len(found) < _MOST:
            found.append(one)
    return found


def _is_of(clause: Clause, one: Pooled) -> bool:
    return any(said.search(one.text) for said in (clause.told, clause.goes_on))


def _defines(term: frozenset[str], text: str) -> bool:
    """Whether a text says what is meant by a term: by it in quotation marks, or as what counts."""
    quoted = any(
        stems(_ARTICLE.sub("", found["term"])) == term and _MEANS.match(text[found.end() :])
        for found in _QUOTED.finditer(text)
    )
    used = any(stems(found["term"]) == term for found in _AS_USED.finditer(text))
    called = any(term <= stems(found["term"]) for found in _IS_CALLED.finditer(text))
    return quoted or used or called
