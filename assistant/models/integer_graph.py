"""The default embedder's graph, written anew so that its large products are of whole numbers.

The file's weights are whole numbers in eight bits, one scale a column; run as it is, they are made
floats first, and so is all arithmetic. Here every token's activations are made whole numbers with
a scale of that token alone, so that a vector does not depend on what else is in the batch. Where
eight bits are too coarse, what they leave over goes through the same product once more, in eight
further bits: the weights stay exactly those of the file.

Integer arithmetic for inference is after Jacob et al., "Quantization and Training of Neural
Networks for Efficient Integer-Arithmetic-Only Inference" (2018); a scale for every token is after
Yao et al., "ZeroQuant" (2022).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.models.onnx_file import CONTRIB, FLOAT, INT32, Graph, Model, read_model

LAYERS = 6
HEADS = 12
WIDTH = 384
INNER = 1536
_EPSILON = 1e-12
# GELU is nowhere below -0.17: with this added its values are positive and use all eight bits.
_LIFT = 0.17

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Linear:
    """A linear layer: whole weights `(inputs, outputs)`, a scale and a bias for each output."""

    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class _Rounded:
    """Activations as whole numbers, and the names of what makes them floats again.

    `rest` is what rounding left over, in 254ths of the scale; empty where it is dropped.
    """

    values: str
    zero: str
    scale: str
    rest: str


def integer_graph(path: Path) -> bytes:
    """The graph that gives what the file's gives, made of the weights in the file.

    Its inputs are `input_ids` and `attention_mask`, its output is the last hidden state.
    """
    return _Writer(read_model(path)).write()


class _Writer:
    def __init__(self, model: Model) -> None:
        self._tensors = model.tensors
        self._linear = _linear_layers(model)
        self._graph = Graph("input_ids", "attention_mask")
        constant = self._graph.constant
        self._one = constant(np.array(1, np.float32))
        self._rest_scale = constant(np.array(1 / 254, np.float32))
        self._middle = constant(np.array(128, np.uint8))
        self._bottom = constant(np.array(0, np.uint8))
        self._last = constant(np.array([-1], np.int64))

    def write(self) -> bytes:
        add = self._graph.add
        mask = add("Cast", "attention_mask", to=INT32)
        state = self._embedded()
        for number in range(LAYERS):
            state = self._layer(f"encoder.layer.{number}.", state, mask)
        return self._graph.serialised(state)

    def _embedded(self) -> str:
        add, constant = self._graph.add, self._graph.constant
        words = "embeddings.word_embeddings.weight"
        whole = add("Gather", constant(self._tensor(f"{words}_q")), "input_ids")
        scale = add("Gather", constant(self._tensor(f"{words}_scale")), "input_ids")
        vectors = add("Mul", add("Cast", whole, to=FLOAT), scale)
        places = "embeddings.position_embeddings.weight"
        table = self._floats(f"{places}_q") * self._floats(f"{places}_scale")
        table += self._floats("embeddings.token_type_embeddings.weight")[0]
        length = add("Shape", "input_ids", start=1, end=2)
        start = constant(np.array([0], np.int64))
        placed = add("Add", vectors, add("Slice", constant(table), start, length))
        return self._normalised(placed, "embeddings.LayerNorm")

    def _layer(self, layer: str, state: str, mask: str) -> str:
        add, constant = self._graph.add, self._graph.constant
        closely = self._rounded(state, WIDTH)
        parts = [f"{layer}attention.self.{part}" for part in ("query", "key", "value")]
        seen = [self._product(closely, part) for part in parts]
        bias = constant(np.concatenate([self._linear[part].bias for part in parts]))
        heard = add("MultiHeadAttention", *seen, bias, mask, domain=CONTRIB, num_heads=HEADS)
        name = f"{layer}attention.output."
        # Attention averages: eight bits suffice for it.
        told = self._product(self._rounded(heard, WIDTH, rest=False), f"{name}dense")
        state = self._joined(state, told, self._linear[f"{name}dense"].bias, f"{name}LayerNorm")
        name = f"{layer}intermediate.dense"
        inner = self._product(self._rounded(state, WIDTH), name)
        bent = add("BiasGelu", inner, constant(self._linear[name].bias), domain=CONTRIB)
        lifted = add("Add", bent, constant(np.array(_LIFT, np.float32)))
        outer = self._linear[f"{layer}output.dense"]
        lowering = _LIFT * (outer.weights.sum(0, np.int64) * outer.scale.astype(np.float64))
        told = self._product(self._rounded(lifted, INNER, signed=False), f"{layer}output.dense")
        bias_less = (outer.bias - lowering).astype(np.float32)
        return self._joined(state, told, bias_less, f"{layer}output.LayerNorm")

    def _joined(self, state: str, told: str, bias: Floats, norm: str) -> str:
        """The state with what was told added, normalised."""
        add = self._graph.add
        biased = add("Add", told, self._graph.constant(bias))
        return self._normalised(add("Add", biased, state), norm)

    def _normalised(self, value: str, name: str) -> str:
        constant = self._graph.constant
        weight = constant(self._tensor(f"{name}.weight"))
        bias = constant(self._tensor(f"{name}.bias"))
        return self._graph.add("LayerNormalization", value, weight, bias, epsilon=_EPSILON)

    def _rounded(
        self, value: str, width: int, *, signed: bool = True, rest: bool = True
    ) -> _Rounded:
        """Every token's activations in eight bits, about 128 where they have a sign."""
        add, constant = self._graph.add, self._graph.constant
        size = add("Abs", value) if signed else value
        step = constant(np.array(1 / 127 if signed else 1 / 255, np.float32))
        scale = add("Mul", add("ReduceMax", size, self._last, keepdims=1), step)
        rows = add("Reshape", value, constant(np.array([-1, width], np.int64)))
        steps = add("Reshape", scale, self._last)
        zero = self._middle if signed else self._bottom
        zeros = add("Expand", zero, add("Shape", steps))
        shape = add("Shape", value)
        whole = add("QuantizeLinear", rows, steps, zeros, axis=0)
        values = add("Reshape", whole, shape)
        if not rest:
            return _Rounded(values, zero, scale, "")
        kept = add("DequantizeLinear", whole, steps, zeros, axis=0)
        finer = add("Mul", steps, self._rest_scale)
        middles = add("Expand", self._middle, add("Shape", steps))
        left = add("QuantizeLinear", add("Sub", rows, kept), finer, middles, axis=0)
        return _Rounded(values, zero, scale, add("Reshape", left, shape))

    def _product(self, rounded: _Rounded, name: str) -> str:
        """The activations by the weights of a layer, without its bias."""
        add, constant = self._graph.add, self._graph.constant
        linear = self._linear[name]
        weights = (constant(linear.weights), constant(linear.scale))
        whole, scale = weights
        product = "MatMulIntegerToFloat"
        found = add(product, rounded.values, whole, self._one, scale, rounded.zero, domain=CONTRIB)
        if rounded.rest:
            finer = (self._rest_scale, scale, self._middle)
            left = add(product, rounded.rest, whole, *finer, domain=CONTRIB)
            found = add("Add", found, left)
        return add("Mul", found, rounded.scale)

    def _tensor(self, name: str) -> NDArray[np.generic]:
        return self._tensors[f"inner.{name}"]

    def _floats(self, name: str) -> Floats:
        return self._tensor(name).astype(np.float32)


def _linear_layers(model: Model) -> dict[str, _Linear]:
    """The linear layers by name. Only biases are named in the file, so a product has its bias's."""
    tensors = model.tensors
    biases = {
        summand: name
        for node in model.nodes
        if node.operator == "Add"
        for summand in node.inputs
        for name in node.inputs
        if name in tensors and name.endswith(".bias")
    }
    return {
        biases[node.outputs[0]].removeprefix("inner.").removesuffix(".bias"): _Linear(
            tensors[f"{node.inputs[1]}_q"].astype(np.int8),
            tensors[f"{node.inputs[1]}_scale"].astype(np.float32).reshape(-1),
            tensors[biases[node.outputs[0]]].astype(np.float32),
        )
        for node in model.nodes
        if node.operator == "MatMul" and f"{node.inputs[1]}_q" in tensors
    }
