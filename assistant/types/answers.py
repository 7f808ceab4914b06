"""An answer with its proof, whole and as it comes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from assistant.types.documents import Metadata
from assistant.types.ids import DocumentId, VersionId
from assistant.types.passages import Filters, Passage


@dataclass(frozen=True, slots=True)
class Citation:
    """A marker in an answer tied to a span: `text[start:end] == quote` in that version."""

    marker: int
    document_id: DocumentId
    version_id: VersionId
    source_uri: str
    metadata: Metadata
    page: int | None
    headings: tuple[str, ...]
    start: int
    end: int
    quote: str


Verdict = Literal["quoted", "supported", "unsupported"]
Unsupported = Literal["remove", "strike", "flag"]
"""What becomes of a model's sentence that no passage carries."""


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of the answer, as its span of the answer's text.

    `support` is in [0, 1]: 1 for a quotation, else how well the cited spans carry the sentence.
    `problem` says what is wrong with one that is unsupported.
    """

    text: str
    start: int
    end: int
    citations: tuple[int, ...]
    verdict: Verdict
    support: float
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """A sentence that a model wrote and no passage carries, and what is wrong with it."""

    text: str
    problem: str


Outcome = Literal["answered", "partly_answered", "not_answered", "unclear", "courtesy"]
"""What became of a question; an answer abstains in the last three."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two quotations that contradict each other, by their markers.

    `about` is what they differ in; `later` the marker of the one that was published later, None
    where a date is not known or both have the same.
    """

    citations: tuple[int, int]
    about: Literal["the date", "the figure", "yes or no"]
    later: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its proof.

    `timings_ms` has at least `total` and `retrieve`, both since the question was asked. `note` says
    why another answerer than the configured one answered. `confidence` is the probability that the
    library answers the question, in [0, 1]; None where it was not estimated. `missing` says, a
    sentence each, what of the question is not answered; `readings` are questions that an unclear
    one may mean, each of which the library answers. What is missing and where quotations disagree
    is also said at the end of the text, after the sentences. `filters` narrowed the search.
    """

    answer_id: str
    question: str
    standalone_question: str
    text: str
    abstained: bool
    answered_by: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    as_of: datetime
    marking: str | None
    prompt_version: str | None
    timings_ms: Mapping[str, float]
    note: str | None = None
    confidence: float | None = None
    outcome: Outcome = "answered"
    missing: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    removed: tuple[Removed, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class PassagesFound:
    """The passages an answer will be composed from, best first, and their highest marking."""

    passages: tuple[Passage, ...]
    marking: str | None = None


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of the answer's text, as it is being composed."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The whole answer, proved; always the last event."""

    answer: Answer


AnswerEvent = PassagesFound | TextDelta | Answered
