"""One library, several API processes: what one publishes all see, and what ends comes back."""

import time
import urllib.error
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import CHROMIUM, CHROMIUM_ARGS, Watched
from tests.cluster.together import (
    Together,
    get,
    post,
    running_together,
    text_at,
    titles,
    upload,
    wait_for_run,
    wait_until_ready,
)
from tests.integration.commands import Json

pytestmark = pytest.mark.cluster

QUESTION: dict[str, Json] = {"question": "How many troops took part in exercise Steadfast Falcon?"}


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    with running_together(tmp_path_factory.mktemp("together")) as running:
        yield running


def edition(number: int) -> str:
    """A document that says another figure in each edition, in two places."""
    return (
        f"# Exercise Steadfast Falcon\n\nExercise Steadfast Falcon took place with {number} troops."
        f"\n\n## Taking part\n\nIn all, {number} troops took part in exercise Steadfast Falcon.\n"
    )


def taken_in(url: str, files: dict[str, str]) -> None:
    run = wait_for_run(url, upload(url, files))
    assert run["state"] == "done", run


def figures(answer: dict[str, Json]) -> set[str]:
    """The figures that an answer quotes or shows."""
    said = [str(answer["answer"])]
    passages = answer["passages"]
    assert isinstance(passages, list)
    said += [str(one["text"]) for one in passages if isinstance(one, dict)]
    return {word for text in said for word in text.split() if word.isdigit() and len(word) == 4}


