"""The order of markings, lowest first."""

from collections.abc import Iterable

ORDER = (
    "NATO UNCLASSIFIED",
    "UNCLASSIFIED",
    "OFFICIAL",
    "NATO RESTRICTED",
    "RESTRICTED",
    "NATO CONFIDENTIAL",
    "CONFIDENTIAL",
    "NATO SECRET",
    "SECRET",
    "COSMIC TOP SECRET",
    "TOP SECRET",
)


def highest(markings: Iterable[str | None]) -> str | None:
    """The highest of the markings, None where there is none.

    A marking that is not in `ORDER` counts as higher than any that is: what cannot be placed is
    never shown as harmless.
    """
    named = [marking for marking in markings if marking]
    return max(named, key=_rank, default=None)


def _rank(marking: str) -> int:
    name = marking.upper()
    return ORDER.index(name) if name in ORDER else len(ORDER)
