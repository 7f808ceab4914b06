"""A sentence that leads in what follows ("… do not exceed:") brings its items, or stays out."""

import re
from collections.abc import Callable, Sequence

from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.words import stems
from assistant.types import StoredChunk

Near = Callable[[StoredChunk], Sequence[Pooled]]
"""The sentences of a chunk and of the one after it."""

_LEADS = re.compile(r":[\s\"”»’—–-]*$")
_MARKED = re.compile(r"\W*(?:\(?[A-Za-z]{1,4}\)|\d{1,2}[.)]|[-•–])\s*\S")
_MOST = 8


def with_items(form: QuestionForm, chosen: Sequence[Pooled], near: Near) -> list[Pooled]:
    """The sentences, each that leads in items with those that are asked about, or else all.

    One that no item follows is left out, unless it is all there is.
    """
    if not any(_LEADS.search(one.text) for one in chosen):
        return list(chosen)
    places = {one.place for one in chosen}
    told: list[Pooled] = []
    for one in chosen:
        items = _items_of(form, one, near) if _LEADS.search(one.text) else []
        if not _LEADS.search(one.text) or items:
            told += [one, *(item for item in items if item.place not in places)]
            places.update(item.place for item in items)
    return told or list(chosen)


def _items_of(form: QuestionForm, lead: Pooled, near: Near) -> list[Pooled]:
    following = sorted(
        (one for one in near(lead.source.stored) if one.place > lead.place),
        key=lambda one: one.place,
    )
    found: list[Pooled] = []
    for one in following:
        if one.part.bullet or _MARKED.match(one.text):
            found.append(one)
        elif one.part.leads:
            break
    shared = [len(form.stems & stems(one.text)) for one in found]
    most = max(shared, default=0)
    asked = [one for one, n in zip(found, shared, strict=True) if n == most] if most else found
    return asked[:_MOST]
