"""Whether a sentence tells anything of the kind that is asked for, whatever else stands there."""

import re

from assistant.answers import evidence
from assistant.answers.acts import Act
from assistant.answers.dated import with_its_day
from assistant.answers.denials import affirms
from assistant.answers.features import refers
from assistant.answers.lasting import (
    is_of_something_else,
    lasted,
    tells_another_time,
    told_of,
)
from assistant.answers.lines import LEADS_IN, is_a_heading, is_a_line_of_figures, is_a_title
from assistant.answers.numerals import has_another_number
from assistant.answers.pool import Pooled
from assistant.answers.profiles import is_beside
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.said import spoken_of
from assistant.answers.termed import bare_term, is_a_numbered_heading
from assistant.answers.words import exact_words, named_with_another_word, stems, together

# Lists of works are not answers.
_APPARATUS = re.compile(
    r"^(?:sources?|references?|bibliograph\w+|further reading|notes|footnotes|see also|"
    r"références|bibliographie)$",
    re.IGNORECASE,
)
# "The embassy was established in 1976 with Ada Lovelace as envoy": nobody is that now for it.
_WAS_THEN = re.compile(
    r"\b(?:was|were|had|became|served|presented|appointed)\b.*\b(?:1\d|20)\d\d\b|"
    r"\b(?:1\d|20)\d\d\b.*\b(?:was|were|had|became|served|presented|appointed)\b"
)
_STILL = re.compile(
    r"\b(?:is|are|has been|since|currently|now|today|serves|est|depuis)\b", re.IGNORECASE
)
_QUOTES = " \"'”’»)]"


def tells(form: QuestionForm, one: Pooled) -> bool:
    """Whether it tells anything of the kind that is asked for: no heading, no question."""
    headings = one.source.stored.chunk.headings
    if headings and _APPARATUS.match(headings[-1]):
        return False
    asks = one.text.rstrip(_QUOTES).endswith("?")
    listed = form.expected is not Expected.QUANTITY and is_a_line_of_figures(one.text)
    beside = form.counts_another(one.text) or (form.asks_holding and not _holds(form, one))
    beside = beside or bool(form.held and not form.held & labelled(one))
    beside = beside or is_of_something_else(form, one) or _is_of_no_office(form, one)
    beside = beside or (form.asks_now and _is_over(one.text))
    beside = beside or has_another_number(form.numbered, one.text)
    beside = beside or (form.asks_fact and named_with_another_word(form.names, one.text))
    if asks or listed or beside or (LEADS_IN.search(one.text) and not _tells_on_the_way(form, one)):
        return False
    if is_of_another_time(form, one):
        return False
    if _says_nothing(form, one) or affirms(form, one) or is_beside(form, one):
        return False
    if form.asks_advice and not _advises(form, one):
        return False
    return form.act is None or _speaks_of_the_act(form, form.act, one)


def _is_of_no_office(form: QuestionForm, one: Pooled) -> bool:
    """Whether neither it nor a heading above has the office that it is asked who has or had."""
    if not (form.office or form.title) or form.expected is not Expected.NAME:
        return False
    here = one.around if refers(one.text) else f"{one.source.context}\n{one.text}"
    if form.title:
        return not together(form.title, here)
    return not spoken_of(form.office, here)


def _is_over(text: str) -> bool:
    """Whether it tells what was in some year, and nothing that is so since or now."""
    return _WAS_THEN.search(text) is not None and _STILL.search(text) is None


def _tells_on_the_way(form: QuestionForm, one: Pooled) -> bool:
    """Whether what leads in to something else has the time, place or length of all that is asked.

    "The Parties to the Treaty, signed at Washington on April 4, 1949, … agree as follows:"
    """
    if form.asks_duration:
        return lasted(form, one) and told_of(form, one)
    told = form.expected is Expected.TIME and form.met_by(one.text)
    placed = form.asks_place and form.places(one.text)
    return (told or placed) and form.stems <= stems(one.text)


def _advises(form: QuestionForm, one: Pooled) -> bool:
    """Whether it says what ought to be, in one of the words that are asked about."""
    plain = form.stems - stems(" ".join(form.names.words))
    return evidence.DUTY.search(one.text) is not None and bool(plain & stems(one.text))


def _holds(form: QuestionForm, one: Pooled) -> bool:
    """Whether it counts what somebody is asked to have, be it by its heading, and is of him."""
    labelled = " ".join((*one.source.stored.chunk.headings[-1:], one.text))
    whose = f"{one.source.stored.metadata.title}\n{labelled}"
    whose = one.around if refers(one.text) else whose
    of_him = not form.names.missing_from(whose)
    return of_him and not form.counts_none(labelled)


def _speaks_of_the_act(form: QuestionForm, act: Act, one: Pooled) -> bool:
    """Whether it says that it was done, and when to who asks for that."""
    if act.denied_by(one.text):
        return True
    dated = act.by_whom or is_met(form, one)
    return dated and act.told_by(one.text, *_above(one), leans=refers(one.text))


def tells_the_deed(form: QuestionForm, one: Pooled) -> bool:
    """Whether it speaks, in the word for it, of what somebody is asked to have done."""
    asked = form.deed_asked
    if asked is None or not asked.said_in(one.text):
        return asked is None
    # What is called by somebody's name is not by him, what ends on it is about him.
    title, heading = _above(one)
    last = exact_words(" ".join(title.split()[-1:]))
    title = title if last & exact_words(asked.name.split()[-1]) else ""
    return asked.told_by(one.text, title, heading, leans=refers(one.text))


def _above(one: Pooled) -> tuple[str, str]:
    """The title of the document, and the heading that the sentence stands under."""
    stored = one.source.stored
    heading = stored.chunk.headings[-1] if stored.chunk.headings else ""
    return stored.metadata.title, heading if heading != stored.metadata.title else ""


def _says_nothing(form: QuestionForm, one: Pooled) -> bool:
    """Whether it is a heading, or only repeats the question."""
    titled = one.part.leads and (is_a_heading(one) or is_a_title(one))
    titled = titled or (is_a_numbered_heading(one.text) and not form.asks_fact)
    return titled or stems(bare_term(one.text)) <= form.stems


def labelled(one: Pooled) -> frozenset[str]:
    """The stems of what it says, and of the heading above it."""
    return stems(" ".join((*one.source.stored.chunk.headings[-1:], one.text)))


def is_met(form: QuestionForm, one: Pooled) -> bool:
    """Whether it holds the kind of thing that is asked for, a day by the sentence before it."""
    return form.met_by(with_its_day(one) if form.expected is Expected.TIME else one.text)


def is_of_another_time(form: QuestionForm, one: Pooled) -> bool:
    """Whether it tells another time than the one that is asked for."""
    return form.expected is Expected.TIME and tells_another_time(form, one.text)
