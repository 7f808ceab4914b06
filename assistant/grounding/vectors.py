"""The vectors and signs of what is said and of the texts that may carry it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.ports import TextEncoder, TokenEncoder

Floats = NDArray[np.float32]
Signs = NDArray[np.uint8]

_PROBE = "width"


def embedded(encoder: TextEncoder, texts: list[str]) -> tuple[Floats, list[Signs]]:
    """The vectors of texts, and the signs of their tokens where the encoder tells them."""
    if not isinstance(encoder, TokenEncoder):
        none = np.zeros((0, 0), np.uint8)
        return np.asarray(encoder.embed_documents(texts), np.float32), [none] * len(texts)
    vectors, signs = encoder.embed_passages(texts)
    # Any question tells how many signs a token has.
    width = encoder.embed_question(_PROBE, "").signs.shape[1]
    rows = [np.frombuffer(one, np.uint8).reshape(-1, width) for one in signs]
    return np.asarray(vectors, np.float32), [np.unpackbits(one, axis=1) for one in rows]


def token_places(encoder: TextEncoder, words: str) -> list[tuple[int, int]]:
    """Where the tokens of a text stand whose signs are told."""
    if not isinstance(encoder, TokenEncoder):
        return []
    return [(start, end) for start, end in encoder.token_spans([words])[0].tolist()]


def nearest(said: Signs, texts: Sequence[Signs]) -> Floats:
    """For each token of the sentence the share of signs that the nearest of the texts' shares."""
    given = np.concatenate(texts) if texts else np.zeros((0, 0), np.uint8)
    if not said.size or not given.size:
        return np.zeros(0, np.float32)
    mine, theirs = said.astype(np.float32) * 2 - 1, given.astype(np.float32) * 2 - 1
    found: Floats = (mine @ theirs.T).max(1) / (2 * mine.shape[1]) + 0.5
    return found


def of_texts(own: Floats, numbers: Sequence[int]) -> Floats:
    """A vector for each text: the direction of the sum of its sentences'."""
    found = [own[[n == number for n in numbers]].sum(0) for number in dict.fromkeys(numbers)]
    return np.array([one / (float(np.linalg.norm(one)) or 1.0) for one in found], np.float32)


def with_pairs(own: Floats, pairs: Sequence[tuple[int, int]]) -> Floats:
    """The vectors, and below them those of pairs: the direction of the sum of the two."""
    if not pairs:
        return own
    both = own[[one for one, _ in pairs]] + own[[other for _, other in pairs]]
    both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-9)
    return np.concatenate([own, both])
