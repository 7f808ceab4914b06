"""Answers made of the library's own sentences, verbatim."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answers.aliases import with_aliases
from assistant.answers.draft import Draft, PartFound
from assistant.answers.enough import needed
from assistant.answers.features import Asked, Shown
from assistant.answers.grid import Neighbours
from assistant.answers.honest import Choice, honestly
from assistant.answers.layout import Group, abstention, lay_out
from assistant.answers.leads import with_items
from assistant.answers.listing import items, led_in, named_sections, of_the_tongue
from assistant.answers.openings import as_definition, with_openings
from assistant.answers.overtaken import with_leavers
from assistant.answers.pool import Pooled, Source
from assistant.answers.profiles import facts
from assistant.answers.provisions import (
    Provision,
    asked_for,
    chunks_of,
    lacks,
    tells_of,
    text_of,
    texts_of,
)
from assistant.answers.question import HOW_OFTEN, QuestionForm, read_form
from assistant.answers.reading import Reader
from assistant.answers.remarks import missing_of, unanswered
from assistant.answers.rivals import mentions, with_rivals
from assistant.answers.rows import compared, of_the_table, row_of
from assistant.answers.said import said_whole
from assistant.answers.scoring import Scored, refusal
from assistant.answers.selection import select
from assistant.answers.standing import in_their_places
from assistant.answers.tables import tabled
from assistant.answers.texts import Read, Text, called_so, text_of_chunks
from assistant.answers.within import asked_within, told_within
from assistant.answers.words import names_in, stems
from assistant.types import Passage, StandaloneQuestion, StoredChunk, TextDelta

NAME = "extractive"
# What was said is said again where nothing else comes to this share of its chance.
_FRESH = 0.5
# What is in the language of the question is read in it from this share of the best score on.
_AS_GOOD = 0.95
# How far a section is followed to either side of the passage that was found.
_REACH = 3
# How far a text is looked through for one of its articles.
_WHOLE = 600
_MOST_BEFORE_A_TABLE = 2
_MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for one question; nothing is `chosen` where the library does not answer.

    `unquotable` says that it likely does, and that no sentence has what is asked for. `lacking`
    says what the text that is asked about does not have.
    """

    question: StandaloneQuestion
    form: QuestionForm
    chance: float
    chosen: Sequence[Pooled]
    missing: tuple[str, ...] = ()
    as_list: bool = False
    unquotable: bool = False
    lacking: str = ""


