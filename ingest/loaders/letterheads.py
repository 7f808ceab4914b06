"""Who issued a document, as its letterhead says: the line at its top that is a body's name."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.loaders.heads import HEAD, Head

_TOP = 400  # characters
_LINES = 8
_MOST_WORDS = 7  # beside those that join
_BODY_LIST = (
    "academy administration agency assembly association authority bank board bureau cabinet "
    "center centre chairman chancellery chiefs command commission committee conference congress "
    "corps council court department directorate embassy federation foundation "
    "government headquarters institute institution laboratory ministry mission office "
    "organisation organization parliament presidency representation secretariat senate "
    "staff treasury tribunal university ministère organisation conseil assemblée "
    "secrétariat ambassade état-major gouvernement présidence sénat comité parlement "
    "institut ministerie ambassade raad kabinet regering ministerium bundesministerium "
    "bundesregierung bundestag amt botschaft rat ministerio secretaría consejo embajada gobierno "
    "ministero consiglio ambasciata ministério conselho embaixada"
)
_BODY = _BODY_LIST.split()
_NAMED = re.compile(
    rf"(?:.* )?(?:{'|'.join(_BODY)})"
    r"(?: (?:of|for|on|to|in|de|du|des|d’|voor|van|der|für|del|di|da)\b.*"
    r"| unies| générale?| national| européenne?)?",
    re.IGNORECASE,
)
_JOINS_LIST = "of the and for to on in de du des d la le les et van het der den und für"
_JOINS = frozenset(_JOINS_LIST.split())
_KINDS = (
    r"(?:instruction|directive|manual|notice|regulation|memorandum|order|publication|pamphlet"
    r"|circular|bulletin|press release|news release|communiqué)s?$"
)
_KIND = re.compile(rf"\s+{_KINDS}", re.IGNORECASE)
_ENDS_NAME = re.compile(rf"\d|^{_KINDS}", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:strateg|report|guid|plan|polic|review|histor|list|handbook|treat|agree|convention|protocol"
    r"|statement|speech|remarks|reform|role|future|election|relation|cooperation|act of|charter"
    r"|statut|members? of|resolution|session|agenda)",
    re.IGNORECASE,
)
_ARTICLES = ("the ", "le ", "la ", "les ", "l’", "de ", "het ", "der ", "die ", "das ", "el ")
_PLAIN = re.compile(r"[^\W\d_][\w.’'&-]*")
# The emblem stands between the words, and recognised pages make letters of it.
_UNITED_NATIONS = re.compile(r"\bUNITED\W+(?:\w{1,3}\W+)?NATIONS\b")
_OFFICIAL = re.compile(
    r"\bDistr\b|^DISTRIBUTION\b|^NUMBER \d|^(?:DIRECTIVE|INSTRUCTION|An Act|NOTE VERBALE)$"
    r"|\bPOSTAL ADDRESS\b|presents its compliments|^MEMORANDUM FOR\b|\bPRESS RELEASE\b",
    re.MULTILINE,
)


def issuer_at_head(head: Head, *, dated: bool) -> str | None:
    """The body that the letterhead names; None where no sign says that there is a letterhead.

    Such a sign is a date of issue, with `dated`, or what else only official documents have. Where
    headings are marked up, the first lines are titles.
    """
    official = any(_OFFICIAL.search(text) for text in (head.text[:HEAD], "\n".join(head.top)))
    if head.marked_up or not (dated or official):
        return None
    lines = [*_lines(head.text[:_TOP]), *_whole(head.top)]
    # Without such a sign, what is a title or begins as one speaks of the body.
    top = (
        line
        for line in lines
        if official or not (line in head.apart or line.lower().startswith(_ARTICLES))
    )
    return next(filter(None, map(_body, top)), None)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()][:_LINES]


def _whole(top: Sequence[str]) -> Iterator[str]:
    """The lines as printed that do not go on in the next: there stands a number, or a kind."""
    for line, following in pairwise(top):
        if _ENDS_NAME.search(following):
            yield line.strip()


def _body(line: str) -> str | None:
    """The body that a line names and says nothing else than its name."""
    if _UNITED_NATIONS.search(line):
        return "United Nations"
    name = _KIND.sub("", line).strip(" *")
    words = name.split()
    telling = [word for word in words if word.lower() not in _JOINS]
    capitals = all(_PLAIN.fullmatch(word) and word[0].isupper() for word in telling)
    if not len(words) > 1 or not capitals or not telling or len(telling) > _MOST_WORDS:
        return None
    if _ABOUT.search(name) or not _NAMED.fullmatch(name):
        return None
    return _readable(words) if name.isupper() else name


def _readable(words: list[str]) -> str:
    """A name in capitals, as it is written in a sentence."""
    small = (word.lower() for word in words)
    return " ".join(
        word if word in _JOINS and i else word[:1].upper() + word[1:]
        for i, word in enumerate(small)
    )
