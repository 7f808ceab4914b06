"""A cross-encoder small enough for tests: a real graph, run by the real runtime."""

import shutil
from pathlib import Path

import numpy as np

from assistant.models.onnx_file import FLOAT, Graph
from assistant.models.weights import default_weights


def counting_common_words(folder: Path, models: Path) -> Path:
    """Lays out a model whose score is how many tokens the question and the passage share."""
    folder.mkdir(parents=True)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copy(default_weights(models) / name, folder / name)
    graph = Graph("input_ids", "token_type_ids")
    first, second = (graph.constant(np.array([axis], np.int64)) for axis in (1, 2))
    alike = graph.add(
        "Equal",
        graph.add("Unsqueeze", "input_ids", second),
        graph.add("Unsqueeze", "input_ids", first),
    )
    of_passage = graph.add("Cast", "token_type_ids", to=FLOAT)
    of_question = graph.add("Sub", graph.constant(np.array(1, np.float32)), of_passage)
    pairs = graph.add(
        "Mul",
        graph.add("Unsqueeze", of_question, second),
        graph.add("Unsqueeze", of_passage, first),
    )
    shared = graph.add("Mul", graph.add("Cast", alike, to=FLOAT), pairs)
    by_token = graph.add("ReduceSum", shared, second, keepdims=0)
    score = graph.add("ReduceSum", by_token, first, keepdims=1)
    (folder / "model.onnx").write_bytes(graph.serialised(score, ("batch", "one")))
    return folder
