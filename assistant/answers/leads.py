"""A sentence that leads in what follows ("… do not exceed:") brings its items, or stays out."""

import re
from collections.abc import Callable, Sequence

from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.rows import row_of
from assistant.answers.words import stems
from assistant.types import StoredChunk

Near = Callable[[StoredChunk], Sequence[Pooled]]
"""The sentences of a chunk and of the one after it."""

_LEADS = re.compile(r":[\s\"”»’—–-]*$")
_MARKED = re.compile(
    r"\W*(?:\(?[A-Za-z]{1,4}\)|(?:[A-Za-z]|[ivx]{2,4})\.(?=[a-z])|\d{1,2}[.)]|[-•–])\s*\S"
)
_BARS = re.compile(r"\S \| \S")
_MOST = 8


def with_items(form: QuestionForm, chosen: Sequence[Pooled], near: Near) -> list[Pooled]:
    """The sentences, each that leads in items with those that are asked about, or else all.

    One that no item follows is left out, unless it is all there is.
    """
    if not any(leads_in(one) for one in chosen):
        return list(chosen)
    told: list[Pooled] = []
    for one in chosen:
        following = _following(one, near) if leads_in(one) else []
        goes_on = any(following[0].place == other.place for other in chosen if following)
        items = [] if goes_on else _asked_about(form, _items(following))
        if not leads_in(one) or goes_on or items:
            told += [one, *items]
    return list({one.place: one for one in told}.values()) or list(chosen)


def leads_in(one: Pooled) -> bool:
    """Whether a colon ends it, before what it promises."""
    return _LEADS.search(one.text) is not None


def _following(lead: Pooled, near: Near) -> list[Pooled]:
    """What stands after a sentence in its section, in order."""
    stored = lead.source.stored
    behind = (
        one
        for one in near(stored)
        if one.place > lead.place and one.source.stored.chunk.headings == stored.chunk.headings
    )
    return sorted(behind, key=lambda one: one.place)


def _items(following: Sequence[Pooled]) -> list[Pooled]:
    """The items that open it, as far as they are marked alike."""
    found: list[Pooled] = []
    for one in following:
        if mark := mark_of(one):
            if found and mark != mark_of(found[0]):
                break
            found.append(one)
        elif one.part.leads or not found:
            break
    return found


def mark_of(one: Pooled) -> str:
    """How an item is marked: by a number, a letter or a sign, a row of a table by its bars.

    Empty where it is none.
    """
    if one.part.leads and (_BARS.search(one.text) or row_of(one)):
        return "|"
    before = one.source.stored.chunk.text[: one.part.start].split()[-1:] if one.part.bullet else []
    marked = _MARKED.match(one.text)
    written = before[0] if before else marked.group() if marked else ""
    bare = written.strip("().")[:1]
    return "1" if bare.isdigit() else "a" if bare.isalpha() else bare


def _asked_about(form: QuestionForm, items: Sequence[Pooled]) -> list[Pooled]:
    """Those of the items that have the most of the question, or all."""
    shared = [len(form.stems & stems(one.text)) for one in items]
    most = max(shared, default=0)
    return [one for one, n in zip(items, shared, strict=True) if n == most][:_MOST]