class ExtractiveAnswerer:
    """Chooses sentences of the passages, orders and cites them; says when none answers."""

    def __init__(self, reader: Reader, neighbours: Neighbours, read: Read | None = None) -> None:
        self._reader = reader
        self._neighbours = neighbours
        self._read = read

    @property
    def name(self) -> str:
        """`extractive`."""
        return NAME

    async def compose(
        self,
        question: StandaloneQuestion,
        passages: Sequence[Passage],
        parts: Sequence[PartFound] = (),
    ) -> AsyncIterator[TextDelta | Draft]:
        """The answer, a paragraph or list item at a time, then its draft."""
        draft = await asyncio.to_thread(self.draft, question, passages, parts)
        for line in draft.text.splitlines(keepends=True):
            yield TextDelta(line)
        yield draft

    def draft(
        self,
        question: StandaloneQuestion,
        passages: Sequence[Passage],
        parts: Sequence[PartFound] = (),
    ) -> Draft:
        """The answer from these passages, or an abstention that names what is nearest.

        Of several `parts`, each is answered from its own passages, and those that are not are
        named; where none is, the message is taken as one question.
        """
        found = [self._found(part.question, part.passages) for part in parts]
        found = _of_both_sides(found, [part.side for part in parts])
        if not any(one.chosen for one in found):
            found = [self._found(question, passages)]
        answered = [one for one in found if one.chosen]
        if not answered:
            return _abstained(found[0], passages)
        said = stems("\n".join(one.text for each in answered for one in each.chosen))
        missing = tuple(
            line
            for one in found
            for line in (one.missing if one.chosen else _left_open(one.question, said))
        )
        return replace(
            lay_out([Group(one.form, one.chosen, one.as_list) for one in answered]),
            confidence=min(one.chance for one in answered),
            outcome="partly_answered" if missing else "answered",
            missing=missing,
        )

    def _found(self, question: StandaloneQuestion, passages: Sequence[Passage]) -> _Found:
        """The sentences that answer one question, with what they leave open.

        A French question that what was found in French does not answer is read in English words.
        """
        asked_as = _in_their_language(question, passages)
        found = self._found_as(asked_as, question, passages)
        if found.chosen or not question.translated or asked_as is not question:
            return found
        others = self._found_as(_in_english(question), question, passages)
        return others if others.chosen else found

    def _found_as(
        self,
        question: StandaloneQuestion,
        asked_as: StandaloneQuestion,
        passages: Sequence[Passage],
    ) -> _Found:
        """What is found for a question, read as it was asked or in other words."""
        in_words = asked_as is not question  # English ones, side by side
        words = question.text if in_words else ""
        form = read_form(asked_as.text, _asked_last(asked_as), words=words)
        form = as_definition(form, asked_as.text, passages)
        asked = Asked(question.text, form, self._reader.ask(question))
        sources = with_openings(form, _sources(passages), self._neighbours)
        pool, read_alone = self._pool(asked, sources)
        limits, score = refusal(), max((one.score for one in passages), default=0.0)
        # The forest knows whole sentences; of words side by side the ranking knows more.
        chance = score if in_words else limits.chance(read_alone, score)
        enough = needed(form, question.text, pool, in_words=in_words)
        pool = in_their_places(pool)
        if provision := asked_for(asked_as.text):
            text, lacking = self._text_of(provision, asked, passages)
            if text or lacking:
                return _Found(
                    question, form, chance, text, as_list=_itemised(text), lacking=lacking
                )
            pool = [one for one in pool if provision.rest or tells_of(provision, one)]
        elif (within := asked_within(asked_as.text)) and (
            told := told_within(within, self._texts(passages), partial(self._all_of, asked))
        ):
            return _Found(question, form, chance, told)
        if cells := self._cells(form, question.text, passages):
            return _Found(question, form, chance, cells)
        whole = []
        if limits.said <= chance < enough and not in_words:
            whole = said_whole(form, pool)
        likely = bool(pool) and (chance >= enough or bool(whole))
        if likely:
            sure = not in_words and chance >= limits.sure
            choose = partial(self._choose, asked, question, sure=sure)
            (chosen, listed), pool = honestly(choose, whole or pool, form.stems)
            if chosen and (listed or form.may_measure([one.text for one in chosen])):
                missing = () if listed else self._missing_of(form, chosen, question.asked)
                chosen = chosen if listed else self._with_others(asked, chosen, pool)
                return _Found(question, form, chance, chosen, missing, as_list=listed)
        named = mentions(question.term, pool)
        return _Found(question, form, chance, named, unquotable=likely)

    def _cells(
        self, form: QuestionForm, question: str, passages: Sequence[Passage]
    ) -> list[Pooled]:
        """The cells of profiles or of tables that tell what is asked; who is, is not who was."""
        if form.succession is not None:
            return []
        cells = facts(form, question, passages, self._neighbours)
        return cells or tabled(form, question, passages, self._neighbours)

    def _choose(
        self, asked: Asked, question: StandaloneQuestion, pool: Sequence[Pooled], *, sure: bool
    ) -> Choice:
        """The items of a list that is asked for, or else sentences, with whether it is a list."""
        form = asked.form
        if _lists_anew(form, question) and (listed := self._listed(asked, pool)):
            return listed, True
        fresh = _unsaid(form, question, pool)
        return select(form, fresh, sure=sure) or select(form, pool, sure=sure), False

    def _text_of(
        self, provision: Provision, asked: Asked, passages: Sequence[Passage]
    ) -> tuple[list[Pooled], str]:
        """The text of a provision, if the library has it; else that the text named has none."""
        named = texts_of(provision, self._texts(passages))
        for one in named:
            if told := text_of(provision, self._all_of(asked, chunks_of(provision, *one))):
                return with_items(asked.form, told, partial(self._on, asked)), ""
        return [], next((lacks(provision, *one) for one in named[:1]), "")

    def _texts(self, passages: Sequence[Passage]) -> list[Text]:
        """The texts that passages are of, whole, best passages first."""
        return self._texts_of([one.stored for one in passages])

    def _texts_of(self, stored: Sequence[StoredChunk]) -> list[Text]:
        versions = {(one.document_id, one.version_id): one for one in stored[::-1]}
        found = [self._neighbours(one, _WHOLE) for one in [*versions.values()][::-1]]
        return [text_of_chunks(chunks, self._read) for chunks in found]

    def _missing_of(
        self, form: QuestionForm, chosen: Sequence[Pooled], question: str
    ) -> tuple[str, ...]:
        """What sentences leave open; what the texts are called that they are of is looked up."""

        def called() -> list[str]:
            return called_so(question, self._texts_of([one.source.stored for one in chosen]))

        return missing_of(form, chosen, question, called)

    def _all_of(self, asked: Asked, chunks: Sequence[StoredChunk]) -> list[Pooled]:
        """All sentences of chunks."""
        return self._pool(asked, [Source(one, 0.0, 0.0) for one in chunks])[0] if chunks else []

    def _listed(self, asked: Asked, pool: Sequence[Pooled]) -> list[Pooled]:
        """The items that a line or the heading of a section names the question for.

        Those of a section are whole, though parts of it were not found.
        """
        pool = of_the_tongue(asked.form, pool)
        if found_below := led_in(asked.form, pool):
            return found_below
        for found in named_sections(asked.form, pool):
            if listed := items(asked.form, self._section(asked, found)):
                return listed
        return []

    def _with_others(
        self, asked: Asked, chosen: Sequence[Pooled], pool: Sequence[Pooled]
    ) -> list[Pooled]:
        """The chosen sentences, with the table they are of and what other documents say to them."""
        told = with_rivals(self._with_table(asked, chosen, pool), pool)
        return with_leavers(
            asked.form, with_items(asked.form, told, partial(self._on, asked)), pool
        )

    def _on(self, asked: Asked, stored: StoredChunk) -> list[Pooled]:
        """The sentences of a chunk and of the next."""
        near = self._neighbours(stored, 1)
        return self._all_of(asked, [o for o in near if o.chunk.ordinal >= stored.chunk.ordinal])

    def _with_table(
        self, asked: Asked, chosen: Sequence[Pooled], pool: Sequence[Pooled]
    ) -> list[Pooled]:
        """The chosen sentences, and the table whose columns are what is compared, whole."""
        row = compared(asked.form, pool)
        if row is None:
            return list(chosen)
        table = of_the_table(row, self._section(asked, row.source.stored))
        prose = [one for one in chosen if row_of(one) is None]
        return [*prose[:_MOST_BEFORE_A_TABLE], *table[:_MOST_ROWS]]

    def _section(self, asked: Asked, found: StoredChunk) -> list[Pooled]:
        """The sentences of the whole section that a chunk is of."""
        section = [
            Source(near, 0.0, 0.0)
            for near in self._neighbours(found, _REACH)
            if near.chunk.headings == found.chunk.headings
        ]
        return self._pool(asked, section)[0]

    def _pool(self, asked: Asked, sources: Sequence[Source]) -> tuple[list[Pooled], float]:
        """The sentences of the chunks with their chances, and that of an answer among them."""
        read = self._reader.read(asked.tokens, [source.stored for source in sources])
        shown = [
            Shown(one, each.cosine, each.score) for one, each in zip(read, sources, strict=True)
        ]
        scored = Scored(asked, shown)
        split = [
            (source, part) for source, one in zip(sources, read, strict=True) for part in one.parts
        ]
        pool = [Pooled(*each, chance) for each, chance in zip(split, scored.chances, strict=True)]
        return pool, scored.answer


