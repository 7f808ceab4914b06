"""Text from outside as it may be shown and passed on: nothing hidden in it, nothing that loads."""

import re

# What has no shape of its own, turns the order of letters, or steers a terminal. Joiners and
# selectors are left to the scripts and emoji that need them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    "|(?<![\u0590-\u1fff\u2190-\u2bff\u3000-\u9fff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
    "|(?<![#*0-9\xa9\xae\u2000-\u2bff\u3000-\u9fff\U0001f000-\U0001faff])[\ufe00-\ufe0f]"
)
# Markers in a row refer to nothing while no "[1]:" says what they are.
_LOADS = re.compile(r"\](?!\[\d+\])(?=[(\[:])|<(?=[A-Za-z/!])")


def plain(text: str) -> str:
    """The text with a visible sign, such as ‹U+202E›, for every character that would hide."""
    return _HIDDEN.sub(lambda match: f"‹U+{ord(match[0]):04X}›", text)


def inert(text: str) -> str:
    """The text with a space in it where Markdown or HTML would begin a link, an image or a tag."""
    return _LOADS.sub(lambda match: f"{match[0]} ", text)
