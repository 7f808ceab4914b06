"""Between the nouns inside and the shapes outside: conversions, and the limits of a question."""

from collections.abc import Sequence
from datetime import UTC, datetime

from api.answer_schemas import (
    AlsoOut,
    AnswerOut,
    CitationOut,
    DisagreementOut,
    PassageOut,
    PhraseOut,
    RemovedOut,
    SearchResponse,
    SentenceOut,
)
from api.document_schemas import ChunkList, ChunkOut, DocumentOut
from api.question_schemas import FiltersBody, SearchRequest
from api.run_schemas import FailureOut, IngestReportOut, WarningOut
from assistant.chain import Retrieved
from assistant.errors import QuestionError
from assistant.phrases import told
from assistant.types import (
    AlsoIn,
    Answer,
    Chunk,
    Citation,
    DocumentId,
    Filters,
    IngestReport,
    Passage,
    Question,
    Role,
    Turn,
    Version,
)

MAX_HISTORY_CHARS = 100_000


def question_of(body: SearchRequest, max_chars: int) -> Question:
    """The question asked. Raises `QuestionError` where it or its history is too long or empty."""
    if len(body.question) > max_chars:
        raise QuestionError(
            f"The question has {len(body.question):,} characters and may have {max_chars:,}. "
            "Shorten it, or raise ATTACHE_MAX_QUESTION_CHARS."
        )
    if not any(c.isprintable() and not c.isspace() for c in body.question):
        raise QuestionError("The question holds no visible character. Write it in words.")
    if sum(len(turn.content) for turn in body.history) > MAX_HISTORY_CHARS:
        raise QuestionError(
            f"The history has more than {MAX_HISTORY_CHARS:,} characters. Send its last turns only."
        )
    return Question(
        text=body.question,
        history=tuple(Turn(Role(turn.role), turn.content) for turn in body.history),
        as_of=moment_of(body.as_of),
        top_k=body.top_k,
        filters=filters_of(body.filters),
    )


def moment_of(as_of: datetime | None) -> datetime | None:
    """The time asked about, in UTC; None, which means now, for a time to come."""
    if as_of is None:
        return None
    try:
        moment = as_of.astimezone(UTC)
    except OverflowError as error:
        raise QuestionError("as_of is at the edge of the calendar. Give a later year.") from error
    return moment if moment < datetime.now(UTC) else None


def filters_of(body: FiltersBody) -> Filters:
    """What narrows the search."""
    return Filters(
        document_ids=tuple(DocumentId(name) for name in body.document_ids),
        issuers=tuple(body.issuers),
        languages=tuple(body.languages),
        markings=tuple(body.markings),
        published_from=body.published_from,
        published_to=body.published_to,
        folders=tuple(body.folders),
    )


def filters_out(filters: Filters) -> FiltersBody:
    """The same as it was asked for: what the caller may read is no part of it."""
    return FiltersBody.model_construct(
        document_ids=list(filters.document_ids),
        issuers=list(filters.issuers),
        languages=list(filters.languages),
        markings=list(filters.markings),
        published_from=filters.published_from,
        published_to=filters.published_to,
        folders=list(filters.folders),
    )


def passage_out(passage: Passage) -> PassageOut:
    """A passage with what a reader needs to know of its version."""
    stored, chunk = passage.stored, passage.stored.chunk
    return PassageOut(
        rank=passage.rank,
        score=passage.score,
        document_id=stored.document_id,
        version_id=stored.version_id,
        title=stored.metadata.title,
        source_uri=stored.source_uri,
        issuer=stored.metadata.issuer,
        published_on=stored.metadata.published_on,
        marking=stored.metadata.marking,
        page=chunk.page,
        headings=list(chunk.headings),
        start=chunk.start,
        end=chunk.end,
        text=chunk.text,
        also=[_also_out(other) for other in passage.also],
    )


def _also_out(other: AlsoIn) -> AlsoOut:
    return AlsoOut(
        document_id=other.document_id,
        version_id=other.version_id,
        title=other.title,
        source_uri=other.source_uri,
        marking=other.marking,
        start=other.start,
        end=other.end,
        score=other.score,
    )


