"""What a peer is handed and what it gives back, in files.

Runs in the peer's own environment, so it imports nothing of the product.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

PASSAGES = "passages"
LIMIT = 100
"""Passages that every search is asked for."""

Search = Callable[[str], list[str]]
"""From a question to the ids of passages, best first."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts with their ids and their vectors `(n_texts, dimension)` of unit length."""

    ids: list[str]
    texts: list[str]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Handed:
    """The passages, and the questions in each form, with a folder of the peer's own."""

    passages: Texts
    questions: dict[str, Texts]
    room: Path

    def vectors(self) -> dict[str, NDArray[np.float32]]:
        """The vector of every passage and question by its text: the peer's embedder."""
        every = [self.passages, *self.questions.values()]
        return {
            text: vector
            for one in every
            for text, vector in zip(one.texts, one.vectors, strict=True)
        }


def hand_over(folder: Path, name: str, texts: Texts) -> None:
    """Writes texts for a peer to read."""
    lines = (
        json.dumps({"id": one, "text": text})
        for one, text in zip(texts.ids, texts.texts, strict=True)
    )
    (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    np.save(folder / f"{name}.npy", texts.vectors)


def take(folder: Path, name: str) -> Texts:
    """Reads texts that were handed over."""
    rows = list(read(folder / f"{name}.jsonl"))
    vectors = np.load(folder / f"{name}.npy")
    return Texts([row["id"] for row in rows], [row["text"] for row in rows], vectors)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file, one a line."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def serve(build: Callable[[Handed], dict[str, Search]]) -> None:
    """Asks each of a peer's searches every question; the peer's whole program.

    Arguments of the program: the folder with what is handed over, and the file for what is found.
    """
    folder, found = Path(sys.argv[1]), Path(sys.argv[2])
    names = [path.stem for path in sorted(folder.glob("*.npy")) if path.stem != PASSAGES]
    questions = {name: take(folder, name) for name in names}
    with tempfile.TemporaryDirectory() as room, found.open("w", encoding="utf-8") as file:
        searches = build(Handed(take(folder, PASSAGES), questions, Path(room)))
        for name, search in searches.items():
            for form, asked in questions.items():
                for row in _answers(search, asked):
                    file.write(json.dumps({"search": name, "form": form, **row}) + "\n")


def _answers(search: Search, asked: Texts) -> Iterator[dict[str, Any]]:
    search(asked.texts[0])  # not counted: the first search opens what later ones find open
    for query_id, text in zip(asked.ids, asked.texts, strict=True):
        started = perf_counter()
        ranked = search(text)
        yield {"id": query_id, "ranked": ranked, "ms": (perf_counter() - started) * 1000}
