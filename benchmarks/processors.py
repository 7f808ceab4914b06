"""How much of the machine's processors each program of a cluster takes."""

import os
from collections.abc import Mapping
from pathlib import Path
from threading import Event, Thread
from time import monotonic, process_time

import psutil

_LOOK_S = 0.5


def _own(process: psutil.Process) -> float:
    try:
        return sum(process.cpu_times()[:2])
    except psutil.NoSuchProcess:
        return 0.0


def _tree(pid: int) -> list[psutil.Process]:
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def megabytes_of(pid: int) -> float:
    """Memory of a process and of all that it started; what they share is counted once."""
    root = psutil.Process(pid)
    return sum(one.memory_full_info().pss for one in [root, *root.children(recursive=True)]) / 2**20


def pin(pid: int, core: int | None) -> None:
    """Lets all threads of a process run on one core only; on all where none is named."""
    cores = set(range(os.cpu_count() or 1)) if core is None else {core}
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), cores)


class Spent:
    """Processor seconds of named programs, with all that they start, and of the whole machine.

    They are looked at twice a second, because what ended is not told to who did not start it.
    """

    def __init__(self, programs: Mapping[str, tuple[int, ...]]) -> None:
        self._programs = programs
        self._seen: dict[str, dict[int, float]] = {name: {} for name in programs}
        self._look()
        self._at_first = self._now()
        self._began = monotonic(), self._busy(), process_time()
        self._stop = Event()
        self._looking = Thread(target=self._go_on, daemon=True)
        self._looking.start()

    def told(self, count: int) -> dict[str, float]:
        """Cores that were busy, and milliseconds of the processor for each of so many things."""
        elapsed = monotonic() - self._began[0]
        cores = (self._busy() - self._began[1]) / elapsed
        asking = process_time() - self._began[2]
        self._stop.set()
        self._looking.join()
        self._look()
        spent = {name: now - self._at_first[name] for name, now in self._now().items()}
        spent["who asks"] = asking
        each = {f"{name}, ms": round(1000 * one / max(1, count), 2) for name, one in spent.items()}
        return {"cores busy": round(cores, 2), **each}

    def _go_on(self) -> None:
        while not self._stop.wait(_LOOK_S):
            self._look()

    def _look(self) -> None:
        for name, pids in self._programs.items():
            for process in (one for pid in pids for one in _tree(pid)):
                most = self._seen[name].get(process.pid, 0.0)
                self._seen[name][process.pid] = max(most, _own(process))

    def _now(self) -> dict[str, float]:
        return {name: sum(seen.values()) for name, seen in self._seen.items()}

    @staticmethod
    def _busy() -> float:
        times = psutil.cpu_times()
        return times.user + times.nice + times.system + times.irq + times.softirq