def chunks_out(version: Version, chunks: Sequence[Chunk], start: int, end: int) -> ChunkList:
    """Parts of a version's text; those that the span touches are marked."""
    return ChunkList(
        document_id=version.document_id,
        version_id=version.version_id,
        items=[
            ChunkOut(
                number=chunk.ordinal + 1,
                start=chunk.start,
                end=chunk.end,
                page=chunk.page,
                headings=list(chunk.headings),
                text=chunk.text,
                within=chunk.start < end and start < chunk.end,
            )
            for chunk in chunks
        ],
        total=version.chunks,
    )


def search_out(found: Retrieved, asked: str, total_ms: float) -> SearchResponse:
    """The passages of a search, and how long it took in all."""
    return SearchResponse(
        question=asked,
        standalone_question=found.resolved.standalone.text,
        as_of=found.resolved.as_of,
        passages=[passage_out(passage) for passage in found.passages],
        timings_ms={"total": round(total_ms, 1), "retrieve": found.retrieve_ms},
    )


def citation_out(citation: Citation) -> CitationOut:
    """A citation with what a reader needs to know of its version."""
    return CitationOut(
        marker=citation.marker,
        document_id=citation.document_id,
        version_id=citation.version_id,
        title=citation.metadata.title,
        source_uri=citation.source_uri,
        issuer=citation.metadata.issuer,
        published_on=citation.metadata.published_on,
        marking=citation.metadata.marking,
        page=citation.page,
        headings=list(citation.headings),
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
    )


def answer_out(answer: Answer, conversation_id: str | None = None) -> AnswerOut:
    """A whole answer with its proof."""
    return AnswerOut(
        id=answer.answer_id,
        conversation_id=conversation_id,
        question=answer.question,
        standalone_question=answer.standalone_question,
        answer=answer.text,
        abstained=answer.abstained,
        answered_by=answer.answered_by,
        sentences=[
            SentenceOut(
                text=sentence.text,
                start=sentence.start,
                end=sentence.end,
                citations=list(sentence.citations),
                verdict=sentence.verdict,
                support=sentence.support,
                problem=sentence.problem or None,
            )
            for sentence in answer.sentences
        ],
        citations=[citation_out(citation) for citation in answer.citations],
        passages=[passage_out(passage) for passage in answer.passages],
        as_of=answer.as_of,
        marking=answer.marking,
        prompt_version=answer.prompt_version,
        timings_ms=dict(answer.timings_ms),
        note=answer.note,
        confidence=None if answer.confidence is None else round(answer.confidence, 4),
        outcome=answer.outcome,
        missing=list(answer.missing),
        readings=list(answer.readings),
        disagreements=[
            DisagreementOut(citations=list(one.citations), about=one.about, later=one.later)
            for one in answer.disagreements
        ],
        removed=[RemovedOut(text=one.text, problem=one.problem) for one in answer.removed],
        filters=filters_out(answer.filters),
        phrases=_phrases(answer),
    )


def _phrases(answer: Answer) -> list[PhraseOut]:
    """What the product says itself, each sentence once, in order."""
    texts = [
        *(answer.text.split("\n\n") if answer.abstained else ()),
        *answer.missing,
        answer.note or "",
        *(one.problem for one in answer.sentences),
        *(one.problem for one in answer.removed),
    ]
    known = {one.text: one for text in texts for one in told(text)}
    return [
        PhraseOut(text=one.text, code=one.code, pattern=one.pattern, values=dict(one.values))
        for one in known.values()
    ]


def document_out(version: Version) -> DocumentOut:
    """A version as listings show it."""
    return DocumentOut(
        document_id=version.document_id,
        version_id=version.version_id,
        title=version.metadata.title,
        source_uri=version.source_uri,
        issuer=version.metadata.issuer,
        published_on=version.metadata.published_on,
        marking=version.metadata.marking,
        language=version.metadata.language,
        media_type=version.media_type,
        characters=version.characters,
        chunks=version.chunks,
        pages=version.pages,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
    )


def report_out(report: IngestReport) -> IngestReportOut:
    """What a run did."""
    return IngestReportOut(
        run_id=report.run_id,
        added=report.added,
        updated=report.updated,
        unchanged=report.unchanged,
        removed=report.removed,
        failed=[
            FailureOut(source=failure.source, error=failure.error, detail=failure.detail)
            for failure in report.failed
        ],
        chunks=report.chunks,
        elapsed_s=report.elapsed_s,
        moved=report.moved,
        duplicated=report.duplicated,
        warnings=[WarningOut(source=one.source, detail=one.detail) for one in report.warnings],
    )
