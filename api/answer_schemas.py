"""The wire types of an answer and its proof, whole and streamed. Spans are code points."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from api.question_schemas import FiltersBody
from api.shown import SourceUri


class AlsoOut(BaseModel):
    """Another place that says what a passage says, or a part of it: `text[start:end]` there."""

    document_id: str
    version_id: str
    title: str
    source_uri: SourceUri
    marking: str | None
    start: int
    end: int
    score: float


class PassageOut(BaseModel):
    """A passage retrieved, best first: `score` is in [0, 1], higher is better.

    It may cover several chunks that stand together; `page` is where it begins.
    """

    rank: int
    score: float
    document_id: str
    version_id: str
    title: str
    source_uri: SourceUri
    issuer: str | None
    published_on: date | None
    marking: str | None
    page: int | None
    headings: list[str]
    start: int
    end: int
    text: str
    also: list[AlsoOut] = Field(
        default_factory=list,
        description="other places that say the same or a part of it, best first",
    )


class CitationOut(BaseModel):
    """A marker of the answer tied to its place: the version's `text[start:end]` is `quote`."""

    marker: int
    document_id: str
    version_id: str
    title: str
    source_uri: SourceUri
    issuer: str | None
    published_on: date | None
    marking: str | None
    page: int | None
    headings: list[str]
    start: int
    end: int
    quote: str


class SentenceOut(BaseModel):
    """A sentence of the answer and its proof."""

    text: str
    start: int
    end: int
    citations: list[int]
    verdict: Literal["quoted", "supported", "unsupported"]
    support: float = Field(ge=0, le=1)
    problem: str | None = Field(
        default=None, description="what is wrong with an unsupported sentence"
    )


class DisagreementOut(BaseModel):
    """Two quotations that contradict each other."""

    citations: list[int] = Field(description="the markers of the two")
    about: Literal["the date", "the figure", "yes or no"]
    later: int | None = Field(
        description="the marker of the one published later; null where that is not known"
    )


class RemovedOut(BaseModel):
    """A sentence that a model wrote and no passage carries: it is no part of the answer."""

    text: str
    problem: str


class PhraseOut(BaseModel):
    """A sentence that the product says itself: `pattern` with `values` in its gaps is `text`."""

    text: str
    code: str = Field(description="stable; what the sentence says, whatever its words")
    pattern: str
    values: dict[str, str]


class AnswerOut(BaseModel):
    """An answer, proved sentence by sentence."""

    id: str
    conversation_id: str | None
    question: str
    standalone_question: str
    answer: str
    abstained: bool
    answered_by: str = Field(description="`extractive`, or the chat model's name")
    sentences: list[SentenceOut]
    citations: list[CitationOut]
    passages: list[PassageOut]
    as_of: AwareDatetime
    marking: str | None
    prompt_version: str | None
    timings_ms: dict[str, float]
    note: str | None = Field(
        None, description="why another answerer than the configured one answered"
    )
    confidence: float | None = Field(
        default=None,
        description="the probability that the library answers, in [0, 1]; null where a model wrote",
    )
    outcome: Literal["answered", "partly_answered", "not_answered", "unclear", "courtesy"] = Field(
        default="answered",
        description="what became of the question; `abstained` is true for the last three",
    )
    missing: list[str] = Field(
        default_factory=list,
        description="what of the question is not answered, a sentence each; also said at the end "
        "of `answer`",
    )
    readings: list[str] = Field(
        default_factory=list,
        description="questions that an unclear one may mean, each answered by the library",
    )
    disagreements: list[DisagreementOut] = Field(
        default_factory=list,
        description="where quotations contradict each other; also said at the end of `answer`",
    )
    removed: list[RemovedOut] = Field(
        default_factory=list,
        description="sentences left out because nothing carries them, and why: to be looked at, "
        "not to be relied on",
    )
    filters: FiltersBody = Field(
        default_factory=FiltersBody, description="what the search was narrowed to"
    )
    phrases: list[PhraseOut] = Field(
        default_factory=list,
        description="the sentences of `answer`, `note`, `missing` and of each `problem` that the "
        "product says itself, with their codes: for who says them in another language",
    )


class PassagesEvent(BaseModel):
    """The `passages` event of a streamed answer."""

    passages: list[PassageOut]
    marking: str | None = Field(default=None, description="the highest of them, as the answer's")


class DeltaEvent(BaseModel):
    """The `delta` event of a streamed answer: the next piece of its text."""

    text: str


class SearchResponse(BaseModel):
    """Passages for a question, best first."""

    question: str
    standalone_question: str
    as_of: AwareDatetime
    passages: list[PassageOut]
    timings_ms: dict[str, float]
