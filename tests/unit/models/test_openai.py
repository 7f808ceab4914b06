"""What an OpenAI-compatible server is asked, and what its errors mean."""

import inspect

import httpx2
import numpy as np
import openai
import pytest
from pydantic import SecretStr

from assistant.errors import (
    ConfigurationError,
    ModelBusyError,
    ModelError,
    ModelRefusedError,
    ModelUnavailableError,
)
from assistant.models.openai import EndpointEncoder, model_errors, open_chat_model, translated
from assistant.settings import Settings
from tests.embedding_server import counted, embedding_server

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")
EVERY_ERROR = [
    kind
    for _, kind in inspect.getmembers(openai, inspect.isclass)
    if issubclass(kind, openai.OpenAIError)
]


def made(kind: type[openai.OpenAIError]) -> openai.OpenAIError:
    """An error of that kind, made without its constructor: each takes other arguments."""
    error = kind.__new__(kind)
    Exception.__init__(error, "said the server")
    return error


@pytest.mark.parametrize("kind", EVERY_ERROR, ids=lambda kind: kind.__name__)
def test_every_error_of_the_client_becomes_one_of_ours(kind: type[openai.OpenAIError]) -> None:
    ours = translated(made(kind))
    assert isinstance(ours, ModelError)
    assert str(ours)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (openai.APITimeoutError, ModelUnavailableError),
        (openai.APIConnectionError, ModelUnavailableError),
        (openai.InternalServerError, ModelUnavailableError),
        (openai.RateLimitError, ModelBusyError),
        (openai.AuthenticationError, ModelRefusedError),
        (openai.NotFoundError, ModelRefusedError),
        (openai.BadRequestError, ModelRefusedError),
    ],
)
def test_an_error_says_whether_to_try_again(
    kind: type[openai.OpenAIError], expected: type[ModelError]
) -> None:
    assert type(translated(made(kind))) is expected


def test_a_spent_quota_is_not_worth_trying_again() -> None:
    error = openai.RateLimitError.__new__(openai.RateLimitError)
    Exception.__init__(error, "You exceeded your current quota")
    assert isinstance(translated(error), ModelRefusedError)


def test_an_error_of_the_transport_is_translated_too() -> None:
    with pytest.raises(ModelUnavailableError), model_errors():
        raise httpx2.ReadTimeout("slow", request=REQUEST)


def test_no_chat_model_is_opened_where_none_is_named() -> None:
    assert open_chat_model(Settings(chat_model=None)) is None


def test_a_model_without_key_or_address_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError, match="OPENAI_API_KEY"):
        open_chat_model(Settings(chat_model="gpt-x", openai_api_key=None, openai_base_url=None))


def test_a_server_of_ones_own_needs_no_key() -> None:
    encoder = EndpointEncoder("some-model", Settings(openai_base_url="http://127.0.0.1:9/v1"))
    assert encoder.name == "openai:some-model"
    with pytest.raises(ModelUnavailableError, match="ATTACHE_OPENAI_BASE_URL"):
        encoder.embed_query("Anyone there?")


def test_texts_are_embedded_by_a_server_in_their_order_at_unit_length() -> None:
    texts = ["An embassy", "a treaty of unity"]
    with embedding_server() as (url, asked):
        encoder = EndpointEncoder(
            "some-model", Settings(openai_base_url=url, openai_api_key=SecretStr("sesame"))
        )
        found = np.array(encoder.embed_documents(texts))
        question = np.array(encoder.embed_query(texts[1]))
    assert np.linalg.norm(found, axis=1) == pytest.approx([1.0, 1.0])
    wanted = np.array([counted(text) for text in texts])
    assert found == pytest.approx(wanted / np.linalg.norm(wanted, axis=1)[:, None])
    assert question == pytest.approx(found[1])
    # As texts: tokens are this vendor's own, and other servers do not take them.
    assert asked[0]["input"] == texts
    assert {(body["model"], body["key"]) for body in asked} == {("some-model", "Bearer sesame")}


def test_tokens_of_a_text_are_estimated_from_above() -> None:
    encoder = EndpointEncoder("some-model", Settings(openai_base_url="http://127.0.0.1:9/v1"))
    assert encoder.count_tokens(["", "an attaché", "北大西洋"]) == [0, 4, 4]
