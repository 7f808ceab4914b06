"""One state of the library over the segments of its passages, and parts of it."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from assistant.access.labels import admits
from assistant.library.best_rows import Portion
from assistant.library.bm25 import Reader, StateWords, Statistics
from assistant.library.filtering import folded, lies_in
from assistant.library.looking import TableRows
from assistant.library.nearest import NearestRows
from assistant.library.segments import FIELDS, Segment, VersionKey
from assistant.records import chunk_of
from assistant.types import ChunkId, Filters, Metadata, Readable, StoredChunk

NARROWED = 8
"""Filters remembered: the questions of a conversation have the same."""
_UNDATED = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What filters and citations ask of a version that stands.

    `labels` are its own and that of its document as it stands now.
    """

    metadata: Metadata
    source_uri: str
    labels: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Searches:
    """The two ways to search a part of a state, in which `count` chunks may be found.

    `facts` are those of the versions of each segment, in their order.
    """

    vectors: NearestRows
    lexical: StateWords
    count: int
    facts: Sequence[Sequence[Standing | None]]

    def look(self, names: Sequence[ChunkId]) -> TableRows:
        """The rows of these chunks, and which of them may be found."""
        return TableRows.of([(p.segment, p.passing) for p in self.lexical.portions], names)

    def stored(self, names: Sequence[ChunkId]) -> dict[ChunkId, StoredChunk]:
        """Those of the chunks that may be found, in the order given."""
        rows = self.look(names)
        found: dict[ChunkId, StoredChunk] = {}
        each = zip(names, rows.versions(), rows.records(), rows.passing.tolist(), strict=True)
        for name, (segment, version), record, passing in each:
            fact = self.facts[segment][version] if passing else None
            if fact is not None and record is not None:
                chunk = chunk_of(name, record)
                key = rows.segments[segment].versions[version]
                found[name] = StoredChunk(chunk, *key, fact.source_uri, fact.metadata)
        return found


@dataclass(frozen=True, slots=True)
class _Codes:
    """For every version of every segment the number of its value, of one kind."""

    numbers: Mapping[str | None, int]
    of_version: NDArray[np.int32]

    @classmethod
    def of(cls, values: Sequence[str | None]) -> "_Codes":
        numbers: dict[str | None, int] = {}
        found = [numbers.setdefault(value, len(numbers)) for value in values]
        return cls(numbers, np.array(found, dtype=np.int32))

    def among(self, values: Sequence[str]) -> NDArray[np.bool_]:
        """The versions that have one of the values."""
        wanted = np.zeros(len(self.numbers), dtype=bool)
        wanted[[self.numbers[value] for value in values if value in self.numbers]] = True
        return wanted[self.of_version]

    @classmethod
    def of_names(cls, names: Sequence[str | None]) -> "_Codes":
        """The same, of names that are compared as people write them."""
        return cls.of([None if name is None else folded(name) for name in names])


