"""A day without its year, where the text gives that beside."""

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.words import stems
from assistant.grounding.sentences import sentences
from assistant.retrieval.grammar import MONTHS

_DAY = re.compile(
    rf"\b(?:(?:{MONTHS})\.?\s+\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:{MONTHS}))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1\d{3}|20\d\d)\b")
# "That same day, Skagen recognized Lund": which day that was stands before it.
_THAT_DAY = re.compile(
    r"^\W*(?:(?:on|in|later|early|earlier|late)\s+)*(?:that\s+(?:(?:very|same)\s+)?|the\s+(?:very\s+)?same\s+)"
    r"(?:day|month|year|spring|summer|autumn|fall|winter|decade)\b",
    re.IGNORECASE,
)

# "Skeptics mocked the purchase, but were silenced when gold was found in 1896": found then.
_CLAUSE = re.compile(
    r"[;:]\s|,\s+(?!(?:1\d|20)\d\d\b)|\s(?=(?:when|after|before|while|until|but|whereas|although|who|"
    r"which|lorsque|après|avant|tandis)\b)",
    re.IGNORECASE,
)
_OPENS = re.compile(r"^\W*(?:on|in|by|during|en|le)\s[^,]{0,40}\d[^,]{0,20}$", re.IGNORECASE)


def dates_the_act(form: QuestionForm, one: Pooled) -> bool:
    """Whether the clause that tells the act of which it is asked when has a time, or opens on it.

    "In 1867, the state bought the coast" does, what another clause dates is something else.
    """
    if form.act is None or form.act.by_whom or form.expected is not Expected.TIME:
        return False
    clauses = _CLAUSE.split(one.text)
    opening = clauses[0] if len(clauses) > 1 and _OPENS.match(clauses[0]) else ""
    joined = [f"{opening}, {clauses[1]}", *clauses[2:]] if opening else clauses
    return any(form.met_by(each) and form.act.done_in(each) for each in joined)


def with_its_day(one: Pooled) -> str:
    """The sentence, behind the one before it where that says which day it speaks of."""
    if not _THAT_DAY.match(one.text):
        return one.text
    before = sentences(one.source.stored.chunk.text[: one.part.start], None)[-1:]
    return " ".join((*(each.text for each in before), one.text))


def dated(form: QuestionForm, fit: list[Pooled], enough: float) -> list[Pooled]:
    """Those that give the year, to who asks when, where the best does not.

    They are as likely as `enough` and have no word of the question less. A day whose year another
    sentence gives is told by that one.
    """
    if form.expected is not Expected.TIME:
        return fit
    whole = [one for one in fit if one.chance >= enough and _whole_date(one.text)]
    best = fit[0].text
    if _lacks_its_year(best):
        asked = form.subject & stems(best)
        return [one for one in whole if asked <= stems(one.text)] or fit
    told = {day for one in whole for day in _days(one.text)}
    return [o for o in fit if not (_lacks_its_year(o.text) and _days(o.text) <= told)]


def with_years(
    form: QuestionForm, chosen: Sequence[Pooled], pool: Sequence[Pooled]
) -> list[Pooled]:
    """The chosen, each day without a year behind the sentence of its passage that has the year."""
    if form.expected is not Expected.TIME:
        return list(chosen)
    found: list[Pooled] = []
    for one in chosen:
        before = _nearest_year(one, pool) if _needs_a_year(one.text) else None
        if before is not None and before not in found and before not in chosen:
            found.append(before)
        found.append(one)
    return found


def _nearest_year(one: Pooled, pool: Sequence[Pooled]) -> Pooled | None:
    chunk = one.source.stored.chunk.chunk_id
    of_it = (o for o in pool if o.source.stored.chunk.chunk_id == chunk)
    earlier = takewhile(lambda o: o.place < one.place, sorted(of_it, key=lambda o: o.place))
    return next((o for o in [*earlier][::-1] if _YEAR.search(o.text)), None)


def _needs_a_year(text: str) -> bool:
    that_day = _THAT_DAY.match(text) is not None and _YEAR.search(text) is None
    return that_day or _lacks_its_year(text)


def _lacks_its_year(text: str) -> bool:
    return _DAY.search(text) is not None and _YEAR.search(text) is None


def _days(text: str) -> frozenset[str]:
    """The days that it names, "18 March" and "March 18" alike."""
    return frozenset(" ".join(sorted(day.lower().split())) for day in _DAY.findall(text))


def _whole_date(text: str) -> bool:
    return _DAY.search(text) is not None and _YEAR.search(text) is not None
