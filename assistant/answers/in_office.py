"""Who had an office at a time: "Who was Secretary of State in 1950?" is told by the term."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.answers.asking import ASKING
from assistant.answers.offices import HEADS, stems_of_office
from assistant.answers.terms_of_office import Term, holding, of_one_person, span_of, terms_in
from assistant.retrieval.grammar import MONTHS
from assistant.retrieval.translation import is_french, translated

_DAY = (
    rf"(?:(?:the\s+year|early|late|mid|about|around|the\s+\w+\s+of)[\s-]+)?"
    rf"(?:(?:{MONTHS})\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?|"
    rf"\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:{MONTHS})\s+)?[12]\d{{3}}"
)
_WHEN = (
    r"(?P<when>(?:(?:in|on|during|as\s+of|between|from|around|at|by|en|le|au|entre|de|durant)\s+)?"
    rf"{_DAY}(?:\s*(?:and|to|until|till|through|et|à|[-–])\s*{_DAY})?)"
)
_ASKED = re.compile(
    rf"{ASKING}(?:who|which\s+\w+)\s+(?:was|were|(?:served|acted|worked)\s+as|"
    r"(?:held|had|occupied|filled)\s+(?:the\s+)?(?:office|post|position|job)\s+of)\s+(?:the\s+)?"
    rf"(?P<office>(?:[\w.-]+\s+){{0,4}}?{HEADS}(?:\s+(?:of|for)\s+(?:the\s+)?\w+(?:\s+affairs)?)?)"
    rf"(?:\s+of\s+the\s+\w+(?:\s+\w+)?)?\s+{_WHEN}\W*$",
    re.IGNORECASE,
)
_IN_FRENCH = re.compile(
    rf"^\W*qui\s+(?:était|fut|a\s+été)\s+(?:l[ea]\s+|l[’'])?(?P<office>\S.*?)\s+{_WHEN}\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OfficeAt:
    """An office as it is `called`, by its stems, and the first and last day it is asked for."""

    called: str
    office: frozenset[str]
    since: date
    until: date

    def told(self, terms: Sequence[Term]) -> list[int]:
        """Which terms in it hold a day of that time, by their number, earliest first."""
        return holding(terms, self.since, self.until)

    def shown(self, terms: Sequence[Term]) -> list[int]:
        """The same, each that has no end with the one that came next, which ended it."""
        held = self.told(terms)
        order = sorted(range(len(terms)), key=lambda i: terms[i].since)
        after = dict(pairwise(order))
        ended = [after[i] for i in held if terms[i].until is None and i in after]
        return list(dict.fromkeys([*held, *ended]))


def office_at(question: str) -> OfficeAt | None:
    """The office of which it is asked who had it then; None where none is.

    A president by himself is one of many things.
    """
    found = _IN_FRENCH.match(question) if is_french(question) else _ASKED.search(question)
    if found is None or (span := span_of(found["when"])) is None:
        return None
    called = translated(found["office"]) if is_french(question) else found["office"]
    office = stems_of_office(called)
    return OfficeAt(called, office, *span) if office else None


def terms_of(
    asked: OfficeAt, chunks: Iterable[tuple[str, Sequence[str]]]
) -> list[tuple[Term, int]]:
    """The terms that chunks tell, each once and with the number of its chunk.

    Of each chunk, the document that it is of and its sentences.
    """
    by_document: dict[str, list[tuple[Term, int]]] = {}
    for number, (document, sentences) in enumerate(chunks):
        told = [(term, number) for term in terms_in(asked.office, sentences)]
        by_document.setdefault(document, []).extend(told)
    return [
        told[i] for told in by_document.values() for i in of_one_person([term for term, _ in told])
    ]
