"""Filters on a library: the same passes now, as of a time, and while indexes are being made."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.library.library import Library, open_library
from assistant.library.snapshots import StateSnapshots
from assistant.retrieval.candidates import CandidateSearch
from assistant.types import DocumentId, Filters, Move
from tests.unit.library.builders import chunk_ids, day, new_version, publish, vector

ATTACHE = "An attaché advises the ambassador."


@contextmanager
def shelved(home: Path) -> Iterator[tuple[Library, StateSnapshots]]:
    """Three documents about the same, different in all that filters look at."""
    with open_library(home, "builders") as library:
        past = StateSnapshots(home, library)
        one = new_version(
            "file:///archive/treaties/one.md",
            f"{ATTACHE} One.",
            issuer="Ministère de la Défense",
            published_on=date(1999, 5, 1),
            marking="NATO UNCLASSIFIED",
            language="fr",
        )
        two = new_version(
            "file:///archive/treaties-old/two.md",
            f"{ATTACHE} Two.",
            issuer="NATO",
            published_on=date(2010, 5, 1),
            language="en",
        )
        publish(library, day(1), one, two, new_version("https://example.org/a/3", f"{ATTACHE} 3."))
        try:
            yield library, past
        finally:
            past.close()


def passing(library: Library, past: StateSnapshots, filters: Filters) -> list[set[str]]:
    """The last words of what is found: now, as of a time, and without the table of states."""
    ways = ((past, None), (past, day(2)), (None, None))
    found: list[set[str]] = []
    for snapshots, as_of in ways:
        search = CandidateSearch(library.vectors, library.lexical, library.ledger, 10, snapshots)
        searched = search.at(as_of or datetime.now(UTC), filters, exactly=as_of is not None)
        assert searched is not None
        candidates = search.find(searched, vector(ATTACHE), ATTACHE).candidates
        names = [one.chunk_id for one in candidates]
        stored = library.ledger.chunks(names, searched.as_of, filters).values()
        found.append({one.chunk.text.split()[-1].rstrip(".") for one in stored})
    return found


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(), {"One", "Two", "3"}),
        (Filters(issuers=("nato",)), {"Two"}),
        (Filters(issuers=("ministere de la defense", "Nato ")), {"One", "Two"}),
        (Filters(issuers=("min",)), set()),
        (Filters(markings=("nato unclassified",)), {"One"}),
        (Filters(languages=("FR",)), {"One"}),
        (Filters(published_from=date(1999, 5, 1), published_to=date(2010, 4, 30)), {"One"}),
        (Filters(published_to=date(2010, 5, 1)), {"One", "Two"}),
        (Filters(folders=("/archive/treaties",)), {"One"}),
        (Filters(folders=("/archive",)), {"One", "Two"}),
        (Filters(folders=("file:///archive/treaties/", "https://Example.org/a")), {"One", "3"}),
        (Filters(folders=("/archive",), languages=("en",)), {"Two"}),
        (Filters(document_ids=(DocumentId("none"),)), set()),
    ],
)
def test_filters_let_the_same_pass_in_every_way_of_searching(
    tmp_path: Path, filters: Filters, wanted: set[str]
) -> None:
    with shelved(tmp_path) as (library, past):
        assert passing(library, past, filters) == [wanted] * 3


def test_a_folder_is_where_a_source_was_at_the_time_asked_about(tmp_path: Path) -> None:
    with shelved(tmp_path) as (library, past):
        state = library.ledger.sources()["file:///archive/treaties/one.md"]
        library.ledger.move([Move(state, "file:///archive/kept/one.md", state.look)], day(3))
        before, after = Filters(folders=("/archive/treaties",)), Filters(folders=("/archive/kept",))
        assert passing(library, past, before) == [set(), {"One"}, set()]
        assert passing(library, past, after) == [{"One"}, set(), {"One"}]


def test_what_stands_is_found_behind_all_that_stood_before(tmp_path: Path) -> None:
    with open_library(tmp_path, "builders") as library:
        before = [new_version(f"file:///{i}", f"{ATTACHE} {i}") for i in range(30)]
        publish(library, day(1), *before)
        publish(library, day(2), *(new_version(f"file:///{i}", f"Closed. {i}") for i in range(30)))
        stands = new_version("file:///stands", "An attaché of ours advises somebody else.")
        publish(library, day(3), stands)
        search = CandidateSearch(library.vectors, library.lexical, library.ledger, 2)
        searched = search.at(datetime.now(UTC), Filters())
        assert searched is not None
        found = search.find(searched, vector(ATTACHE), ATTACHE).candidates
        known = {name for name, _ in library.vectors.search(vector(ATTACHE), search.depth)}
        (wanted,) = chunk_ids(stands)
        assert wanted not in known, "the nearest are those that stood before"
        assert wanted in {one.chunk_id for one in found}


@pytest.mark.parametrize(("few", "compared"), [(3, True), (2, False)])
def test_the_vectors_of_a_small_library_are_all_compared(
    tmp_path: Path, few: int, compared: bool
) -> None:
    with shelved(tmp_path) as (library, past):
        plain = CandidateSearch(library.vectors, library.lexical, library.ledger, 10, past)
        search = CandidateSearch(library.vectors, library.lexical, library.ledger, 10, past, few)
        now = datetime.now(UTC)
        searched, through_graph = search.at(now, Filters()), plain.at(now, Filters())
        assert searched is not None
        assert through_graph is not None
        assert (searched.vectors is not library.vectors) is compared
        found = search.find(searched, vector(ATTACHE), ATTACHE).candidates
        known = plain.find(through_graph, vector(ATTACHE), ATTACHE).candidates
        assert [(one.chunk_id, one.cosine, one.bm25) for one in found] == [
            (one.chunk_id, one.cosine, one.bm25) for one in known
        ]
