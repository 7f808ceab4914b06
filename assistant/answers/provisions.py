"""Who asks what an article of a treaty says gets the article, wherever the passages were found."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from assistant.answers.asked_provisions import NUMBER, Provision, name_found
from assistant.answers.numerals import KINDS
from assistant.answers.pool import Pooled
from assistant.answers.texts import (
    Called,
    Text,
    bears,
    in_lower_case,
    is_of_a_kind,
    is_short,
    lines,
    words_beyond,
)
from assistant.answers.tongues import is_foreign
from assistant.answers.words import stems
from assistant.phrases import phrase
from assistant.types import Passage, StoredChunk

_NAMED = re.compile(rf"\b(?P<kind>{KINDS})\s+(?P<number>{NUMBER})\b", re.IGNORECASE)
_HEADS = re.compile(rf"^\W*{_NAMED.pattern}", re.IGNORECASE)
_MOST = 5
_LONGEST_NAME = 160
_FEWEST = 2
_MOST_ITEMS = 12
# What is asked of a provision is told by what has nearly as many of its words as any.
_AS_MANY = 0.75


def asked_of_texts(named: str, passages: Sequence[Passage], tongue: str) -> Iterator[str]:
    """The question what a provision says, asked of each text that passages are of, best first.

    A text is called by what says of which kind it is, in the language of the question.
    """
    asked = set[str]()
    for stored in (chunk.stored for one in passages for chunk in one.chunks):
        headings = (stored.metadata.title, *stored.chunk.headings)
        above = takewhile(lambda one: _heads(one) is None, headings)
        names = [one for one in above if is_of_a_kind(one) and is_short(one, _LONGEST_NAME)]
        known = stored.version_id in asked
        if names and not known and not is_foreign(names[-1], tongue):
            asked.add(stored.version_id)
            yield f"What does {named} of the {in_lower_case(names[-1])} say?"


def texts_of(provision: Provision, texts: Sequence[Text]) -> list[tuple[Called, Text]]:
    """Those of the texts that are called what is asked for, nearest first.

    Where one has just this name and provisions, the others are not asked: their names only hold it.
    """
    named = [(found, text) for text in texts if (found := bears(provision.whole, text)) is not None]
    named = sorted(named, key=lambda each: each[0].beyond)
    just = [
        (found, text) for found, text in named if not found.beyond and _of_kind(provision, text)
    ]
    return just or named


def lacks(provision: Provision, called: Called, text: Text) -> str:
    """That the text which is called so has no such provision; else nothing.

    It is sure where such provisions are numbered one after the other, and this comes after them.
    """
    kind, number = provision.name
    known = {int(n) for n in _of_kind(provision, text) if n.isdigit()}
    last = len(known)
    sure = last >= _FEWEST and known == {*range(1, last + 1)}
    if not (sure and number.isdigit() and int(number) > last):
        return ""
    return phrase("no-provision", name=called.said, kind=kind, first=1, last=last)


def _of_kind(provision: Provision, text: Text) -> list[str]:
    """The numbers of all provisions of the kind, in figures."""
    kind = provision.name[0]
    return [n for one in text.chunks for each, n in _numbers(one) if each == kind]


def chunks_of(provision: Provision, called: Called, text: Text) -> list[StoredChunk]:
    """Those of a text's chunks, in order, that may hold the provision.

    What stands below the name comes before what stands elsewhere in a document of several texts.
    """
    below = _chunks_of(provision, text.chunks[called.at :])
    return below or _chunks_of(provision, text.chunks)


def _chunks_of(provision: Provision, chunks: Sequence[StoredChunk]) -> list[StoredChunk]:
    return [one for one in chunks if provision.name in _numbers(one)][:_MOST] or _between(
        provision, chunks
    )


def _between(provision: Provision, chunks: Sequence[StoredChunk]) -> list[StoredChunk]:
    """What stands below a heading without a number, between the provisions before and after."""
    kind, number = provision.name
    if not number.isdigit():
        return []
    before, after = (kind, str(int(number) - 1)), (kind, str(int(number) + 1))
    found: list[StoredChunk] = []
    follows = False
    for one in chunks:
        numbers = [name for name in _numbers(one) if name[0] == kind]
        if found and numbers[:1] == [after]:
            return found[:_MOST]
        if numbers:
            found, follows = [], numbers[-1] == before
        elif follows:
            found.append(one)
    return []


def _numbers(one: StoredChunk) -> list[tuple[str, str]]:
    """The provisions that the headings of a chunk and the lines in it open, in order."""
    return [name for line in (*one.chunk.headings, *lines(one)) if (name := _heads(line))]


def text_of(provision: Provision, pool: Sequence[Pooled]) -> list[Pooled]:
    """What of the provision is asked for: its sentences, in order, of its first place in the text.

    The points of a list are given whole.
    """
    found = _sentences(provision, pool)
    if provision.rest:
        shared = [len(provision.rest & stems(one.text)) for one in found]
        most = max(shared, default=0)
        told = [o for o, n in zip(found, shared, strict=True) if n and n >= _AS_MANY * most]
        return _with_points(told, found)[:_MOST_ITEMS]
    points = sum(one.part.bullet for one in found)
    return found[: _MOST_ITEMS if points >= len(found) / 2 else _MOST]


def _with_points(told: Sequence[Pooled], found: Sequence[Pooled]) -> list[Pooled]:
    """The sentences, and after one that ends with a colon the points that it leads in."""
    kept: list[Pooled] = []
    leads = False
    for one in found:
        leads = one.text.rstrip().endswith(":") if not one.part.bullet else leads
        if one in told or (kept and leads and one.part.bullet):
            kept.append(one)
        elif not one.part.bullet:
            leads = False
    return kept


def _sentences(provision: Provision, pool: Sequence[Pooled]) -> list[Pooled]:
    found: list[Pooled] = []
    headed = any(_numbers(one.source.stored) for one in pool)
    name = None if headed else provision.name
    chunk = None
    for one in sorted(pool, key=lambda each: each.place):
        stored = one.source.stored
        if stored.chunk.chunk_id != chunk:
            chunk = stored.chunk.chunk_id
            name = next((n for h in reversed(stored.chunk.headings) if (n := _heads(h))), name)
        if one.part.leads and (heads := _heads(one.text)) and is_short(one.text):
            name = heads
        elif name == provision.name:
            if any(map(str.isalpha, one.text)):  # and is more than a number of what follows
                found.append(one)
        elif found:
            break
    return found


def tells_of(provision: Provision, one: Pooled) -> bool:
    """Whether the sentence names the provision of a text named there, or stands below its heading.

    Below the heading it is that of the text whose name stands above.
    """
    if _names(provision, one.text):
        return any(way <= stems(one.around) for way in provision.whole.ways)
    stored = one.source.stored
    above = (stored.metadata.title, *stored.chunk.headings)
    return _names(provision, *stored.chunk.headings[-1:]) and any(
        words_beyond(provision.whole, name) is not None for name in above
    )


def _names(provision: Provision, *texts: str) -> bool:
    return any(
        name_found(found) == provision.name for text in texts for found in _NAMED.finditer(text)
    )


def _heads(line: str) -> tuple[str, str] | None:
    found = _HEADS.match(line)
    return None if found is None else name_found(found)
