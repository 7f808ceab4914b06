"""Vectors by chunk on a Chroma server: one's own, a distributed one, or Chroma's cloud."""

import logging
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from random import uniform
from time import monotonic, sleep
from typing import TypeVar
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api.client import AdminClient, Client
from chromadb.api.fastapi import FastAPI
from chromadb.config import Settings
from chromadb.errors import InternalError, NotFoundError, RateLimitError
from numpy.typing import NDArray

from assistant.errors import (
    ConfigurationError,
    LibraryDamagedError,
    LibraryError,
    LibraryUnavailableError,
)
from assistant.library.breaker import Breaker
from assistant.library.chroma import ChromaCollection, translated
from assistant.library.servers import ChromaAddress
from assistant.ports import Vector
from assistant.types import ChunkId

logger = logging.getLogger(__name__)

_ANSWERED_S = httpx.Timeout(30.0, connect=3.0)
_SEARCHED_S = httpx.Timeout(4.0, connect=2.0)
_REFUSED = (401, 403)
_NAMED_AT_ONCE = 10_000
_PATIENCE_S = 60.0
"""How long writing waits for a server that is away; a question does not wait."""
_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0

T = TypeVar("T")


class ChromaServer:
    """A server and the collections of one library on it, whose names begin with `prefix`."""

    def __init__(self, address: ChromaAddress, prefix: str) -> None:
        self.fact = "collections"
        self._prefix = prefix
        self.place = address.url
        with _told_at_first(address.url), _translated(address.url):
            # Questions have a connection of their own, which waits less.
            self._client, self._asking = (
                _connect(address, patience) for patience in (_ANSWERED_S, _SEARCHED_S)
            )
        self.breaker = Breaker()

    def open(self, name: str) -> "ServedVectors":
        """The collection of this name, made where it is not there yet."""
        return ServedVectors(self._client, self._asking, name, self.place, self.breaker)

    def new_name(self, token: str) -> str:
        """The name of a collection of this library."""
        return f"{self._prefix}-{token}"

    def names(self) -> list[str]:
        """The collections of this library."""
        with _translated(self.place):
            found = [each.name for each in self._client.list_collections()]
        return [name for name in found if name.startswith(f"{self._prefix}-")]

    def remove(self, name: str) -> None:
        """Deletes a collection; an unknown one is no error."""
        with _translated(self.place):
            try:
                self._client.delete_collection(name)
            except NotFoundError:
                logger.info("the collection %s is gone already", name)

    def close(self) -> None:
        """Closes the connections."""
        for client in (self._client, self._asking):
            _session(client).close()  # which its own closing forgets
            client.close()


class _Served(ChromaCollection):
    @contextmanager
    def _translated(self) -> Iterator[None]:
        with _translated(self._place):
            yield


class ServedVectors(_Served):
    """A collection on a server. Writing waits for a server that is away, searching does not.

    `search` finds nothing while the server is away: what is found by words answers then, and
    `lacked_since` says so.
    """

    def __init__(
        self, client: Client, asking: Client, name: str, place: str, breaker: Breaker
    ) -> None:
        super().__init__(client, name, place)
        self._asked = _Served(asking, name, place)
        self._breaker = breaker

    def add(self, chunk_ids: Sequence[ChunkId], vectors: Sequence[Vector]) -> None:
        """Writes or overwrites the vectors of these chunks; writing them twice changes nothing."""
        _patiently(partial(super().add, chunk_ids, vectors))

    def search(self, vector: Vector, limit: int) -> list[tuple[ChunkId, float]]:
        """Nearest chunks with cosine similarity in [-1, 1], best first; none while it is away."""
        if not self._breaker.allows():
            return []
        try:
            found = self._asked.search(vector, limit)
        except LibraryUnavailableError as error:
            self._breaker.failed()
            logger.warning("Questions are answered by their words alone: %s", error)
            return []
        self._breaker.worked()
        return found

    def probe(self) -> None:
        """Reads a vector. Raises `LibraryUnavailableError` where the server is away."""
        self._asked.probe()
        self._breaker.worked()

    def lacked_since(self, moment: float) -> bool:
        """Whether a search since then, by `time.monotonic`, was answered without vectors."""
        return self._breaker.lacked_since(moment)

    def remove(self, chunk_ids: Sequence[ChunkId]) -> None:
        """Forgets these chunks; unknown ones are no error."""
        _patiently(partial(super().remove, chunk_ids))

    def count(self) -> int:
        """How many vectors the index holds, valid or not."""
        return _patiently(super().count)

    def ids(self) -> list[ChunkId]:
        """Every chunk that the index has been given and not forgotten."""
        found: list[ChunkId] = []
        while part := _patiently(partial(self.page, _NAMED_AT_ONCE, len(found))):
            found += part
        return found

    def vectors(self, chunk_ids: Sequence[ChunkId]) -> dict[ChunkId, NDArray[np.float32]]:
        """The vectors of these chunks as they are searched, without those it does not know."""
        return _patiently(partial(super().vectors, chunk_ids))

    def close(self) -> None:
        """Leaves the connections open: they are the server's, and shared."""