def require_true_quotes(url: str, answer: dict[str, Json]) -> None:
    """Every quotation stands in its version's text, as any process serves it."""
    citations = answer["citations"]
    assert isinstance(citations, list)
    for one in citations:
        assert isinstance(one, dict)
        start, end = one["start"], one["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        place = f"{url}/v1/documents/{one['document_id']}/versions/{one['version_id']}/text"
        assert text_at(place)[start:end] == one["quote"]


def test_what_one_process_publishes_the_other_answers_from_with_its_next_question(
    together: Together,
) -> None:
    first, second = together.processes
    for number in (4200, 4210, 4220):
        taken_in(first.url, {"falcon.md": edition(number)})
        answer = post(f"{second.url}/v1/ask", QUESTION)
        assert figures(answer) == {f"{number}"}, answer
        require_true_quotes(second.url, answer)


def test_an_answer_never_mixes_an_old_and_a_new_version(together: Together) -> None:
    first, second = together.processes
    taken_in(first.url, {"falcon.md": edition(4250)})
    stop, seen = Event(), []

    def ask() -> None:
        while not stop.is_set():
            answer = post(f"{second.url}/v1/ask", QUESTION)
            found = figures(answer)
            assert len(found) == 1, answer
            seen.append(int(found.pop()))

    with ThreadPoolExecutor(1) as asking:
        asked = asking.submit(ask)
        try:
            for number in (4300, 4400, 4500):
                taken_in(first.url, {"falcon.md": edition(number)})
        finally:
            stop.set()
        asked.result(120)
    assert seen == sorted(seen)
    assert figures(post(f"{second.url}/v1/ask", QUESTION)) == {"4500"}


def test_originals_conversations_and_runs_are_everywhere_the_same(together: Together) -> None:
    first, second = together.processes
    run_id = upload(first.url, {"accord.md": "# Accord\n\nThe accord was signed in 1999.\n"})
    assert wait_for_run(second.url, run_id)["state"] == "done"
    answer = post(f"{second.url}/v1/ask", {"question": "When was the accord signed?"})
    citation = answer["citations"]
    assert isinstance(citation, list)
    cited = citation[0]
    assert isinstance(cited, dict)
    version = f"/v1/documents/{cited['document_id']}/versions/{cited['version_id']}"
    assert "signed in 1999" in text_at(f"{second.url}{version}/source")
    conversation = post(f"{first.url}/v1/conversations", {})
    turns = f"/v1/conversations/{conversation['conversation_id']}"
    post(f"{second.url}{turns}/turns", {"question": "When was the accord signed?"})
    assert get(f"{first.url}{turns}")["turns"] == 1


def test_uploads_to_both_at_once_are_all_taken_in(together: Together) -> None:
    notes = {f"note-{n}.md": f"# Note {n}\n\nNote {n} says {n}.\n" for n in range(6)}
    runs = []
    for number, (name, text) in enumerate(notes.items()):
        url = together.processes[number % 2].url
        runs.append((url, upload(url, {name: text})))
    for url, run_id in runs:
        assert wait_for_run(url, run_id)["state"] == "done"
    assert sum(title.startswith("Note ") for title in titles(together.url)) == 6


def test_what_a_dead_process_was_sent_another_takes_in(together: Together) -> None:
    first, second = together.processes
    files = {f"lot-{n}.md": f"# Lot {n}\n\nLot {n} was delivered.\n" for n in range(20)}
    run_id = upload(first.url, files)
    first.kill()
    for _ in range(4):
        answer = post(f"{together.url}/v1/ask", QUESTION)
        assert figures(answer) == {"4500"}
    run = wait_for_run(second.url, run_id)
    assert run["state"] == "done", run
    assert sum(title.startswith("Lot ") for title in titles(together.url)) == 20
    first.start()
    wait_until_ready(first.url)


def test_a_worker_takes_in_what_a_process_was_sent_that_died(together: Together) -> None:
    first, second = together.processes
    second.kill()
    run_id = upload(first.url, {"worked.md": "# Worked\n\nThe worker took 77 in.\n"})
    first.kill()
    together.worker.start()
    try:
        second.start()
        wait_until_ready(second.url)
        assert wait_for_run(second.url, run_id)["state"] == "done"
        assert "Worked" in titles(second.url)
    finally:
        together.worker.kill()
    first.start()
    wait_until_ready(first.url)


def test_while_chroma_is_dead_answers_say_so_and_it_is_used_again(together: Together) -> None:
    together.chroma.kill()
    answer = post(f"{together.url}/v1/ask", QUESTION)
    assert figures(answer) == {"4500"}
    assert "words alone" in str(answer["note"])
    together.chroma.start()
    until = time.monotonic() + 60
    while post(f"{together.url}/v1/ask", QUESTION)["note"] is not None:
        assert time.monotonic() < until
        time.sleep(0.5)


def test_while_the_database_is_dead_questions_are_refused_and_then_answered_again(
    together: Together,
) -> None:
    together.postgres.stop(kill=True)
    for process in together.processes:
        with pytest.raises(urllib.error.HTTPError) as refused:
            post(f"{process.url}/v1/ask", QUESTION)
        assert refused.value.code == 503
        assert refused.value.headers["Retry-After"]
        refused.value.close()
    together.postgres.start()
    for process in together.processes:
        wait_until_ready(process.url)
        assert figures(post(f"{process.url}/v1/ask", QUESTION)) == {"4500"}
    taken_in(together.url, {"falcon.md": edition(4600)})
    assert figures(post(f"{together.url}/v1/ask", QUESTION)) == {"4600"}


def test_a_process_that_joins_has_all_that_the_others_have(together: Together) -> None:
    last = together.processes[-1]
    last.kill()
    taken_in(together.url, {"late.md": "# Late\n\nThe late note says 1234.\n"})
    last.start()
    wait_until_ready(last.url)
    answer = post(f"{last.url}/v1/ask", {"question": "What does the late note say?"})
    assert "1234" in str(answer["answer"])


def test_the_window_works_through_the_proxy_whichever_process_answers(together: Together) -> None:
    taken_in(together.url, {"accord.md": "# Accord\n\nThe accord was signed in 1999.\n"})
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        page = chromium.new_page()
        watched = Watched(page)
        page.goto(together.url)
        page.wait_for_selector(".promise:not(:empty)")
        for _ in range(4):
            watched.ask("When was the accord signed?")
        expect(page.locator("#thread .turn")).to_have_count(4)
        expect(page.locator("#thread")).to_contain_text("1999")
        chromium.close()
