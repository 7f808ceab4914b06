"""Figures that another sentence of a text has than the span which carries the rest.

That a figure stands somewhere in the text says nothing: it may count something else. Where another
sentence has the clause with the figure, both carry what is said, and both are cited.
"""

import re
from collections.abc import Sequence

from assistant.grounding.clauses import Clause, clauses, lacking_in
from assistant.grounding.figures import missing, worked_out
from assistant.grounding.parts import is_finite
from assistant.grounding.terms import Kind, terms

# So many telling words are a clause by themselves, wherever it stands.
_WHOLE = 4
# What goes on without a subject of its own would have that of the other sentence.
_GOES_ON = re.compile(r"(?:which|who|whose|that|qui|que|dont)\b", re.IGNORECASE)
_JOINS = re.compile(r"(?:and|but|or|et|mais|ou)\s+", re.IGNORECASE)


def completing(
    words: str, span: str, others: Sequence[str], beside: Sequence[int] = ()
) -> int | None:
    """Which of the other sentences has what the span lacks of the figures; `None` where none has.

    It has the whole of each clause with such a figure; where it stands `beside` the span, half of
    it is enough, and the span has the rest.
    """
    gone = frozenset(missing(words, span)) - worked_out(words, span)
    lacking = [one for one in clauses(words) if _figures(one) & gone]
    told = frozenset[str]().union(*map(_figures, lacking))
    if gone - told or any(_goes_on(words, one) for one in lacking):
        return None
    return next(
        (
            i
            for i, one in enumerate(others)
            if all(_has(one, words, span, each, near=i in beside) for each in lacking)
        ),
        None,
    )


def _figures(clause: Clause) -> frozenset[str]:
    return frozenset(one.key for one in clause.words if one.kind is Kind.NUMBER)


def _goes_on(words: str, clause: Clause) -> bool:
    said = words[clause.start : clause.end]
    bare = _JOINS.sub("", said, count=1)
    first = terms(bare)
    done = bool(first) and (first[0].text.endswith("ed") or is_finite(bare, first, 0))
    return bool(_GOES_ON.match(bare)) or done


def _has(other: str, words: str, span: str, clause: Clause, *, near: bool) -> bool:
    said = words[clause.start : clause.end]
    if frozenset(missing(said, span)).intersection(missing(said, other)):
        return False
    lacking = lacking_in(said, other)
    if not near:
        return not lacking and len(clause.words) >= _WHOLE
    return 2 * len(lacking) <= len(clause.words) and not lacking_in(said, f"{span} {other}")
