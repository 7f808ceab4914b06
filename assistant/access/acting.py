"""Who does what is done now: known from the edge on, and written beside every change."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A caller, a command, or an ingest run. `request_id` ties together what one request did."""

    name: str
    key_id: str = ""
    request_id: str = ""
    run_id: str = ""


COMMAND = Actor("command line")
"""Whoever can write the data directory: commands ask for no key."""
acting: ContextVar[Actor] = ContextVar("acting", default=COMMAND)
"""The one whose doing it is, in this thread or task."""


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """While inside, what is changed is written as done by this one."""
    before = acting.set(actor)
    try:
        yield
    finally:
        acting.reset(before)
