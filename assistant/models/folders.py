"""A folder that holds a model, and how fastembed is told to open one without a network."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from assistant.errors import ConfigurationError
from assistant.models.weights import sha256_of
from assistant.settings import Settings

MODEL_FILE = "model.onnx"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder with all that a model needs; `digest` tells models apart by their content."""

    path: Path
    digest: str

    @property
    def name(self) -> str:
        """What the model is called in libraries, logs and reports."""
        return f"folder:{self.digest}"

    @property
    def model(self) -> str:
        """What fastembed knows it by, once it is told of it."""
        return f"local/{self.digest}"


class Opening(TypedDict):
    """What fastembed takes beside the name of a model."""

    cache_dir: str
    threads: int | None
    specific_model_path: str | None
    local_files_only: bool


def model_folder(path: Path, files: Sequence[str], setting: str, kind: str) -> ModelFolder:
    """The folder that `setting` names, for a model of this kind ("sentence embedder").

    Raises:
        ConfigurationError: one of the files is not there.
    """
    missing = [name for name in files if not (path / name).is_file()]
    if missing:
        raise ConfigurationError(
            f"{setting}: {path} lacks {' and '.join(missing)}. "
            f"Name a folder that holds an ONNX {kind}."
        )
    return ModelFolder(path, sha256_of(path / MODEL_FILE)[:16])


def cache_of(settings: Settings) -> Path:
    """Where models lie that fastembed fetched, on this machine or another."""
    return settings.home / "models"


def opening(settings: Settings, folder: Path | None) -> Opening:
    """How a model is opened: from the folder where one is given, and never fetched."""
    return Opening(
        cache_dir=str(cache_of(settings)),
        threads=settings.embedder_threads,
        specific_model_path=str(folder) if folder else None,
        local_files_only=True,
    )
