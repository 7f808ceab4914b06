"""Questions to a real library: real files, embedder, Chroma, Tantivy and ledger."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.backends import Backends, open_backends
from assistant.errors import QuestionError
from assistant.retrieval.retriever import LibraryRetriever
from assistant.runs import RunRequest
from assistant.settings import Settings
from assistant.types import (
    Answered,
    DocumentId,
    Filters,
    PassagesFound,
    Question,
    Role,
    TextDelta,
    Turn,
)
from cli.taking import opened_run
from ingest.requests import plan_request

ROOT = Path(__file__).parents[2]
OFFICE = """---
title: The liaison office at Lisbon
issuer: A ministry
date: 2026-02-01
marking: NATO UNCLASSIFIED
---
# The liaison office at Lisbon

The liaison office at Lisbon opened on 4 May 1993.

## Costs

The liaison office at Lisbon costs {cost} million euros a year, paid by the sending nations.
Housing is the largest part of the costs of the office, because rents at Lisbon have doubled.
"""
CORRIDOR = """# The northern corridor

The northern corridor is a road and rail route for moving heavy equipment between five ports.
The northern corridor was surveyed by military engineers in 2019.
"""


def take_in(backends: Backends, folder: Path) -> None:
    request = RunRequest("paths", (str(folder),))
    planned = plan_request(request, backends.library.ledger, folder)
    with opened_run(backends, Settings()) as run:
        assert not run.run(request, planned).failed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("documents")
    (folder / "office.md").write_text(OFFICE.format(cost=3), encoding="utf-8")
    (folder / "corridor.md").write_text(CORRIDOR, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def backends(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backends]:
    with open_backends(Settings(home=tmp_path_factory.mktemp("home")), "a test") as opened:
        take_in(opened, folder)
        yield opened


async def test_passages_come_first_then_the_text_then_the_whole_answer(backends: Backends) -> None:
    question = Question("When did the liaison office at Lisbon open?")
    events = [event async for event in backends.assistant.ask(question)]
    assert isinstance(events[0], PassagesFound)
    assert isinstance(events[-1], Answered)
    pieces = [event.text for event in events[1:-1] if isinstance(event, TextDelta)]
    assert "".join(pieces) == events[-1].answer.text


async def test_every_quotation_is_its_span_of_the_version(backends: Backends) -> None:
    answer = await backends.assistant.answer(Question("What does the office at Lisbon cost?"))
    assert answer.citations
    for citation in answer.citations:
        text = backends.library.ledger.text(citation.document_id, citation.version_id)
        assert text[citation.start : citation.end] == citation.quote
    assert answer.citations[0].metadata.issuer == "A ministry"
    assert answer.marking == "NATO UNCLASSIFIED"


async def test_a_follow_up_is_searched_as_a_standalone_question(backends: Backends) -> None:
    history = (
        Turn(Role.USER, "What does the liaison office at Lisbon cost?"),
        Turn(Role.ASSISTANT, "3 million euros a year. [1]"),
    )
    answer = await backends.assistant.answer(Question("Why is that?", history=history))
    assert "Lisbon" in answer.standalone_question
    assert answer.citations[0].metadata.title == "The liaison office at Lisbon"


async def test_what_the_library_does_not_say_is_not_answered(backends: Backends) -> None:
    answer = await backends.assistant.answer(Question("What is the capital of France?"))
    assert answer.abstained
    assert not answer.citations
    assert not answer.sentences
    assert answer.passages


async def test_the_marking_covers_all_passages_that_are_shown_cited_or_not(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "office.md").write_text(OFFICE.format(cost=3), encoding="utf-8")
    plan = "---\nmarking: SECRET\n---\n\nThe northern corridor is closed to heavy equipment.\n"
    (folder / "plan.md").write_text(plan, encoding="utf-8")
    with open_backends(Settings(home=tmp_path / "home"), "a test") as opened:
        take_in(opened, folder)
        said = await opened.assistant.answer(Question("When did the office at Lisbon open?"))
        none = await opened.assistant.answer(Question("What is the capital of France?"))
    assert {one.metadata.marking for one in said.citations} == {"NATO UNCLASSIFIED"}
    assert none.abstained
    for answer in (said, none):
        shown = {passage.stored.metadata.marking for passage in answer.passages}
        assert shown == {"NATO UNCLASSIFIED", "SECRET"}
        assert answer.marking == "NATO UNCLASSIFIED; SECRET"


async def test_an_answer_can_be_asked_for_as_of_a_date(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "office.md").write_text(OFFICE.format(cost=3), encoding="utf-8")
    with open_backends(Settings(home=tmp_path / "home"), "a test") as backends:
        take_in(backends, folder)
        before = datetime.now(UTC)
        (folder / "office.md").write_text(OFFICE.format(cost=4), encoding="utf-8")
        take_in(backends, folder)
        question = "How many million euros does the liaison office at Lisbon cost a year?"
        now = await backends.assistant.answer(Question(question))
        then = await backends.assistant.answer(Question(question, as_of=before))
    assert "4 million" in now.text
    assert "3 million" not in now.text
    assert "3 million" in then.text
    assert "4 million" not in then.text


async def test_filters_narrow_what_is_searched(backends: Backends) -> None:
    found = await backends.assistant.search(
        Question("liaison office at Lisbon", filters=Filters(issuers=("A ministry",)))
    )
    assert {passage.stored.metadata.title for passage in found.passages} == {
        "The liaison office at Lisbon"
    }
    nowhere = Filters(document_ids=(DocumentId("none"),))
    nothing = await backends.assistant.search(Question("Lisbon", filters=nowhere))
    assert nothing.passages == ()


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 5000])
async def test_a_question_that_cannot_be_asked_says_why(backends: Backends, text: str) -> None:
    with pytest.raises(QuestionError):
        await backends.assistant.answer(Question(text))


async def test_a_caller_who_goes_away_leaves_nothing_running(backends: Backends) -> None:
    stream = backends.assistant.ask(Question("What is the northern corridor?"))
    assert isinstance(await anext(stream), PassagesFound)
    await stream.aclose()  # type: ignore[attr-defined]


async def test_many_ask_at_once_and_each_gets_the_own_answer(backends: Backends) -> None:
    office, corridor = [
        await backends.assistant.answer(Question(q))
        for q in ("When did the liaison office at Lisbon open?", "What is the northern corridor?")
    ]
    assert "4 May 1993" in office.text
    assert "five ports" in corridor.text


def test_other_langchain_programs_can_use_the_retriever(backends: Backends) -> None:
    documents = LibraryRetriever(retriever=backends.retriever, top_k=2).invoke(
        "Which route moves heavy equipment?"
    )
    assert len(documents) == 2
    first = documents[0]
    assert first.metadata["title"] == "The northern corridor"
    text = backends.library.ledger.text(first.metadata["document_id"], first.metadata["version_id"])
    assert text[first.metadata["start"] : first.metadata["end"]] == first.page_content


async def test_a_greeting_is_returned_and_nothing_of_the_library_shown(backends: Backends) -> None:
    events = [event async for event in backends.assistant.ask(Question(text="Hello!"))]
    answered = events[-1]
    assert isinstance(answered, Answered)
    answer = answered.answer
    assert answer.abstained
    assert answer.text.startswith("Hello.")
    assert not answer.passages
    assert not answer.citations
    assert "".join(one.text for one in events if isinstance(one, TextDelta)) == answer.text


def test_who_has_no_chat_model_and_the_default_embedder_loads_no_others(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from assistant.backends import open_backends\nfrom assistant.settings import Settings\n"
        f"open_backends(Settings(home=Path({str(tmp_path)!r})), 'test').close()\n"
        "others = {'openai', 'langchain', 'langchain_openai', 'fastembed'} & set(sys.modules)\n"
        "sys.exit(str(others) if others else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert done.returncode == 0
