"""Names, figures and units that stand in the place of others."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.answers.words import initials
from assistant.grounding.acting import exchanged
from assistant.grounding.alignment import align
from assistant.grounding.figures import is_unit
from assistant.grounding.names import stem_of
from assistant.grounding.operators import (
    is_operator,
)
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

# Shorter pieces are told as they are.
_LONG = 2


def name_exchanged(sentence: str, span: str, around: str) -> list[str]:
    """What is wrong where another name, figure, month or unit stands in the same place."""
    found = [
        phrase("another-word", given=given.text, said=said.text)
        for said, given in _replaced(sentence, span)
        if _names_or_figures(said, given) or (is_unit(said.text) and is_unit(given.text))
    ]
    found += [phrase("another-name", given=g, said=s) for s, g in _names_replaced(sentence, span)]
    # Names that change places are exchanged, too; a whole clause may stand elsewhere.
    if any(one.kind is Kind.NAME for one in align(sentence, span).moved):
        found += exchanged(sentence, span, around)
    return found


def _names_replaced(sentence: str, span: str) -> Iterator[tuple[str, str]]:
    """Names of several words in each other's place, that have none in common, nor the initials."""
    for one in align(sentence, span).inner:
        both = [[term for term in each if _tells(term)] for each in (one.said, one.given)]
        if not all(both) or len(one.said) + len(one.given) <= _LONG:
            continue
        if any(term.kind is not Kind.NAME for each in both for term in each):
            continue
        short = initials(f"{sentence} {span}")
        if not _share(*both) and not any(t.text.lower() in short for each in both for t in each):
            yield both[0][0].text, both[1][0].text


def _names_or_figures(*both: Term) -> bool:
    """Whether both are names, or both figures or months: "in 1972" stands for no place."""
    names = sum(one.kind is Kind.NAME for one in both)
    return names in {0, len(both)} and all(one.kind not in {Kind.WORD, Kind.COMMON} for one in both)


def _replaced(sentence: str, span: str) -> Iterator[tuple[Term, Term]]:
    """The first telling words of each two pieces that stand in the same place."""
    for one in align(sentence, span).exchanges:
        mine = [term for term in one.said if _tells(term)]
        theirs = [term for term in one.given if _tells(term)]
        if mine and theirs and not _share(mine, theirs) and not _moved(mine, theirs, span):
            yield mine[0], theirs[0]


def _share(mine: Iterable[Term], theirs: Iterable[Term]) -> bool:
    """Whether a word or name is in both: Panama's independence is Panamanian independence."""
    names = {stem_of(one.text) for one in theirs if one.kind is Kind.NAME}
    keys = {one.key for one in theirs}
    return any(
        one.key in keys or (one.kind is Kind.NAME and stem_of(one.text) in names) for one in mine
    )


def _moved(mine: Sequence[Term], theirs: Sequence[Term], span: str) -> bool:
    """Whether a date stands where the span has a name, and elsewhere there."""
    is_date = mine[0].kind in {Kind.MONTH, Kind.NUMBER} and theirs[0].kind is Kind.NAME
    return is_date and any(mine[0].key == one.key for one in terms(span))


def _tells(term: Term) -> bool:
    return term.kind is not Kind.COMMON and not is_operator(term)
