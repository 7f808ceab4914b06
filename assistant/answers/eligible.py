"""Which sentences may answer: those with the form and the names of what is asked for."""

import re
from collections.abc import Mapping, Sequence

from assistant.answers.cells import is_keyed
from assistant.answers.kinds import same_kind
from assistant.answers.lines import is_a_line_of_figures
from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.rows import row_of
from assistant.answers.said import spoken_of
from assistant.answers.succession import Succession
from assistant.answers.telling import is_met, is_of_another_time, labelled, tells, tells_the_deed
from assistant.answers.words import Names, exact_words, read_names, stems
from assistant.types import ChunkId, VersionId

_UNSPOKEN = 0.5
_FEWEST_OF_A_NAME = 2
# What is said beside the likeliest at this share of its chance is of something else.
_UNLIKELY = 0.05
# A sentence with one of two words may be of something else about the other.
_FEWEST_ASKED = 2
# What fits the question's form and names is preferred to what is likelier, within this share.
FITTING_SHARE = 0.5
_NUMBER = re.compile(r"\d")
_STOPS = (".", ";", ",", "!")
# "Secretary of State under Eisenhower": how names stand to each other is put in many ways.
_RELATIONS = stems("under during after before since throughout within alongside following")


def eligible(form: QuestionForm, pool: Sequence[Pooled], *, sure: bool) -> list[Pooled]:
    """The sentences that fit the question's form and names, unless others are far likelier.

    Where a name is nowhere to be found, others count only if an answer is `sure`.
    """
    told = _of_the_deed(form, _told(form, pool))
    if form.succession is not None:
        return [one for one in told if _succeeds(form.succession, one) and form.met_by(one.text)]
    around = _told_around(pool)
    fitting = [o for o in told if _fits(form, o, around[o.source.stored.chunk.chunk_id])]
    best = max((one.chance for one in told), default=0.0)
    fit = max((one.chance for one in fitting), default=0.0)
    # What is said of other amendments does not say what the Platt Amendment was.
    of_a_name = form.asks_definition and bool(form.names.words)
    whole = [o for o in fitting if of_a_name and _has_the_name(form, o)]
    if fitting and (of_a_name or fit >= FITTING_SHARE * best):
        return whole or fitting
    counting = [one for one in fitting if form.counts(one.text)]
    if numbered := counting or _beside_the_best(form, told, fitting):
        return numbered
    if form.asks_place:
        return [o for o in fitting if form.places(o.text)]
    if not fitting and any(is_of_another_time(form, one) for one in pool):
        return []
    others = _others(form, pool, told, around, sure=sure)
    return fitting if others is None else others


def _beside_the_best(
    form: QuestionForm, told: Sequence[Pooled], fitting: Sequence[Pooled]
) -> list[Pooled]:
    """Those with a number, to who asks how large or how long, where the likeliest has none.

    They have half of the words that are asked about, or words akin to these. How long is told in
    the same document, how large in the same place.
    """
    if not (form.asks_size or form.asks_duration) or not form.plain or not told:
        return []

    def where(one: Pooled) -> str:
        stored = one.source.stored
        return stored.version_id if form.asks_duration else stored.chunk.chunk_id

    likeliest = where(max(told, key=lambda one: one.chance))
    enough = min(len(form.plain), max(_FEWEST_ASKED, len(form.plain) / 2))
    return [
        one
        for one in fitting
        if where(one) == likeliest
        and sum(spoken_of(word, one.text) for word in form.plain) >= enough
    ]


def _others(
    form: QuestionForm,
    pool: Sequence[Pooled],
    told: list[Pooled],
    around: Mapping[ChunkId, str],
    *,
    sure: bool,
) -> list[Pooled] | None:
    """Sentences that may answer though they do not fit; None where only what fits may."""
    missing = form.names.missing_from("\n".join(dict.fromkeys(one.around for one in pool)))
    # A name may be put in other words (the Americans, Washington), a number cannot.
    put_otherwise = sure and not any(any(map(str.isdigit, name)) for name in missing)
    # What is said where a body is not named is of another, though its words stand about.
    if form.names.bodies or (missing and not put_otherwise):
        return None
    who_or_when = form.expected is Expected.NAME or form.act is not None or form.asks_money
    if who_or_when and form.names.words:
        # Who or when of another is the worst of answers: it stands where the names do, or nowhere.
        whole = _documents(pool)
        likely = _UNLIKELY * max(one.chance for one in pool)
        return [
            o
            for o in told
            if o.chance >= likely
            and (
                _names_stand(form, around[o.source.stored.chunk.chunk_id])
                or _has_most(form, o, whole[o.source.stored.version_id])
            )
        ]
    if form.asks_fact and form.names.words and not form.asks_something:
        told = [o for o in told if _speaks_of_the_fact(form, o)]
    # A line of a profile where none of the names stands is of something else.
    return [o for o in told if o.text.endswith(_STOPS) or _has_a_name(form, around, o)]


def _of_the_deed(form: QuestionForm, told: list[Pooled]) -> list[Pooled]:
    """Those that speak of what somebody is asked to have done, if likely; else all that may tell.

    What he did in a year is told by none that stands where no such year does.
    """
    if form.deed_asked is None:
        return told
    enough = FITTING_SHARE * max((one.chance for one in told), default=0.0)
    if deed := [one for one in told if one.chance >= enough and tells_the_deed(form, one)]:
        return deed
    numbers = Names(frozenset(filter(_NUMBER.search, form.names.words)), frozenset(), frozenset())
    return [one for one in told if not numbers.missing_from(one.around)]


