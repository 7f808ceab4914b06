"""Warnings about a document that tries to steer a model or to hide something from its reader."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.instructions import Spoken, spoken
from assistant.types import LoadedDocument
from ingest.disguise import Disguised, disguised

MOST_WARNINGS = 5
"""For one document; what is beyond is counted."""

_SHOWN = 80  # characters of what was found
_ADVICE = "It is text like any other to Attaché. Read the document before you rely on it."
_SPOKEN = {
    "instruction": "speaks to a model, not to its reader",
    "mark": "holds what a model takes for the beginning of an order",
    "encoded": "holds encoded words that speak to a model",
}
_DISGUISED = {
    "hidden": "speaks to a model where its reader sees nothing",
    "invisible": "hides or reorders text by invisible characters",
    "carrier": "names an address made to carry data away",
}


def with_tricks_told(document: LoadedDocument, name: str, data: bytes) -> LoadedDocument:
    """The document with a warning for each place that tries, and what and where it is.

    `name` is the source's, `data` its bytes.
    """
    told = list(dict.fromkeys(_told(document, name, data)))
    if not told:
        return document
    if len(told) > MOST_WARNINGS:
        more = len(told) - MOST_WARNINGS
        told[MOST_WARNINGS:] = [f"There are {more} more places like these. {_ADVICE}"]
    return replace(document, warnings=(*document.warnings, *told))


def _told(document: LoadedDocument, name: str, data: bytes) -> Iterator[str]:
    for one in spoken(document.text):
        yield _sentence(_SPOKEN[one.kind], one.words, _place(document, one))
    metadata = document.metadata
    for what, said in (("title", metadata.title), ("issuer", metadata.issuer or "")):
        if said not in document.text:
            yield from _of(what, said)
    yield from _of("file name", name.replace("_", " ").replace("-", " "))
    for hidden in disguised(data, f"{document.text}\n{metadata.title}\n{metadata.issuer}"):
        yield _disguise(hidden)


def _of(what: str, said: str) -> Iterator[str]:
    for one in spoken(said):
        yield _sentence(_SPOKEN[one.kind], one.words, f"in its {what}")


def _disguise(one: Disguised) -> str:
    return _sentence(_DISGUISED[one.kind], one.words, one.where)


def _place(document: LoadedDocument, one: Spoken) -> str:
    where = f"characters {one.start}–{one.end}"
    page = next((page for page in document.pages if page.start <= one.start < page.end), None)
    return where if page is None else f"page {page.number}, {where}"


def _sentence(what: str, words: str, where: str) -> str:
    shown = " ".join(words.split())
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return f"It {what}: “{shown}” ({where}). {_ADVICE}"
