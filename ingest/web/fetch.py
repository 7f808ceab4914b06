"""Fetching a document from the web: from public addresses, within size and time, if it changed."""

import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpcore2
import httpx2

from assistant.errors import SourceLimitError, SourceUnreadableError
from assistant.library.spool import unwritable
from ingest.naming import secretive
from ingest.web.addresses import Network, Resolver, resolve
from ingest.web.connecting import CheckedBackend, Deadline
from ingest.web.responses import decoded, file_name, refuse, validator

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_NOT_MODIFIED = 304
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9.])?|[0-9a-f:.]+", re.IGNORECASE)
_AGENT = "Attache (document fetcher)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it was fetched. `url` is where redirects led; it names no user.

    `etag` and `last_modified` are what the server wants to be told the next time.
    """

    path: Path
    url: str
    file_name: str
    etag: str | None
    last_modified: str | None


class Fetcher:
    """Fetches documents of at most `max_bytes`, each in at most `timeout_s` seconds in all.

    Addresses that are not public are refused unless one of `allowed_networks` holds them. Nothing
    is taken from the environment: no proxies, no passwords. No cookies are kept.
    """

    def __init__(
        self,
        max_bytes: int,
        timeout_s: float,
        allowed_networks: Sequence[Network] = (),
        *,
        resolver: Resolver = resolve,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._max_bytes = max_bytes
        self._timeout_s = timeout_s
        self._allowed = tuple(allowed_networks)
        self._resolver = resolver
        self._ssl_context = ssl_context

    def fetch(
        self, url: str, room: Path, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched | None:
        """The document at an address, in a file of the room; None where it did not change.

        `etag` and `last_modified` are what was fetched the last time came with.

        Raises:
            IngestError: it cannot be had, is no document, or too large, or takes too long.
            LibraryDamagedError: the room cannot be written.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in asked.items() if value}
        with self._pool() as pool:
            try:
                return self._follow(pool, _read(url), headers, room / "fetched")
            except httpcore2.TimeoutException as error:
                raise SourceLimitError(
                    f"could not be fetched within {self._timeout_s:g} s. Try again later, or "
                    "raise ATTACHE_FETCH_TIMEOUT_S."
                ) from error
            except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError) as error:
                raise SourceUnreadableError(_broken(error)) from error

    @contextmanager
    def _pool(self) -> Iterator[httpcore2.ConnectionPool]:
        backend = CheckedBackend(self._resolver, self._allowed, Deadline(self._timeout_s))
        with httpcore2.ConnectionPool(
            ssl_context=self._ssl_context, network_backend=backend
        ) as pool:
            yield pool

    def _follow(
        self,
        pool: httpcore2.ConnectionPool,
        url: httpx2.URL,
        headers: Mapping[str, str],
        target: Path,
    ) -> Fetched | None:
        """Asks for the document wherever redirects lead, and takes it."""
        for _ in range(_MOST_REDIRECTS + 1):
            with pool.stream("GET", _core(url), headers=_request(url, headers)) as response:
                received = _headers(response)
                if response.status in _REDIRECTS and "location" in received:
                    url = _redirected(url, received["location"])
                    continue
                if response.status == _NOT_MODIFIED and headers:
                    return None
                refuse(response.status, received, self._max_bytes)
                self._save(response, received, target)
                return _fetched(target, url, received)
        raise SourceUnreadableError(
            f"leads from one address to the next more than {_MOST_REDIRECTS} times. Give the "
            "address where the document is."
        )

    def _save(self, response: httpcore2.Response, headers: Mapping[str, str], target: Path) -> None:
        pieces = decoded(response.iter_stream(), headers, self._max_bytes)
        try:
            with target.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
        except OSError as error:
            raise unwritable(target.parent, error) from error


def _read(text: str) -> httpx2.URL:
    """An address that may be asked for. Raises `SourceUnreadableError`."""
    try:
        url = httpx2.URL(text)
    except (httpx2.InvalidURL, TypeError, ValueError) as error:
        raise SourceUnreadableError("is no web address. Check it.") from error
    if url.scheme not in _DEFAULT_PORTS:
        raise SourceUnreadableError("is no web address. It has to begin with https:// or http://.")
    if url.userinfo:
        raise secretive()
    if not _HOST.fullmatch(url.raw_host.decode("ascii")):
        raise SourceUnreadableError("names no server that can be. Check the address.")
    return url


def _redirected(url: httpx2.URL, location: str) -> httpx2.URL:
    try:
        joined = str(url.join(location))
    except (httpx2.InvalidURL, ValueError) as error:
        raise SourceUnreadableError("leads to what is no web address. Check it.") from error
    target = _read(joined)
    if url.scheme == "https" and target.scheme != "https":
        raise SourceUnreadableError(
            "leads from an encrypted address to one that is not. Give the address where the "
            "document is."
        )
    return target


def _core(url: httpx2.URL) -> httpcore2.URL:
    return httpcore2.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=_port(url), target=url.raw_path
    )


def _port(url: httpx2.URL) -> int:
    return url.port or _DEFAULT_PORTS[url.scheme]


def _request(url: httpx2.URL, headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    host = url.raw_host.decode("ascii")
    host = f"[{host}]" if ":" in host else host
    sent = {
        "Host": host if _port(url) == _DEFAULT_PORTS[url.scheme] else f"{host}:{_port(url)}",
        "User-Agent": _AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **headers,
    }
    return [(name.encode("ascii"), value.encode("ascii")) for name, value in sent.items()]


def _headers(response: httpcore2.Response) -> dict[str, str]:
    """The headers by their names in small letters; of several of one name, the first."""
    headers: dict[str, str] = {}
    for name, value in response.headers:
        headers.setdefault(name.decode("ascii", "replace").lower(), value.decode("latin-1"))
    return headers


def _fetched(path: Path, url: httpx2.URL, headers: Mapping[str, str]) -> Fetched:
    return Fetched(
        path=path,
        url=str(url.copy_with(fragment=None)),
        file_name=file_name(url, headers),
        etag=validator(headers, "etag"),
        last_modified=validator(headers, "last-modified"),
    )


def _broken(error: Exception) -> str:
    """What is wrong with a connection, and what to do."""
    if isinstance(error, ssl.SSLError) or isinstance(error.__context__, ssl.SSLError):
        return (
            "is at a server that does not prove who it is. Ask who runs it for a valid certificate."
        )
    if isinstance(error, httpcore2.ConnectError):
        return "is at a server that does not answer. Check the address and the connection."
    return "broke off while it was fetched, or its server speaks no proper HTTP. Try again later."
