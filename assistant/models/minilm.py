"""The default embedder's arithmetic: batches of like length, one thread to each batch."""

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.models.integer_graph import integer_graph
from assistant.models.onnx_file import CONTRIB, Graph
from assistant.models.token_signs import TokenSigns
from assistant.ports import QuestionVectors

MAX_TOKENS = 256
# A batch of 512 tokens keeps what is computed on in the caches of one core: 1,024 cost 7% more
# processor time, 4,096 a third more (docs/benchmarks.md).
BATCH_TOKENS = 512

CONTEXT_TOKENS = 120
"""Tokens read before a question: more take longer and find no more."""
_TAIL = re.compile(r"\w+$")
_HEAD = re.compile(r"\w*")

Whole = NDArray[np.int64]
Floats = NDArray[np.float32]


class MiniLM:
    """Embeds with whole numbers on `threads` cores; the vectors do not depend on the batch.

    Where the processor's whole numbers are not `exact`, the file's own arithmetic is used, whose
    vectors do depend on the batch a little.
    """

    def __init__(self, folder: Path, threads: int | None, *, exact: bool = True) -> None:
        path = folder / "model.onnx"
        self._session = _session(integer_graph(path) if exact else path.read_bytes())
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._threads = threads or os.cpu_count() or 1
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.tokenizer.no_padding()
        self._special = self.tokenizer.encode("").ids
        self._signs = TokenSigns(self.tokenizer.get_vocab())

    def documents(self, texts: Sequence[str]) -> Floats:
        """Vectors `(n_texts, dimension)` of unit length, in the order of the texts."""
        return self.passages(texts)[0]

    def passages(self, texts: Sequence[str]) -> tuple[Floats, list[bytes]]:
        """The same with the signs of each text's tokens, as `Passages` describes them."""
        return self.embedded([one.ids for one in self.tokenizer.encode_batch_fast(list(texts))])

    def spans(self, text: str) -> NDArray[np.int32]:
        """Where in the text the tokens begin and end that have signs, in order: `(n_tokens, 2)`."""
        read = self.tokenizer.encode(text)
        return np.array(read.offsets, np.int32).reshape(-1, 2)[self._signs.telling(read.ids)]

    def embedded(self, ids: Sequence[Sequence[int]]) -> tuple[Floats, list[bytes]]:
        """The vectors and signs of texts that are tokens already, in their order."""
        # Longest first: what is left for one core alone at the end is short.
        batches = list(_batches(ids))[::-1]
        # Threads of our own, one batch each, beat a batch cut among the runtime's threads: these
        # wait for each other at every operator, and the longer the busier the machine.
        with ThreadPoolExecutor(min(self._threads, len(batches) or 1)) as pool:
            found = list(pool.map(lambda batch: self._batch([ids[i] for i in batch]), batches))
        vectors = np.empty((len(ids), found[0][0].shape[1] if found else 0), np.float32)
        signs = [b""] * len(ids)
        for batch, (part, bits) in zip(batches, found, strict=True):
            vectors[batch] = part
            for number, one in zip(batch, bits, strict=True):
                signs[number] = one
        return vectors, signs

    def query(self, text: str) -> Floats:
        """The vector of one question, of unit length."""
        vector: Floats = self.documents([text])[0]
        return vector

    def question(self, text: str) -> QuestionVectors:
        """The question by itself, and its tokens."""
        encoded = self.tokenizer.encode(text)
        hidden, _ = self._hidden([encoded.ids])
        own = _unit(hidden[0].mean(0))
        told = [number for number, word in enumerate(encoded.word_ids) if word is not None]
        every = encoded.offsets
        offsets = [every[number] for number in told]
        return QuestionVectors(
            own=own,
            within=own,
            signs=self._signs.of_all(hidden[0][told]),
            words=tuple(_word(text, start, end) for start, end in offsets),
        )

    def within(self, text: str, context: str) -> Floats:
        """The mean of the question's own tokens where they stand after the context."""
        asked = self.tokenizer.encode(text).ids[1:-1]
        before = self.tokenizer.encode(context, add_special_tokens=False).ids
        room = max(0, min(CONTEXT_TOKENS, MAX_TOKENS - 2 - len(asked)))
        before = before[len(before) - min(room, len(before)) :]
        first, last = self._special
        hidden, _ = self._hidden([[first, *before, *asked, last]])
        start = 1 + len(before)
        return _unit(hidden[0][start : start + len(asked)].mean(0))

    def _batch(self, ids: Sequence[Sequence[int]]) -> tuple[Floats, list[bytes]]:
        """The mean of the last hidden states of a batch, of unit length, and its tokens' signs."""
        hidden, mask = self._hidden(ids)
        summed = np.einsum("bsd,bs->bd", hidden, mask.astype(np.float32))
        unit: Floats = summed / np.linalg.norm(summed, axis=1, keepdims=True)
        signs = [
            self._signs.of(one, hidden[row, : len(one)]).tobytes() for row, one in enumerate(ids)
        ]
        return unit, signs

    def _hidden(self, ids: Sequence[Sequence[int]]) -> tuple[Floats, Whole]:
        words, mask = _padded(ids)
        given = {"input_ids": words, "attention_mask": mask}
        if "token_type_ids" in self._inputs:
            given["token_type_ids"] = np.zeros_like(words)
        hidden: Floats = self._session.run(None, given)[0]
        return hidden, mask


def _unit(vector: Floats) -> Floats:
    unit: Floats = vector / (float(np.linalg.norm(vector)) or 1.0)
    return unit


def _word(text: str, start: int, end: int) -> str:
    """The whole word that a token is a part of."""
    before = _TAIL.search(text, 0, start)
    after = _HEAD.match(text, end)
    return text[before.start() if before else start : after.end() if after else end]


def is_exact() -> bool:
    """Whether this processor multiplies whole numbers without saturating.

    Some older ones cut sums of two products to sixteen bits; the product tried here has the
    largest there can be.
    """
    graph = Graph("input_ids")
    values = graph.add("Cast", "input_ids", to=2)
    one = graph.constant(np.array(1, np.float32))
    weights = graph.constant(np.full((64, 16), 127, np.int8))
    zero = graph.constant(np.array(0, np.uint8))
    scale = graph.constant(np.ones(16, np.float32))
    product = graph.add("MatMulIntegerToFloat", values, weights, one, scale, zero, domain=CONTRIB)
    unsqueezed = graph.add("Unsqueeze", product, graph.constant(np.array([0], np.int64)))
    (found,) = _session(graph.serialised(unsqueezed)).run(
        None, {"input_ids": np.full((8, 64), 255, np.int64)}
    )
    return bool(np.all(found == 64 * 255 * 127))


def _session(graph: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _batches(ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The texts by number, shortest first, as many to a batch as fit when padded."""
    batch: list[int] = []
    for i in sorted(range(len(ids)), key=lambda i: len(ids[i])):
        if batch and (len(batch) + 1) * len(ids[i]) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _padded(ids: Sequence[Sequence[int]]) -> tuple[Whole, Whole]:
    """The tokens `(batch, sequence)`, and 1 where there is one."""
    shape = (len(ids), max(map(len, ids)))
    words, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for row, one in enumerate(ids):
        words[row, : len(one)] = one
        mask[row, : len(one)] = 1
    return words, mask
