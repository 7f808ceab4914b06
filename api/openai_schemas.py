"""OpenAI's shapes of a chat completion, as far as an answer from a library has what they name."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from api.answer_schemas import AnswerOut
from api.fields import Body, Moment, Text, TopK
from api.openai_parameters import (
    Heat,
    Ignored,
    One,
    Penalty,
    Positive,
    Share,
    Stops,
    Uncalled,
    Unsupported,
)
from api.question_schemas import FiltersBody


class TextPart(BaseModel):
    """A part of a message; only text can be asked."""

    type: Literal["text"]
    text: Text


_SAID = (str, list, type(None))


def _of_text(content: object) -> object:
    """What a message says, where that is text: what else it may be is told by its own name."""
    parts = content if isinstance(content, list) else []
    for part in parts:
        kind = part.get("type") if isinstance(part, dict) else None
        if isinstance(kind, str) and kind != "text":
            told = "it has a part of another type than text. Describe it in words, or leave it out"
            raise PydanticCustomError("unsupported_part", told)
    texts = [part.get("text") if isinstance(part, dict) else None for part in parts]
    if not (all(isinstance(one, str) for one in texts) and isinstance(content, _SAID)):
        told = 'it is no text; send a string, or parts such as {"type": "text", "text": "…"}'
        raise PydanticCustomError("content_type", told)
    if any("\x00" in str(one) for one in (*texts, content if isinstance(content, str) else "")):
        raise PydanticCustomError("string_pattern_mismatch", "has a NUL character")
    return content


Content = Annotated[Text | list[TextPart] | None, BeforeValidator(_of_text)]
"""What a message says."""


class ChatMessage(BaseModel):
    """One message. Those of the system, the developer and of tools are taken and have no effect."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Content = None
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
