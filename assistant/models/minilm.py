"""The default embedder's arithmetic: batches of like length, one thread to each batch."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.models.integer_graph import integer_graph
from assistant.models.onnx_file import CONTRIB, Graph

MAX_TOKENS = 256
# A batch of 512 tokens keeps what is computed on in the caches of one core: 1,024 cost 7% more
# processor time, 4,096 a third more (docs/benchmarks.md).
BATCH_TOKENS = 512

Whole = NDArray[np.int64]
Floats = NDArray[np.float32]


class MiniLM:
    """Embeds with whole numbers on `threads` cores; the vectors do not depend on the batch."""

    def __init__(self, folder: Path, threads: int | None) -> None:
        self._session = _session(integer_graph(folder / "model.onnx"))
        self._threads = threads or os.cpu_count() or 1
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.tokenizer.no_padding()

    def documents(self, texts: Sequence[str]) -> Floats:
        """Vectors `(n_texts, dimension)` of unit length, in the order of the texts."""
        return self.embedded([one.ids for one in self.tokenizer.encode_batch_fast(list(texts))])

    def embedded(self, ids: Sequence[Sequence[int]]) -> Floats:
        """The vectors of texts that are tokens already, in their order."""
        # Longest first: what is left for one core alone at the end is short.
        batches = list(_batches(ids))[::-1]
        # Threads of our own, one batch each, beat a batch cut among the runtime's threads: these
        # wait for each other at every operator, and the longer the busier the machine.
        with ThreadPoolExecutor(min(self._threads, len(batches) or 1)) as pool:
            found = list(pool.map(lambda batch: self._batch([ids[i] for i in batch]), batches))
        vectors = np.empty((len(ids), found[0].shape[1] if found else 0), np.float32)
        for batch, part in zip(batches, found, strict=True):
            vectors[batch] = part
        return vectors

    def query(self, text: str) -> Floats:
        """The vector of one question, of unit length."""
        vector: Floats = self.documents([text])[0]
        return vector

    def _batch(self, ids: Sequence[Sequence[int]]) -> Floats:
        """The mean of the last hidden states of a batch, of unit length."""
        words, mask = _padded(ids)
        (hidden,) = self._session.run(None, {"input_ids": words, "attention_mask": mask})
        summed = np.einsum("bsd,bs->bd", hidden, mask.astype(np.float32))
        unit: Floats = summed / np.linalg.norm(summed, axis=1, keepdims=True)
        return unit


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
