"""One question answered: the cells, the provision, the list or the sentences that tell it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.answers.asked_provisions import asked_for
from assistant.answers.asking import DEFINING
from assistant.answers.clauses import Clause
from assistant.answers.enough import needed
from assistant.answers.features import Asked
from assistant.answers.forms import read_form
from assistant.answers.found import MOST_BEFORE_A_TABLE, Found
from assistant.answers.from_texts import FromTexts, date_open
from assistant.answers.honest import Choice, honestly
from assistant.answers.itemised import is_led_in, items_below, whole_list
from assistant.answers.leads import with_items
from assistant.answers.listing import items, led_in, named_sections, of_the_tongue
from assistant.answers.openings import (
    WHAT_IS,
    as_definition,
    as_what_it_was,
    says_what_it_is,
    with_openings,
)
from assistant.answers.otherwise import put_otherwise
from assistant.answers.overtaken import with_leavers
from assistant.answers.parts_asked import with_its_part
from assistant.answers.pool import Pooled
from assistant.answers.profiles import facts
from assistant.answers.provisions import tells_of
from assistant.answers.question import QuestionForm
from assistant.answers.remarks import missing_of, names_too_little
from assistant.answers.rivals import mentions, with_rivals
from assistant.answers.rows import compared, of_the_table, row_of
from assistant.answers.said import said_whole
from assistant.answers.scoring import refusal
from assistant.answers.selection import select
from assistant.answers.standing import in_their_places
from assistant.answers.surroundings import Surroundings, sources_of
from assistant.answers.tables import tabled
from assistant.answers.text_asked import asked_of_it, borne_by, not_of_others, text_asked, within
from assistant.answers.texts import called_so
from assistant.answers.words import stems
from assistant.phrases import phrase
from assistant.types import Passage, StandaloneQuestion

# What was said is said again where nothing else comes to this share of its chance.
_FRESH = 0.5
# What is in the language of the question is read in it from this share of the best score on.
_AS_GOOD = 0.95
_MOST_ROWS = 10


class Finder:
    """Finds the sentences that answer one question among its passages and around them."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._texts = FromTexts(around)

    def found(self, question: StandaloneQuestion, passages: Sequence[Passage]) -> Found:
        """The sentences that answer one question, with what they leave open.

        A French question that what was found in French does not answer is read in English words.
        """
        question = _told_as(question)
        asked_as = _in_their_language(question, passages)
        of_a_text = self._found_in_the_text(question, passages)
        if isinstance(of_a_text, Found):
            return of_a_text
        passages = of_a_text
        found = self._found_as(asked_as, question, passages)
        if found.chosen or not question.translated or asked_as is not question:
            return found
        others = self._found_as(_in_english(question), question, passages)
        return others if others.chosen else found

    def _found_in_the_text(
        self, question: StandaloneQuestion, passages: Sequence[Passage]
    ) -> Found | Sequence[Passage]:
        """What the text lays down that a question names; else the passages that may tell it.

        What another treaty lays down is no answer to who asks what this one does.
        """
        asked = text_asked(question.text)
        if asked is None:
            return passages
        # Of two that may bear the name it is the one that more was found of.
        texts = sorted(self._around.texts(passages), key=lambda one: -len(within(one, passages)))
        text, passages = borne_by(asked, texts), not_of_others(asked, passages, texts)
        if text is None and asked.of_the_past and not question.translated:
            return _tells(asked.clause, self._found_as(question, question, passages))
        if text is None:
            return passages
        inner, own = asked_of_it(question, asked), within(text, passages)
        asked_in = Asked(inner.text, read_form(inner.text), self._around.ask(inner))
        found = replace(self._found_as(inner, inner, own), question=question)
        told = self._texts.within(asked.within, asked_in, own)
        if asked.clause:
            told = self._texts.clause(asked, asked_in, told, passages)
            missing = (phrase("date-open"),) if date_open(inner.text, told) else ()
            found = replace(found, missing=missing)
        if told := told or self._texts.about(inner.text, asked_in, text):
            return replace(
                found, chosen=told, as_list=(found.as_list and _itemised(told)) or is_led_in(told)
            )
        if asked.clause is None:
            return found if found.chosen else passages
        return _tells(asked.clause, found)

    def _found_as(
        self,
        question: StandaloneQuestion,
        asked_as: StandaloneQuestion,
        passages: Sequence[Passage],
    ) -> Found:
        """What is found for a question, read as it was asked or in other words."""
        in_words = asked_as is not question  # English ones, side by side
        words = question.text if in_words else ""
        form = read_form(asked_as.text, _asked_last(asked_as), words=words)
        form = as_definition(form, asked_as.text, passages)
        asked = Asked(question.text, form, self._around.ask(question))
        sources = with_openings(form, sources_of(passages), self._around.neighbours)
        pool, read_alone = self._around.pool(asked, sources)
        limits, score = refusal(), max((one.score for one in passages), default=0.0)
        # The forest knows whole sentences; of words side by side the ranking knows more.
        chance = score if in_words else limits.chance(read_alone, score)
        enough = needed(form, question.text, pool, in_words=in_words)
        pool = in_their_places(pool)
        if provision := asked_for(asked_as.text):
            text, lacking = self._texts.provision(provision, asked, passages)
            if text or lacking:
                return Found(question, form, chance, text, as_list=_itemised(text), lacking=lacking)
            pool = [one for one in pool if provision.rest or tells_of(provision, one)]
        elif told := self._texts.told(asked_as.text, asked, passages):
            return Found(question, form, chance, told)
        if cells := self._cells(form, question.text, passages):
            return Found(question, form, chance, cells)
        whole = []
        if limits.said <= chance < enough and not in_words:
            whole = said_whole(form, pool)
        likely = bool(pool) and (chance >= enough or bool(whole))
        if likely:
            sure = not in_words and chance >= limits.sure
            choose = partial(self._choose, asked, question, sure=sure)
            (chosen, listed), pool = honestly(choose, _among(form, whole, pool), form.stems)
            if chosen and (listed or form.may_measure([one.text for one in chosen])):
                missing = () if listed else self._missing_of(form, chosen, question.asked)
                chosen = chosen if listed else self._with_others(asked, chosen, pool)
                return Found(
                    question, form, chance, chosen, missing, as_list=listed or is_led_in(chosen)
                )
        named = mentions(question.term, pool)
        return Found(question, form, chance, named, unquotable=likely)

    def _cells(
        self, form: QuestionForm, question: str, passages: Sequence[Passage]
    ) -> list[Pooled]:
        """The cells of profiles or of tables that tell what is asked; who is, is not who was."""
        if form.succession is not None:
            return []
        cells = facts(form, question, passages, self._around.neighbours)
        return cells or tabled(form, question, passages, self._around.neighbours)

    def _choose(
        self, asked: Asked, question: StandaloneQuestion, pool: Sequence[Pooled], *, sure: bool
    ) -> Choice:
        """The items of a list that is asked for, or else sentences, with whether it is a list."""
        form = asked.form
        if _lists_anew(form, question) and (listed := self._listed(asked, pool)):
            return listed, True
        fresh = _unsaid(form, question, pool)
        chosen = select(form, fresh, sure=sure) or select(form, pool, sure=sure)
        if not chosen and (otherwise := put_otherwise(form)):
            chosen = select(otherwise, pool, sure=sure)
        if names_too_little(form, chosen, question.text):
            return [], False
        chosen = with_its_part(form, question.text, chosen, pool)
        listed = whole_list(form, chosen, pool, partial(self._around.going_on, asked))
        return listed or chosen, False

    def _missing_of(
        self, form: QuestionForm, chosen: Sequence[Pooled], question: str
    ) -> tuple[str, ...]:
        """What sentences leave open; what the texts are called that they are of is looked up."""

        def called() -> list[str]:
            return called_so(question, self._around.texts_of([one.source.stored for one in chosen]))

        missing = missing_of(form, chosen, question, called)
        asked_what = WHAT_IS.match(question) or DEFINING.search(question)
        if not (asked_what and form.asks_definition) or form.asks_person:
            return missing
        told = any(says_what_it_is(form, one) for one in chosen)
        return missing if told else (*missing, phrase("meaning-open"))

    def _listed(self, asked: Asked, pool: Sequence[Pooled]) -> list[Pooled]:
        """The items that a line or the heading of a section names the question for.

        Those of a section are whole, though parts of it were not found.
        """
        pool = of_the_tongue(asked.form, pool)
        for lead in led_in(asked.form, pool):
            near = self._around.going_on(asked, lead.source.stored)
            if len(found_below := items_below(lead, near)) > 1:
                return [lead, *found_below]
        for found in named_sections(asked.form, pool):
            if listed := items(asked.form, self._around.section(asked, found)):
                return listed
        return []

    def _with_others(
        self, asked: Asked, chosen: Sequence[Pooled], pool: Sequence[Pooled]
    ) -> list[Pooled]:
        """The chosen sentences, with the table they are of and what other documents say to them."""
        if is_led_in(chosen):
            return list(chosen)
        told = with_rivals(self._with_table(asked, chosen, pool), pool)
        return with_leavers(
            asked.form, with_items(asked.form, told, partial(self._around.going_on, asked)), pool
        )

    def _with_table(
        self, asked: Asked, chosen: Sequence[Pooled], pool: Sequence[Pooled]
    ) -> list[Pooled]:
        """The chosen sentences, and the table whose columns are what is compared, whole."""
        row = compared(asked.form, pool)
        if row is None:
            return list(chosen)
        table = of_the_table(row, self._around.section(asked, row.source.stored))
        prose = [one for one in chosen if row_of(one) is None]
        return [*prose[:MOST_BEFORE_A_TABLE], *table[:_MOST_ROWS]]


