"""Answers made of the library's own sentences, verbatim."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from assistant.answers.draft import Draft, PartFound
from assistant.answers.finding import Finder
from assistant.answers.forms import read_form
from assistant.answers.found import Found, of_both_sides
from assistant.answers.grid import Neighbours
from assistant.answers.layout import Group, abstention, lay_out
from assistant.answers.question import HOW_OFTEN, Expected
from assistant.answers.reading import Reader
from assistant.answers.remarks import unanswered
from assistant.answers.surroundings import Surroundings
from assistant.answers.texts import Read
from assistant.answers.words import stems
from assistant.types import Passage, StandaloneQuestion, TextDelta

NAME = "extractive"


class ExtractiveAnswerer:
    """Chooses sentences of the passages, orders and cites them; says when none answers."""

    def __init__(self, reader: Reader, neighbours: Neighbours, read: Read | None = None) -> None:
        self._finder = Finder(Surroundings(reader, neighbours, read))

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
        found = [self._finder.found(part.question, part.passages) for part in parts]
        found = of_both_sides(found, [part.side for part in parts])
        if not any(one.chosen for one in found):
            found = [self._finder.found(question, passages)]
        answered = [one for one in found if one.chosen]
        if not answered:
            return _abstained(found[0], passages)
        told = [one.text for each in answered for one in each.chosen]
        missing = tuple(
            line
            for one in found
            for line in (one.missing if one.chosen else _left_open(one.question, told))
        )
        return replace(
            lay_out([Group(one.form, one.chosen, one.as_list) for one in answered]),
            confidence=min(one.chance for one in answered),
            outcome="partly_answered" if missing else "answered",
            missing=missing,
        )


def _abstained(found: Found, passages: Sequence[Passage]) -> Draft:
    return Draft(
        abstention(found.form, passages, found.lacking),
        NAME,
        abstained=True,
        confidence=found.chance,
        unquotable=found.unquotable,
        outcome="not_answered",
    )


def _left_open(question: StandaloneQuestion, told: Sequence[str]) -> tuple[str, ...]:
    """That a part is not answered, unless what answers another has all of its words, or its time.

    "How long in advance?" names nothing of its own: a time that the others tell is that one.
    """
    wanted = stems(question.asked) - HOW_OFTEN
    if (wanted and wanted <= stems("\n".join(told))) or _is_timed(question.asked, told):
        return ()
    return (unanswered(question.asked),)


def _is_timed(asked: str, told: Sequence[str]) -> bool:
    """Whether a time or a duration that is asked for in next to no other words is told."""
    form = read_form(asked)
    bare = not form.names.words and len(form.plain) <= 1
    timed = form.asks_duration or form.expected is Expected.TIME
    return bare and timed and any(form.met_by(text) for text in told)
