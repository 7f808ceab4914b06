"""The several things that a question asks for, or ends on: what "they" and "the ones" may be."""

import re

from assistant.retrieval.grammar import PRONOUNS
from assistant.retrieval.standalone import subject

ORDINAL = re.compile(r"(?:first|second|third|fourth|fifth|last|others?)(?: ones?)?", re.IGNORECASE)
"""What only says which of those spoken of is meant."""
UNFIT = re.compile(
    r"^(?:when|where|why|how|what|who|if|whether|best|good|bad)\b|"
    rf"\b(?:{PRONOUNS})\b",
    re.IGNORECASE,
)
"""What names nothing."""
_SEVERAL_OF = re.compile(
    r"^(?:the|les)\s+(?:[a-zà-ÿ-]+\s+){0,2}[a-zà-ÿ-]{2,}(?<![sui])s\s+(?:of|de|du|des)\s.{1,40}$"
)
_SEVERAL_HAD = re.compile(
    r"\b(?:have|has|had|uses?|needs?|sends?|holds?|includes?|contains?|covers?|produces?)\s+"
    r"(?P<np>(?:[a-z-]+\s)?[a-z]{2,}(?<![sui])s)$"
)
_ENDS_ON_SEVERAL = re.compile(
    r"\b(?:about|of|on|for|to|with|regarding|against|hosts?|has|have|had|sends?|sent|covers?|"
    r"protects?|protected|sur|pour|des|aux)\s+(?:the\s+|les\s+)?"
    r"(?P<np>(?:[a-zà-ÿ-]+\s){0,2}[a-zà-ÿ]{3,}(?<![suiq])s(?:\s(?:of|de)\s[a-zà-ÿ]+)?)$"
)


def several_had(question: str, thing: str) -> str:
    """What several things of one thing a question asks for: "the objectives of NATO"."""
    bare = subject(question).rstrip(" ?.!…")
    found = _SEVERAL_OF.match(bare)
    if found and not UNFIT.search(found.group()):
        return found.group()
    had = _SEVERAL_HAD.search(bare)
    return had["np"] if had and had["np"] not in thing else ""


def touched(question: str) -> str:
    """The several things, named in small letters, that a question ends on."""
    found = _ENDS_ON_SEVERAL.search(question.rstrip(" ?.!…"))
    return found["np"] if found and not UNFIT.search(found["np"]) else ""
