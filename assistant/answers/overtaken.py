"""That somebody who is named in an answer has left since, as another text of the library says."""

import re
from collections.abc import Iterator, Sequence

from assistant.answers.asking import CAPITAL
from assistant.answers.features import refers
from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.words import exact_words

_LEFT = (
    r"(?:left|resigned|retired|died|departed|stepped down|stood down|handed over|"
    r"(?:was|were|has been|had been) (?:replaced|succeeded|dismissed|removed|relieved|recalled)|"
    r"a quitté|a démissionné|est (?:mort|morte|décédé|décédée)|a été (?:remplacé|remplacée))\b"
)
_FOLLOWS = re.compile(
    r"\b(?:replac(?:es|ed)|succe(?:eds|eded)|took over|successor|remplac\w+|succéd\w+)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(CAPITAL)
_NEXT = 3  # a blank or two between sentences


def with_leavers(
    form: QuestionForm, chosen: Sequence[Pooled], pool: Sequence[Pooled]
) -> list[Pooled]:
    """The chosen, and what other documents say of whoever they name having left."""
    if form.expected is not Expected.NAME or form.succession is not None:
        return list(chosen)
    added: dict[tuple[str, str, int], Pooled] = {}
    for name in dict.fromkeys(name for one in chosen for name in _persons(form, one)):
        left = re.compile(rf"\b{re.escape(name)}\s+(?:(?:had|has|then|also)\s+)?{_LEFT}")
        for other in (one for one in pool if name in one.text):
            if left.search(other.text) and _is_elsewhere(form, other, chosen):
                added |= {one.place: one for one in (other, *_next(other, pool))}
                break
    known = {one.place for one in chosen}
    return [*chosen, *(one for place, one in added.items() if place not in known)]


def _persons(form: QuestionForm, one: Pooled) -> Iterator[str]:
    """The words with a capital that the question has not."""
    for found in _NAMED.finditer(one.text):
        if not exact_words(found.group()) & form.names.words:
            yield found.group()


def _is_elsewhere(form: QuestionForm, one: Pooled, chosen: Sequence[Pooled]) -> bool:
    documents = {each.place[0] for each in chosen}
    return one.place[0] not in documents and not form.names.missing_from(one.around)


def _next(one: Pooled, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentence behind it, where that says who came then."""
    end = one.place[2] + len(one.text)
    return [
        other
        for other in pool
        if other.place[:2] == one.place[:2]
        and 0 <= other.place[2] - end <= _NEXT
        and refers(other.text)
        and _FOLLOWS.search(other.text)
    ]
