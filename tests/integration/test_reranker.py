"""A cross-encoder by setting, run by fastembed and onnxruntime as any is."""

import shutil
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError, ModelUnavailableError
from assistant.models.reranker import CrossEncoder, open_reranker
from assistant.models.weights import default_weights
from assistant.settings import Settings
from tests.cross_encoder import counting_common_words

QUESTION = "Where is the liaison office?"
PASSAGES = [
    "A much longer text about treaties, tariffs, tonnage and the talks that were held on them.",
    "The liaison office is in Lisbon.",
    "Offices close at noon.",
]


def opened(tmp_path: Path) -> CrossEncoder:
    folder = counting_common_words(tmp_path / "mine", tmp_path / "models")
    reranker = open_reranker(Settings(home=tmp_path, reranker=str(folder)))
    assert reranker is not None
    return reranker


def test_none_is_opened_unless_one_is_named(tmp_path: Path) -> None:
    assert open_reranker(Settings(home=tmp_path)) is None


def test_a_folder_scores_each_passage_in_the_order_given(tmp_path: Path) -> None:
    reranker = opened(tmp_path)
    assert reranker.name.startswith("folder:")
    scores = reranker.scores(QUESTION, PASSAGES)
    assert scores[1] == max(scores)
    assert scores == [reranker.scores(QUESTION, [passage])[0] for passage in PASSAGES]
    assert reranker.scores(QUESTION, []) == []


def test_the_same_folder_can_be_opened_twice(tmp_path: Path) -> None:
    first = opened(tmp_path / "a").scores(QUESTION, PASSAGES)
    assert opened(tmp_path / "b").scores(QUESTION, PASSAGES) == first


def test_a_folder_that_lacks_files_says_which(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"lacks model\.onnx and tokenizer\.json and"):
        open_reranker(Settings(home=tmp_path, reranker=str(tmp_path)))


def test_a_damaged_file_is_refused_at_the_start(tmp_path: Path) -> None:
    folder = counting_common_words(tmp_path / "mine", tmp_path / "models")
    (folder / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(ConfigurationError, match=r"cannot be opened.*unset ATTACHE_RERANKER"):
        open_reranker(Settings(home=tmp_path, reranker=str(folder)))


def test_an_embedder_is_no_cross_encoder(tmp_path: Path) -> None:
    folder = tmp_path / "embedder"
    shutil.copytree(default_weights(tmp_path / "models"), folder)
    with pytest.raises(ConfigurationError, match="cross-encoder's files"):
        open_reranker(Settings(home=tmp_path, reranker=str(folder)))


def test_a_name_that_nobody_knows_is_answered_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="ms-marco-MiniLM-L-6-v2"):
        open_reranker(Settings(home=tmp_path, reranker="somebody/nothing"))


def test_a_known_cross_encoder_that_is_not_here_is_not_downloaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path, reranker="Xenova/ms-marco-MiniLM-L-6-v2")
    looked_up: list[object] = []

    def getaddrinfo(host: object, *_: object, **__: object) -> object:
        looked_up.append(host)
        raise OSError("There is no network here.")

    monkeypatch.setattr("socket.getaddrinfo", getaddrinfo)
    with pytest.raises(ConfigurationError, match="Nothing is downloaded at run time"):
        open_reranker(settings)
    assert looked_up == []


def test_a_cross_encoder_in_the_folder_of_models_is_opened_by_its_name(tmp_path: Path) -> None:
    snapshots = tmp_path / "models" / "models--Xenova--ms-marco-MiniLM-L-6-v2"
    folder = counting_common_words(snapshots / "snapshots" / "0", tmp_path / "weights")
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    (folder / "config.json").write_text("{}")
    (snapshots / "refs").mkdir()
    (snapshots / "refs" / "main").write_text("0")
    settings = Settings(home=tmp_path, reranker="Xenova/ms-marco-MiniLM-L-6-v2")
    reranker = open_reranker(settings)
    assert reranker is not None
    scores = reranker.scores(QUESTION, PASSAGES)
    assert scores[1] == max(scores)


def test_what_the_runtime_raises_is_told_as_a_failing_model() -> None:
    class Spent:
        def rerank(self, question: str, texts: list[str], batch_size: int) -> list[float]:
            raise RuntimeError(f"{len(texts)} texts, {batch_size} at once, {question}: no memory")

    reranker = CrossEncoder("spent", Spent())  # type: ignore[arg-type]
    with pytest.raises(ModelUnavailableError, match=r"no memory.*unset ATTACHE_RERANKER"):
        reranker.scores(QUESTION, PASSAGES)
