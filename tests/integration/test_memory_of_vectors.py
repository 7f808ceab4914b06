"""A server whose questions are answered from the table holds no graph of vectors in memory."""

from datetime import UTC, datetime
from pathlib import Path
from threading import enumerate as enumerate_threads
from time import monotonic, sleep

from psutil import Process

from assistant.backends import Backends, open_backends
from assistant.retrieval.standalone import resolve
from assistant.settings import Settings
from assistant.types import Filters
from cli.evaluation.judged import JudgedSet, source_of
from cli.evaluation.retrieval import take_in_set

TEXTS = (
    "Attachés advise the ambassador on defence.",
    "Exercises of the alliance are held in Latvia.",
    "The costs of the battle group are shared.",
)
PATIENCE_S = 30


def taken_in(settings: Settings, texts: tuple[str, ...], backends: Backends) -> None:
    corpus = tuple(source_of(i, f"text-{i}", text) for i, text in enumerate(texts))
    take_in_set(JudgedSet(corpus, (), {}), backends, settings)


def best(backends: Backends, question: str) -> str:
    return backends.retriever.retrieve(
        resolve(question, ()), as_of=datetime.now(UTC), top_k=1, filters=Filters()
    )[0].text


def graph_is_open(home: Path) -> bool:
    opened = [Path(one.path) for one in Process().open_files()]
    return any(one.is_relative_to(home / "vectors") and one.suffix == ".bin" for one in opened)


def comes_to_be_closed(home: Path) -> bool:
    until = monotonic() + PATIENCE_S
    while graph_is_open(home) and monotonic() < until:
        sleep(0.05)
    return not graph_is_open(home)


def wait_until_prepared() -> None:
    for thread in enumerate_threads():
        if "_prepare" in thread.name:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()


def test_once_the_table_is_ready_questions_need_no_graph_and_what_comes_in_is_found(
    tmp_path: Path,
) -> None:
    settings = Settings(home=tmp_path, starter=False)
    with open_backends(settings, "a test") as backends:
        taken_in(settings, TEXTS[:2], backends)
        assert best(backends, "Who advises the ambassador?") == TEXTS[0]
    with open_backends(settings, "a test") as backends:
        assert graph_is_open(tmp_path)  # it was read, to see whether it can be
        backends.snapshots.begin()
        assert comes_to_be_closed(tmp_path)
        assert best(backends, "Who advises the ambassador?") == TEXTS[0]
        assert not graph_is_open(tmp_path)
        taken_in(settings, TEXTS, backends)
        assert best(backends, "How are the costs of the battle group shared?") == TEXTS[2]
    assert not graph_is_open(tmp_path)


def test_beyond_so_many_passages_the_graph_is_asked_and_stays(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, starter=False, compare_up_to=1)
    with open_backends(settings, "a test") as backends:
        taken_in(settings, TEXTS, backends)
        assert best(backends, "Who advises the ambassador?") == TEXTS[0]
    with open_backends(settings, "a test") as backends:
        backends.snapshots.begin()
        wait_until_prepared()
        assert graph_is_open(tmp_path)
        assert best(backends, "Who advises the ambassador?") == TEXTS[0]
        assert graph_is_open(tmp_path)
