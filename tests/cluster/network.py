"""Networks of their own for servers, which can be cut: a namespace and a pair of devices each."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress


class Network:
    """The only way to what runs inside; `server` is where that is reached."""

    def __init__(self, number: int) -> None:
        self._namespace = f"attache-test-{number}"
        self._here, self._there = f"attache-here-{number}", f"attache-there-{number}"
        self._client, self.server = f"10.231.{number}.1", f"10.231.{number}.2"
        self.within: Sequence[str] = ("ip", "netns", "exec", self._namespace)
        """What begins the command of a program that shall run inside."""

    def cut(self) -> None:
        """Lets every packet be lost, as a pulled cable does: nobody is told."""
        _ip("link", "set", self._here, "down")

    def mend(self) -> None:
        """Puts the cable back."""
        _ip("link", "set", self._here, "up")

    def make(self) -> None:
        """Makes it anew. Only root can."""
        self.remove()
        inside = ("-n", self._namespace)
        _ip("netns", "add", self._namespace)
        peer = ("type", "veth", "peer", "name", self._there, "netns", self._namespace)
        _ip("link", "add", self._here, *peer)
        _ip("addr", "add", f"{self._client}/30", "dev", self._here)
        _ip("link", "set", self._here, "up")
        _ip(*inside, "addr", "add", f"{self.server}/30", "dev", self._there)
        _ip(*inside, "link", "set", self._there, "up")

    def remove(self) -> None:
        """Removes what is there of it."""
        for words in (("link", "del", self._here), ("netns", "del", self._namespace)):
            with suppress(subprocess.CalledProcessError):
                _ip(*words)


@contextmanager
def running_network(number: int) -> Iterator[Network]:
    """A network that is there while inside, one of each number."""
    network = Network(number)
    try:
        network.make()
        yield network
    finally:
        network.remove()


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
