"""How long work says how far it is."""

from collections.abc import Callable

Tell = Callable[[str, int, int], None]
"""Told what is being done, and how many of how many are done."""


def untold(_what: str, _done: int, _total: int) -> None:
    """Tells nobody."""
