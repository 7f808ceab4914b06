"""An encoder that embeds each text once for all runs of a benchmark."""

import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.models.encoder import TokenLocalEncoder
from assistant.ports import QuestionVectors

FILE = "embedded.pickle"


class Kept:
    """A `TokenEncoder` whose vectors and signs are kept in a folder, where one is named.

    The file is this script's own: it is read by pickle, so that nobody else's belongs there.
    """

    def __init__(self, encoder: TokenLocalEncoder, folder: Path | None) -> None:
        self._encoder = encoder
        self._path = folder / FILE if folder else None
        self._found: dict[str, tuple[NDArray[np.float32], bytes]] = {}
        if self._path and self._path.exists():
            self._found = pickle.loads(self._path.read_bytes())

    @property
    def name(self) -> str:
        """The embedder's identity."""
        return self._encoder.name

    @property
    def max_tokens(self) -> int:
        """The tokens one text may have."""
        return self._encoder.max_tokens

    def save(self) -> None:
        """Writes what was embedded to the folder."""
        if self._path:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_bytes(pickle.dumps(self._found))

    def embed_passages(self, texts: Sequence[str]) -> tuple[list[list[float]], list[bytes]]:
        """Vectors and signs, embedded where they are not known."""
        new = [text for text in dict.fromkeys(texts) if text not in self._found]
        for text, vector, signs in zip(new, *self._encoder.embed_passages(new), strict=True):
            self._found[text] = np.asarray(vector, np.float32), signs
        found = [self._found[text] for text in texts]
        return [vector.tolist() for vector, _ in found], [signs for _, signs in found]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors alone."""
        return self.embed_passages(texts)[0]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one question."""
        return self._encoder.embed_query(text)

    def embed_question(self, text: str, context: str) -> QuestionVectors:
        """A question, read after its context."""
        return self._encoder.embed_question(text, context)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text."""
        return self._encoder.count_tokens(texts)

    def token_spans(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """Where the tokens stand."""
        return self._encoder.token_spans(texts)
