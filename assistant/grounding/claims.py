"""Which sentences of a text state something that can be checked."""

import re

from assistant.answers.courtesy import reply
from assistant.retrieval.standalone import content_words

QUESTION = "A question states nothing that could be checked."
HEADING = "A heading states nothing that could be checked."
LEAD = "This only announces what follows."
COURTESY = "This is a courtesy; it states nothing that could be checked."
NOTHING = "This states nothing that could be checked."

_ASKS = re.compile(r"\?[\"”’»)\]]*$")
_STOPS = re.compile(r"[.!?…:;][\"”’»)\]]*$")
# Verbs that a heading rarely has and a statement without a full stop nearly always.
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|may|might|must|shall|should|"
    r"will|would|est|sont|était|étaient|ont|avait|avaient|fut|furent|[a-zà-ÿ]{3,}ed)\b"
)
_FIGURE = re.compile(r"\d")
_LONGEST_HEADING = 12
_LONGEST_LEAD = 10


def states_nothing(words: str, *, alone: bool) -> str:
    """Why a sentence cannot be checked, in words; empty for one that can.

    Args:
        words: the sentence, without bullet and markers.
        alone: whether it has a line to itself, as headings have.
    """
    if not content_words(words):
        return NOTHING
    if _ASKS.search(words):
        return QUESTION
    if reply(words):
        return COURTESY
    count = len(words.split())
    if alone and count <= _LONGEST_HEADING and not _STOPS.search(words) and _titles(words):
        return HEADING
    if words.endswith(":") and count <= _LONGEST_LEAD and not _FIGURE.search(words):
        return LEAD
    return ""


def _titles(words: str) -> bool:
    return not _VERB.search(words)
