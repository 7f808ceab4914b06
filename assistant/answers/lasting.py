"""How long something lasted, from when it began and when it ended."""

import re
from collections.abc import Sequence

from assistant.answers.evidence import TIME
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.said import NOT_TOLD, says_the_opposite, spoken_of
from assistant.answers.words import stems
from assistant.grounding.sentences import sentences
from assistant.grounding.terms import keys_of

_BEGINS = re.compile(
    r"\b(?:began|begun|start(?:ed|s)?|launch(?:ed|es)|opened|broke out|outbreak|commenced|"
    r"entered into force|took effect|commença|commencé|débuta|débuté)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:ended|ends|lifted|closed|concluded|terminated|expired|finished|dissolved|disbanded|"
    r"surrendered|ceased|came to an end|prit fin|terminée?|dissou[st]e?)\b",
    re.IGNORECASE,
)
_BEGINNINGS = keys_of("begin start open launch found establish create")
_ENDINGS = keys_of("end close finish stop dissolve disband expire cease conclude terminate")
_THAT_OFFICE = re.compile(
    r"\b(?:that|this|the) (?:capacity|position|post|office|role)\b|^(?:she|he) (?:served|held)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:1\d|20)\d{2}\b.*\b(?:until|till)\b")
# What is far less likely than the likeliest tells of something else.
_SHARE = 0.05


def begun_and_ended(form: QuestionForm, told: Sequence[Pooled]) -> list[Pooled]:
    """What says when it began and when it ended: a sentence, or two of a document; else nothing."""
    if not form.asks_duration or not told:
        return []
    least = _SHARE * max(one.chance for one in told)
    dated = [o for o in told if o.chance >= least and TIME.search(o.text) and _is_of_it(form, o)]
    if whole := [one for one in dated if _begins(one) and _ends(one)]:
        return [max(whole, key=lambda one: one.chance)]
    begun, ended = filter(_begins, dated), [*filter(_ends, dated)]
    pairs = [(one, other) for one in begun for other in ended if one.place[:2] == other.place[:2]]
    best = max(pairs, key=lambda pair: pair[0].chance + pair[1].chance, default=())
    return sorted(best, key=lambda one: one.place)


def tells_another_time(form: QuestionForm, text: str) -> bool:
    """Whether it tells of the opposite of what a question asks the time of: opened, of closed."""
    began, ended = _BEGINS.search(text) is not None, _ENDS.search(text) is not None
    if (form.deed in _ENDINGS and began and not ended) or (
        form.deed in _BEGINNINGS and ended and not began
    ):
        return True
    return bool(form.deed) and says_the_opposite(form.deed, text)


def _begins(one: Pooled) -> bool:
    return _BEGINS.search(one.text) is not None


def _ends(one: Pooled) -> bool:
    return _ENDS.search(one.text) is not None


def lasted(form: QuestionForm, one: Pooled) -> bool:
    """Whether it says how long, and has most of the words of what lasted."""
    if not form.asks_duration:
        return False
    if form.capacity:
        return _in_that_office(form, one)
    if not form.met_by(one.text):
        return False
    spoken = len(form.subject & stems(one.text))
    return spoken > len(form.subject) / 2 or told_of(form, one)


def told_of(form: QuestionForm, one: Pooled) -> bool:
    """Whether it has all of the question, each word or one akin, what is named maybe above it."""
    here = f"{one.source.context}\n{one.text}"
    asked = form.plain - NOT_TOLD
    told = bool(asked) and not form.names.missing_from(here)
    return told and all(spoken_of(word, one.text) for word in asked)


def is_of_something_else(form: QuestionForm, one: Pooled) -> bool:
    """Whether it, its title and its headings have no word of what lasted, but names."""
    here = f"{one.source.context}\n{one.text}"
    return (
        form.asks_duration
        and bool(form.plain)
        and not any(spoken_of(word, here) for word in form.plain)
    )


def _in_that_office(form: QuestionForm, one: Pooled) -> bool:
    """Whether it says how long somebody held the office, which it or what it leans on names."""
    text = one.text
    if not (form.met_by(text) or _UNTIL.search(text)):
        return False
    if _THAT_OFFICE.search(text):
        before = sentences(one.source.stored.chunk.text[: one.part.start], None)[-1:]
        text = "\n".join((*(each.text for each in before), text))
    here = f"{one.source.context}\n{text}"
    return form.capacity <= stems(text) and not form.names.missing_from(here)


def spans_it(form: QuestionForm, one: Pooled) -> bool:
    """Whether a title or heading names it with its years: "The Harbour Strike, 1948–1949"."""
    if not form.asks_duration:
        return False
    above = (one.source.stored.metadata.title, *one.source.stored.chunk.headings)
    return any(form.met_by(name) and len(form.subject & stems(name)) > 1 for name in above)


def _is_of_it(form: QuestionForm, one: Pooled) -> bool:
    here = f"{one.source.context}\n{one.text}"
    return not form.names.missing_from(here) and bool(form.subject & stems(here))
