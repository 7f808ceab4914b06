"""A network of its own for one server, which can be cut: a namespace and a pair of devices."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

NAMESPACE = "attache-test"
_HERE, _THERE = "attache-here", "attache-there"
SERVER = "10.231.8.2"
"""Where what runs inside is reached."""
_CLIENT = "10.231.8.1"
WITHIN: Sequence[str] = ("ip", "netns", "exec", NAMESPACE)
"""What begins the command of a program that shall run inside."""


class Network:
    """The only way to what runs inside."""

    def cut(self) -> None:
        """Lets every packet be lost, as a pulled cable does: nobody is told."""
        _ip("link", "set", _HERE, "down")

    def mend(self) -> None:
        """Puts the cable back."""
        _ip("link", "set", _HERE, "up")


@contextmanager
def running_network() -> Iterator[Network]:
    """A network that is there while inside; only root can make one."""
    _remove()
    try:
        _ip("netns", "add", NAMESPACE)
        _ip("link", "add", _HERE, "type", "veth", "peer", "name", _THERE, "netns", NAMESPACE)
        _ip("addr", "add", f"{_CLIENT}/30", "dev", _HERE)
        _ip("link", "set", _HERE, "up")
        _ip("-n", NAMESPACE, "addr", "add", f"{SERVER}/30", "dev", _THERE)
        _ip("-n", NAMESPACE, "link", "set", _THERE, "up")
        yield Network()
    finally:
        _remove()


def _remove() -> None:
    for words in (("link", "del", _HERE), ("netns", "del", NAMESPACE)):
        with suppress(subprocess.CalledProcessError):
            _ip(*words)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
