"""Chat models and embedders behind any OpenAI-compatible server."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx2
import numpy as np
import openai
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_openai import OpenAIEmbeddings
from pydantic import SecretStr

from assistant.errors import (
    ConfigurationError,
    ModelBusyError,
    ModelError,
    ModelRefusedError,
    ModelUnavailableError,
)
from assistant.settings import Settings

_RETRIES = 2
# An endpoint's tokenizer is not known here: chunks are cut for this many tokens, and a token is
# taken as three bytes, fewer than any common tokenizer needs for prose.
_ENDPOINT_TOKENS = 256
_BYTES_PER_TOKEN = 3


@contextmanager
def model_errors() -> Iterator[None]:
    """Turns the vendor's errors, raised inside, into `ModelError`s that say what to do."""
    try:
        yield
    except (openai.OpenAIError, httpx2.HTTPError) as error:
        raise translated(error) from error


def translated(error: Exception) -> ModelError:
    """Our error for one of the vendor's."""
    match error:
        case openai.RateLimitError() if "quota" in str(error).lower():
            return ModelRefusedError(f"The model's quota is used up: {error}. Raise it and retry.")
        case openai.RateLimitError():
            return ModelBusyError("The model's server asks to slow down. Try again in a minute.")
        case openai.APIConnectionError() | openai.InternalServerError() | httpx2.HTTPError():
            return ModelUnavailableError(_unavailable(error))
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return ModelRefusedError(
                "The model's server refused the key. Set OPENAI_API_KEY to a valid one."
            )
        case openai.NotFoundError():
            return ModelRefusedError(
                "The model's server does not know the model. Correct ATTACHE_CHAT_MODEL."
            )
        case _:
            return ModelRefusedError(f"The model's server refused the request: {error}")


def _unavailable(error: Exception) -> str:
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return (
            "The model's server did not go on in time. Raise ATTACHE_CHAT_TIMEOUT_S, or use a "
            "faster model."
        )
    return (
        f"The model's server does not answer ({type(error).__name__}). Check that it runs "
        "and that ATTACHE_OPENAI_BASE_URL is right; a model file's starts with Attaché."
    )


def open_chat_model(settings: Settings) -> BaseChatModel | None:
    """The chat model that the settings name, or None where they name none.

    Raises:
        ConfigurationError: there is neither a key nor the address of a server without one.
    """
    if settings.chat_model is None:
        return None
    key = _key(settings)
    model = init_chat_model(
        settings.chat_model,
        model_provider="openai",
        api_key=key.get_secret_value(),
        base_url=settings.openai_base_url,
        temperature=0.0,
        timeout=settings.chat_timeout_s,
        max_retries=_RETRIES,
    )
    assert isinstance(model, BaseChatModel)
    return model


class EndpointEncoder:
    """A `TextEncoder` over an OpenAI-compatible embedding endpoint."""

    def __init__(self, model: str, settings: Settings) -> None:
        self._name = f"openai:{model}"
        self._embeddings = OpenAIEmbeddings(
            model=model,
            api_key=_key(settings),
            base_url=settings.openai_base_url,
            max_retries=_RETRIES,
            timeout=settings.chat_timeout_s,
            # Else it fetches a tokenizer, and sends tokens that other servers do not take.
            check_embedding_ctx_length=False,
        )

    @property
    def name(self) -> str:
        """The embedder's identity: a library built with another name is refused."""
        return self._name

    @property
    def max_tokens(self) -> int:
        """The tokens one text may have before the embedder cuts it."""
        return _ENDPOINT_TOKENS

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors `(n_texts, dimension)` of unit length. Raises `ModelError`."""
        with model_errors():
            return [_unit(vector) for vector in self._embeddings.embed_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one question, of unit length. Raises `ModelError`."""
        with model_errors():
            return _unit(self._embeddings.embed_query(text))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """An estimate from above of each text's tokens."""
        return [math.ceil(len(text.encode()) / _BYTES_PER_TOKEN) for text in texts]


def _key(settings: Settings) -> SecretStr:
    if settings.openai_api_key is not None:
        return settings.openai_api_key
    if settings.openai_base_url is None:
        raise ConfigurationError(
            "A model was named but no key: set OPENAI_API_KEY, or ATTACHE_OPENAI_BASE_URL for a "
            "server that needs none."
        )
    return SecretStr("none")


def _unit(vector: list[float]) -> list[float]:
    array = np.asarray(vector, dtype=np.float32)
    unit: list[float] = (array / (float(np.linalg.norm(array)) or 1.0)).tolist()
    return unit
