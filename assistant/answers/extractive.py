"""Answers made of the library's own sentences, verbatim."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answers.draft import Draft
from assistant.answers.features import SentenceInput
from assistant.answers.layout import abstention, lay_out
from assistant.answers.question import QuestionForm, read_form
from assistant.answers.scoring import AnswerScorer
from assistant.answers.selection import (
    Pooled,
    Source,
    items,
    named_sections,
    names_the_question,
    select,
)
from assistant.answers.words import stems
from assistant.grounding.sentences import sentences
from assistant.ports import TextEncoder
from assistant.retrieval.retriever import question_vector
from assistant.types import Passage, StandaloneQuestion, StoredChunk, TextDelta

NAME = "extractive"
# Below this chance the library is said not to answer (benchmarks/fit_answers.py reports what each
# threshold refuses).
ANSWERS = 0.25
# The sets that the chance is fitted on have no headings; one that names what is asked for is
# evidence which they could not weigh.
ANSWERS_WHEN_NAMED = 0.05
# How far a section is followed to either side of the passage that was found.
_REACH = 3

_BULLET = re.compile(r"(?:[-•*–]|\d{1,2}[.)])\s+")

Neighbours = Callable[[StoredChunk, int], Sequence[StoredChunk]]


class ExtractiveAnswerer:
    """Chooses sentences of the passages, orders and cites them; says when none answers."""

    def __init__(self, encoder: TextEncoder, neighbours: Neighbours) -> None:
        self._encoder = encoder
        self._neighbours = neighbours
        self._scorer = AnswerScorer()

    @property
    def name(self) -> str:
        """`extractive`."""
        return NAME

    async def compose(
        self, question: StandaloneQuestion, passages: Sequence[Passage]
    ) -> AsyncIterator[TextDelta | Draft]:
        """The answer, a paragraph or list item at a time, then its draft."""
        draft = await asyncio.to_thread(self.draft, question, passages)
        for line in draft.text.splitlines(keepends=True):
            yield TextDelta(line)
        yield draft

    def draft(self, question: StandaloneQuestion, passages: Sequence[Passage]) -> Draft:
        """The answer from these passages, or an abstention that names what is nearest."""
        form = read_form(question.text, question.asked if question.said else "")
        pool = self._pool(form, question, _sources(passages))
        if self._answers(form, pool):
            listed = [] if question.said else self._listed(form, question, pool)
            fresh = _unsaid(form, question, pool)
            chosen = listed or select(form, fresh) or select(form, pool)
            if chosen:
                return lay_out(chosen, as_list=bool(listed))
        return Draft(abstention(form, passages), NAME, abstained=True)

    def _answers(self, form: QuestionForm, pool: Sequence[Pooled]) -> bool:
        chances = [one.chance for one in pool]
        named = any(names_the_question(form, one.source.stored) for one in pool)
        chance = self._scorer.answer(form, [one.input for one in pool], chances)
        return chance >= (ANSWERS_WHEN_NAMED if named else ANSWERS)

    def _listed(
        self, form: QuestionForm, question: StandaloneQuestion, pool: Sequence[Pooled]
    ) -> list[Pooled]:
        """The items of the section that the question names, whole though parts were not found."""
        for found in named_sections(form, pool):
            section = [
                Source(near, 0.0, 0.0)
                for near in self._neighbours(found, _REACH)
                if near.chunk.headings == found.chunk.headings
            ]
            if listed := items(form, self._pool(form, question, section)):
                return listed
        return []

    def _pool(
        self, form: QuestionForm, question: StandaloneQuestion, sources: Sequence[Source]
    ) -> list[Pooled]:
        split = [(source, part) for source in sources for part in _parts(source.stored)]
        if not split:
            return []
        contexts = list(dict.fromkeys(source.context for source, _ in split))
        texts = [part.text for _, part in split]
        vectors = np.asarray(self._encoder.embed_documents(texts + contexts), dtype=np.float32)
        asked = np.asarray(question_vector(question, self._encoder), dtype=np.float32)
        cosines: list[float] = (vectors @ asked).tolist()
        near = dict(zip(contexts, cosines[len(texts) :], strict=True))
        inputs = [
            SentenceInput(
                text=part.text,
                context=source.context,
                passage=source.stored.chunk.text,
                passage_score=source.cosine,
                cosine=cosine,
                context_cosine=near[source.context],
                first=part.start == 0,
            )
            for (source, part), cosine in zip(split, cosines, strict=False)
        ]
        chances = self._scorer.sentences(form, inputs)
        return [
            Pooled(source, part.start, part.end, one, chance, vector, part.bullet, part.leads)
            for (source, part), one, chance, vector in zip(
                split, inputs, chances, vectors, strict=False
            )
        ]


def _unsaid(
    form: QuestionForm, question: StandaloneQuestion, pool: Sequence[Pooled]
) -> list[Pooled]:
    """What the conversation has not said yet, and what the follow-up asks for by name."""
    return [one for one in pool if one.text not in question.said or form.own & stems(one.text)]


def _sources(passages: Sequence[Passage]) -> list[Source]:
    """The chunks of the passages: a sentence has the page and headings of its own chunk."""
    return [Source(c.stored, c.score, c.cosine) for each in passages for c in each.chunks]


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence of a chunk, without the bullet before it."""

    text: str
    start: int
    end: int
    bullet: bool
    leads: bool


def _parts(stored: StoredChunk) -> Iterator[_Part]:
    text = stored.chunk.text
    for sentence in sentences(text, stored.metadata.language):
        bullet = _BULLET.match(sentence.text)
        start = sentence.start + (bullet.end() if bullet else 0)
        leads = sentence.start == 0 or "\n" in text[: sentence.start][-2:]
        if start < sentence.end:
            yield _Part(text[start : sentence.end], start, sentence.end, bool(bullet), leads)