def _abstained(found: _Found, passages: Sequence[Passage]) -> Draft:
    return Draft(
        abstention(found.form, passages, found.lacking),
        NAME,
        abstained=True,
        confidence=found.chance,
        unquotable=found.unquotable,
        outcome="not_answered",
    )


def _itemised(chosen: Sequence[Pooled]) -> bool:
    """Whether all but what leads in are items; a paragraph with a number may have sentences."""
    return len(chosen) > 1 and all(one.part.bullet for one in chosen[1:])


def _asked_last(question: StandaloneQuestion) -> str:
    """What was asked last, of a question that carries what was asked before; else nothing."""
    carries = question.context is not None and question.text != question.asked
    return question.asked if question.said or carries else ""


def _of_both_sides(found: list[_Found], sides: Sequence[str]) -> list[_Found]:
    """What answers a comparison: sentences that speak of both sides, or else those of each."""
    if not any(sides):
        return found
    compared, *each = found
    said = "\n".join(f"{one.label}: {one.text}" for one in compared.chosen)
    if compared.chosen and all(names_in(side, said) for side in sides if side):
        return [replace(compared, chosen=_both_first(compared, each, sides))]
    if any(one.chosen for one in each):
        return each
    # What was found for the whole speaks of one side at the most.
    return found if compared.chosen else []


