"""The opening of a document that is about what is asked: it says what that is, and why it was."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answers.grid import Neighbours
from assistant.answers.pool import Pooled, Source
from assistant.answers.question import QuestionForm
from assistant.answers.rating import defines, defines_outright, presents, rated, tells_purpose
from assistant.answers.telling import tells
from assistant.answers.termed import has_the_term, told_below_the_term
from assistant.answers.words import stems
from assistant.retrieval.grammar import MONTHS
from assistant.retrieval.names import EVENT
from assistant.types import Passage, StoredChunk

# A title has words of its own beside what it is about: "Founding of the Gull Guild".
_MOST_OTHERS = 1
# A sentence of an opening tells from this chance on, one without the words asked from the other.
_LIKELY, _LIKELIER = 0.05, 0.1
_WHOLE = 600
# Why a thing came about is what its document opens with; why it ended is not.
_COMES_ABOUT = stems(
    "create creation found establish begin start launch form propose announce issue adopt enact "
    "pass sign conclude convene hold take place happen occur come about break out"
)
_WHEN = re.compile(rf"\b(?:\d+|{MONTHS})\b", re.IGNORECASE)
# "The Gull Mission to Skagen, 1919": what it is called, before what it was for.
_FOR = re.compile(r"\s(?:to|in|with|between|for|on|against)\s", re.IGNORECASE)
# "League of Harbours (LOH), 1954": the document is about what has that short name.
_SHORT = re.compile(r"^[^()]{3,100}\((?P<name>[^()]+)\)[\s,\d–-]*$")
# "The purpose of the organization was …", where a document opens on the organization.
_ITS_PURPOSE = re.compile(
    r"^(?:the|its|their)\s+(?:\w+\s+)?(?:purpose|aim|goal|objective)s?\s+"
    r"(?:of\s+(?:the|this)\s+\w+\s+)?(?:was|were|is|are)\b",
    re.IGNORECASE,
)
_SOON = 2
# “As used here, the term “harbour pilot” refers to …”
_MEANS = re.compile(
    r"s?[”\"’»)]*\s+(?:(?:shall|will)\s+)?(?:means?|refers?|denotes?|designates?|includes?|comprises?|"
    r"stands?|describes?|is|are|was|were|signifie|désigne)\b",
    re.IGNORECASE,
)
_MOST_OF_A_SECTION = 3
# Characters of a heading between a paragraph and the next.
_A_HEADING = 120
# "What was the Berlin airlift?": of what has a document of its own, that asks what it is.
WHAT_IS = re.compile(
    r"^\W*(?:what(?:’s|'s|\s+is|\s+are|\s+was|\s+were)|qu[’']est-ce qu(?:e|[’'])|"
    r"qu[’'](?:était|est))\b(?!\W+(?:its|their|his|her)\b)[^,;:]+$",
    re.IGNORECASE,
)
# "What happened in the Trent affair?": an event is told as what it was.
_HAPPENED = re.compile(
    r"^\W*(?P<asks>what\s+(?:exactly\s+)?(?:happened|took\s+place|occurred|went\s+on)\s+"
    r"(?:in|at|during|on|with)|que\s+s[’']est-il\s+passé\s+(?:lors|pendant|durant)(?:\s+d[eu])?)\s+"
    rf"(?P<what>(?:the\s+|l[ae]s?\s+|l[’'])?[^,;?]*{EVENT.pattern}[^,;?]*?)\W*$",
    re.IGNORECASE,
)


def as_what_it_was(question: str) -> str:
    """A question what happened in an event, as one what that was."""
    found = _HAPPENED.match(question)
    if found is None:
        return question
    what = found["what"]
    return f"Qu’est-ce que {what} ?" if "pass" in found["asks"] else f"What was {what}?"


def as_definition(form: QuestionForm, question: str, passages: Sequence[Passage]) -> QuestionForm:
    """The form, as one that asks for a definition where a text found is about what is asked.

    That is a document, or what stands below a line that is just the term.
    """
    chunks = [one.stored for one in passages]
    if form.asks_definition or WHAT_IS.match(question) is None:
        return form
    told = not form.asks_something and any(_is_of(form, one) for one in chunks)
    told = told or any(has_the_term(form, one.chunk.text) for one in chunks)
    return replace(form, asks_definition=True) if told else form


def opening_of(form: QuestionForm, fit: Sequence[Pooled], pool: Sequence[Pooled]) -> list[Pooled]:
    """What says why something came about, or what it is where nothing does outright, if any.

    The opening of the document about it does, after the purpose that is told elsewhere. The most
    telling sentence comes first.
    """
    opening = [one for one in pool if _opens(form, one) and tells(form, one)]
    opening.sort(key=lambda one: one.place)
    if form.asks_cause:
        named = stems(" ".join(form.names.words))
        purposes = [o for o in fit if tells_purpose(form, o) and _came_about(form, named)]
        own = [o for o in pool if tells_its_purpose(form, o) and tells(form, o)]
        purposes = [*own, *(o for o in purposes if o not in own)]
        reasons = [o for o in opening if o.chance >= _LIKELY and form.explains(o.text)]
        reasons = [o for o in reasons if o not in purposes]
        return [*purposes, *_after_what_leads_to_it(reasons, opening)]
    if not form.asks_definition or any(defines_outright(form, one) for one in fit):
        return []
    if termed := told_below_the_term(form, pool):
        return termed
    naming = [o for o in opening if o.chance >= _LIKELY and form.stems <= stems(o.text)]
    likely = [one for one in opening if one.chance >= _LIKELIER]
    likely.sort(key=lambda one: -rated(form, one))
    return _after_what_leads_to_it(naming, opening) or likely or _of_a_section(form, pool)


def _of_a_section(form: QuestionForm, pool: Sequence[Pooled]) -> list[Pooled]:
    """What stands first below a heading that is just what is to be defined, if it is likely."""
    if form.asks_person or not form.names.words:
        return []
    below = [one for one in pool if _is_headed(form, one) and tells(form, one)]
    first = sorted(below, key=lambda one: one.place)[:_MOST_OF_A_SECTION]
    likely = any(one.chance >= _LIKELIER for one in first)
    return [one for one in first if one.place[:2] == first[0].place[:2]] if likely else []


def _is_headed(form: QuestionForm, one: Pooled) -> bool:
    headings = one.source.stored.chunk.headings
    return bool(headings) and stems(headings[-1]) == form.stems


def gone_on(form: QuestionForm, chosen: list[Pooled], pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentences; a single one that opens the document about what it defines goes on.

    That there was a policy with this name says little of it: what it was stands behind.
    """
    opens = len(chosen) == 1 and form.asks_definition and _opens(form, chosen[0])
    if not opens or defines_outright(form, chosen[0]):
        return chosen
    document, at = chosen[0].place[:2], chosen[0].place[2]
    behind = [one for one in pool if one.place[:2] == document and one.place[2] > at]
    behind = [one for one in behind if tells(form, one)]
    last, told = chosen[0], chosen
    for one in sorted(behind, key=lambda each: each.place)[: _MOST_OF_A_SECTION - 1]:
        near = one.place[2] - last.place[2] - len(last.text) <= _A_HEADING
        if not near or one.chance < _LIKELIER:
            break
        last, told = one, [*told, one]
    return told


