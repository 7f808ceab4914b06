"""OpenAI's shapes of a chat completion, as far as an answer from a library has what they name.

What cannot change such an answer (temperature, seed) has to be what OpenAI's server would take, and
has no effect. What would have to change it and cannot (several choices, tools, a given format) is
refused, as that server refuses what a model does not support.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from api.answer_schemas import AnswerOut
from api.fields import Body, Moment, Text, TopK
from api.question_schemas import FiltersBody


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


_ADVICE = "not supported: an answer is quoted from the library. Leave it out"
_MOST_STOPS = 4
_TAKEN: tuple[object, ...] = (0, [], {"type": "text"}, ["text"])
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


class TextPart(BaseModel):
    """A part of a message; only text can be asked."""

    type: Literal["text"]
    text: Text


class ChatMessage(BaseModel):
    """One message. Those of the system, the developer and of tools are taken and have no effect."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Text | list[TextPart] | None = None
    tool_calls: list[object] | None = None
    tool_call_id: Text | None = None

    @property
    def text(self) -> str:
        """All that it says."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class AttacheOptions(Body):
    """What can be asked of a library beyond OpenAI's parameters."""

    as_of: Moment | None = Field(default=None, description="as in `/v1/ask`")
    top_k: TopK | None = None
    filters: FiltersBody = Field(default_factory=FiltersBody)
    conversation_id: Text | None = None
    footnotes: StrictBool = Field(
        default=False, description="adds the sources to the text, for clients that show text only"
    )


class StreamOptions(BaseModel):
    """What a stream says at its end."""

    model_config = ConfigDict(extra="ignore")

    include_usage: StrictBool = False


class ChatRequest(Body):
    """A chat completion, asked of the library."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "model": "attache",
                    "messages": [{"role": "user", "content": "What do defence attachés do?"}],
                }
            ]
        },
    )

    model: Text
    messages: list[ChatMessage] = Field(min_length=1, max_length=400)
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None
    attache: AttacheOptions = AttacheOptions()

    n: One = None
    tools: Unsupported = None
    tool_choice: Uncalled = None
    functions: Unsupported = None
    function_call: Uncalled = None
    response_format: Unsupported = None
    logprobs: Unsupported = None
    top_logprobs: Unsupported = None
    audio: Unsupported = None
    modalities: Unsupported = None
    web_search_options: Unsupported = None

    temperature: Heat = None
    top_p: Share = None
    max_tokens: Positive = None
    max_completion_tokens: Positive = None
    presence_penalty: Penalty = None
    frequency_penalty: Penalty = None
    logit_bias: dict[str, object] | None = None
    stop: Stops = Field(default=None, description="the text ends before the first of these")
    seed: StrictInt | None = None
    user: Ignored = None
    metadata: Ignored = None
    store: Ignored = None
    service_tier: Ignored = None
    reasoning_effort: Ignored = None
    verbosity: Ignored = None
    prediction: Ignored = None
    parallel_tool_calls: Ignored = None
    safety_identifier: Ignored = None
    prompt_cache_key: Ignored = None


class AssistantMessage(BaseModel):
    """The answer as a message."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class Choice(BaseModel):
    """The one choice there is."""

    index: Literal[0] = 0
    message: AssistantMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Usage(BaseModel):
    """Words and punctuation marks, counted roughly as tokens: nothing is charged for them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(BaseModel):
    """A chat completion; `attache` is the answer with its citations and verdicts."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    attache: AnswerOut


class Delta(BaseModel):
    """A piece of the message."""

    role: Literal["assistant"] | None = None
    content: str | None = None


class ChunkChoice(BaseModel):
    """The one choice of a piece."""

    index: Literal[0] = 0
    delta: Delta
    finish_reason: Literal["stop"] | None = None
    logprobs: None = None


class ChatCompletionChunk(BaseModel):
    """A piece of a streamed completion; the last with a choice carries `attache`."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = None
    attache: AnswerOut | None = None


class Model(BaseModel):
    """What can be asked."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["attache"] = "attache"


class ModelList(BaseModel):
    """What can be asked."""

    object: Literal["list"] = "list"
    data: list[Model]
