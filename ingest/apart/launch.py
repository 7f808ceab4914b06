"""Starting a reader process: what it is told, what it inherits, and what ties it to its parent."""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import ingest
from ingest.limits import Limits


def start(module: str, limits: Limits, folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The process, and the end of its lifeline: when that is closed, however it comes, it ends.

    Raises `OSError` where the machine takes no more processes; `folder`, its own, is then gone.
    """
    ours, theirs = os.pipe()[::-1]
    told = json.dumps(dataclasses.asdict(limits))
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            [sys.executable, "-P", "-m", module, told, str(folder), str(theirs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            pass_fds=(theirs,),
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
    except BaseException:  # also a cancelled start leaves nothing behind; raised on
        os.close(ours)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        os.close(theirs)
    return process, ours


def _environment(folder: Path) -> dict[str, str]:
    """All that a reader learns of where it runs: no keys, no settings, no home of anyone."""
    (package,) = ingest.__path__
    return {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join(os.get_exec_path()),
        # One thread each: readers share the cores as it is, and each thread takes memory.
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(Path(package).parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
    }
