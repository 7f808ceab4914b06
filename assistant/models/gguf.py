"""A model file run by the product: a server on loopback in a process of its own.

What answers is the OpenAI client like everywhere else: the file's server is one more address.
"""

import importlib.util
import logging
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from pydantic import SecretStr

from assistant.errors import ConfigurationError
from assistant.settings import Settings

PREFIX = "gguf:"
ENGINE = "xllamacpp"

_MAGIC = b"GGUF"
_START_S = 300.0  # a file of many gigabytes from a slow disk
_END_S = 5.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelServer:
    """A server that runs: its address, the key it asks for and the name of its model."""

    base_url: str
    key: str
    model: str
    process: "subprocess.Popen[str]"


@contextmanager
def with_model_file(settings: Settings) -> Iterator[Settings]:
    """The settings as the chat model is to be opened with them.

    Where they name a model file, its server runs until the end, and what is given names the server;
    else they are given as they are.

    Raises:
        ConfigurationError: the file cannot be used, or what runs it is not installed.
    """
    if settings.chat_model is None or not settings.chat_model.startswith(PREFIX):
        yield settings
        return
    with serving(Path(settings.chat_model.removeprefix(PREFIX)).expanduser()) as server:
        yield settings.model_copy(
            update={
                "chat_model": server.model,
                "openai_base_url": server.base_url,
                "openai_api_key": SecretStr(server.key),
            }
        )


@contextmanager
def serving(path: Path) -> Iterator[ModelServer]:
    """A server of the model file, ended at the end. Raises `ConfigurationError` as above."""
    _check(path)
    process = subprocess.Popen(  # noqa: S603  # our own module, and a path that is one argument
        [sys.executable, "-m", "assistant.models.gguf_child", str(path), path.stem],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    try:
        key = secrets.token_urlsafe(24)
        address = _address(process, key, path)
        yield ModelServer(f"{address}/v1", key, path.stem, process)
    finally:
        _end(process)


def _check(path: Path) -> None:
    if importlib.util.find_spec(ENGINE) is None:
        raise ConfigurationError(
            f"ATTACHE_CHAT_MODEL names a model file, and {ENGINE}, which runs it, is not "
            f"installed. Run .venv/bin/pip install {ENGINE}, or unset ATTACHE_CHAT_MODEL."
        )
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise ConfigurationError(
            f"The model file {path} cannot be read ({error.strerror}). Correct ATTACHE_CHAT_MODEL: "
            "gguf: and the path of a file."
        ) from error
    if magic != _MAGIC:
        raise ConfigurationError(
            f"{path} is no GGUF file. Correct ATTACHE_CHAT_MODEL: gguf: and the path of one."
        )


def _address(process: "subprocess.Popen[str]", key: str, path: Path) -> str:
    """What the process says once its server runs."""
    assert process.stdin is not None
    assert process.stdout is not None
    late = Timer(_START_S, process.kill)
    late.start()
    try:
        process.stdin.write(f"{key}\n")
        process.stdin.flush()
        said = process.stdout.readline().strip()
    except BrokenPipeError:
        said = ""
    finally:
        late.cancel()
    if not said.startswith("http://127.0.0.1:"):
        raise ConfigurationError(
            f"The model file {path} cannot be run ({said or 'its process ended'}). It may be "
            "damaged, of a kind that is not known yet, or too large for the memory: name another "
            "in ATTACHE_CHAT_MODEL."
        )
    return said


def _end(process: "subprocess.Popen[str]") -> None:
    """Closes what the process listens to, and does not wait for one that does not end."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.close()
    except BrokenPipeError:
        logger.debug("the model's server had ended before")
    try:
        process.wait(_END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
