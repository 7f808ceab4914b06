"""A whole library on a whole cluster: taken in by two Ray nodes, asked of two processes behind
nginx, and then the end-to-end tests of the embedded default on the same servers.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from assistant.types import SourceFailure
from benchmarks.domain import Question, Span, domain_set, read_questions
from ingest.sources import find
from tests.cluster.test_together import require_true_quotes
from tests.cluster.together import Together, listed, post, running_together, text_at
from tests.integration.commands import ATTACHE, Json, environment
from tests.ray_cluster import running_ray

pytestmark = pytest.mark.cluster

ROOT = Path(__file__).parents[2]
CALLERS = 4
FOUND_IN_5 = 0.87
"""The share of the domain's questions that find what answers them; .893 in files."""
ANY = (
    "What is defense diplomacy?",
    "What do defence attachés do?",
    "What does Article 5 say about an armed attack?",
    "Quelles sont les missions d’un attaché de défense ?",
)


@dataclass(frozen=True, slots=True)
class Whole:
    """All that runs, the folder that was taken in, and what was told of that."""

    together: Together
    documents: Path
    home: Path
    report: dict[str, Json]


@pytest.fixture(scope="module")
def whole(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    folder: Path = tmp_path_factory.mktemp("whole")
    with running_together(folder) as together:
        home = folder / "home-ray"
        with running_ray(workers=2, cores=1) as ray:
            report = ingest(together, home, documents, "--ray", ray.address)
        yield Whole(together, documents, home, report)


def ingest(together: Together, home: Path, *arguments: str | Path) -> dict[str, Json]:
    """What a command beside the servers tells of an ingest."""
    ended = subprocess.run(
        [ATTACHE, "ingest", *arguments, "--json"],
        env=environment(home, **together.settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode in (0, 1), ended.stderr
    report: dict[str, Json] = json.loads(ended.stdout)
    return report


def test_every_document_is_there_or_named_as_failed(whole: Whole) -> None:
    found = {one.uri for one in find([whole.documents]) if not isinstance(one, SourceFailure)}
    failed = whole.report["failed"]
    assert isinstance(failed, list)
    named = {str(one["source"]) for one in failed if isinstance(one, dict)}
    there = {str(one["source_uri"]) for one in listed(whole.together.url)}
    assert whole.report["added"] == len(there)
    assert found - there <= named, sorted(found - there - named)[:5]
    again = ingest(whole.together, whole.home, whole.documents)
    assert (again["added"], again["updated"], again["removed"]) == (0, 0, 0)


def test_what_is_asked_of_either_process_is_quoted_truly(whole: Whole) -> None:
    def ask(question: str) -> int:
        answer = post(f"{whole.together.url}/v1/ask", {"question": question})
        require_true_quotes(whole.together.url, answer)
        citations = answer["citations"]
        assert isinstance(citations, list)
        return len(citations)

    asked = [*ANY, *(one.text for one in read_questions()[::3])]
    with ThreadPoolExecutor(CALLERS) as callers:
        assert sum(callers.map(ask, asked)) > len(ANY)


def test_both_processes_find_the_same(whole: Whole) -> None:
    for question in ANY:
        first, second = (
            post(f"{one.url}/v1/search", {"question": question, "top_k": 10})["passages"]
            for one in whole.together.processes
        )
        assert first == second, question


def test_what_answers_the_questions_of_the_domain_is_found(whole: Whole) -> None:
    url, folder = whole.together.url, whole.documents.resolve()
    there = {str(one["source_uri"]): one for one in listed(url)}

    def text_of(source: str) -> str | None:
        one = there.get((folder / source).as_uri())
        if one is None:
            return None
        return text_at(f"{url}/v1/documents/{one['document_id']}/versions/{one['version_id']}/text")

    questions = read_questions()
    if not (folder / questions[0].passages[0].source).exists():
        return  # another folder, of which nobody made questions
    made = domain_set(questions, text_of)

    def is_found(question: Question) -> bool:
        return finds(url, question, made.spans[question.question_id], there, folder)

    with ThreadPoolExecutor(CALLERS) as callers:
        found = list(callers.map(is_found, made.questions))
    assert sum(found) / len(found) >= FOUND_IN_5


def finds(
    url: str,
    question: Question,
    spans: tuple[Span, ...],
    there: dict[str, dict[str, Json]],
    folder: Path,
) -> bool:
    """Whether the first five passages overlap one that answers."""
    wanted = [
        (there[uri]["version_id"], span.start, span.end)
        for span in spans
        if (uri := (folder / span.source).as_uri()) in there
    ]
    history = [{"role": one.role, "content": one.text} for one in question.history]
    body = {"question": question.text, "history": history, "top_k": 5}
    return any(
        one["version_id"] == version and one["start"] < end and start < one["end"]
        for one in httpx2.post(f"{url}/v1/search", json=body, timeout=120).json()["passages"]
        for version, start, end in wanted
    )


def test_what_holds_of_files_holds_of_servers(whole: Whole) -> None:
    together = whole.together
    places = ["--postgres", str(together.postgres.folder), "--chroma", together.chroma.url]
    command = [sys.executable, "-m", "pytest", "-p", "tests.cluster.on_servers", "-n", "0", "-q"]
    ended = subprocess.run(
        [*command, *places, "tests/e2e"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout[-8000:]
    assert " passed" in ended.stdout
