"""The wire types of the server itself: whether it is ready, whom it serves, and what went wrong."""

from typing import Literal

from pydantic import BaseModel


class TaskProgress(BaseModel):
    """How far a task over the whole library is; a `total` of 0 is not known."""

    what: str
    done: int
    total: int


class Health(BaseModel):
    """The process is alive."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """What answers, and from how much.

    The last three are null for who sends no key to a server that asks for one.
    """

    status: Literal["ready"]
    version: str
    answerer: str
    embedder: str
    documents: int | None
    chunks: int | None
    home: str | None


SESSION_COOKIE = "attache_key"
"""Where a browser that was signed in keeps its key."""


class SessionOut(BaseModel):
    """By which name and role a request is served; `keyed` where a key says so."""

    name: str
    role: Literal["reader", "librarian", "administrator"]
    keyed: bool


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
