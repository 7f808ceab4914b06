"""What stands beside a document's text and may be its marking: heads, feet, masters, comments."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from assistant.access.ladders import Ladders
from assistant.types import LoadedDocument
from ingest.loaders import package
from ingest.loaders.banners import banner, banners
from ingest.loaders.likely import LONGEST, Likely
from ingest.loaders.package import Package, local
from ingest.normalise import clean
from ingest.parsed import Reading

_PARTS = re.compile(
    r"word/(?:header|footer|comments|glossary/document)\d*\.xml"
    r"|ppt/(?:slidemasters|slidelayouts|notesmasters|handoutmasters|slides|notesslides|comments)"
    r"/[^/]+\.xml"
    r"|xl/charts/[^/]+\.xml"
    r"|styles\.xml"
)
"""Parts of Office and OpenDocument packages that have text beside the text."""
_PARAGRAPHS = frozenset({"p", "h", "comment", "text"})
_RUNNING = re.compile(
    rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]{1,2000})</(?:\w+:)?\w+>"
)
_THIRDS = re.compile(r"&[LCR]")
_CODES = re.compile(r'&(?:"[^"]*"|[LCR]|K[0-9A-F]{6}|\d{1,3}|[A-Z])')
"""What the head of a sheet writes between its words: where they stand, and in which type."""
_LOOKED_AT = 20_000
_MOST = 200
"""Different lines of one document that are looked at again where markings are settled."""


def bearing(document: LoadedDocument, name: str, reading: Reading) -> LoadedDocument:
    """The document with those of its margins that may be a marking; its file's `name` is one."""
    likely = Likely(ladders := Ladders.read(reading.limits.markings))
    stem = name.rpartition(".")[0] or name
    lines = dict.fromkeys(
        " ".join(clean(line).split())
        for text in (*document.margins, stem.replace("_", " "))
        for line in text.splitlines()
    )
    kept = (
        line
        for line in islice(lines, _LOOKED_AT)
        if 0 < len(line) <= LONGEST and (banner([line]) or _of(line, ladders) or likely.named(line))
    )
    return replace(document, margins=tuple(kept)[:_MOST])


def _of(line: str, ladders: Ladders) -> str | None:
    return next(banners([line], ladders), None)


def of_package(parts: Package) -> Iterator[str]:
    """The paragraphs of the parts of a package that are no part of the text."""
    for name in parts.names():
        tree = parts.tree(name) if _PARTS.fullmatch(name) else None
        for element in package.elements(tree) if tree is not None else ():
            if local(element) in _PARAGRAPHS:
                yield "".join(str(text) for text in element.itertext())
            elif drawn := element.get("string") or element.get("descr"):  # watermarks, pictures
                yield drawn


def of_sheet(sheet: bytes) -> Iterator[str]:
    """What is printed above and below the pages of a sheet."""
    for found in _RUNNING.finditer(sheet):
        text = found.group(1).decode("utf-8", "replace").replace("&amp;", "&")
        yield from filter(str.strip, _CODES.split(text))
        yield from (_CODES.sub("", part) for part in _THIRDS.split(text))


def told(said: Iterable[str | None]) -> Sequence[str]:
    """What properties say, each also in its parts, as keywords are."""
    values = [value for value in said if value]
    return [*values, *(part for value in values for part in re.split(r"[;,\n]", value))]
