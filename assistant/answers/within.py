"""What a text that is named says of itself: what it means by a word, and how one leaves it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answers.pool import Pooled
from assistant.answers.texts import Name, Text, bears, name_of
from assistant.answers.words import stems
from assistant.types import StoredChunk

PoolOf = Callable[[Sequence[StoredChunk]], Sequence[Pooled]]
"""The sentences of chunks."""

_IN = (
    r"(?:in|under|by|within|according to|as defined in|for the purposes? of|in the sense of|"
    r"within the meaning of)"
)
_TERM = r"(?P<term>\S.{0,80}?)"
# What else is asked with it is another question.
_WHOLE = r"(?:the\s+)?(?P<whole>\S.*?)(?:,?\s+and\s+(?:how|when|what|who|where|which)\b.*)?\W*$"
_BE = r"(?:is|are|was|were)"
_DEFINED = tuple(
    re.compile(rf"^\W*{pattern}", re.IGNORECASE)
    for pattern in (
        rf"what\s+(?:does|do|did)\s+{_TERM}\s+mean\s+{_IN}\s+{_WHOLE}",
        rf"what\s+(?:does|do)\s+(?:the\s+)?(?P<whole>\S.*?)\s+(?:mean|understand)\s+by\s+{_TERM}\W*$",
        rf"what(?:\s+{_BE}|[’']s)\s+(?:meant\s+by\s+)?{_TERM}\s+{_IN}\s+{_WHOLE}",
        rf"(?:who|what)\s+(?:counts?|qualif(?:y|ies)|{_BE}\s+(?:considered|regarded))\s+"
        rf"(?:as\s+|to be\s+)?{_TERM}\s+{_IN}\s+{_WHOLE}",
        rf"who\s+{_BE}\s+(?=an?\s){_TERM}\s+{_IN}\s+{_WHOLE}",
        rf"how\s+{_BE}\s+{_TERM}\s+(?:defined|understood)\s+{_IN}\s+{_WHOLE}",
        rf"how\s+(?:does|do)\s+(?:the\s+)?(?P<whole>\S.*?)\s+define\s+{_TERM}\W*$",
        rf"(?:define|(?:what(?:\s+is|[’']s)\s+)?the\s+(?:definition|meaning)\s+of)\s+{_TERM}\s+"
        rf"{_IN}\s+{_WHOLE}",
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
_IS_CALLED = re.compile(
    r"\b(?:is|are|be)\s+(?:considered|deemed|regarded|understood)\s+(?:to\s+(?:be|mean)|as)\s+"
    r"(?P<term>\w+(?:\s+\w+){0,3})",
    re.IGNORECASE,
)
# Who may do what, not who did it once.
_MAY = (
    r"(?:how|when|(?:under|on) what (?:conditions|circumstances|terms)|in what way)?"
    r"\s*(?:can|could|may|might|do|does|is it possible|must|should)\b"
)
_LEAVE = (
    r"(?:withdraw(?:ing|s)?\s+from|leav(?:e|es|ing)|quit(?:s|ting)?|denounc(?:e|es|ing)|"
    r"exit(?:s|ing)?|(?:pull|get|step|opt)\s+out\s+of|terminat(?:e|es|ing)|"
    r"end(?:ing)?|cancel(?:l?ing)?|"
    r"cease(?:s)?\s+to\s+be\s+(?:an?\s+)?(?:part(?:y|ies)|members?)\s+(?:to|of))"
)
_LEAVING = r"(?:withdrawal|denunciation|exit|termination)"
_FORCE = (
    r"(?:(?:enter|come|be(?:\s+brought)?|go)\s+into\s+(?:force|effect)|take\s+effect|"
    r"enters?\s+into\s+force|took\s+effect|become\s+effective)"
)
_TEXT_KIND = r"(?:treaty|convention|agreement|protocol|covenant|statute|charter|pact)"


@dataclass(frozen=True, slots=True)
class _Clause:
    """What treaties settle at their end: how it is asked for, how they tell it and go on."""

    asked: tuple[re.Pattern[str], ...]
    told: re.Pattern[str]
    goes_on: re.Pattern[str]


_CLAUSES = (
    _Clause(
        asked=tuple(
            re.compile(rf"^\W*{pattern}", re.IGNORECASE)
            for pattern in (
                rf"{_MAY}.*?\b{_LEAVE}\s+{_WHOLE}",
                rf"(?:how|what)\b.*\b{_LEAVING}\s+(?:from|of)\s+{_WHOLE}",
                r"(?:how|when)\s+(?:can|could|may)\s+(?:the\s+)?(?P<whole>\S.*?)\s+be\s+"
                r"(?:denounced|terminated|left|ended|cancelled|brought to an end)\W*$",
            )
        ),
        told=re.compile(
            rf"\bwithdraw(?:al)?\s+from\s+(?:this|the|the present)\s+{_TEXT_KIND}|"
            rf"\bdenounce\s+(?:this|the|the present)\s+{_TEXT_KIND}|"
            rf"\b{_TEXT_KIND}\s+(?:may|can)\s+be\s+(?:denounced|terminated)\b|"
            rf"\bcease\s+to\s+be\s+a\s+party\b|"
            rf"\bterminate\s+(?:this|the|the present)\s+{_TEXT_KIND}|"
            rf"\b{_TEXT_KIND}\s+shall\s+(?:terminate|cease|expire)\b|"
            rf"\bwithdraw\s+from\s+the\s+(?:agency|organi[sz]ation|union)\b|\bnotice\s+of\s+"
            r"(?:denunciation|termination|withdrawal)\b|\bright\s+to\s+withdraw(?:\s+from\b|(?!\s+\w))|"
            r"\b(?:may|can|shall|until|unless)\b[^.;]{0,60}\bterminated\b|\bterminated\s+by\s+(?:either|any)",
            re.IGNORECASE,
        ),
        goes_on=re.compile(
            r"\b(?:denunciations?|withdrawals?|termination)\b(?!\s+of)", re.IGNORECASE
        ),
    ),
    _Clause(
        asked=(
            re.compile(
                r"^\W*(?:how|when|by whom|who|under what conditions)\s+(?:can|could|may|is|are)\s+"
                r"(?:the\s+)?(?P<whole>\S.*?)\s+(?:be\s+)?(?:amended|revised|modified)\W*$",
                re.IGNORECASE,
            ),
            re.compile(
                rf"^\W*(?:who|how|{_MAY}).*?\b(?:amend|revise|modify|propose (?:an )?amendments? "
                rf"to)\s+{_WHOLE}",
                re.IGNORECASE,
            ),
        ),
        told=re.compile(
            r"\bamendments?\s+to\s+(?:this|the|the present)\s+|\bmay\s+(?:propose|be)\s+"
            r"(?:amend|revis|modif)\w*|\b(?:be|as)\s+(?:amended|revised)\b|\bpropose\s+amendments?",
            re.IGNORECASE,
        ),
        goes_on=re.compile(r"\b(?:amendments?|modifications?|revisions?)\b", re.IGNORECASE),
    ),
    _Clause(
        asked=(
            re.compile(
                r"^\W*(?:when|how(?:\s+soon|\s+many\s+\w+)?|what|which|under what|on what)\b.*?"
                r"\b(?:does|do|will|would|shall|must|may|can|before|for)\s+(?:the\s+)?"
                rf"(?P<whole>\S[^?]*?)\s+(?:(?:needs?|requires?|ha(?:s|ve))\s+)?(?:to\s+)?{_FORCE}\W*$",
                re.IGNORECASE,
            ),
            re.compile(rf"\b(?:entry|coming)\s+into\s+force\s+of\s+{_WHOLE}", re.IGNORECASE),
        ),
        told=re.compile(
            rf"\b(?:this|the|the present)\s+{_TEXT_KIND}\s+(?:shall|will)\s+{_FORCE}", re.IGNORECASE
        ),
        goes_on=re.compile(
            r"\binto\s+force\b|\binstruments?\s+of\s+(?:ratif|accept|approv)", re.IGNORECASE
        ),
    ),
    _Clause(
        asked=(
            re.compile(
                r"^\W*(?:who|which\s+\w+)\s+(?:is|are|acts?\s+as|serves?\s+as)\s+(?:the\s+)?"
                rf"(?:depositar(?:y|ies)|depository)\s+(?:of|for)\s+{_WHOLE}",
                re.IGNORECASE,
            ),
            re.compile(
                r"^\W*(?:with\s+whom|where)\s+(?:is|are|must|do(?:es)?)\b.*\bdeposit\w*\b.*?\b"
                rf"(?:of|to|under|for)\s+{_WHOLE}",
                re.IGNORECASE,
            ),
        ),
        told=re.compile(
            r"\bdeposited\s+(?:\w+\s+){0,5}?(?:with|in\s+the\s+archives)\b|\bdepositar(?:y|ies)\b",
            re.IGNORECASE,
        ),
        goes_on=re.compile(r"\bdeposit", re.IGNORECASE),
    ),
)
_MOST = 6
_ITEMS = 12


@dataclass(frozen=True, slots=True)
class Within:
    """What is asked of a text that is named: what it means by a term, or one of its clauses."""

    whole: Name
    term: frozenset[str]
    clause: _Clause | None = None

    def is_told_by(self, text: str) -> bool:
        """Whether a text may tell it; of a term any may."""
        clause = self.clause
        return not clause or any(one.search(text) for one in (clause.told, clause.goes_on))


def asked_within(question: str) -> Within | None:
    """What a question asks of a text that it names; None where it asks for nothing of the kind."""
    bare = question.strip()
    for clause in _CLAUSES:
        found = next(filter(None, (pattern.match(bare) for pattern in clause.asked)), None)
        if found and (name := name_of(found["whole"], bare)) and name.kind:
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


def _clause(clause: _Clause, pool: Sequence[Pooled]) -> list[Pooled]:
    """The first paragraphs of the provision that tells most of it, from where it is told on."""
    told = [
        found
        for _, provision in groupby(pool, key=lambda one: one.source.stored.chunk.headings)
        if (found := _told_on(clause, [*provision]))
    ]
    return max(told, key=lambda found: sum(_is_of(clause, one) for one in found), default=[])


def _told_on(clause: _Clause, provision: Sequence[Pooled]) -> list[Pooled]:
    found: list[Pooled] = []
    tells = False
    for one in provision:
        says = (clause.goes_on if found else clause.told).search(one.text) is not None
        tells = says or (tells and not one.part.leads)
        if tells and len(found) < _MOST:
            found.append(one)
    return found


def _is_of(clause: _Clause, one: Pooled) -> bool:
    return any(said.search(one.text) for said in (clause.told, clause.goes_on))


def _defines(term: frozenset[str], text: str) -> bool:
    """Whether a text says what is meant by a term: by it in quotation marks, or as what counts."""
    quoted = any(
        stems(_ARTICLE.sub("", found["term"])) == term and _MEANS.match(text[found.end() :])
        for found in _QUOTED.finditer(text)
    )
    return quoted or any(term <= stems(found["term"]) for found in _IS_CALLED.finditer(text))
