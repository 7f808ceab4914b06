"""What was found for one question, and for the sides of a comparison together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.rating import sets_against
from assistant.answers.rows import row_of
from assistant.answers.words import names_in
from assistant.types import StandaloneQuestion

MOST_BEFORE_A_TABLE = 2
"""So many sentences stand before a table."""


@dataclass(frozen=True, slots=True)
class Found:
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


def of_both_sides(found: list[Found], sides: Sequence[str]) -> list[Found]:
    """What answers a comparison: sentences that speak of both sides, or else those of each.

    What only names both is passed over for what each of them is.
    """
    if not any(sides):
        return found
    compared, *each = found
    said = "\n".join(f"{one.label}: {one.text}" for one in compared.chosen)
    if compared.chosen and all(names_in(side, said) for side in sides if side):
        if not _tells_apart(compared, sides) and all(one.chosen for one in each):
            return each
        return [replace(compared, chosen=_both_first(compared, each, sides))]
    if any(one.chosen for one in each):
        return each
    # What was found for the whole speaks of one side at the most.
    return found if compared.chosen else []


def _tells_apart(compared: Found, sides: Sequence[str]) -> bool:
    """Whether the sides are set against each other, or each has a sentence of its own."""
    if any(map(_sets_apart, compared.chosen)):
        return True
    named = [{side for side in sides if side and names_in(side, o.text)} for o in compared.chosen]
    return all({side} in named for side in sides if side)


def _sets_apart(one: Pooled) -> bool:
    """Whether it sets things against each other, or is an entry that stands beside another."""
    return bool(one.label) or row_of(one) is not None or sets_against(one)


def _both_first(compared: Found, each: Sequence[Found], sides: Sequence[str]) -> list[Pooled]:
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
    return [*prose[: MOST_BEFORE_A_TABLE if table else len(compared.chosen)], *table]
