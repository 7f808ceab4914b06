"""Which sentences make the answer, and in what order."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import numpy as np

from assistant.answers.features import refers
from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.rating import defines, rated
from assistant.answers.words import stems
from assistant.types import ChunkId, StoredChunk

# A sentence joins the answer from this chance on.
_JOINS = 0.1
# What is rated below this share of the best is beside the point.
_BESIDE = 0.4
# A fact is told once: a second sentence must be nearly as likely as the first.
_FACT_SHARE = 0.8
_MOST = 5
_MOST_FOR_A_FACT = 2
_MOST_WHEN_SHORT = 3  # a definition, yes or no
_UNSPOKEN = 0.5
# What fits the question's form and names is preferred to what is likelier, within this share.
_FITTING_SHARE = 0.5
_MOST_ITEMS = 10
# Of two sentences, one whose words are to this share in the other says the same.
_SAME = 0.8
# Headings that hold this share of the question's words name what is asked for.
_NAMES_THE_QUESTION = 0.5
_FEWEST_NAMED = 2
_FEWEST_ITEMS = 2
_FEWEST_BULLETS = 3

_OPENS_ITEM = re.compile(
    r"^(?:one\b|another\b|an additional\b|additionally\b|also\b|first(?:ly)?\b|second(?:ly)?\b|"
    r"third(?:ly)?\b|fourth(?:ly)?\b|finally\b|lastly\b|for (?:instance|example)\b|"
    r"furthermore\b|moreover\b|in addition\b|a (?:first|second|third|fourth|further|final)\b|"
    r"the (?:first|second|third|fourth|last|final)\b|"
    r"enfin\b|d'abord\b|ensuite\b|de plus\b|par ailleurs\b)",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(r"[:—–]\s*$")
# "These attachés often …" stands by itself once the noun is one that was asked about.
_POINTS = re.compile(r"^(?:this|these|such|the same|ces|cette?)\s+((?:\w+\s+)?\w+)", re.IGNORECASE)
# A line of a few words that no point ends and no colon or figure fills.
_HEADING = re.compile(r"^(?:[^\s:\d]+\s+){0,11}[^\s:\d]*[^\s:\d.!?;…»”\")]$")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
# "370 DEFENSE SECURITY COOPERATION AGENCY … 598,559" tells a sum to who asks for one, else nothing.
_SUM = re.compile(r"(?:…|\.{3})\s*[\[(]?[–-]?\s*\d")
_PLAIN_WORD = re.compile(r"\b[a-zà-ÿ]{3,}\b")
_FEWEST_PLAIN = 2
# Lists of works are not answers.
_APPARATUS = re.compile(
    r"^(?:sources?|references?|bibliograph\w+|further reading|notes|footnotes|see also|"
    r"références|bibliographie)$",
    re.IGNORECASE,
)
_QUOTES = " \"'”’»)]"


def named_sections(form: QuestionForm, pool: Sequence[Pooled]) -> list[StoredChunk]:
    """A chunk of each section whose heading names what a list question is after, likeliest first.

    Sections that list by bullets come before those that do not.
    """
    if not form.asks_list or form.asks_definition:
        return []
    sections: dict[tuple[str, tuple[str, ...]], list[Pooled]] = {}
    for one in pool:
        stored = one.source.stored
        # Under a title alone stands the whole document, which lists many things.
        titled = stored.chunk.headings[-1:] == (stored.metadata.title,)
        if not titled and names_the_question(form, stored):
            sections.setdefault((stored.version_id, stored.chunk.headings), []).append(one)
    ordered = sorted(sections.values(), key=lambda section: _section_rank(form, section))
    return [max(section, key=lambda one: one.chance).source.stored for section in ordered]


def _section_rank(form: QuestionForm, section: Sequence[Pooled]) -> tuple[bool, float, float]:
    heading = form.heard_in(stems(section[0].source.stored.chunk.headings[-1]))
    likeness = len(heading & form.stems) / len(heading | form.stems)
    bullets = sum(one.part.bullet for one in section)
    return bullets < _FEWEST_BULLETS, -likeness, -max(one.chance for one in section)


def items(form: QuestionForm, section: Sequence[Pooled]) -> list[Pooled]:
    """The items that a section lists, in order; none where it lists fewer than two.

    Bullets where there are any, else the sentences that open an item or a paragraph.
    """
    bullets = [one for one in section if one.part.bullet]
    if len(bullets) >= _FEWEST_ITEMS:
        return bullets[:_MOST_ITEMS]
    openers = [
        one
        for one in section
        if not (one.part.leads and _is_a_heading(one))
        and not _LEADS_IN.search(one.text)
        and (_OPENS_ITEM.match(one.text) or (one.part.leads and stands(form, one)))
    ]
    counted = [i for i, one in enumerate(openers) if _OPENS_ITEM.match(one.text)]
    if len(counted) >= _FEWEST_ITEMS:
        # "Missions meet several obstacles" is what the list stands under.
        openers = openers[counted[0] :]
    return openers[:_MOST_ITEMS] if len(openers) >= _FEWEST_ITEMS else []


def led_in(form: QuestionForm, pool: Sequence[Pooled]) -> list[Pooled]:
    """The items below the line that promises all that is asked for; none where nothing does.

    "The functions of a mission consist in:" is followed by the functions.
    """
    if not form.asks_list or not form.stems:
        return []
    ordered = sorted(pool, key=_place)
    for at, lead in enumerate(ordered):
        if _LEADS_IN.search(lead.text) and form.stems <= form.heard_in(stems(lead.text)):
            found = [o for o in _below(lead, ordered[at + 1 :]) if not _LEADS_IN.search(o.text)]
            if len(found) >= _FEWEST_ITEMS:
                return found[:_MOST_ITEMS]
    return []


def _below(lead: Pooled, following: Sequence[Pooled]) -> Iterator[Pooled]:
    """The items after a line in its chunk, as far as they are marked alike."""
    kind = None
    for one in following:
        kind = kind or _marked(one)
        alike = one.part.bullet and _marked(one) == kind
        if not alike or one.source.stored.chunk.chunk_id != lead.source.stored.chunk.chunk_id:
            return
        yield one


def _marked(one: Pooled) -> str:
    """How an item is marked: by a letter, a digit or a sign."""
    marks = one.source.stored.chunk.text[: one.part.start].split()[-1:]
    mark = marks[0].strip("().") if marks else ""
    return "1" if mark.isdigit() else "a" if mark.isalpha() else mark


def select(form: QuestionForm, pool: Sequence[Pooled], *, sure: bool) -> list[Pooled]:
    """Chosen sentences, the best document's first, each document's in reading order.

    A sentence that leans on its neighbour brings the neighbour, or stays out.
    """
    eligible = sorted(_eligible(form, pool, sure=sure), key=lambda one: -rated(form, one))
    if not eligible:
        return []
    # Once a number of what is counted is given, other numbers are beside the point; so for a place.
    enough = _FITTING_SHARE * max(one.chance for one in eligible)
    eligible = [o for o in eligible if form.counts(o.text) and o.chance >= enough] or eligible
    eligible = [o for o in eligible if form.places(o.text) and o.chance >= enough] or eligible
    before = {one.place: previous for previous, one in pairwise(sorted(pool, key=_place))}
    most = _most(form, [one.chance for one in eligible])
    chosen: dict[tuple[str, str, int], Pooled] = {}
    for one in eligible:
        if len(chosen) >= most:
            break
        if not _joins(form, one, eligible[0], chosen.values()):
            continue
        if stands(form, one):
            chosen[one.place] = one
        elif (neighbour := _antecedent(form, one, before.get(one.place))) is not None:
            chosen |= {neighbour.place: neighbour, one.place: one}
    order = list(dict.fromkeys(one.place[:2] for one in chosen.values()))
    # A fact or a definition opens with itself, whatever stands before that in its document.
    first = eligible[0].place if form.asks_little and stands(form, eligible[0]) else None
    return sorted(
        chosen.values(),
        key=lambda one: (
            order.index(one.place[:2]),
            not _defines_too(form, one),
            one.place != first,
            one.place,
        ),
    )


def stands(form: QuestionForm, one: Pooled) -> bool:
    """Whether a reader understands the sentence without the one before it."""
    if not refers(one.text):
        return True
    pointed = _POINTS.match(one.text)
    return pointed is not None and bool(stems(pointed.group(1)) & form.stems)


def _place(one: Pooled) -> tuple[str, str, int]:
    return one.place


def names_the_question(form: QuestionForm, stored: StoredChunk) -> bool:
    """Whether the heading above the chunk, with those above it, names what is asked for."""
    if form.asks_definition and form.stems and form.stems <= stems(stored.metadata.title):
        return True
    if not stored.chunk.headings or not form.stems:
        return False
    above = [stems(each) for each in (*stored.chunk.headings, stored.metadata.title)]
    last = form.heard_in(stems(stored.chunk.headings[-1]))
    if form.focus:
        if not _means_the_focus(form, above):
            return False
        path = last.union(*above)
        return form.focus <= last and _most_of(form, path)
    return len(form.stems & last) >= _FEWEST_NAMED and _most_of(form, last)


def _means_the_focus(form: QuestionForm, above: Sequence[frozenset[str]]) -> bool:
    """Whether a heading has the focus; in another word only together with more of the question.

    "Duties of persons with immunities" does not name the responsibilities of an attaché.
    """
    heard = [form.heard_in(each) for each in above]
    named = any(form.focus <= each for each in above)
    return named or any(
        len(each & form.stems) >= _FEWEST_NAMED for each in heard if form.focus <= each
    )


def _most_of(form: QuestionForm, found: frozenset[str]) -> bool:
    return len(form.stems & found) >= _NAMES_THE_QUESTION * len(form.stems)


def _eligible(form: QuestionForm, pool: Sequence[Pooled], *, sure: bool) -> list[Pooled]:
    """The sentences that fit the question's form and names, unless others are far likelier.

    Where a name is nowhere to be found, others count only if an answer is `sure`.
    """
    told = [one for one in pool if _tells(form, one)]
    around = _told_around([one for one in pool if not _is_a_line_of_figures(one.text)])
    fitting = [o for o in told if _fits(form, o, around[o.source.stored.chunk.chunk_id])]
    best = max((one.chance for one in told), default=0.0)
    fit = max((one.chance for one in fitting), default=0.0)
    if fitting and fit >= _FITTING_SHARE * best:
        return fitting
    missing = form.names.missing_from("\n".join(dict.fromkeys(one.around for one in pool)))
    # A name may be put in other words (the Americans, Washington), a number cannot.
    put_otherwise = sure and not any(any(map(str.isdigit, name)) for name in missing)
    if form.names.bodies:
        # What is said where a body is not named is of another, though its words stand about.
        return fitting
    if missing and not put_otherwise:
        return fitting
    if form.expected is Expected.NAME and form.names.words:
        # Who of another is the worst of answers: it stands where the names do, or nowhere.
        return [o for o in told if _names_stand(form, around[o.source.stored.chunk.chunk_id])]
    return told


def _names_stand(form: QuestionForm, around: str) -> bool:
    return not form.names.missing_from(around)


def _told_around(told: Sequence[Pooled]) -> dict[ChunkId, str]:
    """What each chunk tells, under its title and headings: a name among sums says nothing of it."""
    around: dict[ChunkId, list[str]] = {}
    for one in told:
        around.setdefault(one.source.stored.chunk.chunk_id, [one.source.context]).append(one.text)
    return {name: "\n".join(lines) for name, lines in around.items()}


def _tells(form: QuestionForm, one: Pooled) -> bool:
    headings = one.source.stored.chunk.headings
    if headings and _APPARATUS.match(headings[-1]):
        return False
    asks = one.text.rstrip(_QUOTES).endswith("?")
    listed = form.expected is not Expected.QUANTITY and _is_a_line_of_figures(one.text)
    return not (asks or listed or _LEADS_IN.search(one.text) or _says_nothing(form, one))


def _is_a_heading(one: Pooled) -> bool:
    """Whether no point ends it, or its long words are written large: "Embassy Closed, 1941."."""
    if _HEADING.match(one.text):
        return True
    words = _LONG_WORD.findall(one.text)
    whole = one.source.stored.chunk.text[one.part.end :].startswith("\n")
    titled = all(word[0].isupper() for word in words)
    return whole and not one.part.bullet and ":" not in one.text and titled and len(words) > 1


def _is_a_line_of_figures(text: str) -> bool:
    plain = _PLAIN_WORD.findall(text)
    dotted = "…" in text.replace("...", "…") and any(map(str.isdigit, text))
    return _SUM.search(text) is not None or (dotted and len(plain) < _FEWEST_PLAIN)


def _fits(form: QuestionForm, one: Pooled, around: str) -> bool:
    """Whether it holds what is asked for and speaks of what the question names."""
    if not form.met_by(one.text):
        return False
    if form.expected is Expected.NAME and not _speaks_of_it(form, one):
        return False
    if form.asks_fact and not form.stems <= stems(f"{one.source.context}\n{one.text}"):
        return False
    missing = form.names.missing_from(around)
    # A comparison's two sides may stand in two passages.
    return not missing or (form.asks_contrast and missing != form.names.words)


def _says_nothing(form: QuestionForm, one: Pooled) -> bool:
    """Whether it is a heading, or only repeats the question."""
    return (one.part.leads and _is_a_heading(one)) or stems(one.text) <= form.stems


def _speaks_of_it(form: QuestionForm, one: Pooled) -> bool:
    """Whether what a person is asked to be or do is spoken of: here in part, around for the most.

    A row of a table says under its heading what it does not repeat.
    """
    plain = form.stems - stems(" ".join(form.names.words))
    around = stems(one.around)
    here = stems("\n".join([one.text, *one.source.stored.chunk.headings[-1:]]))
    spoken = len(plain - around) < _UNSPOKEN * max(1, len(plain))
    return spoken and (not plain or bool(plain & here))


def _joins(form: QuestionForm, one: Pooled, best: Pooled, chosen: Collection[Pooled]) -> bool:
    if one.place == best.place:
        return True
    if rated(form, one) < _BESIDE * rated(form, best):
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
    return likely and not any(_same(one.text, other.text) for other in chosen)


def _names_it(form: QuestionForm, one: Pooled) -> bool:
    return len(form.stems & stems(one.text)) > len(form.stems) / 2


def _same(one: str, other: str) -> bool:
    mine, theirs = stems(one), stems(other)
    return len(mine & theirs) >= _SAME * max(1, min(len(mine), len(theirs)))


def _defines_too(form: QuestionForm, one: Pooled) -> bool:
    return form.asks_definition and defines(form, one)


def _most(form: QuestionForm, chances: Sequence[float]) -> int:
    """How many sentences an answer may have: as many as its F1 is likely the highest with."""
    if form.asks_little:
        return _MOST_FOR_A_FACT
    best = np.sort(np.array(chances))[::-1]
    size = np.arange(1, len(best) + 1)
    wanted = 1 + int(np.argmax(2 * np.cumsum(best) / (size + best.sum())))
    short = form.asks_definition or form.asks_yes_or_no
    return min(wanted, _MOST_WHEN_SHORT if short else _MOST)


def _antecedent(form: QuestionForm, one: Pooled, previous: Pooled | None) -> Pooled | None:
    if previous is None or one.part.leads or previous.place[:2] != one.place[:2]:
        return None
    return previous if stands(form, previous) else None
