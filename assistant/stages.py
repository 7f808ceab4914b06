"""What is known of a question after each step of the chain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter

from assistant.answers.draft import Draft, PartFound
from assistant.retrieval.message import MessagePart
from assistant.types import Passage, Question, StandaloneQuestion


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made standalone. `asked_at` is a `perf_counter` reading, in seconds.

    `parts` are the questions of a message that asks several, and those of a comparison; empty where
    it asks one thing. `courtesy` is said to what asks the library nothing; what `retells` asks for
    the answer before it once more, and is read as the question before it.
    """

    question: Question
    standalone: StandaloneQuestion
    as_of: datetime
    asked_at: float
    parts: tuple[MessagePart, ...] = ()
    understand_ms: float = 0.0
    courtesy: str = ""
    retells: bool = False


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A resolved question with its passages, best first, and how long they took, in ms.

    `lacking` says what could not be searched, or is None. `mended` are words that the library does
    not have, with those of its own that were searched in their place.
    """

    resolved: Resolved
    passages: tuple[Passage, ...]
    retrieve_ms: float
    parts: tuple[PartFound, ...] = ()
    lacking: str | None = None
    mended: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer as drafted, not yet proved."""

    retrieved: Retrieved
    draft: Draft


def ms_since(started: float) -> float:
    """Milliseconds since a reading of `perf_counter`, to a tenth."""
    return round((perf_counter() - started) * 1000, 1)
