"""The process that runs a model file: `python -m assistant.models.gguf_child FILE NAME`.

It reads the key that clients must show from its standard input, writes the address of its server
to its standard output, or what went wrong, and ends when its standard input is closed: with the
process that started it, however that one ends.
"""

import os
import signal
import sys

import xllamacpp  # type: ignore[import-untyped]

CONTEXT_TOKENS = 8192
"""What a prompt and its answer may have together; a model trained for less takes less."""
LONGEST_ANSWER_TOKENS = 512


def main() -> None:
    """Serves the model until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it
    path, name = sys.argv[1:3]
    key = sys.stdin.readline().strip()
    # The engine writes where it likes; only the address may reach the other side.
    told = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    try:
        server = _served(path, name, key)
    except Exception as error:  # noqa: BLE001 - the engine's errors have no tree; all are told
        print(f"{type(error).__name__}: {error}", file=told, flush=True)
        os._exit(1)
    print(server.listening_address, file=told, flush=True)
    sys.stdin.read()
    # The engine's threads are in the middle of something: they are not waited for.
    os._exit(0)


def _served(path: str, name: str, key: str) -> xllamacpp.Server:
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.model_alias = {name}
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # one that is free
    params.api_keys = [key]
    params.n_ctx = CONTEXT_TOKENS
    params.n_predict = LONGEST_ANSWER_TOKENS
    params.n_parallel = 1
    # Its threads wait for each other at every step: with all cores, whatever else runs stops them.
    params.cpuparams.n_threads = max(1, (os.cpu_count() or 2) // 2)
    params.ui = False
    params.endpoint_slots = False
    params.offline = True
    params.verbosity = -1
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
