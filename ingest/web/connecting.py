"""Connections for fetching: to addresses that were checked, and never past the time allowed.

A name is resolved here and nowhere else, and the connection goes to the very address that was
checked: a name that leads elsewhere a moment later leads nowhere.
"""

import queue
import ssl
import threading
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore2

from assistant.errors import SourceUnreadableError
from ingest.web.addresses import Address, Network, Resolver, is_public, read_address

PORTS = frozenset({80, 443, 8080, 8443})


class Deadline:
    """The moment by which everything has to be over."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def remaining(self) -> float:
        """The seconds left. Raises `httpcore2.ReadTimeout` where there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left


class CheckedBackend(httpcore2.NetworkBackend):
    """Connects to public addresses, and to those of the networks allowed.

    Public ones are spoken to on the ports of web servers alone: an address in a document must not
    make this program talk to a mail server or a database. Networks that were allowed are trusted.
    """

    def __init__(self, resolver: Resolver, allowed: Sequence[Network], deadline: Deadline) -> None:
        self._resolver = resolver
        self._allowed = allowed
        self._deadline = deadline
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is the time allowed
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connects to the first address of the host that answers, if all of them are allowed."""
        addresses = self._checked(host, port)
        for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            share = self._deadline.remaining() / left
            try:
                stream = self._plain.connect_tcp(
                    str(address), port, share, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if left == 1:
                    raise
            else:
                return TimedStream(stream, self._deadline)
        raise httpcore2.ConnectError

    def _checked(self, host: str, port: int) -> Sequence[Address]:
        addresses = [read_address(text) for text in self._resolved(host, port)]
        inner = [any(address in network for network in self._allowed) for address in addresses]
        for address, is_inner in zip(addresses, inner, strict=True):
            if not is_inner and not is_public(address):
                raise SourceUnreadableError(
                    f"leads to {host}, which is at no public address. Nothing is fetched from "
                    "inside a network unless ATTACHE_FETCH_NETWORKS names it."
                )
        if port not in PORTS and not all(inner):
            raise SourceUnreadableError(
                f"leads to port {port} of {host}, where web servers do not listen. Use an address "
                "with port 80, 443, 8080 or 8443, or save the document and ingest the file."
            )
        return addresses

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host; the system's resolver cannot be told how long to try."""
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, name="resolver", daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline.remaining())
        except queue.Empty:
            raise httpcore2.ConnectTimeout from None
        if isinstance(answer, Exception) or not answer:
            raise SourceUnreadableError(
                f"leads to {host}, which is not known. Check the address and the connection."
            )
        return answer


class TimedStream(httpcore2.NetworkStream):
    """A stream each step of which ends by the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """What has come, as soon as something has."""
        return self._stream.read(max_bytes, self._deadline.remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Sends everything."""
        self._stream.write(buffer, self._deadline.remaining())

    def close(self) -> None:
        """Closes the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is the time allowed
    ) -> httpcore2.NetworkStream:
        """Goes on encrypted, with a server that proves to have this name."""
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.remaining())
        return TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)
