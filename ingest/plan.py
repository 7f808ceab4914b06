"""What a run has to do: told from size, time and content, before anything is parsed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from assistant.errors import SourceUnreadableError
from assistant.ports import Ledger
from assistant.types import KnownFailure, SourceFailure, SourceState
from ingest.loaders.load import LOADER_VERSION
from ingest.sources import Source


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """The sources to take in, and what is known of the others.

    `unchanged` counts sources whose content is the same; those of them with a new time are
    `touched`, which the run remembers.
    """

    work: tuple[Source, ...]
    unchanged: int
    touched: tuple[SourceState, ...]
    failed: tuple[SourceFailure, ...]


def plan(sources: Iterable[Source | SourceFailure], ledger: Ledger) -> IngestPlan:
    """What to do about these sources; one that comes twice counts once."""
    known, failures = ledger.sources(), ledger.failures()
    seen: set[str] = set()
    work: list[Source] = []
    touched: list[SourceState] = []
    failed: list[SourceFailure] = []
    unchanged = 0
    for source in sources:
        name = source.source if isinstance(source, SourceFailure) else source.uri
        if name in seen:
            continue
        seen.add(name)
        if isinstance(source, SourceFailure):
            failed.append(source)
            continue
        match _compared(source, known.get(source.uri), failures.get(source.uri)):
            case "changed":
                work.append(source)
            case "same":
                unchanged += 1
            case SourceState() as state:
                unchanged += 1
                touched.append(state)
            case SourceFailure() as failure:
                failed.append(failure)
    return IngestPlan(tuple(work), unchanged, tuple(touched), tuple(failed))


def _is_as_it_failed(source: Source, failure: KnownFailure) -> bool:
    # Bytes that were sent have no time: they are tried each time.
    if source.data is not None or failure.loader != LOADER_VERSION:
        return False
    return (failure.size, failure.mtime_ns) == (source.size, source.mtime_ns)


def _compared(
    source: Source, state: SourceState | None, failure: KnownFailure | None
) -> Literal["changed", "same"] | SourceState | SourceFailure:
    """Whether a source changed; a new state where only its time did; why it cannot be read."""
    if failure is not None and _is_as_it_failed(source, failure):
        return failure.failure
    if state is None or (state.loader, state.size) != (LOADER_VERSION, source.size):
        return "changed"
    # Bytes that were sent have no time: only their content tells.
    if source.data is None and state.mtime_ns == source.mtime_ns:
        return "same"
    try:
        sha256 = hashlib.sha256(source.read()).hexdigest()
    except SourceUnreadableError as error:
        return SourceFailure(source.uri, type(error).__name__, str(error))
    if sha256 != state.sha256:
        return "changed"
    return replace(state, mtime_ns=source.mtime_ns)
