"""What a model writes, on its way to the reader: without addresses, links, images or markup.

An address can carry away what the model was shown, as soon as somebody's program loads it. So none
leaves that the passages do not hold, word for word, and what Markdown or HTML would make of the
rest is taken apart.
"""

import re
from collections.abc import Sequence

from assistant.types import Passage

# Where a scheme or a host begins; what follows up to the next blank belongs to it.
_BEGINS = r"(?:\b(?:[a-z][a-z0-9+.-]{1,15}://|(?:javascript|data|mailto):)|//\w|www\.)"
_ADDRESS = re.compile(rf"{_BEGINS}\S*", re.I)
# What Markdown makes a link's target, with one pair of brackets inside.
_TARGET = re.compile(rf"(?<=\])\(<?({_BEGINS}(?:[^\s()]|\([^\s()]*\))*)\)", re.I)
_CLOSING = ".,;:!?)]»”’\"'"
_AROUND = "()[]<>{}\"'“”‘’«».,;:!?…*_`"
_IMAGE = re.compile(r"!(?=\[)")
_LINK = re.compile(r"\](?=[(\[:])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LONGEST_WORD = 2000  # characters held back at most


class Inert:
    """Takes a text in pieces and gives it back inert. One for each answer."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._known = {
            word.strip(_AROUND)
            for passage in passages
            for found in _ADDRESS.finditer(passage.text)
            for word in (found[0], *re.split(r"[()<>\[\]]", found[0]))
        }
        self._held = ""

    def take(self, piece: str) -> str:
        """What may be shown so far; a word that has not ended is held back."""
        text = self._held + piece
        end = max(text.rfind(" "), text.rfind("\n"), text.rfind("\t")) + 1
        if len(text) - end > _LONGEST_WORD:
            end = len(text)
        self._held = text[end:]
        return self._made(text[:end])

    def end(self) -> str:
        """What was held back."""
        text, self._held = self._held, ""
        return self._made(text)

    def _made(self, text: str) -> str:
        text = _ADDRESS.sub(self._address, _TARGET.sub(self._target, text))
        return _TAG.sub("‹", _LINK.sub("] ", _IMAGE.sub("", text)))

    def _target(self, found: re.Match[str]) -> str:
        return found[0] if found[1].strip(_AROUND) in self._known else ""

    def _address(self, found: re.Match[str]) -> str:
        """The address, or what closes the sentence or the brackets that it stood in."""
        if found[0].strip(_AROUND) in self._known:
            return found[0]
        return found[0][len(found[0].rstrip(_CLOSING)) :]
