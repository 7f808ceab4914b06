"""What a run has to do: told from size, times and content, before anything is parsed."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from assistant.errors import SourceUnreadableError
from assistant.ports import Ledger
from assistant.types import (
    KnownFailure,
    KnownPlace,
    Move,
    SourceFailure,
    SourceState,
)
from ingest.elsewhere import Elsewhere
from ingest.likeness import Hashes, looks_same, may_be_copied
from ingest.loaders.metadata import readable_title
from ingest.loaders.version import LOADER_VERSION
from ingest.mirror import Mirror, path_of
from ingest.planned import Copy, IngestPlan
from ingest.sources import Source

KnownT = TypeVar("KnownT")


def plan(
    sources: Iterable[Source | SourceFailure],
    ledger: Ledger,
    *,
    mirrored: Sequence[Path] = (),
    force: bool = False,
    within: str = "",
    told: Callable[[SourceState], bool] = lambda _: False,
) -> IngestPlan:
    """What to do about these sources; one that comes twice counts once.

    Of the `mirrored` folders, whatever is known and was not among the sources is removed. With
    `force`, what failed before is tried again. Only sources whose URIs begin with `within` are
    compared with: that the library has the same elsewhere is not for everybody to know. It is
    told of those documents alone that `told` says may be, which are never moved.
    """
    standing = ledger.sources()
    planner = _Planner(
        _within(standing, within),
        _within(ledger.places(), within),
        {} if force else _within(ledger.failures(), within),
        Elsewhere(standing.values() if within else (), within, told),
    )
    for source in sources:
        planner.consider(source)
    if mirrored:
        planner.mirror(Mirror.of(mirrored))
    return planner.plan()


def _within(known: Mapping[str, KnownT], beginning: str) -> Mapping[str, KnownT]:
    return {uri: one for uri, one in known.items() if uri.startswith(beginning)}


@dataclass(slots=True)
class _Planner:
    known: Mapping[str, SourceState]
    places: Mapping[str, KnownPlace]
    failures: Mapping[str, KnownFailure]
    elsewhere: Elsewhere
    seen: set[str] = field(default_factory=set)
    failed_paths: list[str] = field(default_factory=list)
    work: list[Source] = field(default_factory=list)
    touched: list[SourceState] = field(default_factory=list)
    failed: list[SourceFailure] = field(default_factory=list)
    moved: dict[str, Move] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)
    removed: list[SourceState] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    same: list[tuple[str, SourceState]] = field(default_factory=list)
    unchanged: int = 0
    _twins: list[tuple[Source, SourceState]] = field(default_factory=list)
    _by_size: dict[int, list[SourceState]] = field(default_factory=dict)
    _by_id: dict[str, SourceState] = field(default_factory=dict)
    _members: dict[str, int] = field(default_factory=dict)
    _hashes: Hashes = field(default_factory=Hashes)

    def __post_init__(self) -> None:
        for state in self.known.values():
            self._by_id[state.document_id] = state
            if state.container_uri is not None:
                self._members[state.container_uri] = self._members.get(state.container_uri, 0) + 1
            # What holds others does not move without them.
            elif state.source_uri not in self.places:
                self._by_size.setdefault(state.look.size, []).append(state)

    def plan(self) -> IngestPlan:
        self._part()
        self._join()
        return IngestPlan(
            work=tuple(self.work),
            unchanged=self.unchanged,
            touched=tuple(self.touched),
            failed=tuple(self.failed),
            moved=tuple(self.moved.values()),
            copies=tuple(map(self._followed, self.copies)),
            removed=tuple(self.removed),
            gone=tuple(self.gone),
            same=tuple(self.same),
        )

    def _followed(self, copy: Copy) -> Copy:
        """The copy, of where its original is now."""
        move = self.moved.get(copy.of)
        return copy if move is None else replace(copy, of=move.source_uri)

    def consider(self, source: Source | SourceFailure) -> None:
        name = source.source if isinstance(source, SourceFailure) else source.uri
        if name in self.seen:
            return
        self.seen.add(name)
        if isinstance(source, SourceFailure):
            self.failed.append(source)
            self.failed_paths.append(source.source)
            return
        try:
            self._compare(source)
        except SourceUnreadableError as error:
            self.failed.append(SourceFailure(source.uri, type(error).__name__, str(error)))

    def mirror(self, mirror: Mirror) -> None:
        """Finds what the mirrored folders held and hold no longer."""
        moved_from = {move.state.source_uri for move in self.moved.values()}

        def vanished(uri: str) -> bool:
            return uri not in self.seen and mirror.covers(uri, self.failed_paths)

        gone = {uri for uri in (*self.places, *self.failures) if vanished(uri.partition("#")[0])}
        self.gone.extend(sorted(gone))
        for uri, state in self.known.items():
            at = state.container_uri or uri
            if uri not in moved_from and vanished(at):
                self.removed.append(state)

    def _compare(self, source: Source) -> None:
        failure, place = self.failures.get(source.uri), self.places.get(source.uri)
        state = self.known.get(source.uri)
        if failure is not None and looks_same(source, failure.look):
            self.failed.append(failure.failure)
        elif place is not None and looks_same(source, place.look) and self._settled(source, place):
            pass
        elif place is not None and place.document_id is None:
            self.work.append(source)
        elif state is not None:
            self._compare_known(source, state)
        else:
            self._compare_new(source)

    def _settled(self, source: Source, place: KnownPlace) -> bool:
        """Whether a container or copy that looks the same needs nothing more than counting."""
        if place.document_id is None:
            within = f"{source.uri}#"
            broken = [f.failure for uri, f in self.failures.items() if uri.startswith(within)]
            self.failed.extend(broken)
            own = source.uri in self.known
            self.unchanged += max(1, self._members.get(source.uri, 0) + own)
            self.same += [
                (uri, state)
                for uri, state in self.known.items()
                if source.uri in (uri, state.container_uri)
            ]
            return True
        original = self._by_id.get(place.document_id)
        if original is None or original.look.sha256 != place.look.sha256:
            return False
        if self._is_gone(original):
            self._move(source, original)
        else:
            self._twins.append((source, original))
        return True

    def _compare_known(self, source: Source, state: SourceState) -> None:
        look = state.look
        if (look.loader, look.size) != (LOADER_VERSION, source.size) or source.is_remote:
            self.work.append(source)
        elif looks_same(source, look):
            self._is_same(source, state)
        elif self._hashes.sha256(source) != look.sha256:
            self.work.append(source)
        else:
            self._is_same(source, state)
            times = replace(look, mtime_ns=source.mtime_ns, ctime_ns=source.ctime_ns)
            self.touched.append(replace(state, look=times))

    def _is_same(self, source: Source, state: SourceState) -> None:
        self.unchanged += 1
        self.same.append((source.uri, state))

    def _compare_new(self, source: Source) -> None:
        """A source not known here: content known from elsewhere was moved or copied."""
        if source.is_remote:
            self.work.append(source)
            return
        for state in self._by_size.get(source.size, ()):
            if self._hashes.sha256(source) == state.look.sha256:
                if self._is_gone(state) and state.source_uri not in self.moved:
                    self._move(source, state)
                else:
                    self._twins.append((source, state))
                return
        original = self.elsewhere.original(source, self._hashes)
        if original is not None:
            self.copies.append(Copy(source, original.source_uri, self._hashes.look(source)))
        elif self._stays_a_copy(source):
            self.unchanged += 1
        else:
            self.work.append(source)

    def _stays_a_copy(self, source: Source) -> bool:
        """Whether it was told as a copy of a document that stands, and may not be told any more.

        What that document says was marked meanwhile: the copy does not say it openly.
        """
        place = self.places.get(source.uri)
        return (
            place is not None
            and self.elsewhere.holds(place.document_id)
            and self._hashes.sha256(source) == place.look.sha256
        )

    def _move(self, source: Source, state: SourceState) -> None:
        look = replace(state.look, mtime_ns=source.mtime_ns, ctime_ns=source.ctime_ns)
        old = path_of(state.source_uri)
        named = old is not None and state.title == readable_title(old.name)
        title = readable_title(source.name) if named else None
        self.moved[state.source_uri] = Move(state, source.uri, look, title)

    def _stay(self, source: Source, original: SourceState) -> None:
        """A copy goes on as one, or is one from now on."""
        place = self.places.get(source.uri)
        if (
            place is not None
            and place.document_id == original.document_id
            and looks_same(source, place.look)
        ):
            self._is_same(source, original)
        else:
            self.copies.append(Copy(source, original.source_uri, self._hashes.look(source)))

    def _is_gone(self, state: SourceState) -> bool:
        path = path_of(state.source_uri)
        return path is not None and not os.path.lexists(path)

    def _part(self) -> None:
        """Takes copies in as documents where their original is about to say something else."""
        work = {source.uri: source for source in self.work if source.path is not None}
        heirs: dict[str, Source] = {}
        for source, original in self._twins:
            now = work.get(original.source_uri)
            if now is None or self._hashes.sha256_or_none(now) in (None, original.look.sha256):
                self._stay(source, original)
            elif heir := heirs.get(original.source_uri):
                self.copies.append(Copy(source, heir.uri, self._hashes.look(source)))
            else:
                heirs[original.source_uri] = source
        # First: what they say stands before the original ceases to say it.
        self.work[:0] = heirs.values()

    def _join(self) -> None:
        """Of several sources with the same new content, takes in the one that is known, or one."""
        sizes = Counter(source.size for source in self.work)
        firsts: dict[str, str] = {}
        twins: set[str] = set()
        for source in sorted(self.work, key=lambda source: source.uri not in self.known):
            if sizes[source.size] == 1 or not may_be_copied(source):
                continue
            sha256 = self._hashes.sha256_or_none(source)
            if sha256 in firsts and source.uri not in self.known:
                self.copies.append(Copy(source, firsts[sha256], self._hashes.look(source)))
                twins.add(source.uri)
            elif sha256 is not None:
                firsts.setdefault(sha256, source.uri)
        self.work = [source for source in self.work if source.uri not in twins]
