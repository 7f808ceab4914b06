"""A series told in prose, "One reason was … Another was …": who is told one is told the others."""

import re
from collections.abc import Sequence

from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm

_FIRST = re.compile(
    r"^(?:one|the first|first(?:ly)?|a first|une première|le premier|la première|premièrement)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"^(?:another|a (?:second|third)|(?:the )?(?:second|third)(?:ly)?|un autre|une autre|"
    r"deuxièmement|le deuxième|la deuxième)\b",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"^(?:finally|lastly|in addition|moreover|furthermore|in any case|besides|enfin|de plus|"
    r"en outre|(?:the )?last|a (?:final|fourth)|(?:the )?fourth(?:ly)?)\b|"
    r"^(?:\w+\s+){1,4}(?:also|aussi|également)\b",
    re.IGNORECASE,
)
_NEAR = 2  # characters between sentences of a paragraph
_MOST = 5


def with_series(
    form: QuestionForm, chosen: Sequence[Pooled], pool: Sequence[Pooled]
) -> list[Pooled]:
    """The chosen, each that opens a series with the others of it."""
    if form.asks_little or form.asks_yes_or_no or form.asks_definition:
        return list(chosen)
    told = {one.place: one for one in chosen}
    for one in chosen:
        if _FIRST.match(one.text):
            told |= {each.place: each for each in _others(one, pool)}
    order = [one.place[:2] for one in chosen]
    return sorted(told.values(), key=lambda o: (order.index(o.place[:2]), o.place))


def _others(first: Pooled, pool: Sequence[Pooled]) -> list[Pooled]:
    """What follows the first of a series in its paragraph, up to the last that goes on with it."""
    behind = _following(first, pool)
    if not behind or not _NEXT.match(behind[0].text):
        return []
    last = max(
        i for i, one in enumerate(behind) if _NEXT.match(one.text) or _FURTHER.match(one.text)
    )
    return behind[: last + 1]


def _following(first: Pooled, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentences right behind one another after it, each once, a few of them."""
    at = {one.place: one for one in pool if one.place[:2] == first.place[:2]}
    found: list[Pooled] = []
    last = first
    for place in sorted(at):
        one = at[place]
        apart = place[2] - last.place[2] - len(last.text)
        if place <= last.place:
            continue
        if apart > _NEAR or len(found) == _MOST:
            break
        if apart >= 0:
            found.append(one)
            last = one
    return found
