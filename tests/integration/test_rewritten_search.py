"""What a chat model rewrote is searched beside the question, and shown; a cross-encoder reads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.backends import Backends, open_backends
from assistant.errors import ConfigurationError
from assistant.retrieval.standalone import resolve
from assistant.settings import Settings
from assistant.types import Filters, Question, Role, Turn
from tests.chat_server import chat_server
from tests.cross_encoder import counting_common_words
from tests.integration.test_assistant import take_in

TEXTS = {
    "lisbon.md": "# The office at Lisbon\n\nThe liaison office at Lisbon costs 3 million euros.\n",
    "rome.md": "# The office at Rome\n\nThe liaison office at Rome costs 5 million euros.\n",
    "oslo.md": "# Winter training\n\nThe brigade at Oslo trains on skis in January.\n",
}
HISTORY = (
    Turn(Role.USER, "Which countries have liaison offices?"),
    Turn(Role.ASSISTANT, "There is one at Lisbon and one at Rome. [1][2]"),
    Turn(Role.USER, "Where does the brigade train on skis in January?"),
    Turn(Role.ASSISTANT, "The brigade trains at Oslo, not at Lisbon. [1]"),
)
FOLLOW_UP = Question("And the other one there?", history=HISTORY)
ROME = "Rome"
OFFICES = "What does the liaison office cost?"
REWRITE = "What is the other one, at Rome?"


def shelved(backends: Backends, tmp_path: Path) -> Backends:
    folder = tmp_path / "documents"
    folder.mkdir(exist_ok=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    take_in(backends, folder)
    return backends


async def test_a_rewrite_is_searched_and_shown(tmp_path: Path) -> None:
    plain = Settings(home=tmp_path / "home")
    with open_backends(plain, "a test") as backends:
        alone = await shelved(backends, tmp_path).assistant.search(FOLLOW_UP)
    assert ROME not in alone.passages[0].stored.metadata.title
    with chat_server(lambda _: REWRITE) as server:
        settings = plain.model_copy(update={"chat_model": "m", "openai_base_url": server.url})
        with open_backends(settings, "a test") as backends:
            found = await backends.assistant.search(FOLLOW_UP)
    assert found.resolved.standalone.text == REWRITE
    assert ROME in found.passages[0].stored.metadata.title


async def test_where_the_model_writes_rubbish_the_product_resolves_by_itself(
    tmp_path: Path,
) -> None:
    plain = Settings(home=tmp_path / "home")
    with open_backends(plain, "a test") as backends:
        alone = await shelved(backends, tmp_path).assistant.search(FOLLOW_UP)
    with chat_server(lambda _: "What does Madrid cost?") as server:
        settings = plain.model_copy(update={"chat_model": "m", "openai_base_url": server.url})
        with open_backends(settings, "a test") as backends:
            found = await backends.assistant.search(FOLLOW_UP)
    assert server.asked
    assert found.resolved.standalone == alone.resolved.standalone
    assert found.passages == alone.passages


@dataclass(frozen=True)
class Preferring:
    """A reranker that prefers what names a place."""

    place: str
    name: str = "preferring"

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        assert question == OFFICES
        return [9.0 if self.place in passage else 0.0 for passage in passages]


@pytest.mark.parametrize("place", ["Rome", "Lisbon"])
def test_what_a_cross_encoder_prefers_comes_first(tmp_path: Path, place: str) -> None:
    with open_backends(Settings(home=tmp_path / "home"), "a test") as backends:
        shelved(backends, tmp_path)
        retriever = replace(backends.retriever, reranker=Preferring(place))
        found = retriever.retrieve(
            resolve(OFFICES, ()), as_of=datetime.now(UTC), top_k=3, filters=Filters()
        )
    assert found[0].stored.metadata.title == f"The office at {place}"
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


async def test_a_cross_encoder_is_opened_by_its_setting(tmp_path: Path) -> None:
    model = counting_common_words(tmp_path / "model", tmp_path / "weights")
    settings = Settings(home=tmp_path / "home", reranker=str(model))
    with open_backends(settings, "a test") as backends:
        assert backends.retriever.reranker is not None
        found = await shelved(backends, tmp_path).assistant.search(Question(OFFICES))
    assert found.passages


def test_a_cross_encoder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", reranker="Xenova/ms-marco-MiniLM-L-6-v2")
    with (
        pytest.raises(ConfigurationError, match="Nothing is downloaded at run time"),
        open_backends(settings, "a test"),
    ):
        pass