def _told(form: QuestionForm, pool: Sequence[Pooled]) -> list[Pooled]:
    """Those that tell anything of the kind; none where what the question takes for true is not so.

    Where he to whom something was done is said to have done it to another, those that do not name
    him are of that, too.
    """
    if form.premise and form.premise.is_untold(form.names, [(o.text, o.around) for o in pool]):
        return []
    told, act = [one for one in pool if tells(form, one)], form.act
    if act is None or act.whom is None or not any(act.turns_round(one.text) for one in pool):
        return told
    return [one for one in told if not act.whom.missing_from(one.text)]


def _speaks_of_the_fact(form: QuestionForm, one: Pooled) -> bool:
    """Whether it has a word for what is asked of the one that is named, as "the capital of".

    A line of a profile of somebody else has it of him.
    """
    title = one.source.stored.metadata.title
    if is_keyed(one) and form.names.missing_from(title) == form.names.words:
        return False
    plain = form.fact or form.stems - stems(" ".join(form.names.words))
    return not plain or bool((plain | same_kind(plain)) & labelled(one))


def _has_a_name(form: QuestionForm, around: Mapping[ChunkId, str], one: Pooled) -> bool:
    names = form.names.words
    return not names or form.names.missing_from(around[one.source.stored.chunk.chunk_id]) != names


def _succeeds(asked: Succession, one: Pooled) -> bool:
    """Whether it says who came after or before, of whom it or what stands before it speaks."""
    before = one.source.stored.chunk.text[: one.part.start]
    return asked.told_by(one.text, f"{one.source.context}\n{before}")


def _has_the_name(form: QuestionForm, one: Pooled) -> bool:
    """Whether all words of what is to be defined stand side by side: long telegrams are many.

    In a document about a person the surname is enough.
    """
    if len(form.stems) < _FEWEST_OF_A_NAME:
        return False
    title = stems(one.source.stored.metadata.title)
    own = form.asks_person and form.stems <= title and bool(form.stems & stems(one.text))
    return own or bool(form.names_whole(one.text))


def _names_stand(form: QuestionForm, around: str) -> bool:
    return not form.names.missing_from(around)


def _documents(pool: Sequence[Pooled]) -> dict[VersionId, str]:
    """What was found of each document, with its title and headings."""
    found: dict[VersionId, dict[str, None]] = {}
    for one in pool:
        found.setdefault(one.source.stored.version_id, {})[one.around] = None
    return {version: "\n".join(texts) for version, texts in found.items()}


def _has_most(form: QuestionForm, one: Pooled, document: str) -> bool:
    """Whether a sentence tells act or price with most of the names, and its document the others.

    "Who shuttled between Ribe and Lund during the Gull crisis?": of which crisis a text tells, it
    does not say in each sentence.
    """
    missing = form.names.missing_from(one.text)
    told = form.act is not None or _is_the_price(form, one)
    told = told and len(missing) < _UNSPOKEN * len(form.names.words)
    return told and not form.names.missing_from(document)


def _is_the_price(form: QuestionForm, one: Pooled) -> bool:
    """Whether it has a sum, and half of the words for what it is asked to be the price of."""
    spoken = sum(spoken_of(word, one.text) for word in form.plain)
    return form.asks_money and form.met_by(one.text) and spoken >= _UNSPOKEN * len(form.plain)


def _told_around(told: Sequence[Pooled]) -> dict[ChunkId, str]:
    """What each chunk tells, under its title and headings: a name among sums says nothing of it."""
    around: dict[ChunkId, list[str]] = {}
    for one in told:
        lines = around.setdefault(one.source.stored.chunk.chunk_id, [one.source.context])
        if not is_a_line_of_figures(one.text):
            lines.append(one.text)
    return {name: "\n".join(lines) for name, lines in around.items()}


def _fits(form: QuestionForm, one: Pooled, around: str) -> bool:
    """Whether it holds what is asked for and speaks of what the question names."""
    if not is_met(form, one) and not (form.act and form.act.denied_by(one.text)):
        return False
    if form.expected is Expected.NAME and not _speaks_of_it(form, one):
        return False
    if form.asks_place and _is_of_another(form, one):
        return False
    if form.asks_fact and not form.stems <= stems(f"{one.source.context}\n{one.text}"):
        return False
    missing = form.names.missing_from(around)
    # A comparison's two sides may stand in two passages.
    return not missing or (form.asks_contrast and missing != form.names.words)


def _is_of_another(form: QuestionForm, one: Pooled) -> bool:
    """Whether it is the row of something else, which has a place of its own."""
    row = row_of(one)
    if row is None:
        return False
    about = f"- {one.text[slice(*row.about)]}"  # its first word is no name for opening it
    named = read_names(about).words
    return bool(named) and not named & exact_words(" ".join((*form.names.words, *form.stems)))


def _speaks_of_it(form: QuestionForm, one: Pooled) -> bool:
    """Whether what a person is asked to be or do is spoken of: here in part, around for the most.

    A row of a table says under its heading what it does not repeat.
    """
    plain = form.stems - stems(" ".join(form.names.words)) - _RELATIONS
    around = stems(one.around)
    here = stems("\n".join([one.text, *one.source.stored.chunk.headings[-1:]]))
    spoken = len(plain - around) < _UNSPOKEN * max(1, len(plain))
    return spoken and (not plain or bool(plain & here))
