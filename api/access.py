"""Who is calling, and what is theirs."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends

Role = Literal["reader", "librarian", "administrator"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling: `name` owns what the caller makes."""

    name: str
    role: Role


LOCAL = Caller("local", "administrator")
"""Whoever reaches a server without keys, which listens on loopback only."""


def caller() -> Caller:
    """The caller of this request."""
    return LOCAL


CallerDep = Annotated[Caller, Depends(caller)]
