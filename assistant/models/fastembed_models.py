"""Embedders that fastembed runs: those that it knows by name, and a folder's.

Loading it takes a tenth of a second, which nobody pays who has the default embedder.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from fastembed import TextEmbedding
from fastembed.common.model_description import ModelSource, PoolingType
from numpy.typing import ArrayLike, NDArray
from tokenizers import Tokenizer

from assistant.errors import ConfigurationError
from assistant.models.folders import MODEL_FILE, cache_of, model_folder, opening
from assistant.settings import Settings

# Larger batches pad more and take more memory: 32 texts a batch measured twice the memory and a
# fifth more time (docs/benchmarks.md).
_BATCH = 8


class FastEmbed:
    """A model that fastembed opened; `name` tells what made a vector."""

    def __init__(self, name: str, model: TextEmbedding) -> None:
        self.name = name
        self._model = model
        tokenizer = getattr(model.model, "tokenizer", None)
        if not isinstance(tokenizer, Tokenizer):
            raise ConfigurationError(
                f"{name}: its tokens cannot be counted. Choose a text embedder in ATTACHE_EMBEDDER."
            )
        self.tokenizer = tokenizer

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, in the order of the texts.

        Each batch is padded to its longest text, so texts of like length go together.
        """
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        embedded = self._model.embed([texts[i] for i in order], batch_size=_BATCH)
        vectors = dict(zip(order, embedded, strict=True))
        return np.array([_unit(vectors[i]) for i in range(len(texts))], np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of one question, of unit length."""
        return _unit(next(iter(self._model.query_embed(text))))


def open_known(model: str, settings: Settings, folder: Path | None = None) -> FastEmbed:
    """The model that fastembed knows by this name, from a folder where one is given.

    Raises:
        ConfigurationError: it cannot be opened.
    """
    return _opened(f"fastembed:{model}", model, settings, folder)


def open_folder(folder: Path, settings: Settings) -> FastEmbed:
    """The model in a folder, named by its content.

    Raises:
        ConfigurationError: the folder lacks a file, or it cannot be opened.
    """
    files = (MODEL_FILE, "tokenizer.json")
    found = model_folder(folder, files, "ATTACHE_EMBEDDER", "sentence embedder")
    if found.model not in {one["model"] for one in TextEmbedding.list_supported_models()}:
        TextEmbedding.add_custom_model(
            model=found.model,
            pooling=_pooling(folder),
            normalization=True,
            sources=ModelSource(url="local"),
            dim=int(_read(folder / "config.json").get("hidden_size", 384)),
            model_file=MODEL_FILE,
        )
    return _opened(found.name, found.model, settings, folder)


def _opened(name: str, model: str, settings: Settings, folder: Path | None) -> FastEmbed:
    cache = cache_of(settings)
    try:
        return FastEmbed(name, TextEmbedding(model, **opening(settings, folder)))
    except Exception as error:  # whatever fastembed raises, the embedder cannot be used
        raise ConfigurationError(
            f"The embedder {model!r} cannot be opened: {error} Nothing is downloaded at run time: "
            "fetch it once on a machine with a network by "
            f"`python -c \"from fastembed import TextEmbedding; TextEmbedding('{model}', "
            f"cache_dir='{cache}')\"`, or set ATTACHE_EMBEDDER to `default` or a local folder."
        ) from error


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
