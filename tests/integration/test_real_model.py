"""A real model behind a real server: the product's client path, and what can go wrong on it."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from pathlib import Path

import openai
import psutil
import pytest

from assistant.answers.draft import Draft
from assistant.answers.generative import GenerativeAnswerer
from assistant.backends import Backends, open_backends
from assistant.models.gguf import ModelServer, serving
from assistant.models.openai import open_chat_model
from assistant.settings import Settings
from assistant.types import Question, TextDelta
from prompts import Prompt
from tests.integration.commands import attache
from tests.real_model import model_file

LIBRARY = """# The liaison office at Lisbon

The liaison office at Lisbon opened on 4 May 1993. It has ten rooms and a garden.
The liaison office at Lisbon is paid by the sending nations.
"""
QUESTION = "When did the liaison office at Lisbon open?"
# What keeps a model writing for as long as it may.
ENDLESS = Prompt(
    "endless", "Write a very long story about the sea.\n$boundary $passages $question\nOnce"
)
# Holds a model's server, says which process it is, and waits to be killed.
HOLDER = """
import sys, time
from pathlib import Path
from assistant.models.gguf import serving
with serving(Path(sys.argv[1])) as server:
    print(server.process.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with serving(model_file()) as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home: Path = tmp_path_factory.mktemp("home")
    (home / "office.md").write_text(LIBRARY, encoding="utf-8")
    ended = attache(home, "ingest", home / "office.md")
    assert ended.code == 0, ended.err
    return home


@pytest.fixture
def backends(home: Path) -> Iterator[Backends]:
    with open_backends(Settings(home=home), "a test") as opened:
        yield opened


async def composed(
    backends: Backends, server: ModelServer, timeout_s: float = 60.0
) -> AsyncGenerator[TextDelta | Draft, None]:
    """What an answerer gives whose model never wants to end."""
    settings = Settings.model_validate(
        {
            "chat_model": server.model,
            "openai_base_url": server.base_url,
            "openai_api_key": server.key,
        }
    )
    model = open_chat_model(settings)
    assert model is not None
    found = await backends.assistant.search(Question(QUESTION))
    answerer = GenerativeAnswerer("a-model", model, ENDLESS, backends.answerer, timeout_s)
    composing = answerer.compose(found.resolved.standalone, found.passages)
    assert isinstance(composing, AsyncGenerator)
    async with aclosing(composing) as parts:
        async for part in parts:
            yield part


def one_word(server: ModelServer) -> None:
    with openai.OpenAI(base_url=server.base_url, api_key=server.key) as client:
        client.chat.completions.create(
            model=server.model, messages=[{"role": "user", "content": "Hi."}], max_tokens=1
        )


def test_any_client_of_openai_can_talk_to_it(server: ModelServer) -> None:
    with openai.OpenAI(base_url=server.base_url, api_key=server.key) as client:
        assert [model.id for model in client.models.list()] == [server.model]
        reply = client.chat.completions.create(
            model=server.model,
            messages=[{"role": "user", "content": "Say hello."}],
            max_tokens=20,
        )
    assert reply.choices[0].message.content


def test_nobody_without_its_key_can(server: ModelServer) -> None:
    with (
        openai.OpenAI(base_url=server.base_url, api_key="another", max_retries=0) as client,
        pytest.raises(openai.AuthenticationError),
    ):
        client.chat.completions.create(
            model=server.model, messages=[{"role": "user", "content": "Say hello."}]
        )


def test_a_model_file_answers_in_the_product_and_every_sentence_is_proved(home: Path) -> None:
    ended = attache(home, "ask", QUESTION, "--json", ATTACHE_CHAT_MODEL=f"gguf:{model_file()}")
    assert ended.code == 0, ended.err
    answer = ended.json()
    # The small model may write nothing that can be proved; then the answer says so.
    assert answer["answered_by"] == model_file().stem or answer["note"]
    assert "4 May 1993" in str(answer["answer"])
    sentences = answer["sentences"]
    assert isinstance(sentences, list)
    assert sentences
    for sentence in sentences:
        assert isinstance(sentence, dict)
        assert sentence["verdict"] in {"quoted", "supported"}


async def test_its_words_come_as_they_are_written(backends: Backends, server: ModelServer) -> None:
    async with aclosing(composed(backends, server)) as parts:
        assert isinstance(await anext(parts), TextDelta)
        began = _worked_s(server)
        written = [part async for part in parts]
    assert sum(isinstance(part, TextDelta) for part in written) > 10
    # Were the words kept back until the last, the model would have no work left at the first.
    assert _worked_s(server) > began


async def test_a_caller_who_goes_away_stops_the_model(
    backends: Backends, server: ModelServer
) -> None:
    async with aclosing(composed(backends, server)) as parts:
        await anext(parts)
        began = _worked_s(server)
        for _ in range(20):
            await anext(parts)
        a_word = (_worked_s(server) - began) / 20
    began = _worked_s(server)
    # It answers one after the other: were it still writing, it would first write hundreds of words.
    await asyncio.to_thread(one_word, server)
    assert _worked_s(server) - began < 2.0 + 150 * a_word


async def test_a_model_that_takes_too_long_is_cut_off_and_the_extractive_answer_says_so(
    backends: Backends, server: ModelServer
) -> None:
    began = time.monotonic()
    last = [part async for part in composed(backends, server, timeout_s=0.15)][-1]
    assert time.monotonic() - began < 60.0
    assert isinstance(last, Draft)
    assert last.answered_by == "extractive"
    assert "4 May 1993" in last.text
    assert "ATTACHE_CHAT_TIMEOUT_S" in (last.note or "")


async def test_a_server_killed_in_the_middle_leaves_the_extractive_answer_with_a_note(
    backends: Backends,
) -> None:
    with serving(model_file()) as doomed:
        last: TextDelta | Draft | None = None
        async for part in composed(backends, doomed):
            if last is None:
                doomed.process.kill()
            last = part
    assert isinstance(last, Draft)
    assert last.answered_by == "extractive"
    assert "4 May 1993" in last.text
    assert "a-model did not answer" in (last.note or "")


def test_its_process_ends_even_when_the_product_is_killed() -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(model_file())], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert holder.stdout is not None
    child = int(holder.stdout.readline())
    holder.kill()
    holder.communicate()
    deadline = time.monotonic() + 60
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(child)


def _worked_s(server: ModelServer) -> float:
    """Seconds of the processor that the model has had: no other work of the machine counts."""
    times = psutil.Process(server.process.pid).cpu_times()
    return times.user + times.system


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    # One that nobody has collected yet has ended all the same.
    return not status.exists() or "State:\tZ" not in status.read_text(encoding="utf-8")
