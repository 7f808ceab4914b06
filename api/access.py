"""Who is calling. The gate (`api.gate`) finds out before any route runs; routes ask for it here."""

from typing import Annotated

from fastapi import Depends, Request

from assistant.access.keys import Caller

__all__ = ["STATE", "Caller", "CallerDep", "caller_of"]

STATE = "caller"
"""Where in the state of a request the gate puts the caller."""


def caller_of(request: Request) -> Caller:
    """Who sent this request: their name, role, clearances and groups."""
    caller: Caller = request.scope["state"][STATE]
    return caller


CallerDep = Annotated[Caller, Depends(caller_of)]
