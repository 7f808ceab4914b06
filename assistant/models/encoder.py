"""Embedders that run in this process: the default, and by fastembed another or a folder's."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from fastembed import TextEmbedding
from fastembed.common.model_description import ModelSource, PoolingType
from numpy.typing import ArrayLike, NDArray
from tokenizers import Tokenizer

from assistant.errors import ConfigurationError
from assistant.models.minilm import MiniLM, is_exact
from assistant.models.weights import DEFAULT_NAME, default_weights, sha256_of
from assistant.ports import QuestionVectors
from assistant.settings import Settings

_FASTEMBED_NAME = "sentence-transformers/all-MiniLM-L6-v2"
# Larger batches pad more and take more memory: 32 texts a batch measured twice the memory and a
# fifth more time (docs/benchmarks.md).
_BATCH = 8
_COUNTED_AT_ONCE = 2_000
_QUESTIONS = 32


class _Model(Protocol):
    """What embeds; `tokenizer` cuts a text where the model stops reading."""

    tokenizer: Tokenizer

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, in the order of the texts."""

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of one question, of unit length."""


class _FastEmbed:
    """Any model that fastembed knows."""

    def __init__(self, name: str, model: TextEmbedding) -> None:
        self._model = model
        tokenizer = getattr(model.model, "tokenizer", None)
        if not isinstance(tokenizer, Tokenizer):
            raise ConfigurationError(
                f"{name}: its tokens cannot be counted. Choose a text embedder in ATTACHE_EMBEDDER."
            )
        self.tokenizer = tokenizer

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Each batch is padded to its longest text, so texts of like length go together."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        embedded = self._model.embed([texts[i] for i in order], batch_size=_BATCH)
        vectors = dict(zip(order, embedded, strict=True))
        return np.array([_unit(vectors[i]) for i in range(len(texts))], np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        return _unit(next(iter(self._model.query_embed(text))))


class LocalEncoder:
    """A `TextEncoder` over a model in this process."""

    def __init__(self, name: str, model: _Model) -> None:
        self._name = name
        self._model = model
        tokenizer = model.tokenizer
        truncation = tokenizer.truncation or {}
        self._max_tokens = int(truncation.get("max_length", 256))
        # The model's own tokenizer cuts; counting needs one that does not.
        self._counter = Tokenizer.from_str(tokenizer.to_str())
        self._counter.no_truncation()
        self._counter.no_padding()

    @property
    def name(self) -> str:
        """The embedder's identity: a library built with another name is refused."""
        return self._name

    @property
    def max_tokens(self) -> int:
        """The tokens one text may have before the embedder cuts it."""
        return self._max_tokens

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors `(n_texts, dimension)` of unit length, in the order of the texts."""
        found: list[list[float]] = self._model.documents(texts).tolist() if texts else []
        return found

    def embed_query(self, text: str) -> list[float]:
        """The vector of one question, of unit length."""
        found: list[float] = self._model.query(text).tolist()
        return found

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text as the embedder counts them, without special tokens."""
        counts: list[int] = []
        # What the tokenizer gives of a text takes a hundred times the text's own memory.
        for start in range(0, len(texts), _COUNTED_AT_ONCE):
            some = list(texts[start : start + _COUNTED_AT_ONCE])
            encoded = self._counter.encode_batch_fast(some, add_special_tokens=False)
            counts += [len(one) for one in encoded]
        return counts


class TokenLocalEncoder(LocalEncoder):
    """A `TokenEncoder`: the default model, whose tokens can be looked at."""

    def __init__(self, name: str, model: MiniLM) -> None:
        super().__init__(name, model)
        self._tokens = model
        # What is asked is looked at once to find passages and once more to answer from them.
        self._asked = lru_cache(_QUESTIONS)(model.question)

    def embed_passages(self, texts: Sequence[str]) -> tuple[list[list[float]], list[bytes]]:
        """The vectors as `embed_documents` gives them, and the signs of each text's tokens."""
        if not texts:
            return [], []
        vectors, signs = self._tokens.passages(texts)
        return vectors.tolist(), signs

    def embed_question(self, text: str, context: str) -> QuestionVectors:
        """A question, read after the context where there is one."""
        return self._asked(text, context)

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """For each text, where the tokens stand whose signs `embed_passages` gives, in order."""
        return self._tokens.spans(texts)


