"""What is known of a question after each step of the chain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assistant.answers.draft import Draft, PartFound
from assistant.types import Passage, Question, StandaloneQuestion


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made standalone. `asked_at` is a `perf_counter` reading, in seconds.

    `parts` are the questions of a message that asks several; empty where it asks one. A comparison
    is asked as it stands and of each of its `sides`, whose names come in the order of the parts:
    the first part, which is the whole, has none.
    """

    question: Question
    standalone: StandaloneQuestion
    as_of: datetime
    asked_at: float
    parts: tuple[StandaloneQuestion, ...] = ()
    sides: tuple[str, ...] = ()
    understand_ms: float = 0.0


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
