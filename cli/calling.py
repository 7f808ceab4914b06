"""Calls of the running server's API by its operator: one answer, or progress and then a result."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2
from pydantic import BaseModel, JsonValue, TypeAdapter, ValidationError

from assistant.errors import (
    AsOfPrunedError,
    AssistantError,
    LibraryError,
    LibraryInUseError,
    ModelBusyError,
    ModelError,
    ModelRefusedError,
    ModelUnavailableError,
    QuestionError,
)

_STARTING_S = 20.0
# Work on the whole library may take hours; the server sends a sign of life every few seconds.
_WORKING = httpx2.Timeout(120.0, connect=5.0)
_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)

Told = Callable[[str, int, int], None]
Grown = Callable[[str], None]


_KINDS: dict[str, type[AssistantError]] = {
    "question-invalid": QuestionError,
    "as-of-pruned": AsOfPrunedError,
    "model": ModelError,
    "model-refused": ModelRefusedError,
    "model-unavailable": ModelUnavailableError,
    "model-busy": ModelBusyError,
}
"""Problems that a command tells apart; all others are the library's."""


class _Problem(BaseModel):
    type: str = ""
    title: str = "The server failed"
    detail: str = "Look at what it logged, then try again."


def send(
    url: str,
    token: str,
    method: str,
    path: str,
    body: JsonValue,
    told: Told | None,
    grown: Grown | None = None,
) -> JsonValue:
    """What the server answers; where it streams, the last event.

    Before that, progress is `told`, and an answer has `grown` by each piece of its text.

    Raises:
        AssistantError: it refused or failed; the message is its own.
        LibraryInUseError: it does not answer.
    """
    with _translated(url), _connected(url, token) as client:
        _await_start(client)
        with client.stream(method, path, json=body) as response:
            if "text/event-stream" in response.headers.get("content-type", ""):
                return _last(response, told, grown)
            content = response.read()
            if response.is_success:
                return _JSON.validate_json(content) if content else None
            raise _error(content)


def is_alive(url: str) -> bool:
    """Whether a server listens there; one that is too busy to answer does."""
    try:
        with _connected(url) as client:
            client.get("/healthz")
    except httpx2.ConnectError:
        return False
    except httpx2.HTTPError:
        return True
    return True


def _await_start(client: httpx2.Client) -> None:
    """Returns once the server listens: it is found a moment before."""
    deadline = time.monotonic() + _STARTING_S
    while True:
        try:
            client.get("/healthz")
        except httpx2.ConnectError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


@contextmanager
def _connected(url: str, token: str | None = None) -> Iterator[httpx2.Client]:
    # On this machine: a proxy meant for the internet must not stand between.
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with httpx2.Client(base_url=url, trust_env=False, timeout=_WORKING, headers=headers) as client:
        yield client


def _last(response: httpx2.Response, told: Told | None, grown: Grown | None) -> JsonValue:
    for event in httpx2.EventSource(response):
        match event.event:
            case "progress" if told is not None:
                news = json.loads(event.data)
                told(news["what"], news["done"], news["total"])
            case "delta" if grown is not None:
                grown(json.loads(event.data)["text"])
            case "result" | "report" | "answer":
                return _JSON.validate_json(event.data)
            case "error":
                raise _error(event.data.encode())
            case _:
                pass
    raise LibraryError("The server stopped before the work was done. Start it and try again.")


def _error(content: bytes) -> AssistantError:
    """What the server refused or failed with, as it would have been raised here."""
    try:
        told = _Problem.model_validate_json(content)
    except ValidationError:
        told = _Problem()
    return _KINDS.get(told.type.rpartition(":")[2], LibraryError)(told.detail)


@contextmanager
def _translated(url: str) -> Iterator[None]:
    try:
        yield
    except (httpx2.HTTPError, ValueError) as error:
        raise LibraryInUseError(
            f"The server at {url} holds the data directory and does not answer "
            f"({type(error).__name__}). Wait a moment and try again, or stop it."
        ) from error
