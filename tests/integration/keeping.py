"""A small library with everything in it that repairs, rebuildings and backups must keep."""

from collections.abc import Sequence
from pathlib import Path

from assistant.library.checking import check
from assistant.library.library import Library
from assistant.types import Filters, NewVersion
from tests.unit.library.builders import day, new_version, publish, vector

SOURCE = "Common ground.\n\nAn attaché advises the ambassador."


class WordEncoder:
    """Embeds a text as its words are; keeps what it was asked."""

    max_tokens = 256

    def __init__(self, name: str = "test", scale: int = 1) -> None:
        self.name = name
        self._scale = scale
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded.extend(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return vector(text) * self._scale

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def fill(library: Library, folder: Path) -> list[NewVersion]:
    """Two documents, one of them in two versions; the originals are kept, one has its source."""
    folder.mkdir(exist_ok=True)
    source = folder / "attaché.txt"
    source.write_text(SOURCE)
    versions = [
        new_version("file:///treaty.txt", "Old article.\n\nCommon ground.", title="Treaty"),
        new_version(source.as_uri(), SOURCE, title="Attaché"),
        new_version("file:///treaty.txt", "New article.\n\nCommon ground.", title="Treaty"),
    ]
    for number, version in enumerate(versions, start=1):
        library.files.put(version.document.text.encode())
        publish(library, day(number), version)
    return versions


def kinds(library: Library, *, deep: bool = True) -> list[str]:
    """What a check finds wrong."""
    return [finding.kind for finding in check(library, deep=deep).findings]


def found(library: Library, question: str, number: int = 9) -> set[str]:
    """The texts that either index finds of what stood on a day."""
    dense = library.vectors.search(vector(question), 50)
    lexical = library.lexical.search(question, 50)
    names = [chunk_id for chunk_id, _ in [*dense, *lexical]]
    stored = library.ledger.chunks(names, day(number), Filters())
    return {each.chunk.text for each in stored.values()}
