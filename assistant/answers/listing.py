"""Lists: the items below a line or a heading that names what is asked for."""

import re
from collections.abc import Sequence

from assistant.answers.cells import has_keys
from assistant.answers.lines import LEADS_IN, is_a_heading, stands
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.rows import row_of
from assistant.answers.words import exact_words, stems
from assistant.types import StoredChunk

_MOST_ITEMS = 10
# Headings that hold this share of the question's words name what is asked for.
_NAMES_THE_QUESTION = 0.5
_FEWEST_NAMED = 2
_FEWEST_ITEMS = 2
_FEWEST_BULLETS = 3
# A list in another language is better than none to who asks in this.
_MOST_ARE_IN = "en"
# A table is the list of its section where this share of its lines are rows.
_MOSTLY = 0.6
_OPENS_ITEM = re.compile(
    r"^(?:one\b|another\b|an additional\b|additionally\b|also\b|first(?:ly)?\b|second(?:ly)?\b|"
    r"third(?:ly)?\b|fourth(?:ly)?\b|finally\b|lastly\b|for (?:instance|example)\b|"
    r"furthermore\b|moreover\b|in addition\b|a (?:first|second|third|fourth|further|final)\b|"
    r"the (?:first|second|third|fourth|last|final)\b|"
    r"enfin\b|d'abord\b|ensuite\b|de plus\b|par ailleurs\b)",
    re.IGNORECASE,
)


def of_the_tongue(form: QuestionForm, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentences of documents in the question's language, to one who asks in another."""
    if form.tongue in (None, _MOST_ARE_IN):
        return list(pool)
    own = [one for one in pool if one.source.stored.metadata.language in (None, form.tongue)]
    return own or list(pool)


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
        # The entries of a profile are of one thing: of the Central African Republic, not Africa.
        # Below "Towns that joined the League" stand none that did not.
        titled |= has_keys(stored) and not form.names.words <= exact_words(stored.metadata.title)
        titled |= form.asks_denial and not form.denies(" ".join(stored.chunk.headings[-1:]))
        if not titled and names_the_question(form, stored):
            sections.setdefault((stored.version_id, stored.chunk.headings), []).append(one)
    ordered = sorted(sections.values(), key=lambda section: _section_rank(form, section))
    return [max(section, key=lambda one: one.chance).source.stored for section in ordered]


def _section_rank(form: QuestionForm, section: Sequence[Pooled]) -> tuple[bool, int, float, float]:
    source = section[0].source
    heading = form.heard_in(stems(source.stored.chunk.headings[-1]))
    likeness = len(heading & form.stems) / len(heading | form.stems)
    named = len(form.heard_in(stems(source.context)) & form.stems)
    bullets = sum(one.part.bullet for one in section)
    likeliest = max(one.chance for one in section)
    return bullets < _FEWEST_BULLETS, -named, -likeness, -likeliest


def items(form: QuestionForm, section: Sequence[Pooled]) -> list[Pooled]:
    """The items that a section lists, in order; none where it lists fewer than two.

    Bullets or the rows of a table where there are any, else the sentences that open an item or a
    paragraph.
    """
    bullets = [one for one in section if one.part.bullet]
    if len(bullets) >= _FEWEST_ITEMS:
        return bullets[:_MOST_ITEMS]
    rows = [one for one in section if row_of(one) is not None]
    if len(rows) >= max(_FEWEST_ITEMS, _MOSTLY * len(section)):
        return rows[:_MOST_ITEMS]
    openers = [
        one
        for one in section
        if not (one.part.leads and is_a_heading(one))
        and not LEADS_IN.search(one.text)
        and (_OPENS_ITEM.match(one.text) or (one.part.leads and stands(form, one)))
    ]
    counted = [i for i, one in enumerate(openers) if _OPENS_ITEM.match(one.text)]
    if len(counted) >= _FEWEST_ITEMS:
        # "Missions meet several obstacles" is what the list stands under.
        openers = openers[counted[0] :]
    return openers[:_MOST_ITEMS] if len(openers) >= _FEWEST_ITEMS else []


def led_in(form: QuestionForm, pool: Sequence[Pooled]) -> list[Pooled]:
    """The lines that promise all that is asked for, in order.

    "The functions of a mission consist in:" is followed by the functions.
    """
    if not form.asks_list or not form.stems:
        return []
    return [
        one
        for one in sorted(pool, key=lambda one: one.place)
        if LEADS_IN.search(one.text)
        and form.stems <= form.heard_in(stems(one.text))
        and not (form.asks_denial and not form.denies(one.text))
    ]


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
    # Of two words one is enough; of four, two name other things as well.
    shared, asked = len(form.stems & found), len(form.stems)
    return shared > _NAMES_THE_QUESTION * asked or (shared == 1 and asked == _FEWEST_NAMED)
