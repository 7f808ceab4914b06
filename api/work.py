"""What the server has on its hands: questions that wait, questions it answers, and its own end."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

current_request: ContextVar[str | None] = ContextVar("current_request", default=None)
"""The id of the request that is being served, for what is logged meanwhile."""


class Work:
    """Counts questions, and says that the server is ending. Of one event loop alone."""

    def __init__(self) -> None:
        self.waiting = 0
        self.answering = 0
        self.ending = False

    @property
    def going_on(self) -> bool:
        """Whether a question waits or is being answered."""
        return self.waiting + self.answering > 0

    @contextmanager
    def one_waits(self) -> Iterator[None]:
        """A question waits for as long as this is open."""
        self.waiting += 1
        try:
            yield
        finally:
            self.waiting -= 1

    @contextmanager
    def one_is_answered(self) -> Iterator[None]:
        """A question is being answered, or its answer sent, for as long as this is open."""
        self.answering += 1
        try:
            yield
        finally:
            self.answering -= 1
