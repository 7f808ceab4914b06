"""The wire types of the API, version 1. Times are RFC 3339 UTC; spans are code points."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from api.shown import SourceUri

# A NUL or a lone surrogate cannot be stored or sent back: a pattern refuses both.
WITHOUT_NUL = r"^[^\x00]*$"
Text = Annotated[str, StringConstraints(pattern=WITHOUT_NUL)]
QuestionText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, pattern=WITHOUT_NUL)
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=WITHOUT_NUL)]
Names = Annotated[list[Name], Field(max_length=100)]


_LANGUAGE = r"^[A-Za-z]{2,3}$"
_FOLDER = r"^(/|[A-Za-z][A-Za-z0-9+.-]*:)[^\x00]*$"
_NUMBER = re.compile(r"\s*[-+\d.][\d._]*(?:[eE][-+]?\d+)?\s*")


def _language(code: str) -> str:
    if not re.fullmatch(_LANGUAGE, code):
        raise PydanticCustomError("language", "write the code of the language, such as en or fr")
    return code


def _folder(folder: str) -> str:
    if not re.match(_FOLDER, folder):
        raise PydanticCustomError(
            "folder", "write a path from the root, such as /archive/treaties, or an address"
        )
    return folder


def _written_out(kind: Literal["date_type", "datetime_type"]) -> BeforeValidator:
    """Refuses numbers, also written as text: they would be taken for seconds since 1970."""

    def check(moment: object) -> object:
        if isinstance(moment, int | float) or (
            isinstance(moment, str) and _NUMBER.fullmatch(moment)
        ):
            raise PydanticCustomError(kind, "a number is no date and no time")
        return moment

    return BeforeValidator(check)


# The patterns are also checked by hand, so that the complaint says what to write.
Language = Annotated[
    Name, AfterValidator(_language), Field(json_schema_extra={"pattern": _LANGUAGE})
]
Folder = Annotated[Name, AfterValidator(_folder), Field(json_schema_extra={"pattern": _FOLDER})]
Languages = Annotated[list[Language], Field(max_length=100)]
Folders = Annotated[list[Folder], Field(max_length=100)]
Day = Annotated[date, _written_out("date_type")]
Moment = Annotated[AwareDatetime, _written_out("datetime_type")]
"""A time that a caller names."""
TopK = Annotated[StrictInt, Field(ge=1, le=50)]


class Body(BaseModel):
    """What a caller sends: unknown fields are refused, so that a typo is not silence."""

    model_config = ConfigDict(extra="forbid", strict=False)


class HistoryTurn(Body):
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: Text


class FiltersBody(Body):
    """Narrows what is searched; several values of one field mean any of them.

    Names are compared without regard to case and accents.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"issuers": ["NATO"], "published_from": "2020-01-01"}]},
    )

    document_ids: Names = Field(default_factory=list)
    issuers: Names = Field(default_factory=list)
    languages: Languages = Field(default_factory=list, description="ISO 639-1 codes")
    markings: Names = Field(default_factory=list)
    published_from: Day | None = Field(default=None, description="the first day, itself included")
    published_to: Day | None = Field(default=None, description="the last day, itself included")
    folders: Folders = Field(
        default_factory=list,
        description="where the sources lie: paths from the root, or how their addresses begin",
        examples=[["/archive/treaties", "https://example.org/texts"]],
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise PydanticCustomError(
                "days", "published_from is later than published_to. Exchange the two"
            )
        return self


class SearchRequest(Body):
    """A search for passages."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "What do defence attachés do?", "top_k": 5}]},
    )

    question: QuestionText = Field(description="in the caller's words")
    history: list[HistoryTurn] = Field(
        default_factory=list,
        max_length=200,
        description="earlier turns, oldest first; a follow-up needs them",
    )
    as_of: Moment | None = Field(
        None, description="answer from the library as it stood then; now by default"
    )
    top_k: TopK | None = Field(None, description="how many passages")
    filters: FiltersBody = Field(default_factory=FiltersBody)


class AskRequest(SearchRequest):
    """A question to answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "What challenges does NATO face in implementing defense diplomacy?"},
                {
                    "question": "and for partners?",
                    "history": [
                        {"role": "user", "content": "What is defence capacity building?"},
                        {"role": "assistant", "content": "Support that helps partners … [1]"},
                    ],
                },
            ]
        },
    )

    conversation_id: Text | None = Field(
        None, description="the conversation this belongs to, which knows what was said before"
    )
    stream: StrictBool = Field(False, description="send server-sent events instead of one object")


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


class DocumentOut(BaseModel):
    """A document by the version that stands, or a version by itself."""

    document_id: str
    version_id: str
    title: str
    source_uri: SourceUri
    issuer: str | None
    published_on: date | None
    marking: str | None
    language: str | None
    media_type: str
    characters: int
    chunks: int
    pages: int
    valid_from: AwareDatetime
    valid_to: AwareDatetime | None


