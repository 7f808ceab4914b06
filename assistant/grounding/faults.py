"""What a sentence says otherwise than the span that should carry it, in words.

Each check knows one way in which a sentence goes wrong while most of its words are right. What
they find is weighed with how much the two are alike (`assistant.grounding.verify`).
"""

from collections.abc import Callable, Iterator, Mapping

from assistant.grounding import (
    acting,
    denials,
    edits,
    facts,
    figures,
    names,
    opposites,
    replaced,
    roles,
    subjects,
    wording,
)

Check = Callable[[str, str, str], list[str]]

_WORD, _PUT = "word_exchanged", "put_between"
# Who is another tells better than which figure is.
_DOUBTFUL = frozenset({_WORD, _PUT, "another_fact"})
# The first found is told, so those that are surest come first.
CHECKS: Mapping[str, Check] = {
    "numbers": figures.other_numbers,
    "percent": figures.other_percent,
    "units": figures.other_units,
    "dates": figures.other_dates,
    "denied": denials.denied,
    "strangers": names.strangers,
    "opening_stranger": names.opening_stranger,
    "exchanged": acting.exchanged,
    "another_subject": subjects.another_subject,
    "another_fact": facts.another_fact,
    "misplaced": names.misplaced,
    "opposed": opposites.opposed,
    "name_exchanged": replaced.name_exchanged,
    "amount": wording.amount,
    "duty": wording.duty,
    "certain": wording.certain,
    "operator_exchanged": wording.operator_exchanged,
    "superlative": wording.superlative,
    "placed_otherwise": roles.placed_otherwise,
    "turned_round": roles.turned_round,
    "relation_exchanged": edits.relation_exchanged,
    "kind_exchanged": edits.kind_exchanged,
    _WORD: edits.word_exchanged,
    _PUT: edits.put_between,
}

_ORDER = {kind: i for i, kind in enumerate(CHECKS)}

SURE = (
    "numbers",
    "units",
    "percent",
    "dates",
    "denied",
    "exchanged",
    "opposed",
    "name_exchanged",
    "amount",
    "duty",
    "certain",
    "operator_exchanged",
)
"""Kinds that are hardly ever found wrongly where most else is the same."""


_BY_ORDER_LIST = (
    "exchanged another_subject another_fact misplaced name_exchanged operator_exchanged "
    "placed_otherwise turned_round relation_exchanged kind_exchanged word_exchanged put_between"
)
_BY_ORDER = frozenset(_BY_ORDER_LIST.split())


def faults(sentence: str, span: str, around: str, *, row: bool = False) -> Mapping[str, list[str]]:
    """What each check finds wrong with a sentence that the span should carry.

    `around` is what the span stands in, with its title and headings: a name may stand there. The
    cells of a `row` are in no order that a sentence would have.
    """
    return {
        kind: [] if row and kind in _BY_ORDER else check(sentence, span, around)
        for kind, check in CHECKS.items()
    }


def fault(sentence: str, span: str, around: str, *, row: bool = False) -> str:
    """The surest of what is wrong; empty where nothing is found."""
    return next(every_fault(sentence, span, around, row=row), "")


def every_fault(sentence: str, span: str, around: str, *, row: bool = False) -> Iterator[str]:
    """What is wrong, the surest first.

    Another word in the same place, or one more, is told by `every_doubt` alone: it may mean the
    same.
    """
    found = faults(sentence, span, around, row=row)
    # What stands in a name's place tells more than that the name does not stand there.
    kinds = sorted(found.keys() - _DOUBTFUL, key=lambda kind: (kind == "misplaced", _ORDER[kind]))
    for kind in kinds:
        yield from found[kind]


def doubt(sentence: str, span: str, around: str, *, row: bool = False) -> str:
    """The surest of what is wrong or may be; empty where nothing is found."""
    return next(every_doubt(sentence, span, around, row=row), "")


def every_doubt(sentence: str, span: str, around: str, *, row: bool = False) -> Iterator[str]:
    """What is wrong or may be, the surest first."""
    for each in faults(sentence, span, around, row=row).values():
        yield from each
