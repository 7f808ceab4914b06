"""What a line of a text is, to one who looks for sentences that answer."""

import re

from assistant.answers.features import refers
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.words import stems

LEADS_IN = re.compile(r"[:—–]\s*$")
# "These attachés often …" stands by itself once the noun is one that was asked about.
_POINTS = re.compile(r"^(?:this|these|such|the same|ces|cette?)\s+((?:\w+\s+)?\w+)", re.IGNORECASE)
# "Both the pilots and the fishermen" names whom it means.
_PAIRS = re.compile(r"^both\s+[^.;:]{2,60}?\s+and\s+\w", re.IGNORECASE)
# "This Agreement", "the present Convention": the text that is cited, by what it is.
_ITSELF = re.compile(
    r"^[\W_]*(?:this|the present|le présent|la présente)\s+(?:\w+\s+)?"
    r"(?:agreement|convention|treaty|protocol|statute|memorandum|charter|covenant|pact|accord|act|law|"
    r"directive|instruction|regulation|resolution|declaration|arrangement|manual|handbook|guide|report|"
    r"(?-i:Article|Section|Annex|Chapter|Part)|traité|accord|protocole|statut|charte|loi|règlement)\b",
    re.IGNORECASE,
)
NAMES_BACK = re.compile(
    r"^[\W_]*the\s+\w+(?:\s+\w+)?,\s+(?:(?:later|also|commonly|widely|better|now|often|"
    r"which (?:became|was|is))\s+){0,2}(?:known|called|dubbed|named)\b|"
    # "Known as the Gull Plan, the offer was refused."
    r"^[\W_]*(?:(?:later|also|commonly|widely|better|now|often)\s+)?(?:known|called|dubbed|named)\s+"
    r"[^,;]{3,60},[”\"]?\s+(?:the|this|these)\s+(?-i:[a-z])",
    re.IGNORECASE,
)
"""Gives what was told before it a name: "The offer, known as the Gull Plan, was refused."."""
# A line of a few words that no point ends and no colon or figure fills.
_HEADING = re.compile(r"^(?:[^\s:\d]+\s+){0,11}[^\s:\d]*[^\s:\d.!?;…»”\")]$")
_LONG_WORD = re.compile(r"(?<![’'‘-])\b[^\W\d_]{5,}")
# "370 DEFENSE SECURITY COOPERATION AGENCY … 598,559" tells a sum to who asks for one, else nothing.
_SUM = re.compile(r"(?:…|\.{3})\s*[\[(]?[–-]?\s*\d")
_PLAIN_WORD = re.compile(r"\b[a-zà-ÿ]{3,}\b")
_FEWEST_PLAIN = 2
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|shall|will|may|must|can|could|should|would|does|did|"
    r"means?|includes?|est|sont|ont|était|sera|seront|doit|peut)\b",
    re.IGNORECASE,
)


def stands(form: QuestionForm, one: Pooled) -> bool:
    """Whether a reader understands the sentence without the one before it."""
    if not refers(one.text) or _PAIRS.match(one.text) or _ITSELF.match(one.text):
        return True
    pointed = _POINTS.match(one.text)
    return pointed is not None and bool(stems(pointed.group(1)) & form.stems)


def is_a_heading(one: Pooled) -> bool:
    """Whether no point ends it, or its long words are written large: "Embassy Closed, 1941."."""
    if _HEADING.match(one.text):
        return True
    words = _LONG_WORD.findall(one.text)
    whole = one.source.stored.chunk.text[one.part.end :].startswith("\n")
    titled = all(word[0].isupper() for word in words)
    return whole and not one.part.bullet and ":" not in one.text and titled and len(words) > 1


def is_a_title(one: Pooled) -> bool:
    """Whether it is a whole line that no point ends and no verb fills, as the title of a treaty."""
    rest = one.source.stored.chunk.text[one.part.end :]
    whole = not rest or rest.startswith("\n")
    open_ended = one.text.rstrip(")")[-1:].isalnum() and ":" not in one.text and not one.part.bullet
    return whole and open_ended and _FINITE.search(one.text) is None


def is_a_line_of_figures(text: str) -> bool:
    """Whether it gives sums beside names, as a line of a budget does."""
    plain = _PLAIN_WORD.findall(text)
    dotted = "…" in text.replace("...", "…") and any(map(str.isdigit, text))
    return _SUM.search(text) is not None or (dotted and len(plain) < _FEWEST_PLAIN)
