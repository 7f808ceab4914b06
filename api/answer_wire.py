"""From answers and passages inside to the shapes that are sent."""

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
from api.question_wire import filters_out
from assistant.phrases import told
from assistant.stages import Retrieved
from assistant.types import AlsoIn, Answer, Citation, Passage


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
