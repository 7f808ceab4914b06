"""The address of a source, as whoever asks is shown it."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Annotated

from pydantic import AfterValidator


def whole(source_uri: str) -> str:
    """The address as it is."""
    return source_uri


shown: ContextVar[Callable[[str], str]] = ContextVar("shown", default=whole)
"""How addresses are shown in what is being done: as they are, unless the gate says otherwise."""


def as_shown(source_uri: str) -> str:
    """The address as whoever asks now is shown it."""
    return shown.get()(source_uri)


SourceUri = Annotated[str, AfterValidator(as_shown)]
"""An address of a source in what is sent out, and in what was kept of it."""
