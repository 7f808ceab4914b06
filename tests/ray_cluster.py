"""A real Ray cluster for the tests: a head without cores and worker nodes, all on loopback."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Self

import psutil

_RAY = Path(sys.executable).with_name("ray")
_PATIENCE_S = 120.0
_COUNT = """
import sys, ray
ray.init(sys.argv[1], log_to_driver=False, logging_level="ERROR")
print(sum(node["Alive"] for node in ray.nodes()))
"""
_STORE_BYTES = 100 * 1024 * 1024


class RayNode:
    """One node, which can be killed with all that runs on it, and brought back."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Starts it, and does not wait."""
        store = f"--object-store-memory={_STORE_BYTES}"
        self._process = subprocess.Popen(
            [_RAY, "start", "--block", *self._arguments, store, "--disable-usage-stats"],
            env={"RAY_USAGE_STATS_ENABLED": "0", "PATH": "/usr/bin:/bin", "HOME": "/tmp"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    @property
    def pid(self) -> int:
        """The number of the process that all its others come from."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Ends all its processes as a loss of the machine would."""
        if self._process is not None:
            # Workers are in groups of their own, and outlive their node for a while.
            family = psutil.Process(self._process.pid).children(recursive=True)
            os.killpg(self._process.pid, signal.SIGKILL)
            for one in family:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
            self._process.wait()
            self._process = None


class RayCluster:
    """A cluster of some nodes with so many cores each."""

    def __init__(self, folder: Path, workers: int, cores: int) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        head = ("--head", f"--port={port}", "--num-cpus=0", "--include-dashboard=false")
        self._head = RayNode(*head, "--node-ip-address=127.0.0.1", f"--temp-dir={folder}")
        joining = (f"--address={self.address}", f"--num-cpus={cores}")
        self.workers = [RayNode(*joining, "--node-ip-address=127.0.0.1") for _ in range(workers)]

    def start(self) -> Self:
        """Starts every node and waits until the head listens."""
        self._head.start()
        host, _, port = self.address.partition(":")
        until = monotonic() + _PATIENCE_S
        while True:
            try:
                socket.create_connection((host, int(port)), 1).close()
                break
            except OSError:
                assert monotonic() < until, "Ray does not start"
                sleep(0.2)
        for number, worker in enumerate(self.workers, start=2):
            # One after the other: two that begin at once on one machine get in each other's way.
            worker.start()
            while self.nodes() < number:
                assert monotonic() < until, "the nodes of Ray do not come"
                sleep(0.2)
        return self

    def nodes(self) -> int:
        """How many nodes are there."""
        told = subprocess.run(
            [sys.executable, "-c", _COUNT, self.address],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return int(told.stdout or 0)

    def close(self) -> None:
        """Ends every node."""
        for node in (*self.workers, self._head):
            node.kill()


@contextmanager
def running_ray(workers: int = 2, cores: int = 1) -> Iterator[RayCluster]:
    """A cluster that runs while inside."""
    # Sockets have short names, so it is not in pytest's folders.
    with tempfile.TemporaryDirectory(prefix="ray-", dir="/tmp", ignore_cleanup_errors=True) as room:
        cluster = RayCluster(Path(room), workers, cores)
        try:
            yield cluster.start()
        finally:
            cluster.close()
