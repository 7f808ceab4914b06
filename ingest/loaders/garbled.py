"""Text that is none: characters a font gives no meaning, or a wrong one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.loaders.decode import repaired
from ingest.loaders.lines import Line

MOSTLY = 0.5  # of the characters
FEWEST_WORDS = 20
ODD_SHARE = 0.35  # of the words of a page

# What stands for characters unknown: controls, the replacement character, private use.
_STRANGE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
# Two characters that UTF-8 taken for a Western encoding begins with, as in `dÃ©fense`.
_TWICE = re.compile("[ÂÃâ][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u2122]")
# A capital or sign amid small letters, as no language writes it, or Latin letters hardly in use.
_ODD = re.compile(
    r"[a-zà-ÿ][A-ZÀ-Þ\d]+[a-zà-ÿ]|[A-Za-z][^\w\s'’.,:;/&@()\[\]–—-]+[A-Za-z]|[A-Za-z]\d+[A-Za-z]+\d"
    r"|[A-Za-z]+[”’/:]+[A-Z]+[”’/:]|[\u01c4-\u01ff\u0221-\u024f\u1d00-\u1dbf]|[\ufffd\ue000-\uf8ff]"
)


def is_unreadable(text: str) -> bool:
    """Whether most characters are such as a font gives that does not say what it shows."""
    if _STRANGE.search(text) is None:
        return False
    return len(_STRANGE.findall(text)) > MOSTLY * len("".join(text.split()))


def is_garbled(text: str) -> bool:
    """Whether much of a page is such as no language has, as with a wrong encoding."""
    words = text.count(" ") + 1
    return words >= FEWEST_WORDS and len(_ODD.findall(text)) > ODD_SHARE * words


def is_encoded_twice(text: str) -> bool:
    """Whether there is something in it that looks like UTF-8 taken for another encoding."""
    return _TWICE.search(text) is not None


def mended(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those put right that were encoded twice."""
    return [
        replace(line, text=" ".join(repaired(line.text)[0].split()))
        if is_encoded_twice(line.text)
        else line
        for line in lines
    ]
