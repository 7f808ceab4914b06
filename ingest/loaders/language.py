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
_ELSEWHERE = 3  # samples: a longer text is looked at elsewhere where its middle leaves doubt


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
    code, sureness = _around(text, 0.5)
    if sureness < _SURE and len(text) > _ELSEWHERE * _SAMPLE:
        sureness = _agreed(text, code)
    return code if sureness >= _SURE and len(code) == 2 else None


def _agreed(text: str, code: str) -> float:
    """How sure two of the places beside the middle are, where all have the language of it."""
    found = [_around(text, share) for share in (0.1, 0.25, 0.75, 0.9)]
    if any(other != code for other, _ in found):
        return 0.0
    return sorted(sureness for _, sureness in found)[-2]


def _around(text: str, share: float) -> tuple[str, float]:
    """The language around a place, given as a share of the text, and how sure that is."""
    start = max(0, int(len(text) * share) - _SAMPLE // 2)
    code, sureness = _identifier().classify(text[start : start + _SAMPLE])
    return code, float(sureness)


@cache
def _identifier() -> "LanguageIdentifier":
    # Imported when first needed: its model takes a moment to load.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
