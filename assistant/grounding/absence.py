"""Who was absent: of whom a passage says so, no sentence may say that he was there.

"Notably absent were Carver and Norton" has all words of "Norton attended the meeting".
"""

import re
from itertools import groupby

from assistant.grounding.operators import Sense, operators
from assistant.grounding.reach import is_content
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

_THERE = re.compile(
    r"\b(?:attend(?:s|ed|ing)?|participat(?:es?|ed|ing)|t(?:ook|akes?|aken|aking)\s+part|"
    r"(?:was|were|is|are)\s+(?:\w+ly\s+)?(?:present|at|among)|met|meets?|joined|came|"
    r"appeared|gathered)\b(?P<by>\s+by\b)?"
)
_COMING = r"(?:attend|participate|take\s+part|come|join|be\s+present|appear)"
_NOT_THERE = re.compile(
    rf"\b(?:(?:unable|not\s+able)\s+to\s+{_COMING}|(?:declined|refused|failed)\s+to\s+{_COMING}|"
    rf"(?:did|could|would|does|do)(?:\s+not|n[’']t)\s+{_COMING}|never\s+attended|stayed\s+away|"
    r"(?:was|were)\s+(?:\w+ly\s+)?(?:absent|missing)\s+from|"
    r"(?:was|were)(?:\s+not|n[’']t)\s+(?:present|invited))\b"
)
_ABSENT_WERE = re.compile(
    r"\b(?:absent|missing)\b[^.;:,]{0,60}?\s(?:was|were|is|are)\s+(?P<who>[^;:]+?)(?=[.;:](?:\s|$)|$)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?](?=\s)|[;:()]")
_CLAUSE = re.compile(r",|\b(?:but|while|although|though|because|which|who|that|whom)\b")
_EACH = re.compile(r",|\band\b|\bor\b|\bet\b")
_PRONOUN = re.compile(r"\s*(?:he|she|they|it)\s", re.IGNORECASE)


def absent(sentence: str, span: str) -> str:
    """What is wrong where the span says of whom the sentence has there that he was not."""
    there = _THERE.search(sentence)
    if there is None or any(one.sense is Sense.NOT for one in operators(sentence)):
        return ""
    said = _last_names(sentence[there.end() :] if there["by"] else sentence[: there.start()])
    for found, away in _away(span):
        # Who missed one may have been at another.
        if said & away and not _THERE.search(span, found.end()):
            return phrase("word-dropped", given=" ".join(found[0].split()[:3]))
    return ""


def _away(span: str) -> list[tuple[re.Match[str], frozenset[str]]]:
    """What tells of an absence, each with the names of whom it tells."""
    listed = [(one, _last_names(one["who"])) for one in _ABSENT_WERE.finditer(span)]
    return listed + [(one, _subject(span[: one.start()])) for one in _NOT_THERE.finditer(span)]


def _subject(before: str) -> frozenset[str]:
    """The names of the clause that ends here; for a pronoun the one name before it."""
    own = before[max((one.end() for one in _STOP.finditer(before)), default=0) :]
    start = max((one.end() for one in _CLAUSE.finditer(own)), default=0)
    if not _PRONOUN.match(f"{own[start:]} "):
        return _last_names(own[start:])
    runs = [list(each) for is_name, each in groupby(terms(own[:start]), _is_name) if is_name]
    return frozenset(each[-1].key for each in runs) if len(runs) == 1 else frozenset()


def _last_names(text: str) -> frozenset[str]:
    """The last name of each of those that a text lists."""
    each = ([one for one in terms(part) if _is_name(one)] for part in _EACH.split(text))
    return frozenset(names[-1].key for names in each if names)


def _is_name(one: Term) -> bool:
    of_another = one.text.endswith(("'s", "’s", "s'", "s’"))
    return (
        one.text[0].isupper() and one.kind is not Kind.MONTH and is_content(one) and not of_another
    )
