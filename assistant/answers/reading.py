"""Passages read beside a question: sentence by sentence, and token by token.

The tokens' signs were made when the passage was embedded, so that reading it again costs next to
nothing (late interaction; Khattab and Zaharia, 2020).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.grounding.sentences import sentences
from assistant.ports import TokenEncoder
from assistant.retrieval.standalone import content_words
from assistant.retrieval.tokens import differing
from assistant.types import ChunkId, StandaloneQuestion, StoredChunk

Floats = NDArray[np.float32]

# "- ", "2. ", "(a) ", "iv) "
_BULLET = re.compile(r"(?:[-•*–]|\d{1,2}[.)]|\(?(?:[a-z]|[ivx]{1,4})\))\s+")
# "(a)representing", "ii)the", "1)to", "–if"; no "1)2" of a sum, no references as "(d)(1)"
_TIGHT = re.compile(r"(?:[•–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\))(?=[^\W\d_](?:[^\W\d_]|\s))")
_ROW = re.compile(
    r"[^:;]{1,60}: (?P<about>[^:;]{1,80}); (?:[^:;]{1,60}: [^;]*; )*[^:;]{1,60}: "
    r"(?P<said>[A-ZÀ-Þ](?:[^\s;]+ ){4,}[^\s;]+\.)$"
)
# A question's common words tell little, but "who" and "when" are among them.
_COMMON = 0.15


class Signs(Protocol):
    """The signs of the tokens of chunks, by the encoder's name."""

    def get(self, embedder: str, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, bytes]:
        """The signs of those of the chunks whose texts have some."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of a chunk, without the bullet before it: `text` is `[start, end)` of the chunk.

    `bullet` says that it is an item of a list, `leads` that it opens a paragraph.
    """

    text: str
    start: int
    end: int
    bullet: bool
    leads: bool


@dataclass(frozen=True, slots=True, eq=False)
class AskedTokens:
    """The tokens of a question: their signs `(n, bytes)`, weights in [0, 1], and whole words.

    Tokens of the question before it count by the share that it has in this one.
    """

    signs: NDArray[np.uint8]
    weights: Floats
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A chunk beside a question of n tokens.

    How near the nearest token is to each of the question's, in [-1, 1]: `near` `(parts, n)` for
    each sentence, `above` `(n,)` for the title and headings. `likeness` `(parts,)` is that of the
    whole sentence and the whole question, in [-1, 1].
    """

    stored: StoredChunk
    parts: tuple[Part, ...]
    near: Floats
    above: Floats
    likeness: Floats


class Reader:
    """Reads chunks beside questions. Signs that are not `kept` are made."""

    def __init__(self, encoder: TokenEncoder, kept: Signs | None = None) -> None:
        self._encoder = encoder
        self._kept = kept

    def ask(self, question: StandaloneQuestion) -> AskedTokens:
        """The question's tokens, with those of the one that it follows."""
        asked = self._encoder.embed_question(question.asked, "")
        signs, words, weights = [asked.signs], [*asked.words], [_weights(asked.words)]
        if question.context is not None:
            before = self._encoder.embed_question(question.context, "")
            signs.append(before.signs)
            words += before.words
            weights.append(min(1.0, question.weight) * _weights(before.words))
        return AskedTokens(np.concatenate(signs), np.concatenate(weights), tuple(words))

    def read(self, asked: AskedTokens, chunks: Sequence[StoredChunk]) -> list[Reading]:
        """The chunks in their order."""
        signs = self._signs(chunks)
        spans = self._encoder.token_spans([one.chunk.embedding_text for one in chunks])
        return [
            _reading(asked, one, signs[one.chunk.chunk_id], tokens)
            for one, tokens in zip(chunks, spans, strict=True)
        ]

    def _signs(self, chunks: Sequence[StoredChunk]) -> Mapping[ChunkId, bytes]:
        ids = [one.chunk.chunk_id for one in chunks]
        kept = {} if self._kept is None else dict(self._kept.get(self._encoder.name, ids))
        others = [one.chunk for one in chunks if one.chunk.chunk_id not in kept]
        if others:
            _, made = self._encoder.embed_passages([one.embedding_text for one in others])
            kept |= {one.chunk_id: signs for one, signs in zip(others, made, strict=True)}
        return kept


