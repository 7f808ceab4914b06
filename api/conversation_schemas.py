"""The wire types of conversations and feedback."""

from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from api.answer_schemas import AnswerOut
from api.fields import WITHOUT_NUL, Body, Moment, Name, QuestionText, Text, TopK
from api.question_schemas import FiltersBody
from assistant.conversations import TITLE_CHARS

Title = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=TITLE_CHARS, pattern=WITHOUT_NUL
    ),
]


class ConversationRequest(Body):
    """A new conversation."""

    title: Title | None = Field(None, description="by default, its first question")


class ConversationChange(Body):
    """What of a conversation is changed."""

    title: Title


class TurnRequest(Body):
    """A question in a conversation; the server knows what was said before."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"question": "and for partners?"}]}
    )

    question: QuestionText = Field(description="in the caller's words")
    as_of: Moment | None = Field(
        None, description="answer from the library as it stood then; now by default"
    )
    top_k: TopK | None = Field(None, description="how many passages")
    filters: FiltersBody = Field(default_factory=FiltersBody)
    stream: StrictBool = Field(
        default=False, description="server-sent events instead of one object"
    )
    replaces: Annotated[StrictInt, Field(ge=1, le=2**53)] | None = Field(
        default=None,
        description="`number` of a turn that was asked otherwise: once this is answered, it takes "
        "the place of that one and of those after it",
    )


class TurnOut(BaseModel):
    """A question and its answer as it was given then."""

    number: int = Field(description="1 for the first of the conversation")
    asked_at: AwareDatetime
    question: str
    answer: AnswerOut


class ConversationSummary(BaseModel):
    """A conversation as listings show it."""

    conversation_id: str
    title: str
    created_at: AwareDatetime
    updated_at: AwareDatetime = Field(description="when it was last asked or renamed")
    turns: int


class ConversationOut(ConversationSummary):
    """A conversation with all its turns, in order."""

    items: list[TurnOut]


class ConversationList(BaseModel):
    """A page of conversations, last asked first."""

    items: list[ConversationSummary]
    next_cursor: str | None


class PlaceBody(Body):
    """A span of a version's text, in Unicode code points."""

    document_id: Name
    version_id: Name
    start: StrictInt = Field(ge=0)
    end: StrictInt = Field(ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> "PlaceBody":
        if self.start >= self.end:
            raise PydanticCustomError("span", "end must be greater than start")
        return self


class FeedbackRequest(Body):
    """What somebody thinks of an answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"answer_id": "5f0c…", "rating": "down", "reason": "The second source is newer."}
            ]
        },
    )

    answer_id: Name = Field(description="`id` of the answer")
    rating: Literal["up", "down"]
    reason: Text = Field(default="", max_length=4000)
    correction: PlaceBody | None = Field(
        None, description="the place that should have been cited instead"
    )


class FeedbackOut(BaseModel):
    """What was kept."""

    feedback_id: str
    answer_id: str
    rating: Literal["up", "down"]
    reason: str
    correction: PlaceBody | None
    at: AwareDatetime
