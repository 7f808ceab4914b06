"""The sources that a run was asked to take in, found anew each time it is begun."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.ports import Ledger
from assistant.runs import RunRequest
from assistant.types import SourceFailure
from ingest.mirror import path_of
from ingest.plan import IngestPlan, plan
from ingest.sources import Source, addressed, find, is_address, sent


def plan_request(request: RunRequest, ledger: Ledger, uploads: Path) -> IngestPlan:
    """What a run has to do to fulfil a request; uploaded files lie in `uploads`, by number."""
    mirrored = [Path(name) for name in request.sources] if request.kind == "sync" else []
    sources = _sources(request, uploads)
    return plan(sources, ledger, mirrored=mirrored, force=request.force)


def _sources(request: RunRequest, uploads: Path) -> Iterable[Source | SourceFailure]:
    if request.kind == "upload":
        return _uploaded(request.sources, uploads)
    if request.kind == "starter":
        found = find([Path(name) for name in request.sources])
        return (one for one in found if not _is_readme(one))
    return _named(request.sources)


def _named(names: tuple[str, ...]) -> Iterator[Source | SourceFailure]:
    for name in names:
        if is_address(name):
            yield addressed(name)
        else:
            yield from find([path_of(name) or Path(name)])


def _uploaded(names: tuple[str, ...], uploads: Path) -> Iterator[Source]:
    for number, name in enumerate(names):
        path = uploads / str(number)
        # A file that was taken in before a restart is gone from here.
        if path.is_file():
            yield sent(name, path)


def _is_readme(source: Source | SourceFailure) -> bool:
    return isinstance(source, Source) and source.name == "README.md"