@dataclass(frozen=True, slots=True, eq=False)
class StateView:
    """What stood in a state, for many threads at once."""

    segments: tuple[Segment, ...]
    all: Searches
    _reader: Reader
    _kinds: Mapping[str, _Codes]
    _days: NDArray[np.int32]
    _places: Sequence[str]
    _labels: Sequence[tuple[str, str]]
    _guard: Lock = field(default_factory=Lock)
    _narrowed: OrderedDict[Filters, Searches] = field(default_factory=OrderedDict)

    @classmethod
    def of(
        cls, segments: tuple[Segment, ...], stood: Mapping[VersionKey, Standing], reader: Reader
    ) -> "StateView":
        """The view of a state in which these versions stood."""
        versions = [version for segment in segments for version in segment.versions]
        facts = [stood.get(version) for version in versions]
        marked = _by_row(segments, np.array([fact is not None for fact in facts], dtype=bool))
        portions = [Portion(s, rows, rows) for s, rows in zip(segments, marked, strict=True)]
        kinds = {
            "document_ids": _Codes.of([document_id for document_id, _ in versions]),
            "issuers": _Codes.of_names([fact.metadata.issuer if fact else None for fact in facts]),
            "languages": _Codes.of_names([f.metadata.language if f else None for f in facts]),
            "markings": _Codes.of_names([f.metadata.marking if f else None for f in facts]),
        }
        dates = [fact.metadata.published_on if fact else None for fact in facts]
        days = np.array([d.toordinal() if d else _UNDATED for d in dates], dtype=np.int32)
        places = [fact.source_uri if fact else "" for fact in facts]
        every = _searches(portions, _statistics(portions), reader, _by_segment(segments, facts))
        labels = [fact.labels if fact else ("", "") for fact in facts]
        return cls(segments, every, reader, kinds, days, places, labels)

    def narrowed(self, filters: Filters) -> Searches:
        """The part of it that passes; statistics are those of all that may be read."""
        if filters == Filters():
            return self.all
        with self._guard:
            found = self._narrowed.get(filters)
        if found is None:
            found = self._part(filters)
            with self._guard:
                self._narrowed[filters] = found
                while len(self._narrowed) > NARROWED:
                    self._narrowed.popitem(last=False)
        return found

    def _part(self, filters: Filters) -> Searches:
        if filters.readable is not None:
            return self._opened(filters, filters.readable)
        passing = _by_row(self.segments, self._passing(filters))
        whole = self.all.lexical
        portions = [
            Portion(portion.segment, portion.stood, portion.stood & rows)
            for portion, rows in zip(whole.portions, passing, strict=True)
        ]
        return _searches(portions, whole.statistics, self._reader, self.all.facts)

    def _opened(self, filters: Filters, readable: Readable) -> Searches:
        """The part that may be read and passes.

        Statistics are those of what may be read: how rare a word is would else tell of the rest.
        """
        admitted = [all(admits(readable, each) for each in labels) for labels in self._labels]
        opened = _by_row(self.segments, np.array(admitted, bool))
        stood = [p.stood & rows for p, rows in zip(self.all.lexical.portions, opened, strict=True)]
        passing = _by_row(self.segments, self._passing(replace(filters, readable=None)))
        whole = [Portion(s, rows, rows) for s, rows in zip(self.segments, stood, strict=True)]
        portions = [
            Portion(portion.segment, portion.stood, portion.stood & rows)
            for portion, rows in zip(whole, passing, strict=True)
        ]
        return _searches(portions, _statistics(whole), self._reader, self.all.facts)

    def _passing(self, filters: Filters) -> NDArray[np.bool_]:
        """The versions that pass."""
        passing = np.ones(len(self._days), dtype=bool)
        for kind, codes in self._kinds.items():
            values: Sequence[str] = getattr(filters, kind)
            if values:
                named = values if kind == "document_ids" else list(map(folded, values))
                passing &= codes.among(named)
        if filters.published_from:
            passing &= self._days >= filters.published_from.toordinal()
        if filters.published_to:
            passing &= self._days <= filters.published_to.toordinal()
        if filters.published_from or filters.published_to:
            passing &= self._days != _UNDATED
        if filters.folders:
            passing &= np.array([lies_in(place, filters.folders) for place in self._places], bool)
        return passing


def _by_segment(
    segments: Sequence[Segment], facts: Sequence[Standing | None]
) -> list[Sequence[Standing | None]]:
    """What is said of versions, segment by segment."""
    left = iter(facts)
    return [[*islice(left, len(segment.versions))] for segment in segments]


def _by_row(segments: Sequence[Segment], versions: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    """What is said of versions, said of their rows."""
    found: list[NDArray[np.bool_]] = []
    start = 0
    for segment in segments:
        end = start + len(segment.versions)
        found.append(versions[start:end][segment.version])
        start = end
    return found


def _statistics(portions: Sequence[Portion]) -> Statistics:
    chunks = sum(int(portion.stood.sum()) for portion in portions)
    totals = [
        sum(
            int(portion.segment.lengths[i][portion.stood].sum(dtype=np.int64))
            for portion in portions
        )
        for i in range(len(FIELDS))
    ]
    average = (
        {name: total / chunks for name, total in zip(FIELDS, totals, strict=True)} if chunks else {}
    )
    return Statistics(chunks, average)


def _searches(
    portions: Sequence[Portion],
    statistics: Statistics,
    reader: Reader,
    facts: Sequence[Sequence[Standing | None]],
) -> Searches:
    count = sum(int(portion.passing.sum()) for portion in portions)
    near = NearestRows([(portion.segment, portion.passing) for portion in portions], count)
    return Searches(near, StateWords(portions, statistics, reader), count, facts)