def open_local_encoder(settings: Settings) -> LocalEncoder:
    """The in-process embedder that the settings name.

    Raises:
        ConfigurationError: it is not installed, not complete or not the file expected.
    """
    models = settings.home / "models"
    if settings.embedder == "default":
        return _open_default(settings, default_weights(models))
    folder = Path(settings.embedder).expanduser()
    if folder.is_dir():
        return _open_folder(folder, settings)
    return _open(f"fastembed:{settings.embedder}", settings.embedder, settings, None)


def open_token_encoder(settings: Settings) -> TokenLocalEncoder:
    """The default model, which tells tokens apart, whatever embedder the library has.

    Raises:
        ConfigurationError: its file is not the one expected.
    """
    folder = default_weights(settings.home / "models")
    model = MiniLM(folder, settings.embedder_threads, exact=is_exact())
    return TokenLocalEncoder(DEFAULT_NAME, model)


def _open_default(settings: Settings, folder: Path) -> LocalEncoder:
    if not is_exact():
        return _open(DEFAULT_NAME, _FASTEMBED_NAME, settings, folder)
    return TokenLocalEncoder(DEFAULT_NAME, MiniLM(folder, settings.embedder_threads))


def _open(name: str, model: str, settings: Settings, folder: Path | None) -> LocalEncoder:
    cache = settings.home / "models"
    try:
        opened = TextEmbedding(
            model,
            cache_dir=str(cache),
            threads=settings.embedder_threads,
            specific_model_path=str(folder) if folder else None,
            local_files_only=True,
        )
        return LocalEncoder(name, _FastEmbed(name, opened))
    except Exception as error:  # whatever fastembed raises, the embedder cannot be used
        raise ConfigurationError(
            f"The embedder {model!r} cannot be opened: {error} Nothing is downloaded at run time: "
            "fetch it once on a machine with a network by "
            f"`python -c \"from fastembed import TextEmbedding; TextEmbedding('{model}', "
            f"cache_dir='{cache}')\"`, or set ATTACHE_EMBEDDER to `default` or a local folder."
        ) from error


def _open_folder(folder: Path, settings: Settings) -> LocalEncoder:
    missing = [n for n in ("model.onnx", "tokenizer.json") if not (folder / n).is_file()]
    if missing:
        raise ConfigurationError(
            f"ATTACHE_EMBEDDER: {folder} lacks {' and '.join(missing)}. "
            "Name a folder that holds an ONNX sentence embedder."
        )
    digest = sha256_of(folder / "model.onnx")[:16]
    model = f"local/{digest}"
    if model not in {one["model"] for one in TextEmbedding.list_supported_models()}:
        TextEmbedding.add_custom_model(
            model=model,
            pooling=_pooling(folder),
            normalization=True,
            sources=ModelSource(url="local"),
            dim=int(_read(folder / "config.json").get("hidden_size", 384)),
            model_file="model.onnx",
        )
    return _open(f"folder:{digest}", model, settings, folder)


def _pooling(folder: Path) -> PoolingType:
    # The file that sentence-transformers writes beside its models.
    cls = _read(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token", False)
    return PoolingType.CLS if cls else PoolingType.MEAN


def _read(path: Path) -> dict[str, int | bool | str]:
    if not path.is_file():
        return {}
    content: dict[str, int | bool | str] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _unit(vector: ArrayLike) -> NDArray[np.float32]:
    array = np.asarray(vector, dtype=np.float32)
    return array / np.float32(float(np.linalg.norm(array)) or 1.0)