def _patiently(call: Callable[[], T]) -> T:
    """What the call gives, tried again with growing pauses while the server is away."""
    until, pause = monotonic() + _PATIENCE_S, _FIRST_PAUSE_S
    while True:
        try:
            return call()
        except LibraryUnavailableError as error:
            if monotonic() + pause > until:
                raise
            logger.warning("%s Trying again in %.1f s.", error, pause)
        # Many who wait for one server do not all come back at once.
        sleep(pause * uniform(0.7, 1.3))  # noqa: S311 - nobody gains by guessing it
        pause = min(2 * pause, _LONGEST_PAUSE_S)


def _connect(address: ChromaAddress, patience: httpx.Timeout) -> Client:
    parts = urlsplit(address.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ConfigurationError(
            "ATTACHE_CHROMA_URL is not the address of a Chroma server, such as "
            "http://chroma.example.org:8000 or https://api.trychroma.com."
        )
    secure = parts.scheme == "https"
    client = chromadb.HttpClient(
        host=parts.hostname,
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        headers=dict(address.headers),
        settings=Settings(anonymized_telemetry=False, chroma_server_ssl_verify=address.authority),
        tenant=address.tenant,
        database=address.database,
    )
    assert isinstance(client, Client)
    # It asked whether the tenant exists over a connection of its own, which nothing else closes.
    asking = client._admin_client  # noqa: SLF001
    assert isinstance(asking, AdminClient)
    _session(asking).close()
    # By itself it waits for ever.
    _session(client).timeout = patience
    return client


def _session(client: Client | AdminClient) -> httpx.Client:
    server = client._server  # noqa: SLF001 - it offers no other way to what it sends by
    assert isinstance(server, FastAPI)
    return server._session  # noqa: SLF001


@contextmanager
def _told_at_first(place: str) -> Iterator[None]:
    """What a server that is asked for the first time does wrong: who asks it then cannot begin.

    What only a setting can mend says which.
    """
    try:
        yield
    except LibraryError as error:
        for cause in _causes(error):
            if isinstance(cause, ssl.SSLCertVerificationError):
                raise ConfigurationError(
                    f"The certificate of the Chroma server at {place} cannot be trusted: "
                    f"{cause.verify_message}. Set ATTACHE_CHROMA_CA to a file with the certificate "
                    "of the authority that vouches for it."
                ) from error
            if isinstance(cause, httpx.HTTPStatusError) and cause.response.status_code in _REFUSED:
                raise ConfigurationError(
                    f"The Chroma server at {place} refuses what it is asked "
                    f"({cause.response.status_code}). Set ATTACHE_CHROMA_HEADERS to the header "
                    "with the key that it wants, such as 'X-Chroma-Token: …'."
                ) from error
        if not isinstance(error, LibraryUnavailableError):
            raise
        *_, first = _causes(error)
        raise LibraryUnavailableError(
            f"The Chroma server at {place} cannot be reached: {first}. Start it, or set "
            "ATTACHE_CHROMA_URL to where it is, and begin again. Nothing is lost."
        ) from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what it came from, and so on."""
    met: BaseException | None = error
    while met is not None:
        yield met
        met = met.__cause__ or met.__context__


@contextmanager
def _translated(place: str) -> Iterator[None]:
    try:
        with translated(place):
            yield
    except httpx.TransportError as error:
        raise _away(place, error) from error
    except LibraryDamagedError as error:
        begun = error.__cause__
        # It says so of a connection that it begins with, and of a server whose disk is full.
        if begun is None or not (
            isinstance(begun, InternalError | RateLimitError)
            or isinstance(begun.__context__, httpx.TransportError)
        ):
            raise
        raise _away(place, begun) from error
    except BaseException as error:
        # What a proxy or a server answers that is overloaded is of no type of its own.
        if type(error) is not Exception:
            raise
        raise _away(place, error) from error


def _away(place: str, error: BaseException) -> LibraryUnavailableError:
    reason = str(error) or type(error).__name__
    return LibraryUnavailableError(
        f"The vectors at {place} cannot be reached or written: {reason}. Nothing has to be done "
        "here: they are used again once the server is back and has room."
    )