def _both_first(compared: _Found, each: Sequence[_Found], sides: Sequence[str]) -> list[Pooled]:
    """What was chosen of both sides, after what says in one sentence what the one and other are."""
    both = [
        one
        for found in each
        for one in found.chosen
        if all(names_in(side, one.text) for side in sides if side)
    ]
    sentences = {one.place: one for one in (*both, *compared.chosen)}
    table = [one for one in compared.chosen if row_of(one) is not None]
    prose = [one for one in sentences.values() if one not in table]
    return [*prose[: _MOST_BEFORE_A_TABLE if table else len(compared.chosen)], *table]


def _in_their_language(
    question: StandaloneQuestion, passages: Sequence[Passage]
) -> StandaloneQuestion:
    """A French question in English words, where what is French was not found as well."""
    if not question.translated or not passages:
        return question
    enough = _AS_GOOD * passages[0].score
    if any(one.stored.metadata.language == "fr" and one.score >= enough for one in passages):
        return question
    return _in_english(question)


def _in_english(question: StandaloneQuestion) -> StandaloneQuestion:
    return StandaloneQuestion(text=question.translated, asked=question.translated)


def _unsaid(
    form: QuestionForm, question: StandaloneQuestion, pool: Sequence[Pooled]
) -> list[Pooled]:
    """What the conversation has not said yet, and what the follow-up asks for by name.

    All of it where what was not said is far less likely: the answer may have been given already.
    """
    fresh = [one for one in pool if one.text not in question.said or form.own & stems(one.text)]
    likeliest = max((one.chance for one in fresh), default=0.0)
    return fresh if likeliest >= _FRESH * max(one.chance for one in pool) else list(pool)


def _left_open(question: StandaloneQuestion, said: frozenset[str]) -> tuple[str, ...]:
    """That a part is not answered, unless what answers another has all of its words."""
    wanted = stems(question.asked) - HOW_OFTEN
    return () if wanted and wanted <= said else (unanswered(question.asked),)


def _lists_anew(form: QuestionForm, question: StandaloneQuestion) -> bool:
    """Whether a list is asked for that the conversation has not been about."""
    return not question.said or bool(form.focus & form.own)


def _sources(passages: Sequence[Passage]) -> list[Source]:
    """The chunks of the passages: a sentence has the page and headings of its own chunk."""
    return with_aliases(
        [Source(c.stored, c.score, c.cosine) for each in passages for c in each.chunks]
    )
