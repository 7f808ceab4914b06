"""Which sentences make the answer, and in what order."""

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from assistant.answers.across import one_of_each
from assistant.answers.dated import dated, dates_the_act, with_years
from assistant.answers.eligible import FITTING_SHARE, eligible
from assistant.answers.features import refers
from assistant.answers.lasting import begun_and_ended, lasted
from assistant.answers.lines import NAMES_BACK, stands
from assistant.answers.manner import told_how
from assistant.answers.members import members
from assistant.answers.openings import gone_on, opening_of
from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.rating import (
    defines,
    defines_outright,
    locates,
    presents,
    rated,
    states,
)
from assistant.answers.reasons import giving_reason, with_reason
from assistant.answers.said import NOT_TOLD, spoken_of
from assistant.answers.series import with_series
from assistant.answers.tongues import is_foreign
from assistant.answers.words import exact_words, stems

# A sentence joins the answer from this chance on.
_JOINS = 0.1
# A definition is one from this chance on.
_DEFINES = 0.05
# What is rated below this share of the best is beside the point.
_BESIDE = 0.4
# A fact is told once: a second sentence must be nearly as likely as the first.
_FACT_SHARE = 0.8
_MOST = 5
_MOST_FOR_A_FACT = 2
_MOST_WHEN_SHORT = 3  # a definition, yes or no
# Of two sentences, one whose words are to this share in the other says the same.
_SAME = 0.8
# Of fewer words, a sentence has all by chance.
_FEWEST_WORDS = 3
_IN_A_ROW = re.compile(r"\w,\s[^,;]{3,60},\s(?:[^,;]{3,60},\s)*(?:and|or|et|ou)\s")
_SOME_OF_THEM = re.compile(
    r"\b(?:including|include[sd]?|such as|among|notamment|dont)\b", re.IGNORECASE
)
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w’-]+")
_YEAR = re.compile(r"1\d{3}|20\d\d")
# Characters of a heading between a paragraph and the next.
_A_HEADING = 120


def select(form: QuestionForm, pool: Sequence[Pooled], *, sure: bool) -> list[Pooled]:
    """Chosen sentences, the best document's first, each document's in reading order.

    A sentence that leans on its neighbour brings the neighbour, or stays out.
    """
    if named := members(form, pool) or one_of_each(form, pool):
        return named
    fit = sorted(eligible(form, pool, sure=sure), key=lambda one: _order(form, one))
    told, lasting = begun_and_ended(form, pool), [one for one in fit if lasted(form, one)]
    if told and (len(told) == 1 or not lasting):
        return told
    fit = lasting or ([] if form.capacity else fit)
    fit = told_how(form, fit)
    if not fit or not _may_tell_where(form, fit):
        return []
    opening = opening_of(form, fit, pool)
    fit = _preferred(form, opening or fit)
    before = {one.place: previous for previous, one in pairwise(sorted(pool, key=_place))}
    # The best is the measure of the rest, though nobody would understand it by itself.
    best = fit[0]
    fit = [o for o in fit if stands(form, o) or _antecedent(form, o, before.get(o.place))]
    most = _MOST_WHEN_SHORT if opening else _most(form, [one.chance for one in fit])
    joins = _is_new if opening else partial(_joins, form, best)
    gathered = _gathered(form, fit, joins, before, most)
    told = gone_on(form, _ordered(form, gathered, best), pool)
    told = with_series(form, with_reason(form, told, pool), pool)
    return with_years(form, told, pool)


