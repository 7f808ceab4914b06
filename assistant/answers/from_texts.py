"""What a text that a question names says: a provision of it, what it means by a word or settles."""

from collections.abc import Sequence
from functools import partial

from assistant.answers.asked_provisions import Provision
from assistant.answers.clauses import Clause
from assistant.answers.features import Asked
from assistant.answers.leads import with_items
from assistant.answers.pool import Pooled
from assistant.answers.provisions import chunks_of, lacks, text_of, texts_of
from assistant.answers.said_about import matter_of, said_about
from assistant.answers.surroundings import Surroundings
from assistant.answers.texts import Name, Text, speaks_of_itself
from assistant.answers.tongues import is_foreign
from assistant.answers.within import asked_within, told_within
from assistant.answers.words import stems
from assistant.types import Passage, StoredChunk


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

    def within(self, question: str, asked: Asked, passages: Sequence[Passage]) -> list[Pooled]:
        """What the text that a question names says of what it asks, if it names one."""
        within, all_of = asked_within(question), partial(self._around.all_of, asked)
        return told_within(within, self._around.texts(passages), all_of) if within else []

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

    def told_by_others(
        self, clause: Clause, name: Name, asked: Asked, passages: Sequence[Passage]
    ) -> list[Pooled]:
        """What others tell of a clause of the text that they name, and not of themselves."""
        chunks = [each.stored for one in passages for each in one.chunks]
        told = [
            one
            for one in self._around.all_of(asked, chunks)
            if clause.told.search(one.text)
            and any(way <= stems(one.text) for way in name.ways)
            and not speaks_of_itself(one.text)
        ]
        return told[: clause.most]