def _weights(words: Sequence[str]) -> Floats:
    return np.array([1.0 if _tells(word) else _COMMON for word in words], np.float32)


def _tells(word: str) -> bool:
    """Whether a word of a question says what it is about; what is left of "treaty's" does not."""
    return bool(content_words(word)) and not (len(word) == 1 and word.islower())


def _reading(
    asked: AskedTokens, stored: StoredChunk, signs: bytes, spans: NDArray[np.int32]
) -> Reading:
    parts = tuple(_parts(stored))
    count, width = len(asked.words), asked.signs.shape[1]
    tokens = np.frombuffer(signs, np.uint8).reshape(-1, width)[: len(spans)]
    away = differing(asked.signs.view(np.uint64), np.ascontiguousarray(tokens).view(np.uint64))
    near = 1 - away.astype(np.float32) / (4 * width)
    begins = spans[: len(tokens), 0].astype(np.int64)
    begins -= len(stored.chunk.embedding_text) - len(stored.chunk.text)
    beside = np.zeros((len(parts), count), np.float32)
    likeness = np.zeros(len(parts), np.float32)
    spread = np.unpackbits(tokens, axis=1).astype(np.float32) * 2 - 1
    whole = asked.weights @ (np.unpackbits(asked.signs, axis=1).astype(np.float32) * 2 - 1)
    for i, part in enumerate(parts):
        first, last = np.searchsorted(begins, (part.start, part.end))
        if first < last:
            beside[i] = near[:, first:last].max(1)
            likeness[i] = _cosine(spread[first:last].sum(0), whole)
    title = int(np.searchsorted(begins, 0))
    above = near[:, :title].max(1) if title else np.zeros(count, np.float32)
    return Reading(stored, parts, beside, above, likeness)


def _cosine(one: Floats, other: Floats) -> float:
    return float(one @ other) / (float(np.linalg.norm(one) * np.linalg.norm(other)) or 1.0)


def _parts(stored: StoredChunk) -> Iterator[Part]:
    text = stored.chunk.text
    tight = _tight(text)
    for sentence in sentences(text, stored.metadata.language):
        leads = sentence.start == 0 or "\n" in text[: sentence.start][-2:]
        bullet = _BULLET.match(sentence.text)
        if bullet is None and tight and leads:
            bullet = _TIGHT.match(sentence.text)
        start = sentence.start + (bullet.end() if bullet else _cell(sentence.text))
        if start < sentence.end:
            yield Part(text[start : sentence.end], start, sentence.end, bool(bullet), leads)


def _tight(text: str) -> bool:
    """Whether marks that no space follows are those of items: one mark alone makes no list.

    "(s)he" may open many lines of a text, but none beside them has another mark.
    """
    lines = [line.lstrip() for line in text.splitlines()]
    marks = [mark[0].strip() for one in lines if (mark := _TIGHT.match(one) or _BULLET.match(one))]
    bracketed = {mark for mark in marks if mark.endswith(")")}
    return len(bracketed) > 1 or len(marks) - sum(mark in bracketed for mark in marks) > 1


def _cell(text: str) -> int:
    """Where the sentence in the last cell of a table's row begins; 0 where there is none.

    "Term: SACEUR; Definition: SACEUR leads Allied Command Operations." says all in its last cell,
    if that names what the row is about.
    """
    row = _ROW.match(text)
    if row is None:
        return 0
    about = content_words(row["about"])
    told = {word.lower() for word in content_words(row["said"])}
    return row.start("said") if any(word.lower() in told for word in about) else 0
