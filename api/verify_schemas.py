"""What a check of somebody's text takes and gives."""

from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.answer_schemas import CitationOut
from api.fields import WITHOUT_NUL, Body, Moment, Names, Text
from api.question_schemas import FiltersBody

MAX_PASSAGES = 200
MAX_TEXT_CHARS = 50_000

# Not stripped: spans are of what was sent.
CheckedText = Annotated[str, StringConstraints(min_length=1, pattern=WITHOUT_NUL)]
Support = Annotated[float, Field(ge=0, le=1)]


class GivenPassageBody(Body):
    """A passage to hold the text against."""

    text: CheckedText
    title: Text = Field("", description="read with the passage; never quoted")


class VerifyRequest(Body):
    """A text to check, and what to hold it against."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "The treaty was signed in 1949."}]},
    )

    text: CheckedText = Field(description="checked sentence by sentence")
    passages: list[CheckedText | GivenPassageBody] | None = Field(
        None,
        min_length=1,
        max_length=MAX_PASSAGES,
        description="hold it against these alone; the library by default",
    )
    document_ids: Names = Field(
        default_factory=list, description="search only these documents of the library"
    )
    as_of: Moment | None = Field(None, description="the library as it stood then; now by default")
    filters: FiltersBody = Field(default_factory=FiltersBody)

    @model_validator(mode="after")
    def _one_kind_of_evidence(self) -> Self:
        narrowed = self.document_ids or self.as_of or self.filters != FiltersBody()
        if self.passages is not None and narrowed:
            raise PydanticCustomError(
                "evidence",
                "passages are held against the text in place of the library. "
                "Leave out document_ids, as_of and filters, or the passages",
            )
        return self


class PassageQuote(BaseModel):
    """A place in a given passage, counted from 0: its `text[start:end]` is `quote`."""

    passage: int
    start: int
    end: int
    quote: str


class VerifiedSentence(BaseModel):
    """A sentence of the text and what carries it: the text's `[start, end)` is `text`.

    `quoted` sentences stand there word for word, `supported` ones in other words, `unsupported`
    ones not at all or otherwise. `unchecked` ones state nothing: headings, questions, greetings.
    """

    text: str
    start: int
    end: int
    verdict: Literal["quoted", "supported", "unsupported", "unchecked"]
    support: Support | None = Field(
        description="the probability that the evidence carries the sentence; null where unchecked"
    )
    citations: list[CitationOut] | list[PassageQuote] = Field(
        description="places in the library, or in the given passages, that carry it"
    )
    problem: str | None = Field(
        description="what is wrong where it is unsupported, or why it is unchecked"
    )
    against: CitationOut | PassageQuote | None = Field(
        None, description="where an unsupported sentence is said otherwise or nearly"
    )


class VerifyResponse(BaseModel):
    """A text, checked. `supported` is true where nothing in it is unsupported."""

    supported: bool
    counts: dict[str, int] = Field(description="sentences by verdict")
    sentences: list[VerifiedSentence]
    as_of: AwareDatetime
    timings_ms: dict[str, float]
