"""OpenAI's shapes of a chat completion, as far as an answer from a library has what they name.

What cannot change such an answer (temperature, seed) is taken and has no effect; what would have to
change it and cannot (several choices, tools, a given format) is refused, as OpenAI's own server
refuses what a model does not support.
"""

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from api.schemas import AnswerOut, Body, FiltersBody, Moment, Text, TopK


def _unsupported(value: object) -> object:
    harmless = value is None or value is False or value in ([], "none", {"type": "text"}, ["text"])
    if not (harmless or (type(value) is int and value in (0, 1))):
        raise PydanticCustomError(
            "unsupported_parameter",
            "not supported: an answer is quoted from the library. Leave it out",
        )
    return value


_HARMLESS = {"enum": [None, False, 0, 1, [], "none", {"type": "text"}, ["text"]]}
Unsupported = Annotated[object, BeforeValidator(_unsupported), WithJsonSchema(_HARMLESS)]
Ignored = object


class TextPart(BaseModel):
    """A part of a message; only text can be asked."""

    type: Literal["text"]
    text: Text


class ChatMessage(BaseModel):
    """One message. Those of the system and the developer are taken and have no effect."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant"]
    content: Text | list[TextPart] | None = None

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

    n: Unsupported = None
    tools: Unsupported = None
    tool_choice: Unsupported = None
    functions: Unsupported = None
    function_call: Unsupported = None
    response_format: Unsupported = None
    logprobs: Unsupported = None
    top_logprobs: Unsupported = None
    audio: Unsupported = None
    modalities: Unsupported = None
    web_search_options: Unsupported = None

    temperature: Ignored = None
    top_p: Ignored = None
    max_tokens: Ignored = None
    max_completion_tokens: Ignored = None
    presence_penalty: Ignored = None
    frequency_penalty: Ignored = None
    logit_bias: Ignored = None
    stop: Ignored = None
    seed: Ignored = None
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
