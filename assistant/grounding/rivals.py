"""Names that cannot be of one thing: of one kind with another word in them, or acted on alike."""

import re
from collections.abc import Iterator, Sequence

from assistant.answers.words import initials
from assistant.grounding.meanings import akin
from assistant.grounding.names import stem_of, stems_of
from assistant.grounding.terms import Term
from assistant.grounding.written import joined, runs
from assistant.phrases import phrase

# "Against" one is not against another; who is behind "by" and "with" may be told by his office.
_AGAINST = re.compile(
    r"\b(?:against|contre)\s+(?:the\s+|la\s+|le\s+)?(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)*)"
)
_LONG = 2


def of_a_rival(sentence: str, span: str) -> str:
    """What is wrong where the span has another of the same kind, or acts against another."""
    return _of_one_kind(sentence, span) or _against_another(sentence, span)


def _of_one_kind(sentence: str, span: str) -> str:
    """What is wrong with "the United States Army" where the span has that Navy alone."""
    here, said, short = stems_of(span), stems_of(sentence), initials(f"{sentence} {span}")
    for mine in _long(sentence):
        for theirs in _long(span):
            apart = _differing(mine, theirs)
            if apart is None:
                continue
            one, other = apart
            new = stem_of(one.text) not in here and stem_of(other.text) not in said
            if new and not akin(one.key, other.key) and one.text.lower() not in short:
                given, named = joined(list(theirs), span), joined(list(mine), sentence)
                return phrase("another-name", given=given, said=named)
    return ""


def _long(text: str) -> Iterator[Sequence[Term]]:
    return (run for run in runs(text) if len(run) > _LONG)


def _differing(mine: Sequence[Term], theirs: Sequence[Term]) -> tuple[Term, Term] | None:
    """The last words of two names of as many words that have all others in common."""
    if len(mine) != len(theirs):
        return None
    one, other = ([stem_of(term.text) for term in each] for each in (mine, theirs))
    if one[:-1] != other[:-1] or one[-1] == other[-1]:
        return None
    return mine[-1], theirs[-1]


def _against_another(sentence: str, span: str) -> str:
    """What is wrong where the span has what is done against others alone."""
    said, given = (list(_AGAINST.finditer(text)) for text in (sentence, span))
    here, there = stems_of(span), stems_of(sentence)
    for one in said:
        new = not stems_of(one["name"]) & here
        others = [each["name"] for each in given if not stems_of(each["name"]) & there]
        if new and others and len(others) == len(given):
            return phrase("another-name", given=others[0], said=one["name"])
    return ""
