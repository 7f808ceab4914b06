"""How long a run takes that finds nothing new: `python -m benchmarks.unchanged`.

Lays out a folder of small files, takes it in, and measures whole runs of the command over it,
from the start of the process to its end.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

from ingest.sources import find

FILES = 10_000
RUNS = 5
_FOLDERS = 100
_MAIN = "from cli.app import main; main()"


def lay_out(folder: Path, files: int) -> None:
    for number in range(files):
        below = folder / f"year {number % _FOLDERS}"
        below.mkdir(parents=True, exist_ok=True)
        text = f"Report {number}. The attaché met the delegation for the {number}th time.\n"
        (below / f"report {number}.txt").write_text(text, encoding="utf-8")


def run_once(home: Path, folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", _MAIN, "ingest", "--sync", "--json", folder],
        env={"ATTACHE_HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began


def listing(folder: Path) -> float:
    """Seconds to list the folder and to ask for the size and times of each file."""
    began = time.perf_counter()
    deque(find([folder]), maxlen=0)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        folder, home = Path(room, "files"), Path(room, "home")
        lay_out(folder, asked.files)
        first = run_once(home, folder)
        again = [run_once(home, folder) for _ in range(asked.runs)]
        found = listing(folder)
    print(f"{asked.files} files taken in: {first:.1f} s")
    print(
        f"the same, unchanged: median {statistics.median(again):.2f} s "
        f"({min(again):.2f} to {max(again):.2f}) of {asked.runs} runs, process start included"
    )
    print(f"listing the folder alone: {found:.2f} s")


if __name__ == "__main__":
    main()
