"""Passages as a chat model is shown them: numbered, delimited, and unable to pass for more."""

import re
import secrets
from collections.abc import Sequence

from assistant.instructions import spoken
from assistant.types import Passage, StandaloneQuestion
from prompts import Prompt

# Of a width that no chance repeats; drawn for each prompt, so that no document can know it.
_BOUNDARY_BYTES = 9
# What numbers a passage, and what some models take for the beginning of a turn.
_FORGED = re.compile(r"\[(\s*/?(?:INST|SYS)\s*|\s*\d{1,4}(?:\s*,\s*\d{1,4})*\s*)\]", re.IGNORECASE)
# Models' own marks of turns stand in angle brackets, and are read as such even inside a text.
_ANGLES = str.maketrans({"<": "‹", ">": "›", "＜": "‹", "＞": "›"})
# Where a sentence ends, roughly: too much left out costs a sentence, too little an order.
_STOP = re.compile(r"(?<=[.!?…])\s+|\n+")
LEFT_OUT = "(…)"


def answer_prompt(prompt: Prompt, question: StandaloneQuestion, passages: Sequence[Passage]) -> str:
    """The prompt for an answer, with the passages numbered by rank."""
    return prompt.render(
        boundary=f"PASSAGES-{secrets.token_hex(_BOUNDARY_BYTES)}",
        passages="\n\n".join(_numbered(passage) for passage in passages),
        question=question.text.translate(_ANGLES),
    )


def as_data(text: str) -> str:
    """The text as a model is shown it: it numbers no passage, begins no turn and gives no orders.

    A line or sentence that speaks to a model is left out, and "(…)" stands in its place; what is
    quoted to the reader is the passage itself.
    """
    shown, at = "", 0
    for one in spoken(text):
        if one.start >= at:
            first, last = _sentence_around(text, one.start, one.end)
            shown += f"{text[at : max(at, first)]}{LEFT_OUT}"
            at = last
    return _FORGED.sub(r"(\1)", (shown + text[at:]).translate(_ANGLES))


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    before = [match.end() for match in _STOP.finditer(text, 0, start)]
    after = _STOP.search(text, end)
    return before[-1] if before else 0, after.start() if after else len(text)


def _numbered(passage: Passage) -> str:
    stored = passage.stored
    where = dict.fromkeys([stored.metadata.title, *stored.chunk.headings])
    # A title or a heading is one line: a second could pass for the beginning of a passage.
    named = " > ".join(as_data(" ".join(part.split())) for part in where)
    return f"[{passage.rank}] {named}\n{as_data(passage.text)}"