def _preferred(form: QuestionForm, fit: list[Pooled]) -> list[Pooled]:
    """Those that give what the form asks for, where any does.

    Once a number of what is counted is given, others are beside the point; so for a place.
    """
    enough = FITTING_SHARE * max(one.chance for one in fit)
    fit = [o for o in fit if form.counts(o.text) and o.chance >= enough] or fit
    fit = [o for o in fit if form.counts_all(o.text)] or fit
    fit = [o for o in fit if form.places(o.text) and o.chance >= enough] or fit
    fit = [o for o in fit if form.asks_money and form.met_by(o.text)] or fit
    fit = [o for o in fit if states(form, o) or locates(form, o)] or fit
    fit = [o for o in fit if _says_whether(form, o) and o.chance >= _JOINS] or fit
    fit = [o for o in fit if form.condition and form.condition <= stems(o.text)] or fit
    fit = [o for o in fit if form.act and form.act.says_just_that(o.text, form.names)] or fit
    near = max(_JOINS, FITTING_SHARE / 2 * fit[0].chance)
    fit = [o for o in fit if _names_one(form, o) and o.chance >= near] or fit
    fit = [o for o in fit if dates_the_act(form, o) and o.chance >= enough] or fit
    fit = _of_the_deed(form, fit, enough)
    fit = [
        o for o in fit if form.asks_money and _is_of_the_year(form, o) and o.chance >= enough
    ] or fit
    fit = giving_reason(form, dated(form, fit, enough))
    return [o for o in fit if form.concludes(o.text) and o.chance >= _JOINS] or fit


def _names_one(form: QuestionForm, one: Pooled) -> bool:
    """Whether it has one of the kind that is asked for by its name: "the Gull Treaty"."""
    words = (found for found in _CAPITAL.finditer(one.text) if form.kind and found.start())
    return any(form.kind & stems(found.group()) for found in words)


def _says_whether(form: QuestionForm, one: Pooled) -> bool:
    """Whether it has all that is asked to be so or not, each word or one akin to it."""
    told = form.plain - NOT_TOLD
    if not form.asks_yes_or_no or len(form.subject) < _FEWEST_WORDS or not told:
        return False
    named = not form.names.missing_from(one.text)
    return named and all(spoken_of(word, one.text) for word in told)


def _of_the_deed(form: QuestionForm, fit: list[Pooled], enough: float) -> list[Pooled]:
    """Those that have each word of what is asked when, where the best has but its names."""
    only_when = form.expected is Expected.TIME and not (form.asks_why or form.act)
    if not only_when or any(spoken_of(word, fit[0].text) for word in form.plain):
        return fit
    told = (o for o in fit if o.chance >= enough)
    return [o for o in told if all(spoken_of(word, o.text) for word in form.plain)] or fit


def _is_of_the_year(form: QuestionForm, one: Pooled) -> bool:
    """Whether it names the year that the question names, if that does name one."""
    years = {name for name in form.names.words if _YEAR.fullmatch(name)}
    return bool(years) and years <= exact_words(one.text)


def _gathered(
    form: QuestionForm,
    fit: Sequence[Pooled],
    joins: Callable[[Pooled, Collection[Pooled]], bool],
    before: Mapping[tuple[str, str, int], Pooled],
    most: int,
) -> list[Pooled]:
    """The sentences that join the answer, `most` or so, each with the one it leans on."""
    chosen: dict[tuple[str, str, int], Pooled] = {}
    for one in fit:
        if len(chosen) >= most:
            break
        if not joins(one, chosen.values()):
            continue
        if stands(form, one):
            chosen |= {each.place: each for each in _with_what_it_names(one, before)}
        elif (neighbour := _antecedent(form, one, before.get(one.place))) is not None:
            chosen |= {neighbour.place: neighbour, one.place: one}
    return list(chosen.values())


def _ordered(form: QuestionForm, chosen: Sequence[Pooled], best: Pooled) -> list[Pooled]:
    """A document after the other, in reading order.

    A fact or a definition opens with itself, whatever stands before that in its document.
    """
    order = list(dict.fromkeys(one.place[:2] for one in chosen))
    first = best.place if form.asks_little and stands(form, best) else None
    return sorted(
        chosen,
        key=lambda one: (
            order.index(one.place[:2]),
            not _defines_too(form, one),
            not (form.asks_definition and presents(form, one)),
            one.place != first,
            one.place,
        ),
    )


def _order(form: QuestionForm, one: Pooled) -> tuple[bool, float]:
    """What defines comes first, though sentences with more of its words are likelier."""
    return not (one.chance >= _DEFINES and defines_outright(form, one)), -rated(form, one)


def _may_tell_where(form: QuestionForm, fit: Sequence[Pooled]) -> bool:
    """Whether any has a place, to one who asks for one."""
    return not form.asks_place or any(form.places(one.text) for one in fit)


