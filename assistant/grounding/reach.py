"""What a denial of a text denies: what stands behind it, up to where another statement begins."""

import re
from collections.abc import Iterator

from assistant.grounding.meanings import akin
from assistant.grounding.operators import Operator, Sense, is_operator, operators
from assistant.grounding.terms import Kind, Term, terms

# Behind these something else is said, of which a denial before tells nothing.
_GOES_ON = re.compile(
    r"[;:—–]|(?<!\b[A-Z])[.!?](?=\s)|,?\s+(?:but|although|though|however|while|whereas|instead|rather|until|"
    r"mais|tandis)\b|,\s+(?:and|et)\b"
)
_OF_NONE = re.compile(r"\b(?:nothing|nobody|no\s+one|none|neither|aucun|rien)\b", re.IGNORECASE)
# Who is prevented from something does not do it.
_PREVENTED = re.compile(
    r"\b(?:prevent|prohibit|forbid|forbad|bann|barr|exempt|refus|reject|unable|unwilling)\w*",
    re.IGNORECASE,
)
# "Relations between the two were never established": there are none.
_NEVER_CAME_TO_BE = re.compile(
    r"\b(?:was|were|has|have|had|is|are)\s+(?:never|not)\s+(?:been\s+)?(?:\w+ly\s+)?(?:established|"
    r"created|formed|founded|opened|built|held|made|given|granted|concluded|signed|agreed|reached)\b"
)
_DENIED_ANY = re.compile(
    r"\b(?:not|never|without|nor|neither|no\s+\w+)\b(?:\s+[\w’'-]+){0,8}?\s+any\s+"
    r"(?P<what>[\w’'-]+(?:\s+[\w’'-]+){0,3})",
    re.IGNORECASE,
)


def is_content(*words: Term) -> bool:
    """Whether all of the words tell something."""
    return all(one.kind is not Kind.COMMON and not is_operator(one) for one in words)


def denials_of(text: str) -> list[Operator]:
    """Every word of a text that denies something."""
    return [one for one in operators(text) if one.sense is Sense.NOT]


def denies(term: Term) -> bool:
    """Whether a word denies by itself."""
    return any(one.sense is Sense.NOT for one in operators(term.text))


def has_akin(key: str, text: str) -> bool:
    """Whether a text has a word akin to that of the key."""
    return any(akin(key, one.key) for one in terms(text))


def reaches(text: str) -> Iterator[frozenset[str]]:
    """What stands behind each denial, up to where another statement begins.

    Of what never came to be, what stands before it.
    """
    for found in _NEVER_CAME_TO_BE.finditer(text):
        yield _before(text, found.start())
    behind = [one.end for one in terms(text) if one.kind is not Kind.NUMBER and denies(one)]
    behind += [one.end() for one in _PREVENTED.finditer(text)]
    for start in behind:
        end = _GOES_ON.search(text, start)
        reach = terms(text[start : end.start() if end else None])
        yield frozenset(one.key for one in reach if is_content(one))


def _before(text: str, end: int) -> frozenset[str]:
    """What stands before a place, from where its statement begins."""
    begins = [one.end() for one in _GOES_ON.finditer(text, 0, end)]
    found = terms(text[begins[-1] if begins else 0 : end])
    return frozenset(one.key for one in found if is_content(one))


def never_was(sentence: str, span: str) -> str:
    """The denial by which the span says that most of what the sentence speaks of never was."""
    said = frozenset(one.key for one in terms(sentence) if is_content(one))
    for found in _NEVER_CAME_TO_BE.finditer(span):
        if 2 * len(said & _before(span, found.start())) > len(said):
            return "never" if "never" in found.group() else "not"
    return ""


def said_of_none(sentence: str, span: str) -> str:
    """The word by which the span says of nothing and nobody most of what the sentence says."""
    said = frozenset(one.key for one in terms(sentence) if is_content(one))
    for one in _OF_NONE.finditer(span):
        end = _GOES_ON.search(span, one.end())
        reach = terms(span[one.end() : end.start() if end else None])
        if 2 * len(said & {each.key for each in reach}) > len(said) > 1:
            return one[0].lower()
    return ""


def denied_by_any(text: str) -> Iterator[str]:
    """What a denial denies by "any": "not be subject to any form of arrest" denies the arrest."""
    for match in _DENIED_ANY.finditer(text):
        yield from (one.key for one in terms(match["what"]) if is_content(one))
