"""How a text became another: by sentences first, then by words where sentences differ."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from assistant.errors import DocumentNotFoundError
from assistant.library.matching import matches
from assistant.types import Change, Version

_SENTENCE = re.compile(r"((?<=[.!?…])\s+|\n\s*)")
# "4,000", "co-operate" and "l’article" are words: half of one says nothing.
_WORD = re.compile(r"\w+(?:[-'’.,/]\w+)*|\s+|[^\w\s]")
_SAME = 0.3
"""Sentences with less in common than this are replaced as a whole: bits of them say nothing."""
_LONGEST = 50_000
"""Characters of a part that is compared word by word."""
_MOST = 20_000
"""Changes told word by word; those that follow are told by sentences."""


def before(versions: Sequence[Version], later: Version) -> Version:
    """The version that stood before this one, of periods that come newest first.

    Raises:
        DocumentNotFoundError: none did.
    """
    for version in versions[versions.index(later) + 1 :]:
        if version.version_id != later.version_id:
            return version
    raise DocumentNotFoundError(
        f"No version of document {later.document_id!r} stood before {later.version_id!r}, so "
        "there is nothing to compare it with. List its versions and name two of them."
    )


def differences(old: str, new: str) -> list[Change]:
    """The changes in order, equal parts included: their spans tile both texts."""
    changes: list[Change] = []
    for change in _compared(old, new, (0, len(old)), (0, len(new)), _sentences):
        fine = change.kind == "replace" and len(changes) < _MOST
        for part in _refined(old, new, change) if fine else (change,):
            _append(changes, part)
    return changes


def _refined(old: str, new: str, change: Change) -> Sequence[Change]:
    """The change told by words, where enough of the words are the same."""
    here, there = (change.from_start, change.from_end), (change.to_start, change.to_end)
    longest = max(here[1] - here[0], there[1] - there[0])
    if longest > _LONGEST:
        return [change]
    told = _without_crumbs(old, list(_compared(old, new, here, there, _words)))
    same = sum(each.from_end - each.from_start for each in told if each.kind == "equal")
    return told if same >= _SAME * longest else [change]


def _without_crumbs(old: str, changes: Sequence[Change]) -> list[Change]:
    """Two changes with nothing but a space or a sign between them are one."""
    joined: list[Change] = []
    for number, change in enumerate(changes):
        said = re.search(r"\w", old[change.from_start : change.from_end])
        crumb = change.kind == "equal" and not said and number < len(changes) - 1
        if joined and joined[-1].kind != "equal" and (change.kind != "equal" or crumb):
            joined[-1] = _change(
                (joined[-1].from_start, change.from_end), (joined[-1].to_start, change.to_end)
            )
        else:
            joined.append(change)
    return joined


def _append(changes: list[Change], change: Change) -> None:
    """Adds the change; equal parts side by side are one."""
    last = changes[-1] if changes else None
    if last is not None and last.kind == change.kind == "equal":
        changes[-1] = _change(
            (last.from_start, change.from_end), (last.to_start, change.to_end), equal=True
        )
    else:
        changes.append(change)


def _compared(
    old: str,
    new: str,
    here: tuple[int, int],
    there: tuple[int, int],
    parts: Callable[[str], list[str]],
) -> Iterator[Change]:
    ours, theirs = parts(old[here[0] : here[1]]), parts(new[there[0] : there[1]])
    ends = list(accumulate(map(len, ours), initial=here[0]))
    stops = list(accumulate(map(len, theirs), initial=there[0]))
    at, beside = 0, 0
    for i, j, length in [*matches(ours, theirs), (len(ours), len(theirs), 0)]:
        if at < i or beside < j:
            yield _change((ends[at], ends[i]), (stops[beside], stops[j]))
        if length:
            yield _change((ends[i], ends[i + length]), (stops[j], stops[j + length]), equal=True)
        at, beside = i + length, j + length


def _sentences(text: str) -> list[str]:
    """Sentences and the space between them, each an item of its own."""
    return [part for part in _SENTENCE.split(text) if part]


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _change(here: tuple[int, int], there: tuple[int, int], *, equal: bool = False) -> Change:
    if equal:
        return Change("equal", *here, *there)
    if here[0] == here[1]:
        return Change("insert", *here, *there)
    return Change("delete" if there[0] == there[1] else "replace", *here, *there)
