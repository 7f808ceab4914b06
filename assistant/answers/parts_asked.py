"""Which article or section says something: told by its number, before what it says."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.rating import rated
from assistant.answers.said import spoken_of
from assistant.grounding.terms import keys_of

_PART = (
    r"(?:articles?|sections?|chapters?|annex(?:es)?|paragraphs?|chapitres?|annexes?|paragraphes?)"
)
_ASKED = re.compile(rf"\b(?:wh?ich|what|quel(?:le)?s?)\s+{_PART}\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^\W*(?:article|art\.|section|sec\.|chapter|annex|chapitre|annexe)\s*[\dIVXLC]+\w*\b",
    re.IGNORECASE,
)
# "Recognised by Article 51 of the Charter" says which itself.
_OF_ANOTHER = re.compile(r"\b(?:article|section)\s+[\dIVXLC]+\w*\s+of\b", re.IGNORECASE)
# What an article does with what it says.
_SAYS = keys_of("article section chapter annex paragraph say speak provide state mention deal lay")
# What says all that is asked is the one, where it is likely to this share of the likeliest.
_SHARE = 0.3


def with_its_part(
    form: QuestionForm, question: str, chosen: Sequence[Pooled], pool: Sequence[Pooled]
) -> list[Pooled]:
    """The chosen, or to who asks which article says it, the sentence that does with its article."""
    if not chosen or _ASKED.search(question) is None:
        return list(chosen)
    document, wanted = chosen[0].place[:2], form.plain - _SAYS
    enough = _SHARE * max(one.chance for one in chosen)
    own = [one for one in pool if one.place[:2] == document and one.chance >= enough and _part(one)]
    if not own or _OF_ANOTHER.search(chosen[0].text):
        return list(chosen)
    best = max(own, key=lambda o: (_said(wanted, o.text), rated(form, o)))
    # A number is given for what says most of it, and for nothing that is only near.
    if _said(wanted, best.text) <= len(wanted) / 2:
        return list(chosen)
    return [replace(best, label=_part(best))]


def _said(wanted: frozenset[str], text: str) -> int:
    return sum(spoken_of(word, text) for word in wanted)


def _part(one: Pooled) -> str:
    """The article or section it stands in, by its number; empty where no heading has one."""
    found = (_NUMBERED.match(each) for each in reversed(one.source.stored.chunk.headings))
    return next((" ".join(each.group().split()) for each in found if each), "")
