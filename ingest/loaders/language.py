"""The language of a text that does not name it."""

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from assistant.types import LoadedDocument

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

FEWEST = 200  # characters; of less, names of people and places decide
_SAMPLE = 1200
_SURE = 0.95


def with_language(document: LoadedDocument) -> LoadedDocument:
    """The document, with the language of its text where its source names none."""
    if document.metadata.language is not None:
        return document
    language = detected(document.text)
    return replace(document, metadata=replace(document.metadata, language=language))


def detected(text: str) -> str | None:
    """The ISO 639-1 code of the text's language; None where it is short or in doubt."""
    if len(text) < FEWEST:
        return None
    # From the middle: the beginning is often a cover, with names and in capitals.
    middle = max(0, len(text) // 2 - _SAMPLE // 2)
    code, sureness = _identifier().classify(text[middle : middle + _SAMPLE])
    return code if sureness >= _SURE and len(code) == 2 else None


@cache
def _identifier() -> "LanguageIdentifier":
    # Imported when first needed: its model takes a moment to load.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
