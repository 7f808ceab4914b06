"""What an answerer hands over: text as it is composed, then the whole draft to be proved."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.types import Outcome, Passage, StandaloneQuestion, StoredChunk, TextDelta


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of the draft, or a cell of a table, taken verbatim from the library.

    `[start, end)` is its span of the draft's text; `[quote_start, quote_end)` the same words in
    the version's text. Cells of one row have the same `marker`.
    """

    start: int
    end: int
    source: StoredChunk
    quote_start: int
    quote_end: int
    marker: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its proof.

    An extractive draft names its `quotations`; one that a model wrote has none, and its markers
    `[n]` are ranks of passages. `confidence` is the probability that the library answers, in
    [0, 1], where it was estimated; `unquotable` says of an abstention that the library likely
    answers, though no sentence by itself has what is asked for. `outcome` is one of those of an
    answer; `missing` and `readings` are those of the answer to be.
    """

    text: str
    answered_by: str
    abstained: bool = False
    quotations: tuple[Quotation, ...] = ()
    prompt_version: str | None = None
    note: str | None = None
    confidence: float | None = None
    unquotable: bool = False
    outcome: Outcome = "answered"
    missing: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartFound:
    """One of the questions that a message asks, with its own passages, best first.

    A comparison comes with its two sides behind it, each a part that says which `side` it is.
    """

    question: StandaloneQuestion
    passages: tuple[Passage, ...]
    side: str = ""


class Answerer(Protocol):
    """Composes an answer from passages."""

    @property
    def name(self) -> str:
        """`extractive`, or the chat model's name."""

    def compose(
        self,
        question: StandaloneQuestion,
        passages: Sequence[Passage],
        parts: Sequence[PartFound] = (),
    ) -> AsyncIterator[TextDelta | Draft]:
        """Pieces of text as they come, then one `Draft` with all of it.

        A message that asks several things comes with its `parts`.
        """


async def whole(composing: AsyncIterator[TextDelta | Draft]) -> Draft:
    """The draft at the end of a composition, its pieces passed over."""
    async for part in composing:
        if isinstance(part, Draft):
            return part
    raise AssertionError("a composition ends with its draft")
