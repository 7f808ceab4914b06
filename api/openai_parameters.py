"""What the parameters of a chat completion may be, each refused as OpenAI's server refuses it.

What cannot change an answer from a library (temperature, seed) has to be what OpenAI's server would
take, and has no effect. What would have to change it and cannot (several choices, tools, a given
format) is refused, as that server refuses what a model does not support.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from api.fields import Text

_ADVICE = "not supported: an answer is quoted from the library. Leave it out"
_MOST_STOPS = 4
_TAKEN: tuple[object, ...] = (0, [], {"type": "text"}, ["text"])


class _Range:
    """Numbers as OpenAI's server takes them: what lies outside is refused by its own codes."""

    def __init__(self, lowest: float, highest: float | None = None, *, whole: bool = False) -> None:
        self._lowest, self._highest, self._whole = lowest, highest, whole

    def __call__(self, value: object) -> object:
        """The number, or None where none is given."""
        if value is None:
            return None
        kind = "integer" if self._whole else "decimal"
        fits = isinstance(value, int if self._whole else int | float)
        if not fits or isinstance(value, bool):
            raise PydanticCustomError("number_type", f"no number of the kind {kind}")
        assert isinstance(value, int | float)
        if value < self._lowest:
            raise PydanticCustomError(
                f"{kind}_below_min_value", f"below its least value; send {self._lowest:g} or more"
            )
        if self._highest is not None and value > self._highest:
            raise PydanticCustomError(
                f"{kind}_above_max_value",
                f"above its greatest value; send {self._highest:g} or less",
            )
        return value

    def schema(self) -> dict[str, Any]:
        """What of numbers is taken, as JSON Schema says it."""
        number: dict[str, Any] = {"type": "integer" if self._whole else "number"}
        number["minimum"] = self._lowest
        if self._highest is not None:
            number["maximum"] = self._highest
        return {"anyOf": [number, {"type": "null"}]}


def _one(value: object) -> object:
    if value is not None and (type(value) is not int or value < 1):
        wrong = "int_type" if type(value) is not int else "integer_below_min_value"
        raise PydanticCustomError(wrong, "no whole number from 1 on; send 1, or leave it out")
    if value not in (None, 1):
        raise PydanticCustomError("unsupported_parameter", _ADVICE)
    return value


def _stops(value: object) -> object:
    texts = [value] if isinstance(value, str) else value
    if value is None:
        return None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise PydanticCustomError("stop_type", "neither a text nor a list of texts")
    if len(texts) > _MOST_STOPS:
        raise PydanticCustomError(
            "array_above_max_length", f"too long; send {_MOST_STOPS} texts or fewer"
        )
    return [text for text in texts if text]


def _unsupported(value: object) -> object:
    if not (value is None or value is False or value in _TAKEN):
        raise PydanticCustomError("unsupported_parameter", _ADVICE)
    return value


def _uncalled(value: object) -> object:
    if value not in (None, "none", "auto"):
        raise PydanticCustomError("unsupported_parameter", _ADVICE)
    return value


_HARMLESS = {"enum": [None, False, *_TAKEN]}
_NO_CALL = {"enum": [None, "none", "auto"]}
One = Annotated[object, BeforeValidator(_one), WithJsonSchema({"enum": [None, 1]})]
_HEAT, _SHARE, _PENALTY, _COUNT = _Range(0, 2), _Range(0, 1), _Range(-2, 2), _Range(1, whole=True)
Heat = Annotated[object, BeforeValidator(_HEAT), WithJsonSchema(_HEAT.schema())]
Share = Annotated[object, BeforeValidator(_SHARE), WithJsonSchema(_SHARE.schema())]
Penalty = Annotated[object, BeforeValidator(_PENALTY), WithJsonSchema(_PENALTY.schema())]
Positive = Annotated[object, BeforeValidator(_COUNT), WithJsonSchema(_COUNT.schema())]
Stops = Annotated[
    list[Text] | None,
    BeforeValidator(_stops),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}, "maxItems": _MOST_STOPS},
                {"type": "null"},
            ]
        }
    ),
]
Unsupported = Annotated[object, BeforeValidator(_unsupported), WithJsonSchema(_HARMLESS)]
Uncalled = Annotated[object, BeforeValidator(_uncalled), WithJsonSchema(_NO_CALL)]
Ignored = object
