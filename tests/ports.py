"""Ports for servers that are told where to listen."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_port() -> Iterator[int]:
    """A port of loopback that the system gives to nobody until the end.

    It is held by a socket that does not listen, so that who is told of it can: a connection that
    somebody else opens meanwhile gets another number.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])
