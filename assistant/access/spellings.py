"""Markings as documents write them, brought to one name each: the same in English and in French."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.spelling import unaccented

SEPARATOR = "; "
"""What stands between two markings that cannot be compared: whoever reads needs both."""

_OPENLY = r"PUBLICLY DISCLOSED|PUBLIC DISCLOSURE|APPROVED FOR PUBLIC RELEASE"
_RELEASED = re.compile(
    rf"\s*(?:[/(,–—-]\s*)*\b(?:REL(?:EASABLE|EASED)?|{_OPENLY}|COMMUNICABLE A)\b.*",
    re.IGNORECASE,
)
"""What says who else may have it: it opens more, and is no other marking."""
_PUBLIC = re.compile(rf"\W*(?:{_OPENLY})\b", re.IGNORECASE)
_ALLIANCE = r"(?:NATO|OTAN|COSMIC)"
_BEFORE = re.compile(rf"^{_ALLIANCE}\b(?:[\s/–_-]*\b{_ALLIANCE}\b)*[\s/–_-]*(?=\w)")
_AFTER = re.compile(rf"[\s/–_(-]+{_ALLIANCE}(?:\s?/\s?{_ALLIANCE})*\)?$")
_HALVES = re.compile(r"\s*[/|–—]\s*|\s+-\s+")
_HYPHENS = re.compile(r"[\s_-]+")
_TOP = "COSMIC TOP SECRET"
_LEVELS = {
    "UNCLASSIFIED": "NATO UNCLASSIFIED",
    "SANS CLASSIFICATION": "NATO UNCLASSIFIED",
    "NON CLASSIFIE": "NATO UNCLASSIFIED",
    "NON CLASSIFIED": "NATO UNCLASSIFIED",
    "RESTRICTED": "NATO RESTRICTED",
    "DIFFUSION RESTREINTE": "NATO RESTRICTED",
    "RESTREINT": "NATO RESTRICTED",
    "CONFIDENTIAL": "NATO CONFIDENTIAL",
    "CONFIDENTIEL": "NATO CONFIDENTIAL",
    "SECRET": "NATO SECRET",
    "TOP SECRET": _TOP,
    "TRES SECRET": _TOP,
}
"""The alliance's levels, as its documents write them before or behind its name."""
_PORTIONS = {
    "(NU)": "NATO UNCLASSIFIED",
    "(NR)": "NATO RESTRICTED",
    "(NC)": "NATO CONFIDENTIAL",
    "(NS)": "NATO SECRET",
    "(CTS)": _TOP,
}
"""Its levels as they stand before a paragraph."""


@lru_cache(maxsize=4096)
def spelled(name: str) -> str:
    """A marking or group as they are compared: without case, accents and superfluous spaces."""
    return " ".join(unaccented(name).upper().split())


def parts(marking: str) -> tuple[str, ...]:
    """The markings that a text names: several where they cannot be compared."""
    return tuple(filter(None, (part.strip() for part in marking.split(SEPARATOR.strip()))))


def parted(marking: str) -> tuple[str, str]:
    """A marking as it is written, and what follows it and says who else may have it.

    Where nothing but a list of recipients is written, that is the marking: it is for them alone.
    """
    found = _RELEASED.search(marking)
    if found is None or (found.start() == 0 and not _PUBLIC.match(marking)):
        return marking, ""
    return marking[: found.start()], found.group()


@lru_cache(maxsize=4096)
def classified(marking: str) -> str:
    """The marking by its own name, without who else it may be released to."""
    names = (_named(spelled(parted(part)[0])) for part in parts(marking))
    return SEPARATOR.join(dict.fromkeys(filter(None, names)))


def allied_forms() -> Iterator[tuple[str, str]]:
    """The alliance's markings in the orders of words that documents have, and their own names."""
    for level, name in _LEVELS.items():
        names = ("NATO", "OTAN", "NATO OTAN", "OTAN NATO", *["COSMIC"] * (name == _TOP))
        for alliance in names:
            yield f"{alliance} {level}", name
            yield f"{level} {alliance}", name


def _named(name: str) -> str:
    """The name of one marking. What is written in both languages of the alliance is one."""
    own, slashes, caveat = name.partition("//")
    halves = {_allied(half) for half in _HALVES.split(own) if half}
    return (halves.pop() if len(halves) == 1 else _allied(own.strip())) + slashes + caveat


def _allied(name: str) -> str:
    level = _AFTER.sub("", _BEFORE.sub("", name))
    if level == name:
        return _PORTIONS.get(name, name)
    known = _LEVELS.get(_HYPHENS.sub(" ", level))
    if known is not None and ("COSMIC" not in name or known == _TOP):
        return known
    whose = "COSMIC" if "COSMIC" in name else "NATO"
    return f"{whose} {level}"
