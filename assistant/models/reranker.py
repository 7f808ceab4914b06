"""A cross-encoder that runs in this process: it reads a question and a passage together."""

from collections.abc import Sequence
from pathlib import Path

from fastembed.common.model_description import ModelSource
from fastembed.rerank.cross_encoder import TextCrossEncoder

from assistant.errors import ConfigurationError, ModelUnavailableError
from assistant.models.folders import MODEL_FILE, cache_of, model_folder, opening
from assistant.settings import Settings

_FILES = (MODEL_FILE, "tokenizer.json", "tokenizer_config.json")
# Each batch is padded to its longest pair, and a pair is longer than a text.
_BATCH = 8


class CrossEncoder:
    """A `Reranker` over any cross-encoder that fastembed opens."""

    def __init__(self, name: str, model: TextCrossEncoder) -> None:
        self._name = name
        self._model = model

    @property
    def name(self) -> str:
        """What the model is called in logs and reports."""
        return self._name

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, in their order; logits, higher is better.

        Raises:
            ModelUnavailableError: the model cannot be run, as where memory is short.
        """
        # Passages of like length go together: less of a batch is padding.
        order = sorted(range(len(passages)), key=lambda i: len(passages[i]))
        texts = [passages[i] for i in order]
        try:
            found = list(self._model.rerank(question, texts, batch_size=_BATCH))
            by_place = dict(zip(order, found, strict=True))
        except Exception as error:  # the runtime's errors have no common kind
            raise ModelUnavailableError(
                f"The cross-encoder {self._name} failed: {error} Check that memory is free, or "
                "unset ATTACHE_RERANKER."
            ) from error
        return [float(by_place[i]) for i in range(len(passages))]


def open_reranker(settings: Settings) -> CrossEncoder | None:
    """The cross-encoder that the settings name, tried once; None where they name none.

    Raises:
        ConfigurationError: it is not known, not there, not complete, or no cross-encoder.
    """
    if not settings.reranker:
        return None
    folder = Path(settings.reranker).expanduser()
    if folder.is_dir():
        return _open_folder(folder, settings)
    return _open(f"fastembed:{settings.reranker}", settings.reranker, settings, None)


def _open_folder(folder: Path, settings: Settings) -> CrossEncoder:
    found = model_folder(folder, _FILES, "ATTACHE_RERANKER", "cross-encoder")
    if found.model not in _known():
        TextCrossEncoder.add_custom_model(
            model=found.model, sources=ModelSource(url="local"), model_file=MODEL_FILE
        )
    return _open(found.name, found.model, settings, folder)


def _known() -> set[str]:
    return {str(one["model"]) for one in TextCrossEncoder.list_supported_models()}


def _open(name: str, model: str, settings: Settings, folder: Path | None) -> CrossEncoder:
    if model.lower() not in {one.lower() for one in _known()}:
        raise ConfigurationError(
            f"ATTACHE_RERANKER: {model!r} is neither a folder nor a cross-encoder that fastembed "
            f"knows. Name a folder, or one of: {', '.join(sorted(_shown()))}."
        )
    try:
        encoder = CrossEncoder(name, TextCrossEncoder(model, **opening(settings, folder)))
        encoder.scores("Is it a cross-encoder?", ["It gives one number."])
    except Exception as error:  # whatever fastembed raises, the model cannot be used
        raise ConfigurationError(
            f"The cross-encoder {folder or model} cannot be opened: {error} "
            f"{_remedy(model, cache_of(settings), folder)}"
        ) from error
    return encoder


def _remedy(model: str, cache: Path, folder: Path | None) -> str:
    if folder is not None:
        return "Put a cross-encoder's files there, or unset ATTACHE_RERANKER."
    return (
        "Nothing is downloaded at run time: fetch it once on a machine with a network by "
        '`python -c "from fastembed.rerank.cross_encoder import TextCrossEncoder; '
        f"TextCrossEncoder('{model}', cache_dir='{cache}')\"`, name a folder, or unset "
        "ATTACHE_RERANKER."
    )


def _shown() -> set[str]:
    return {name for name in _known() if not name.startswith("local/")}