def tells_its_purpose(form: QuestionForm, one: Pooled) -> bool:
    """Whether the document about what came about tells there, near its opening, what for."""
    near = one.source.stored.chunk.ordinal <= _SOON and _ITS_PURPOSE.match(one.text)
    return bool(near) and _is_about(form, one.source.stored)


def says_what_it_is(form: QuestionForm, one: Pooled) -> bool:
    """Whether it defines what is asked about, or stands where a text tells what that is."""
    told = bool(one.label) or defines(form, one) or presents(form, one)
    told = told or any(_MEANS.match(one.text, end) for _, end in form.names_whole(one.text))
    return told or _opens(form, one) or _is_headed(form, one)


def with_openings(
    form: QuestionForm, sources: Sequence[Source], neighbours: Neighbours
) -> list[Source]:
    """The sources, and those openings of documents found that were not found themselves."""
    found = {one.stored.chunk.chunk_id for one in sources}
    added: dict[str, Source] = {}
    for one in sources:
        if _is_about(form, one.stored) and one.stored.version_id not in added:
            first = neighbours(one.stored, _WHOLE)[0]
            if first.chunk.ordinal == 0 and first.chunk.chunk_id not in found:
                added[one.stored.version_id] = Source(first, one.score, one.cosine)
    return [*sources, *added.values()]


def _after_what_leads_to_it(chosen: Sequence[Pooled], told: Sequence[Pooled]) -> list[Pooled]:
    """The sentences, and the one before the first: they respond to a blockade that it tells of."""
    if not chosen:
        return []
    first = chosen[0]
    before = [o for o, after in pairwise(told) if after is first and o.place[:2] == first.place[:2]]
    return [first, *before, *chosen[1:]]


def _opens(form: QuestionForm, one: Pooled) -> bool:
    return one.source.stored.chunk.ordinal == 0 and _is_about(form, one.source.stored)


def _is_about(form: QuestionForm, stored: StoredChunk) -> bool:
    """Whether the document is about what is to be defined, or what came about."""
    if form.asks_definition:
        return not form.asks_person and _is_of(form, stored)
    short = _is_short_for(form, stored)
    about = stems(form.acronym or "") if short else _about(stored)
    return form.asks_cause and bool(about) and about <= form.stems and _came_about(form, about)


def _came_about(form: QuestionForm, about: frozenset[str]) -> bool:
    """Whether it is asked only why what it is about came about."""
    rest = form.stems - about
    return bool(rest) and rest <= _COMES_ABOUT


def _is_of(form: QuestionForm, stored: StoredChunk) -> bool:
    """Whether the title names what is asked about, and next to nothing else but when it was."""
    words = _about(stored)
    if _is_short_for(form, stored):
        return True
    if form.stems and form.stems == stems(_FOR.split(stored.metadata.title)[0]):
        return len(form.stems) > 1
    return form.stems <= words and 0 < len(form.stems) >= len(words) - _MOST_OTHERS


def _is_short_for(form: QuestionForm, stored: StoredChunk) -> bool:
    """Whether the acronym in question is the short name of what the document is about."""
    short = _SHORT.match(stored.metadata.title)
    return short is not None and form.acronym in short["name"].split()


def _about(stored: StoredChunk) -> frozenset[str]:
    """The stems of the title, but those that say when it was."""
    return stems(_WHEN.sub(" ", stored.metadata.title))
