"""How much of the machine's processors each program of a cluster takes."""

import os
from collections.abc import Mapping
from pathlib import Path
from time import monotonic, process_time

import psutil


def seconds_of(pid: int) -> float:
    """Processor seconds of a process and of all that it started, ended ones too."""
    try:
        root = psutil.Process(pid)
        return sum(map(_of_one, [root, *root.children(recursive=True)]))
    except psutil.NoSuchProcess:
        return 0.0


def _of_one(process: psutil.Process) -> float:
    try:
        return sum(process.cpu_times()[:4])
    except psutil.NoSuchProcess:
        return 0.0


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
    """Processor seconds of named programs and of the whole machine since it was made."""

    def __init__(self, programs: Mapping[str, tuple[int, ...]]) -> None:
        self._programs = programs
        self._began = monotonic(), self._busy(), process_time()
        self._at_first = self._now()

    def told(self, count: int) -> dict[str, float]:
        """Cores that were busy, and milliseconds of the processor for each of so many things."""
        elapsed = monotonic() - self._began[0]
        cores = (self._busy() - self._began[1]) / elapsed
        spent = {name: now - self._at_first[name] for name, now in self._now().items()}
        spent["who asks"] = process_time() - self._began[2]
        each = {f"{name}, ms": round(1000 * one / max(1, count), 2) for name, one in spent.items()}
        return {"cores busy": round(cores, 2), **each}

    def _now(self) -> dict[str, float]:
        return {name: sum(map(seconds_of, pids)) for name, pids in self._programs.items()}

    @staticmethod
    def _busy() -> float:
        times = psutil.cpu_times()
        return times.user + times.nice + times.system + times.irq + times.softirq
