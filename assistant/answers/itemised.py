"""A list that answers by its items: the sentence that leads them in, and all of them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.features import refers
from assistant.answers.leads import Near, leads_in, mark_of
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.rating import rated
from assistant.answers.said import NOT_TOLD, spoken_of

_BAR = re.compile(r"\s\|\s")
_FEWEST = 2
_FEWEST_SAID = 3
_MOST_BEFORE = 2
_MOST = 12
# What leads in is likely by itself, and to this share as likely as the likeliest.
_LIKELY = 0.1
_SHARE = 0.4
# Who asks which, in what cases or on what conditions is told by items.
_ASKED_FOR = 0.35
# An item goes on to its end where that is not far.
_LONGEST = 900


def whole_list(
    form: QuestionForm, chosen: Sequence[Pooled], pool: Sequence[Pooled], near: Near
) -> list[Pooled]:
    """What leads in a list and its items, where they tell more than what was chosen; else none.

    The chance of what leads in and of its likeliest item count together: neither answers alone.
    """
    if not _may_be_listed(form):
        return []
    for lead in filter(leads_in, pool):
        if found := _rows_of_a_name(form, lead, near):
            return [lead, *found]
    best = max((rated(form, one) for one in chosen), default=0.0)
    likeliest = max((one.chance for one in pool), default=0.0)
    leads = [one for one in pool if leads_in(one) and _is_likely(one, likeliest)]
    by_worth = sorted(
        leads, key=lambda one: (not _leads_to_it(form, one), -_worth(form, one, pool))
    )
    for lead in by_worth:
        if _worth(form, lead, pool) < best and not _leads_to_it(form, lead):
            break
        if len(found := items_below(lead, near(lead.source.stored))) >= _FEWEST:
            return [*_before(lead, pool), lead, *found]
    return []


def _rows_of_a_name(form: QuestionForm, lead: Pooled, near: Near) -> list[Pooled]:
    """The rows below a lead-in that open with a name asked about, if it and its title say the rest.

    "What did Skagen give to the Gull Fund?", of a table of what each town gives.
    """
    here = f"{lead.source.stored.metadata.title}\n{lead.text}"
    named = form.names.missing_from(here)
    asked = form.plain - NOT_TOLD
    if not named or not asked or not all(spoken_of(word, here) for word in asked):
        return []
    if not any(spoken_of(word, lead.text) for word in asked):
        return []
    return [
        one
        for one in items_below(lead, near(lead.source.stored))
        if mark_of(one) == "|" and not named & form.names.missing_from(_BAR.split(one.text)[0])
    ]


def is_led_in(chosen: Sequence[Pooled]) -> bool:
    """Whether the sentences are one that leads in, after one at the most, and items below it."""
    for at, one in enumerate(chosen[:_MOST_BEFORE]):
        if leads_in(one):
            rest = chosen[at + 1 :]
            return len(rest) >= _FEWEST and all(mark_of(o) or leads_in(o) for o in rest)
    return False


def items_below(lead: Pooled, following: Sequence[Pooled]) -> list[Pooled]:
    """The items that a sentence leads in, each to its end, with those that one of them leads in."""
    stored = lead.source.stored
    behind = sorted(
        (
            one
            for one in following
            if one.place > lead.place and one.source.stored.chunk.headings == stored.chunk.headings
        ),
        key=lambda one: one.place,
    )
    found: list[Pooled] = []
    outer, inner = "", ""
    for one in behind:
        mark = mark_of(one)
        if not mark and not one.part.leads and found:
            # What leads in further items ends with them.
            found[-1:] = [found[-1], one] if leads_in(one) else [_longer(found[-1], one)]
            continue
        if not mark:
            break
        outer = outer or mark
        if mark != outer and not (inner == mark or (found and leads_in(found[-1]))):
            break
        inner = mark if mark != outer else ""
        found.append(one)
    return found[:_MOST]


def _may_be_listed(form: QuestionForm) -> bool:
    """Whether a list may answer: no single fact is asked for, nor whether something is so."""
    little = form.asks_little or form.asks_yes_or_no or form.asks_definition or form.asks_contrast
    return not little and not form.asks_something


def _is_likely(lead: Pooled, likeliest: float) -> bool:
    return lead.chance >= max(_LIKELY, _SHARE * likeliest)


def _worth(form: QuestionForm, lead: Pooled, pool: Sequence[Pooled]) -> float:
    chunk = lead.source.stored.chunk.chunk_id
    behind = [
        one
        for one in pool
        if one.source.stored.chunk.chunk_id == chunk and one.place > lead.place and mark_of(one)
    ]
    together = min(1.0, lead.chance + max((one.chance for one in behind), default=0.0))
    fitting = rated(form, lead) / lead.chance if lead.chance else 1.0
    return together * (fitting + _ASKED_FOR * form.asks_list)


def _leads_to_it(form: QuestionForm, lead: Pooled) -> bool:
    """Whether it has every word of the question or one akin, some of them maybe in its title."""
    asked = form.plain - NOT_TOLD
    here = {word for word in asked if spoken_of(word, lead.text)}
    above = lead.source.stored.metadata.title
    return len(here) >= _FEWEST_SAID and all(spoken_of(word, above) for word in asked - here)


def _before(lead: Pooled, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentence that what leads in leans on: "To this end the following are prohibited:"."""
    if not refers(lead.text):
        return []
    before = [o for o in pool if o.place[:2] == lead.place[:2] and o.place < lead.place]
    last = max(before, key=lambda one: one.place, default=None)
    near = last is not None and lead.place[2] - last.place[2] - len(last.text) <= 1
    return [last] if last is not None and near and not refers(last.text) else []


def _longer(item: Pooled, rest: Pooled) -> Pooled:
    """An item up to the end of a sentence that goes on with it, in the same chunk."""
    chunk = item.source.stored.chunk
    same = chunk.chunk_id == rest.source.stored.chunk.chunk_id
    if not same or rest.part.end - item.part.start > _LONGEST:
        return item
    text = chunk.text[item.part.start : rest.part.end]
    return replace(item, part=replace(item.part, text=text, end=rest.part.end))
