"""A question as of a time is answered as it was then, whatever came and went since."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from assistant.errors import AsOfPrunedError
from assistant.library import snapshots
from assistant.library.clock import Clock
from assistant.library.library import Library, open_library
from assistant.library.pruning import PruneRule, prune
from assistant.library.snapshots import FOLDER, StateSnapshots
from assistant.retrieval.candidates import Candidate, CandidateSearch
from assistant.types import DocumentId, Filters, Move, NewVersion
from tests.unit.library.builders import day, new_version, publish, vector

STARTER = Path(__file__).parents[2] / "library"
QUESTIONS = (
    "What do defence attachés do?",
    "Which nations train in exercises with partners?",
    "What is a status of forces agreement?",
    "When did Finland join the alliance?",
    "How does consultation under Article 4 work?",
    "defence capacity building for partners",
    "command structure and liaison officers",
    "arms control and confidence",
)

Found = list[tuple[str, float, float, str, str]]


@contextmanager
def searching(home: Path, limit: int = 10) -> Iterator[tuple[Library, CandidateSearch]]:
    """A library with its snapshots, and the search over both."""
    with open_library(home, "builders") as library:
        past = StateSnapshots(home, library)
        try:
            yield (
                library,
                CandidateSearch(library.vectors, library.lexical, library.ledger, limit, past),
            )
        finally:
            past.close()


def found(
    search: CandidateSearch,
    question: str,
    as_of: datetime | None = None,
    filters: Filters | None = None,
) -> Found:
    """What is found, best first: as of a time exactly, or now."""
    moment = as_of or datetime.now(UTC)
    searched = search.at(moment, filters or Filters(), exactly=as_of is not None)
    if searched is None:
        return []
    candidates = search.find(searched, vector(question), question).candidates
    best = sorted(candidates, key=lambda one: (-score(one), one.chunk_id))[:8]
    names = [one.chunk_id for one in best]
    stored = search.ledger.chunks(names, searched.as_of, searched.filters)
    return [
        (
            one.chunk_id,
            round(score(one), 4),
            round(one.cosine or 0.0, 6),
            stored[one.chunk_id].source_uri,
            stored[one.chunk_id].metadata.title,
        )
        for one in best
    ]


def score(one: Candidate) -> float:
    """Of meaning and words alike, so that either would show a difference."""
    return (one.cosine or 0.0) + (one.bm25 or 0.0) / 100


def starter() -> list[NewVersion]:
    """The starter documents in Markdown, a chunk for each paragraph."""
    return [
        new_version(f"file:///{path.name}", path.read_text("utf-8").strip(), title=path.stem)
        for path in sorted(STARTER.glob("*.md"))
    ]


def edited(version: NewVersion) -> NewVersion:
    """The next version of a document, with other words in every paragraph."""
    text = re.sub(r"\bpartners?\b", "attachés and allies", version.document.text)
    text += "\n\nAmended: exercises, agreements and Article 4 consultation with Finland."
    return new_version(version.source_uri, text, title=version.document.metadata.title)


def test_what_is_said_as_of_a_time_stays_whatever_changes_after(tmp_path: Path) -> None:
    documents = starter()
    with searching(tmp_path) as (library, search):
        publish(library, day(1), *documents)
        before = [found(search, question, day(2)) for question in QUESTIONS]
        publish(library, day(3), *map(edited, documents[:12]))
        state = library.ledger.sources()[documents[13].source_uri]
        library.ledger.move([Move(state, "file:///elsewhere.md", state.look, "Elsewhere")], day(4))
        library.ledger.retire(documents[14].document_id, day(5))
        publish(library, day(6), new_version("file:///new.md", "Attachés, Finland, exercises."))
        prune(library, tmp_path, PruneRule(keep=5), now=day(7))
        assert [found(search, question, day(2)) for question in QUESTIONS] == before
        assert all(before)
    with searching(tmp_path) as (_, search):  # and for whoever opens it the next day
        assert [found(search, question, day(2)) for question in QUESTIONS] == before


def test_an_answer_of_today_is_found_again_as_of_today(tmp_path: Path) -> None:
    documents = starter()
    with searching(tmp_path) as (library, search):
        publish(library, day(1), *documents)
        for number in range(2, 5):
            live = [found(search, question) for question in QUESTIONS]
            publish(library, day(number), *map(edited, documents[number::4]))
            documents = [edited(d) if i % 4 == number else d for i, d in enumerate(documents)]
            then = day(number) - timedelta(seconds=1)
            assert [found(search, question, then) for question in QUESTIONS] == live


def test_a_snapshot_built_anew_says_the_same(tmp_path: Path) -> None:
    with searching(tmp_path) as (library, search):
        publish(library, day(1), *starter())
        before = [found(search, question, day(2)) for question in QUESTIONS]
    (snapshot,) = (tmp_path / FOLDER).iterdir()
    for path in snapshot.rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    with searching(tmp_path) as (_, search):
        assert [found(search, question, day(2)) for question in QUESTIONS] == before


def test_filters_narrow_what_stood_then(tmp_path: Path) -> None:
    with searching(tmp_path) as (library, search):
        one = new_version("file:///a.txt", "Attachés advise.", issuer="NATO")
        publish(library, day(1), one, new_version("file:///b.txt", "Attachés report.", issuer="EU"))
        publish(library, day(3), replace(new_version("file:///a.txt", "Nothing.", issuer="NATO")))
        narrow = Filters(issuers=("NATO",))
        assert [uri for *_, uri, _ in found(search, "attachés", day(2), narrow)] == [
            "file:///a.txt"
        ]
        only = Filters(document_ids=(DocumentId("none"),))
        assert found(search, "attachés", day(2), only) == []


def test_asking_about_times_writes_nothing_more_and_what_an_earlier_program_kept_goes(
    tmp_path: Path,
) -> None:
    folder = tmp_path / FOLDER
    with searching(tmp_path) as (library, search):
        for number in range(1, 7):
            publish(library, day(number), new_version("file:///a.txt", f"Attaché {number}."))
        found(search, "attaché", day(6))
        written = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
        for number in range(1, 7):
            ((_, _, _, uri, _),) = found(search, "attaché", day(number) + timedelta(hours=1))
            assert uri == "file:///a.txt"
        assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == written
    (folder / "20260101T000000000000-0").mkdir()
    (unfinished := next(folder.iterdir()) / ".building-0").mkdir()
    with searching(tmp_path) as (library, search):
        publish(library, day(7), new_version("file:///b.txt", "Attaché 7."))
        assert len(found(search, "attaché", day(8))) == 2
        assert len(list(folder.iterdir())) == 1
        assert not unfinished.exists()


def test_nothing_is_found_before_the_first_document(tmp_path: Path) -> None:
    with searching(tmp_path) as (library, search):
        assert found(search, "attaché", day(1)) == []
        publish(library, day(2), new_version("file:///a.txt", "Attachés advise."))
        assert found(search, "attaché", day(1)) == []
        assert len(found(search, "attaché", day(2))) == 1


def test_many_ask_about_one_time_at_once(tmp_path: Path) -> None:
    with searching(tmp_path) as (library, search):
        publish(library, day(1), *starter())
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(found, search, QUESTIONS[0], day(2)) for _ in range(16)]
            answers = [each.result() for each in asked]
        assert all(each == answers[0] for each in answers)
        assert len(list((tmp_path / FOLDER).iterdir())) == 1


def test_before_the_horizon_is_refused_and_after_it_stays_exact(tmp_path: Path) -> None:
    first = new_version("file:///a.txt", "Attachés advise.\n\nFirst.")
    with searching(tmp_path) as (library, search):
        publish(library, day(1), first, new_version("file:///gone.txt", "Attachés leave."))
        publish(library, day(3), new_version("file:///a.txt", "Attachés report.\n\nSecond."))
        library.ledger.retire(DocumentId(library.ledger.document_at("file:///gone.txt")), day(4))
        publish(library, day(6), new_version("file:///a.txt", "Attachés listen.\n\nThird."))
        # A snapshot from before the removal, which a kill in the middle of pruning would leave.
        assert len(found(search, "attachés", day(3))) == 3
        then = found(search, "attachés", day(5))
        assert then
        prune(library, tmp_path, PruneRule(older_than=timedelta(days=3)), now=day(8))
        assert library.ledger.states.horizon() == day(4)
        assert found(search, "attachés", day(5)) == then
        assert found(search, "attachés", day(4)) == then
        with pytest.raises(AsOfPrunedError, match=r"Ask about 2026-01-04T12:00:00Z or later"):
            found(search, "attachés", day(4) - timedelta(microseconds=1))


def test_a_moment_told_to_a_question_waits_for_a_change_under_way() -> None:
    clock, changing, told = Clock(), Event(), []

    def ask() -> None:
        changing.wait()
        told.append(clock.now(None))

    asking = Thread(target=ask)
    asking.start()
    with clock.change(None) as moment:
        changing.set()
        asking.join(0.1)
        assert not told
    asking.join()
    assert told[0] >= moment


def test_a_change_comes_after_every_moment_told_also_when_the_clock_was_set_back() -> None:
    clock = Clock()
    future = datetime.now(UTC) + timedelta(hours=1)
    assert clock.now(future) == future
    with clock.change(None) as moment:
        assert moment > future
    assert clock.now(None) >= moment


def test_a_large_library_says_the_same_now_and_then_once_it_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "_AT_ONCE", 0)
    monkeypatch.setattr(snapshots, "_SETTLED", timedelta(milliseconds=50))
    documents = starter()
    # Of these vectors many are equal: as many are asked for as keep chance away from the best.
    with searching(tmp_path, limit=60) as (library, search):
        publish(library, day(1), *documents)
        publish(library, day(2), *map(edited, documents[:15]))
        assert found(search, QUESTIONS[0])  # does not wait
        assert search.snapshots is not None
        deadline = monotonic() + 60
        while search.snapshots.now(Filters())[1] is None:
            assert monotonic() < deadline
            sleep(0.05)
        live = [found(search, question) for question in QUESTIONS]
        assert [found(search, question, day(3)) for question in QUESTIONS] == live


def test_a_large_library_is_waited_for_only_where_filters_ask_for_its_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "_LARGE", 0)
    monkeypatch.setattr(snapshots, "_SETTLED", timedelta(hours=1))
    with searching(tmp_path) as (library, search):
        publish(library, day(1), *starter())
        assert search.snapshots is not None
        assert search.snapshots.now(Filters()) == (None, None)
        part, _ = search.snapshots.now(Filters(published_from=date(1900, 1, 1)))
        assert part is not None
