"""From a question as it is sent to the noun inside, and the limits of one."""

from datetime import UTC, datetime

from api.question_schemas import FiltersBody, SearchRequest
from assistant.errors import QuestionError
from assistant.types import DocumentId, Filters, Question, Role, Turn

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
    """The time asked about, in UTC; None, which means now, for a time to come.

    Raises:
        QuestionError: it has no moment in UTC, at the edge of the calendar.
    """
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
