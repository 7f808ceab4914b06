"""One fact of one thing, told by the labelled cell of the document that is about it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answers.armed import BRANCH, MILITARY, STRENGTH, asks_strength, of_the_military
from assistant.answers.cells import Cell, cell_of, cells_of, has_keys, is_keyed, label_of
from assistant.answers.counting import QUANTITY
from assistant.answers.directions import goes_otherwise
from assistant.answers.grid import Neighbours
from assistant.answers.heads import asks_who_rules, at_the_head
from assistant.answers.kinds import same_kind
from assistant.answers.labels import around, cells_asked
from assistant.answers.pool import Pooled, Source
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.reading import Part
from assistant.answers.rows import is_of_place
from assistant.answers.subjects import Subject, subject_of
from assistant.answers.words import exact_words, stems
from assistant.grounding.meanings import akin
from assistant.grounding.terms import key_of
from assistant.types import Passage, StoredChunk

# How far a document is looked through.
_WHOLE = 150

# What asks for a measure, or joins a thing and what is asked of it, has no label of its own.
_JOINS = stems(
    "become get gain live have number run reach practise practice follow use stand speak spoken "
    "rate level amount figure value percentage share size long large big high tall far current "
    "currently today present exact official name main principal length most much many "
    "compare comparison difference differ contrast versus like look"
) | {"it"}  # is what is left of "its"
_FORCES = stems("troop soldier force peacekeeper contingent personnel")
_SENT = stems("deployment")
# What is asked in other words than a label has, within a profile.
_OTHERWISE = (
    (stems("mountain peak summit"), stems("point")),
    (stems("touch adjoin abut"), stems("border")),
    (stems("speak spoken"), stems("language")),
)
_DEFENCE, _SPENDING = stems("defence"), stems("spend expenditure budget cost money percent gdp")
# Languages are what people speak.
_PEOPLE = stems("people person inhabitant")
_MOST = 3
# Words that begin with the same letters, as many as these, may be forms of one.
_STEM = 4
_LONGEST_LABEL = 5
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# When and how it was counted is no part of what was.
_ASIDE = re.compile(rf"\([^)]*\)|{_YEAR.pattern}")
_REMARK = re.compile(
    r"(?:^|- )(?:footnotes?|notes?|remarks?|comments?|remarques?)\b", re.IGNORECASE
)
# That there is none, or none is known, is told to whoever asks for it.
_NONE = re.compile(r"(?:none|vacant|not available|unknown|n/?a|nil|vacante?|néant)", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|et|or|ou)\b|,")
_FEWEST_LISTED = 2
_LONGEST_ITEM = 4
_OF_A_SUM = 2
_COMMA = re.compile(r"[,;]\s")
_ROLE_WORDS = 5
_LONGEST_ROLE = 100


def facts(
    form: QuestionForm, question: str, passages: Sequence[Passage], neighbours: Neighbours
) -> list[Pooled]:
    """The labelled cells that tell what is asked of those that documents are about.

    The documents are looked through whole. Of two things that are compared, each must have a cell.
    """
    about = _profiles(question, passages)
    if not about or not _is_of_a_label(form, [*about]):
        return []
    told: list[list[Pooled]] = []
    rules = asks_who_rules(question, _asked(form, [*about]) - _JOINS)
    each = form.asks_contrast or _AND.search(question) is not None
    for subject, documents in about.items():
        # Where two things are not asked about each by itself, the cell of one names the other.
        named = "\n".join(one.name for one in about) if each else subject.name
        each_of_them = (_that_way(form, cells_of(neighbours(one, _WHOLE))) for one in documents)
        cells = (
            (_each_once(at_the_head(cells)) if rules else [])
            or _in_other_words(form, question, subject, cells)
            or told_by(form, [*about], named, cells)
            for cells in each_of_them
        )
        first = next(filter(None, cells), [])
        told.insert(0, [_as_sentence(cell, subject.name) for cell in first])
    # "How many troops does Velm have in Skagen?" is told by the cell of Velm alone.
    whole = all(told) or (not each and len(about) > 1)
    return [one for cells in told for one in cells] if whole else []


def _in_other_words(
    form: QuestionForm, question: str, subject: Subject, cells: Sequence[Cell]
) -> list[Cell]:
    """The cells that are asked for in words which their labels do not have."""
    strength = asks_strength(form, _asked(form, [subject]), _JOINS)
    if form.asks_cause or form.asks_denial or strength:
        return []
    told = [one for one in cells if not _REMARK.search(one.key)]
    return _each_once(cells_asked(question, form.names, subject, told))[:_MOST]


def _profiles(question: str, passages: Sequence[Passage]) -> dict[Subject, list[StoredChunk]]:
    """The documents among whose passages are cells, by whom or what of the question they are of."""
    found: dict[Subject, list[StoredChunk]] = {}
    keyed = [c.stored for one in passages for c in one.chunks if has_keys(c.stored)]
    for stored in {one.version_id: one for one in keyed[::-1]}.values():
        if subject := subject_of(stored.metadata.title, question):
            found.setdefault(subject, []).insert(0, stored)
    return found


def _is_of_a_label(form: QuestionForm, subjects: Sequence[Subject]) -> bool:
    """Whether so little is asked that a label may say it."""
    return len(_asked(form, subjects) - _JOINS) <= _LONGEST_LABEL


def _asked(form: QuestionForm, subjects: Sequence[Subject]) -> frozenset[str]:
    """The stems of what is asked of the subjects, without years.

    A year stands in the cell, if need be in its value: that is seen to by its name.
    """
    asked = (form.own or form.stems).difference(*(one.stems for one in subjects))
    asked = of_the_military(asked)
    for said, label in _OTHERWISE:
        asked = asked - said | label if asked & said else asked
    if asked & _DEFENCE and asked & _SPENDING:
        asked = asked - _DEFENCE | MILITARY
    return frozenset(one for one in asked if not one.isdigit())


def is_beside(form: QuestionForm, one: Pooled) -> bool:
    """Whether it is a labelled cell that says little of what is asked of a thing.

    One word of two is in many a cell: there are men in ages, in ratios and in schools. What is
    named besides the thing tells more than words do.
    """
    names = form.names.words
    if names and is_keyed(one) and form.names.missing_from(_beneath(one)) == names:
        return True
    cell = None if form.own else cell_of(one)
    if cell is None:
        return False
    title = one.source.stored.metadata.title
    if _goes_otherwise(form, one.source.stored, cell):
        return True
    of_whom = stems(title) | stems(" ".join(form.names.words))
    if asks_strength(form, form.stems - of_whom, _JOINS):
        return not _has(cell.label | stems(cell.value), STRENGTH)
    wanted = form.stems - of_whom - _JOINS
    told = cell.label | stems(cell.value)
    spoken = sum(_has(told, frozenset({word})) or _is_akin(word, told) for word in wanted)
    if (names - exact_words(title)) & exact_words(cell.value):
        # Of another it tells what it was asked for, if that stands there whole.
        return form.names.missing_from(title) == names and spoken < len(wanted)
    return bool(wanted) and spoken <= len(wanted) / 2


def _is_akin(word: str, told: frozenset[str]) -> bool:
    """Whether another form of the word is told: "service" for "serve"."""
    alike = (each for each in told if each[:_STEM] == word[:_STEM])
    return any(akin(key_of(word), key_of(each)) for each in alike)


def _beneath(one: Pooled) -> str:
    """A line beneath its title and headings."""
    return f"{one.source.context}\n{one.text}"


def _that_way(form: QuestionForm, cells: Sequence[Cell]) -> list[Cell]:
    return [one for one in cells if not _goes_otherwise(form, one.stored, one)]


def _goes_otherwise(form: QuestionForm, stored: StoredChunk, cell: Cell) -> bool:
    label = f"{cell.heading}: {cell.key}"
    return goes_otherwise(form.towards, stems(stored.metadata.title), label)


def told_by(
    form: QuestionForm, subjects: Sequence[Subject], named: str, cells: Sequence[Cell]
) -> list[Cell]:
    """The cells whose labels are what is asked of the subjects; empty where none is.

    Names of the question that are not among those `named` stand in the cell.
    """
    asked = _asked(form, subjects)
    if not asked and form.asks_place:
        return [one for one in cells if one.first and is_of_place(one.key)][:1]
    wanted = (asked - _JOINS - _PEOPLE) or (asked - _JOINS) or asked
    if not wanted or form.asks_cause or form.asks_denial:
        return []
    others = form.names.missing_from(named)
    if wanted & _FORCES and (others or form.asks_elsewhere):
        # Where forces are, and how many in a place, is told by where they were sent.
        wanted = asked = _SENT
    elif asks_strength(form, asked, _JOINS):
        wanted = asked = STRENGTH
    # What is named stands in the cell, be it in the value: "4 % of GDP".
    wanted = (wanted - stems(" ".join(others))) or wanted
    ranked = [
        (rank, one) for one in cells if (rank := _beyond(form, asked, wanted, one)) is not None
    ]
    fitting = [(rank, one) for rank, one in ranked if _may_tell(form, others, one)]
    least = min((rank for rank, _ in fitting), default=0)
    found = [one for rank, one in fitting if rank == least]
    if not found and not others and not wanted & BRANCH:
        found = _in_a_value(form, wanted, cells)
    if not found and form.expected is Expected.NAME and not others:
        office = [one for one in cells if _holds(wanted, one.value)]
        found = [one for one in office if _may_tell(form, others, one)]
    return _each_once(found)[:_MOST]


def _in_a_value(form: QuestionForm, wanted: frozenset[str], cells: Sequence[Cell]) -> list[Cell]:
    """The cell whose label has some of what is asked, and whose value has the rest, if any.

    "Suppliers" of equipment are named in what is said of the equipment.
    """
    told = [
        (len(one.value), one)
        for one in cells
        if any(_has(one.label, frozenset({word})) for word in wanted)
        and _has(one.label | stems(one.value), wanted)
        and _may_tell(form, frozenset(), one)
    ]
    return [one for _, one in sorted(told, key=lambda each: each[0])[:1]]


def _each_once(cells: Sequence[Cell]) -> list[Cell]:
    """Cells of different labels and values; of those that differ in a year the latest one."""
    latest: dict[str, Cell] = {}
    for one in sorted(cells, key=lambda each: _YEAR.findall(each.key), reverse=True):
        latest.setdefault(_YEAR.sub("", f"{one.heading}: {one.key}"), one)
    values = {one.value: one for one in cells[::-1] if one in latest.values()}
    return list(values.values())[::-1]


def _may_tell(form: QuestionForm, names: frozenset[str], cell: Cell) -> bool:
    """Whether the value has the form that is asked for, and these names stand in the cell."""
    if _REMARK.search(cell.key):
        return False
    # "How long" asks for a time of an office and for a measure of a coast; a cost may be a share.
    measured = (form.asks_duration or form.asks_money) and QUANTITY.search(cell.value) is not None
    told = measured or form.met_by(cell.value) or _NONE.fullmatch(cell.value)
    return bool(told) and not (names and names - around(cell))


def _beyond(
    form: QuestionForm, asked: frozenset[str], wanted: frozenset[str], cell: Cell
) -> float | None:
    """How many words more than asked for the label has; None where it lacks one that is wanted.

    What opens below a heading that is asked for tells it by whatever key. What stands in brackets
    says how it was counted, and not what.
    """
    heading, key = _stems_of(cell.heading), _stems_of(cell.key)
    whole = cell.first and _has(heading, wanted)
    if not whole and not _has(heading | key, wanted):
        return None
    beyond = len((heading if whole else heading | key) - asked)
    # Who asks for the exports is told which, if that is said, rather than their sum.
    return beyond + (not whole) / 2 + _OF_A_SUM * (form.asks_list and not _lists(cell.value))


@lru_cache(maxsize=4096)
def _stems_of(label: str) -> frozenset[str]:
    return stems(_ASIDE.sub("", label))


def _lists(value: str) -> bool:
    items = _COMMA.split(value)
    return len(items) >= _FEWEST_LISTED and len(value.split()) <= _LONGEST_ITEM * len(items)


def _has(label: frozenset[str], wanted: frozenset[str]) -> bool:
    return all(one in label or same_kind(frozenset({one})) & label for one in wanted)


def _holds(wanted: frozenset[str], value: str) -> bool:
    """Whether the value opens with the office that is asked for and a name: "President Ada"."""
    words = value[:_LONGEST_ROLE].split()[:_ROLE_WORDS]
    for count in range(1, len(words)):
        if wanted <= stems(" ".join(words[:count])):
            return words[count][:1].isupper() or bool(_NONE.match(words[count], 1))
    return False


def _as_sentence(cell: Cell, subject: str) -> Pooled:
    """The whole line of a cell, with what it is of."""
    text = cell.stored.chunk.text[cell.start : cell.end]
    part = Part(text, cell.start, cell.end, bullet=False, leads=True)
    return Pooled(Source(cell.stored, 0.0, 0.0), part, 1.0, label_of(cell, subject))
