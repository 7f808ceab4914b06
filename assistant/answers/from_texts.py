"""What a text that a question names says: a provision of it, what it means by a word or settles."""

import re
from collections.abc import Sequence
from functools import partial

from assistant.answers.asked_provisions import Provision
from assistant.answers.clauses import TEXT_KIND
from assistant.answers.features import Asked
from assistant.answers.in_office import office_at, terms_of
from assistant.answers.leads import with_items
from assistant.answers.pool import Pooled
from assistant.answers.provisions import chunks_of, lacks, text_of, texts_of
from assistant.answers.said_about import matter_of, said_about
from assistant.answers.surroundings import Surroundings
from assistant.answers.text_asked import TextAsked
from assistant.answers.texts import Text, speaks_of_itself
from assistant.answers.tongues import is_foreign
from assistant.answers.within import Within, asked_within, told_within
from assistant.answers.words import stems
from assistant.types import Passage, StoredChunk

_KIND = re.compile(rf"\b{TEXT_KIND}\b", re.IGNORECASE)
_HAS_BEEN = re.compile(r"^\W*when\s+(?:did|was|were)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_MOST_OF_OTHERS = 2
_MOST_IN_OFFICE = 4


def date_open(question: str, told: Sequence[Pooled]) -> bool:
    """Whether it is asked when something came about, and no year is told."""
    return _HAS_BEEN.match(question) is not None and not any(_YEAR.search(o.text) for o in told)


class FromTexts:
    """Reads whole texts that passages are of, for what is asked of one by its name."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around

    def provision(
        self, provision: Provision, asked: Asked, passages: Sequence[Passage]
    ) -> tuple[list[Pooled], str]:
        """The text of a provision, if the library has it; else that the text named has none."""
        named = texts_of(provision, self._around.texts(passages))
        for one in named:
            if told := text_of(provision, self._around.all_of(asked, chunks_of(provision, *one))):
                return with_items(asked.form, told, partial(self._around.going_on, asked)), ""
        return [], next((lacks(provision, *one) for one in named[:1]), "")

    def told(self, question: str, asked: Asked, passages: Sequence[Passage]) -> list[Pooled]:
        """What a text that a question names says of what it asks, or who had an office then."""
        told = self.within(asked_within(question), asked, passages)
        return told or self._in_office(asked, passages)

    def _in_office(self, asked: Asked, passages: Sequence[Passage]) -> list[Pooled]:
        """Who had an office at a time, by the terms that passages tell."""
        at = office_at(asked.text)
        if at is None:
            return []
        chunks = {o.stored.chunk.chunk_id: o.stored for one in passages for o in one.chunks}
        pool = sorted(self._around.all_of(asked, [*chunks.values()]), key=lambda one: one.place)
        told = [[one for one in pool if one.source.stored == each] for each in chunks.values()]
        said = [[one.text for one in each] for each in told]
        terms = terms_of(at, zip((one.version_id for one in chunks.values()), said, strict=True))
        return [
            told[terms[i][1]][k]
            for i in at.told([term for term, _ in terms])[:_MOST_IN_OFFICE]
            for k in terms[i][0].told_by
        ]

    def within(
        self, within: Within | None, asked: Asked, passages: Sequence[Passage]
    ) -> list[Pooled]:
        """What the text that a question names says of what it asks, if it names one."""
        all_of = partial(self._around.all_of, asked)
        return told_within(within, self._around.texts(passages), all_of) if within else []

    def clause(
        self,
        text_asked: TextAsked,
        asked: Asked,
        own: Sequence[Pooled],
        passages: Sequence[Passage],
    ) -> list[Pooled]:
        """How a text that is named settles what is asked, with when that came about.

        What it does not settle itself others may tell, by its name.
        """
        if own and not date_open(asked.text, own):
            return list(own)
        told = self._told_by_others(text_asked, asked, passages)
        return [*(one for one in told if not own or not date_open(asked.text, [one])), *own]

    def about(self, question: str, asked: Asked, text: Text) -> list[Pooled]:
        """What a text says about a matter, to who asks that; empty where it says nothing."""
        matter = matter_of(question)
        if not matter:
            return []

        def pool_of(chunks: Sequence[StoredChunk]) -> list[Pooled]:
            found = self._around.all_of(asked, chunks)
            return [one for one in found if not is_foreign(one.text, asked.form.tongue)]

        told = said_about(matter, text, pool_of)
        return with_items(asked.form, told, partial(self._around.going_on, asked))

    def _told_by_others(
        self, text_asked: TextAsked, asked: Asked, passages: Sequence[Passage]
    ) -> list[Pooled]:
        """What others tell of a clause of the text that they name, and not of another text."""
        clause, name = text_asked.clause, text_asked.name
        if clause is None:
            return []
        # "The NATO SOFA" is by its whole name an Agreement of the Parties to a Treaty.
        said, kinds = clause.by_others or clause.told, len(_KIND.findall(text_asked.said))
        chunks = [each.stored for one in passages for each in one.chunks]
        told = [
            one
            for one in self._around.all_of(asked, chunks)
            if said.search(one.text)
            and any(way <= stems(one.text) for way in name.ways)
            and len(_KIND.findall(one.text)) <= max(1, kinds)
            and not speaks_of_itself(one.text)
        ]
        return told[:_MOST_OF_OTHERS]
