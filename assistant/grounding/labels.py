"""Lines that say a thing of a page's subject without naming it: "lowest point: Lac Assal -155 m".

The pages of a collection are titled by whom they are about, and then by the collection: "Djibouti —
World Factbook". What such a line says it says of him, so that it is compared with his name before.
"""

import re
from functools import lru_cache

from assistant.grounding.parts import first_verb, parts
from assistant.grounding.rows import Row
from assistant.grounding.terms import Kind, terms

_LABEL = re.compile(r"(?P<label>[^\W_][^:;|\n.]{0,60}):\s+(?P<value>\S.*)", re.DOTALL)
_BEHIND_SUBJECT = re.compile(r"\s[—–|]\s")
_TOLD = re.compile(rf"[^:\n.]{{1,60}} — {_LABEL.pattern}", re.DOTALL)
# A longer title is a sentence about more than one thing.
_LONGEST = 6
# A value of more words is told in clauses, whose order tells what is said of whom.
_LONGEST_VALUE = 12
# "Coastline" is no name, "GDP" is.
_CAPITAL = re.compile(r"[A-Z][^A-Z]*")
_CAPITAL_LINE = re.compile(r"^[ *]*[A-Z][^:\n]*:", re.MULTILINE)


def subject_of(above: str) -> str:
    """Whom a page is about, by the first line of its title and headings; empty if not told."""
    first, *rest = _BEHIND_SUBJECT.split(above.partition("\n")[0].strip(), maxsplit=1)
    return first if rest and len(first.split()) <= _LONGEST else ""


def labelled(text: str, start: int, end: int, above: str) -> tuple[str, Row | None]:
    """`[start, end)` of the text, behind the subject of its page where it is a labelled line.

    A short one is a row of a table: its words are in no order that a sentence would have.
    """
    words, subject = text[start:end], subject_of(above)
    if not subject or not _is_line(text, start, end):
        return words, None
    label, value = _label(text, start, words, above)
    if not label:
        return words, None
    told = f"{subject} — {label}: {value}"
    short = ";" not in value and len(value.split()) <= _LONGEST_VALUE
    return told, Row(told, "", ((label, value),)) if short else None


def _label(text: str, start: int, words: str, above: str) -> tuple[str, str]:
    """The label of a line and what stands behind it; no label for a line that is prose.

    What is labelled in small letters, or first and not at all, is so under its heading.
    """
    match, before = _LABEL.fullmatch(words), text[:start]
    heading = "" if _CAPITAL_LINE.search(before) else above.rpartition("\n")[2]
    if match is None:
        told = before.strip() or not above.count("\n")
        return ("", words) if told else (_small(heading), words)
    label = _small(match["label"])
    under = heading and above.count("\n") and match["label"][0].islower()
    # Prose is no value of what it stands under.
    if under and not first_verb(match["value"]):
        label = f"{_small(heading)}, {label}"
    return label, match["value"]


def _small(label: str) -> str:
    """The label without the capital of its first word, if no other has one."""
    return label.lower() if _CAPITAL.fullmatch(label) else label


def is_labelled(words: str) -> bool:
    """Whether words are those of a labelled line behind its subject."""
    return bool(_TOLD.match(words))


def crossed(words: str, sentence: str) -> bool:
    """Whether one statement takes of several items of a labelled line what none has alone.

    Of "Lima (capital); Cusco (old capital)" nothing makes Cusco the capital.
    """
    told = _TOLD.match(words)
    items = told["value"].split(";") if told else []
    if told is None or len(items) == 1 or parts(sentence) or first_verb(told["value"]):
        return False
    said = _keys(sentence) - _keys(words[: told.start("value")])
    each = [said & _keys(item) for item in items]
    return frozenset().union(*each) not in each


@lru_cache(maxsize=1024)
def _keys(text: str) -> frozenset[str]:
    return frozenset(one.key for one in terms(text) if one.kind is not Kind.COMMON)


def _is_line(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in the line: what goes on in sentences names its subject."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else None]
    return line.strip(" *\t") == text[start:end].strip(" *\t")
