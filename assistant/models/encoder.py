"""Embedders that run in this process: the default, and by fastembed another or a folder's."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.models.minilm import MiniLM, is_exact
from assistant.models.weights import DEFAULT_NAME, default_weights
from assistant.ports import QuestionVectors
from assistant.settings import Settings

_FASTEMBED_NAME = "sentence-transformers/all-MiniLM-L6-v2"
_COUNTED_AT_ONCE = 2_000
_QUESTIONS = 32
# Of each some 2 kB: what was read for an answer is mostly read again for the next.
_TEXTS = 4_096


class _Model(Protocol):
    """What embeds; `tokenizer` cuts a text where the model stops reading."""

    tokenizer: Tokenizer

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, in the order of the texts."""

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of one question, of unit length."""


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
        # What is asked is looked at once to find passages and once more to answer from them, and
        # again as what was asked before.
        self._alone = lru_cache(_QUESTIONS)(model.question)
        self._within = lru_cache(_QUESTIONS)(model.within)
        self._spans = lru_cache(_TEXTS)(model.spans)

    def embed_passages(self, texts: Sequence[str]) -> tuple[list[list[float]], list[bytes]]:
        """The vectors as `embed_documents` gives them, and the signs of each text's tokens."""
        if not texts:
            return [], []
        vectors, signs = self._tokens.passages(texts)
        return vectors.tolist(), signs

    def embed_question(self, text: str, context: str) -> QuestionVectors:
        """A question, read after the context where there is one."""
        alone = self._alone(text)
        return replace(alone, within=self._within(text, context)) if context else alone

    def token_spans(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """For each text, where the tokens stand whose signs `embed_passages` gives, in order."""
        return [self._spans(text) for text in texts]


def open_local_encoder(settings: Settings) -> LocalEncoder:
    """The in-process embedder that the settings name.

    Raises:
        ConfigurationError: it is not installed, not complete or not the file expected.
    """
    if settings.embedder == "default" and is_exact():
        return open_token_encoder(settings)
    # Who has the default embedder does not wait a tenth of a second for this to load.
    from assistant.models.fastembed_models import open_folder, open_known  # noqa: PLC0415

    if settings.embedder == "default":
        weights = default_weights(settings.home / "models")
        return LocalEncoder(DEFAULT_NAME, open_known(_FASTEMBED_NAME, settings, weights))
    folder = Path(settings.embedder).expanduser()
    model = (
        open_folder(folder, settings)
        if folder.is_dir()
        else open_known(settings.embedder, settings)
    )
    return LocalEncoder(model.name, model)


def open_token_encoder(settings: Settings) -> TokenLocalEncoder:
    """The default model, which tells tokens apart, whatever embedder the library has.

    Raises:
        ConfigurationError: its file is not the one expected.
    """
    folder = default_weights(settings.home / "models")
    model = MiniLM(folder, settings.embedder_threads, exact=is_exact())
    return TokenLocalEncoder(DEFAULT_NAME, model)