def _place(one: Pooled) -> tuple[str, str, int]:
    return one.place


def _joins(form: QuestionForm, best: Pooled, one: Pooled, chosen: Collection[Pooled]) -> bool:
    if one.place == best.place:
        return True
    if rated(form, one) < _BESIDE * rated(form, best) or _strays(form, one, best):
        return False
    if form.asks_little:
        likely = one.chance >= max(_JOINS, _FACT_SHARE * best.chance)
    elif form.asks_cause and form.explains(best.text):
        # Beside a reason, what gives none must be as likely by itself.
        likely = one.chance >= (_JOINS if form.explains(one.text) else max(_JOINS, best.chance))
    else:
        likely = one.chance >= _JOINS
    if form.asks_definition:
        # What is said of another thing does not say what this one is.
        likely = likely and _names_it(form, one)
    likely = likely or _defines_too(form, one)
    if _lists(form, best) and not (form.focus | form.alike) & stems(one.text):
        return False
    return likely and _is_new(one, chosen)


def _lists(form: QuestionForm, one: Pooled) -> bool:
    """Whether it tells in a row what a list question is after: "The principles were peace, …"."""
    row = _IN_A_ROW.search(one.text) if form.asks_list else None
    if row is None:
        return False
    before = one.text[: row.start()]
    return bool((form.focus | form.alike) & stems(before)) and not _SOME_OF_THEM.search(before)


def _is_new(one: Pooled, chosen: Collection[Pooled]) -> bool:
    return not any(_same(one.text, other.text) for other in chosen)


def _strays(form: QuestionForm, one: Pooled, best: Pooled) -> bool:
    """Whether it leaves the question's language, in which the best sentence is."""
    return is_foreign(one.text, form.tongue) and not is_foreign(best.text, form.tongue)


def _names_it(form: QuestionForm, one: Pooled) -> bool:
    shared = len(form.stems & stems(one.text))
    # Of a person the surname is said.
    return shared > len(form.stems) / 2 or (form.asks_person and shared > 0)


def _same(one: str, other: str) -> bool:
    mine, theirs = stems(one), stems(other)
    return len(mine & theirs) >= _SAME * max(1, min(len(mine), len(theirs)))


def _defines_too(form: QuestionForm, one: Pooled) -> bool:
    return form.asks_definition and defines(form, one)


def _most(form: QuestionForm, chances: Sequence[float]) -> int:
    """How many sentences an answer may have: as many as its F1 is likely the highest with."""
    if form.asks_little:
        return _MOST_FOR_A_FACT
    if not chances:
        return 0
    best = np.sort(np.array(chances))[::-1]
    size = np.arange(1, len(best) + 1)
    wanted = 1 + int(np.argmax(2 * np.cumsum(best) / (size + best.sum())))
    short = (
        form.asks_definition or form.asks_yes_or_no or (form.asks_purpose and not form.asks_list)
    )
    return min(wanted, _MOST_WHEN_SHORT if short else _MOST)


def _with_what_it_names(one: Pooled, before: Mapping[tuple[str, str, int], Pooled]) -> list[Pooled]:
    """The sentence, after the one that tells what it gives a name: "The offer, known as …"."""
    previous = before.get(one.place)
    if previous is None or not NAMES_BACK.match(one.text) or refers(previous.text):
        return [one]
    return [previous, one] if 0 <= _between(previous, one) <= _A_HEADING else [one]


def _between(previous: Pooled, one: Pooled) -> float:
    """How many characters stand between two sentences; no number is as much between two texts."""
    apart = previous.place[:2] != one.place[:2]
    return math.inf if apart else one.place[2] - previous.place[2] - len(previous.text)


def _antecedent(form: QuestionForm, one: Pooled, previous: Pooled | None) -> Pooled | None:
    # What opens a chunk goes on with its paragraph where nothing but a blank is between.
    furthest = 1 if one.part.leads else math.inf
    if previous is None or previous.place[:2] != one.place[:2]:
        return None
    if _between(previous, one) > furthest:
        return None
    return previous if stands(form, previous) else None
