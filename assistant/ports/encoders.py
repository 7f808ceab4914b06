"""What is asked of models that read texts: embedders, and those that weigh a passage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vector = Sequence[float] | NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class QuestionVectors:
    """A question as an embedder reads it.

    `own` is its vector, `within` that of the question as it reads after its context: of unit
    length and shape `(dimension,)`. `signs` has a row for each of its tokens, of the bytes that
    `TokenEncoder` gives of a passage's; `words` are the words these tokens are of.
    """

    own: NDArray[np.float32]
    within: NDArray[np.float32]
    signs: NDArray[np.uint8]
    words: tuple[str, ...]


class TextEncoder(Protocol):
    """Turns texts into unit vectors; holds what a library must know of its embedder."""

    @property
    def name(self) -> str:
        """The embedder's identity: a library built with another name is refused."""

    @property
    def max_tokens(self) -> int:
        """The tokens one text may have before the embedder cuts it."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors `(n_texts, dimension)` of unit length, in the order of the texts."""

    def embed_query(self, text: str) -> list[float]:
        """The vector of one question, of unit length."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text as the embedder counts them, without special tokens."""


@runtime_checkable
class TokenEncoder(TextEncoder, Protocol):
    """An encoder that also tells how each token reads where it stands."""

    def embed_passages(self, texts: Sequence[str]) -> tuple[list[list[float]], list[bytes]]:
        """The vectors as `embed_documents` gives them, and the signs of each text's tokens.

        Signs are one bit for each of some dimensions, the same number of bytes for each token.
        """

    def embed_question(self, text: str, context: str) -> QuestionVectors:
        """A question, read after the context where there is one."""

    def token_spans(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """For each text, where the tokens stand whose signs `embed_passages` gives, in order.

        Of shape `(n_tokens, 2)`: where each begins and ends. Not to be changed: they are shared.
        """


class Reranker(Protocol):
    """Reads a question and each of some passages together."""

    @property
    def name(self) -> str:
        """What the model is called in logs and reports."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, in their order; logits, higher is better.

        Raises:
            ModelError: the model cannot be run.
        """