class DocumentList(BaseModel):
    """A page of documents; ask again with `next_cursor` until it is null."""

    items: list[DocumentOut]
    next_cursor: str | None
    total: int = Field(description="documents in all, as of the time asked about")


class VersionList(BaseModel):
    """Every version of a document, newest first."""

    items: list[DocumentOut]


class FailureOut(BaseModel):
    """A source that could not be taken in."""

    source: str
    error: str
    detail: str


class WarningOut(BaseModel):
    """A source that was taken in and that a librarian should look at nevertheless."""

    source: str
    detail: str


class IngestReportOut(BaseModel):
    """What an ingest run did; counts are of sources.

    `moved` sources have the same content at a new place, `duplicated` ones that of another.
    """

    run_id: str
    added: int
    updated: int
    unchanged: int
    removed: int
    failed: list[FailureOut]
    chunks: int
    elapsed_s: float
    moved: int = 0
    duplicated: int = 0
    warnings: list[WarningOut] = Field(default_factory=list)


class TaskProgress(BaseModel):
    """How far a task over the whole library is; a `total` of 0 is not known."""

    what: str
    done: int
    total: int


class Health(BaseModel):
    """The process is alive."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """What answers, and from how much.

    The last three are null for who sends no key to a server that asks for one.
    """

    status: Literal["ready"]
    version: str
    answerer: str
    embedder: str
    documents: int | None
    chunks: int | None
    home: str | None


SESSION_COOKIE = "attache_key"
"""Where a browser that was signed in keeps its key."""


class SessionOut(BaseModel):
    """By which name and role a request is served; `keyed` where a key says so."""

    name: str
    role: Literal["reader", "librarian", "administrator"]
    keyed: bool


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str


class FindingOut(BaseModel):
    """One kind of thing that is wrong with a library, how often, and what to do about it."""

    kind: str
    what: str
    count: int
    advice: str
    examples: list[str]


class CheckOut(BaseModel):
    """What the stores hold, and where they disagree; all is well where there are no findings."""

    documents: int
    chunks: int = Field(description="passages of all versions")
    vectors: int | None = Field(description="null where only the ledger could be read")
    postings: int | None
    originals: int | None
    findings: list[FindingOut]


class RepairOut(BaseModel):
    """What was wrong, and what is left of it."""

    before: CheckOut
    after: CheckOut


class ReindexOut(BaseModel):
    """What was rebuilt; `embedded` counts texts whose vectors were not kept."""

    embedder: str
    chunks: int
    embedded: int
    elapsed_s: float
    in_use: bool = Field(
        default=True, description="false where the next opening with this embedder builds the index"
    )


class BackupOut(BaseModel):
    """A backup that was written; `missing` originals are lost or damaged."""

    file: str
    bytes: int
    documents: int
    originals: int
    missing: int
    elapsed_s: float


class RestoreOut(BaseModel):
    """What stands after a backup was restored."""

    created_at: str = Field(description="when the backup was made")
    documents: int
    chunks: int = Field(description="passages of all versions")
    originals: int
    embedded: int
    elapsed_s: float
    set_aside: str | None = Field(
        default=None, description="the folder of the library that could not be opened"
    )


class ChunkOut(BaseModel):
    """A part of a version's text as it is searched: `text[start:end]` of the version.

    `number` counts from 1 in reading order; `within` is false for what only stands beside the span.
    """

    number: int
    start: int
    end: int
    page: int | None
    headings: list[str]
    text: str
    within: bool


class ChunkList(BaseModel):
    """The parts of a version's text around a span, in reading order, of `total` in all."""

    document_id: str
    version_id: str
    items: list[ChunkOut]
    total: int


class BoxOut(BaseModel):
    """A part of a page, in fractions of its width and height from the upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class BoxList(BaseModel):
    """Where a span stands on the pages: a box for each of its lines, in order of the text."""

    boxes: list[BoxOut]


class RestoreBody(Body):
    """Which version shall stand again."""

    version_id: Text | None = Field(
        None, description="the version that stood before the present one by default"
    )


class ChangeOut(BaseModel):
    """A part of both texts. Its texts are null where it is equal, or too long to be sent."""

    kind: Literal["equal", "insert", "delete", "replace"]
    from_start: int
    from_end: int
    to_start: int
    to_end: int
    from_text: str | None
    to_text: str | None


class FieldChange(BaseModel):
    """A property of a document that is another in the later version."""

    field: str
    from_value: str | None
    to_value: str | None


class DiffOut(BaseModel):
    """How a version became another. The changes are in order and their spans tile both texts."""

    document_id: str
    from_: DocumentOut = Field(alias="from")
    to: DocumentOut
    metadata: list[FieldChange]
    changes: list[ChangeOut]


class PruneOut(BaseModel):
    """What pruning removed, or would remove; `horizon` is the earliest moment still known."""

    versions: int
    periods: int
    documents: int
    chunks: int
    vectors: int
    files: int
    runs: int
    freed_bytes: int
    horizon: AwareDatetime | None
    dry_run: bool
