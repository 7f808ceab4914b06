"""ONNX files, as far as one embedder needs: tensors and nodes read, a graph written.

The format is protocol buffers by the schema `onnx.proto`, whose field numbers never change. The
package `onnx` would do the same with three further packages and 50 MB.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CONTRIB = "com.microsoft"
INT32 = 6
FLOAT = 1
_INT64 = 7
_IR_VERSION = 10
_OPSETS = {"": 21, CONTRIB: 1}
_TYPES: dict[int, np.dtype[np.generic]] = {
    FLOAT: np.dtype(np.float32),
    2: np.dtype(np.uint8),
    3: np.dtype(np.int8),
    INT32: np.dtype(np.int32),
    _INT64: np.dtype(np.int64),
    9: np.dtype(np.bool_),
}
_CODES = {kind: code for code, kind in _TYPES.items()}

Tensor = NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Node:
    """A step of a graph."""

    operator: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """What a file holds: its constants by name, and its steps in order."""

    tensors: Mapping[str, Tensor]
    nodes: tuple[Node, ...]


def read_model(path: Path) -> Model:
    """The model in an ONNX file, which must be one that was checked."""
    whole = memoryview(path.read_bytes())
    graph = next(value for number, value in _fields(whole) if number == 7)
    parts = list(_fields(_bytes(graph)))
    return Model(
        dict(_tensor(_bytes(value)) for number, value in parts if number == 5),
        tuple(_node(_bytes(value)) for number, value in parts if number == 1),
    )


class Graph:
    """A graph being written. Inputs are whole numbers `(batch, sequence)`; it has one output."""

    def __init__(self, *inputs: str) -> None:
        self._inputs = inputs
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def constant(self, array: Tensor) -> str:
        """The name of a constant."""
        name = f"c{len(self._constants)}"
        dims = b"".join(_number(1, size) for size in array.shape)
        kind = _number(2, _CODES[array.dtype])
        content = _block(9, np.ascontiguousarray(array).tobytes())
        self._constants.append(_block(5, dims + kind + _text(8, name) + content))
        return name

    def add(
        self, operator: str, *inputs: str, domain: str = "", **attributes: int | float | str
    ) -> str:
        """The name of what this operator gives."""
        return self._append(operator, inputs, f"v{len(self._nodes)}", domain, attributes)

    def serialised(
        self, output: str, shape: tuple[str, ...] = ("batch", "sequence", "dimension")
    ) -> bytes:
        """The file, its output being a value of floats; `shape` names its axes."""
        self._append("Identity", (output,), "output", "", {})
        inputs = b"".join(_value(11, name, _INT64, ("batch", "sequence")) for name in self._inputs)
        outputs = _value(12, "output", FLOAT, shape)
        nodes, constants = b"".join(self._nodes), b"".join(self._constants)
        graph = _block(7, nodes + _text(2, "graph") + constants + inputs + outputs)
        opsets = (_block(8, _text(1, name) + _number(2, n)) for name, n in _OPSETS.items())
        return _number(1, _IR_VERSION) + graph + b"".join(opsets)

    def _append(
        self,
        operator: str,
        inputs: tuple[str, ...],
        output: str,
        domain: str,
        attributes: Mapping[str, int | float | str],
    ) -> str:
        ends = b"".join(_text(1, name) for name in inputs) + _text(2, output)
        kind = _text(3, output) + _text(4, operator) + _text(7, domain)
        settings = b"".join(_attribute(name, value) for name, value in attributes.items())
        self._nodes.append(_block(1, ends + kind + settings))
        return output


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """The fields of a message: number, and a whole number or what it holds."""
    at = 0
    while at < len(data):
        key, at = _read_number(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _read_number(data, at)
            yield key >> 3, value
            continue
        if kind == 2:
            size, at = _read_number(data, at)
        else:
            size = 4 if kind == 5 else 8
        yield key >> 3, data[at : at + size]
        at += size


def _read_number(data: memoryview, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while data[at] & 0x80:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
    return value | data[at] << shift, at + 1


def _bytes(value: int | memoryview) -> memoryview:
    if isinstance(value, int):
        raise TypeError("a message was expected, not a number")
    return value


def _packed(value: int | memoryview) -> Iterator[int]:
    if isinstance(value, int):
        yield value
        return
    at = 0
    while at < len(value):
        one, at = _read_number(value, at)
        yield one


def _tensor(data: memoryview) -> tuple[str, Tensor]:
    """A tensor and its name. One whose numbers do not lie in `raw_data` is left empty."""
    dims: list[int] = []
    kind, name, content = FLOAT, "", memoryview(b"")
    for number, value in _fields(data):
        if number == 1:
            dims += _packed(value)
        elif number == 2 and isinstance(value, int):
            kind = value
        elif number == 8:
            name = str(_bytes(value), "utf-8")
        elif number == 9:
            content = _bytes(value)
    array: Tensor = np.frombuffer(content, _TYPES[kind])
    return name, array.reshape(dims) if array.size else array


def _node(data: memoryview) -> Node:
    found: dict[int, list[str]] = {1: [], 2: [], 4: []}
    for number, value in _fields(data):
        if number in found:
            found[number].append(str(_bytes(value), "utf-8"))
    return Node(found[4][0], tuple(found[1]), tuple(found[2]))


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1  # a negative number is written as its complement to two
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _block(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _text(field: int, content: str) -> bytes:
    return _block(field, content.encode())


def _attribute(name: str, value: int | float | str) -> bytes:
    if isinstance(value, float):
        content = _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, 1)
    elif isinstance(value, int):
        content = _number(3, value) + _number(20, 2)
    else:
        content = _text(4, value) + _number(20, 3)
    return _block(5, _text(1, name) + content)


def _value(field: int, name: str, kind: int, shape: tuple[str, ...]) -> bytes:
    dims = b"".join(_block(1, _text(2, size)) for size in shape)
    return _block(field, _text(1, name) + _block(2, _block(1, _number(1, kind) + _block(2, dims))))
