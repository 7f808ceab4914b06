"""Accents that a PDF prints as signs of their own over a letter, put together with it."""

import re
import unicodedata
from collections.abc import Callable

import pypdfium2.raw as raw  # type: ignore[import-untyped]

_COMBINING = dict(
    zip(
        "`´ˆ˜¨˚¸ˇ˘¯˙",
        "\u0300\u0301\u0302\u0303\u0308\u030a\u0327\u030c\u0306\u0304\u0307",
        strict=True,
    )
)
_ACCENT = re.compile(f"[{''.join(_COMBINING)}]")
_UNDOTTED = {"ı": "i", "ȷ": "j"}
OVER = 0.5  # of the narrower one: how far an accent and its letter stand over one another


def composed(body: str, place: Callable[[int], raw.FS_RECTF]) -> str:
    """The line with each accent that stands over a letter beside it made one with the letter.

    `place` tells where the character at an index of the line stands; an accent that stands alone,
    as one typed for an apostrophe does, stays.
    """
    if _ACCENT.search(body) is None:
        return body
    parts = list(body)
    for found in _ACCENT.finditer(body):
        at = found.start()
        for beside in (at + 1, at - 1):
            if 0 <= beside < len(body) and _joined(parts, at, beside, place):
                break
    return "".join(parts)


def _joined(parts: list[str], at: int, beside: int, place: Callable[[int], raw.FS_RECTF]) -> bool:
    """Whether the accent was put on the letter beside it."""
    letter = _UNDOTTED.get(parts[beside], parts[beside])
    whole = unicodedata.normalize("NFC", letter + _COMBINING[parts[at]])
    if not letter.isalpha() or len(whole) != 1 or not _over(place(at), place(beside)):
        return False
    parts[beside], parts[at] = whole, ""
    return True


def _over(one: raw.FS_RECTF, other: raw.FS_RECTF) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return bool(shared > OVER * min(one.right - one.left, other.right - other.left))