def _among(form: QuestionForm, whole: list[Pooled], pool: list[Pooled]) -> list[Pooled]:
    """Those that say all of a question, or else all there are.

    That somebody died is said in so many words, and how it was stands beside.
    """
    return whole if whole and not form.manner else pool


def _itemised(chosen: Sequence[Pooled]) -> bool:
    """Whether all but what leads in are items; a paragraph with a number may have sentences."""
    return len(chosen) > 1 and all(one.part.bullet for one in chosen[1:])


def _asked_last(question: StandaloneQuestion) -> str:
    """What was asked last, of a question that carries what was asked before; else nothing."""
    carries = question.context is not None and question.text != question.asked
    return question.asked if question.said or carries else ""


def _told_as(question: StandaloneQuestion) -> StandaloneQuestion:
    """The question in the words by which it is told, where it asks what happened."""
    text = as_what_it_was(question.text)
    return question if text == question.text else replace(question, text=text, asked=text)


def _tells(clause: Clause | None, found: Found) -> Found:
    """What was found if it speaks of a clause: what a text says of something else is no answer."""
    said = [said for said in (clause.goes_on, clause.by_others) if said] if clause else []
    speaks = any(each.search(one.text) for each in said for one in found.chosen)
    return found if speaks else replace(found, chosen=[])


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


def _lists_anew(form: QuestionForm, question: StandaloneQuestion) -> bool:
    """Whether a list is asked for that the conversation has not been about."""
    return not question.said or bool(form.focus & form.own)
