"""What a benchmark starts ends with it, whoever is told to end or killed."""

import signal
import subprocess
import sys

import psutil
import pytest

_BENCHMARK = """
import subprocess, time
from benchmarks.ending import all_of_it

def work() -> None:
    started = subprocess.Popen(["sleep", "600"], start_new_session=True)
    try:
        print(started.pid, flush=True)
        time.sleep(600)
    finally:
        started.kill()

all_of_it(work)
"""


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("its_child", [False, True])
def test_what_a_benchmark_started_ends_with_it(told: signal.Signals, *, its_child: bool) -> None:
    command = [sys.executable, "-c", _BENCHMARK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as benchmark:
        assert benchmark.stdout is not None
        started = psutil.Process(int(benchmark.stdout.readline()))
        child = psutil.Process(benchmark.pid).children()[0]
        (child if its_child else psutil.Process(benchmark.pid)).send_signal(told)
        assert benchmark.wait(60) == (128 + told if its_child or told != signal.SIGKILL else -told)
        assert not psutil.wait_procs([child, started], 60)[1]


def test_a_benchmark_exits_as_its_work_does() -> None:
    command = "import sys; from benchmarks.ending import all_of_it; all_of_it(lambda: sys.exit(3))"
    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 3
