"""What a run has to do, as it was planned."""

from dataclasses import dataclass

from assistant.types import Look, Move, SourceFailure, SourceState
from ingest.sources import Source


@dataclass(frozen=True, slots=True)
class Copy:
    """A source with the content of another, whose URI is `of`."""

    source: Source
    of: str
    look: Look


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """The sources to take in, and what is known of the others.

    `unchanged` counts sources whose content is the same; `same` names those of them that are known
    to be a document, or a copy of one, and those with a new time are `touched`. `removed` are
    documents, and `gone` other known sources, that a mirrored folder no longer holds.
    """

    work: tuple[Source, ...] = ()
    unchanged: int = 0
    touched: tuple[SourceState, ...] = ()
    failed: tuple[SourceFailure, ...] = ()
    moved: tuple[Move, ...] = ()
    copies: tuple[Copy, ...] = ()
    removed: tuple[SourceState, ...] = ()
    gone: tuple[str, ...] = ()
    same: tuple[tuple[str, SourceState], ...] = ()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is to be read, so that neither parsers nor models are needed."""
        return not self.work
