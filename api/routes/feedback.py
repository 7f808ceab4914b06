"""What people say of answers."""

from datetime import UTC, datetime
from uuid import uuid4

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from starlette.status import HTTP_201_CREATED

from api.access import CallerDep
from api.conversation_schemas import FeedbackOut, FeedbackRequest, PlaceBody
from api.deps import Services, ServicesDep
from api.openapi import problems
from assistant.conversations import Feedback, Place
from assistant.errors import AnswerNotFoundError
from assistant.types import DocumentId, VersionId

router = APIRouter(prefix="/v1/feedback", tags=["conversations"])


@router.post(
    "",
    status_code=HTTP_201_CREATED,
    summary="Say what an answer is worth",
    responses=problems(404, 422, 507),
)
def give(body: FeedbackRequest, services: ServicesDep, caller: CallerDep) -> FeedbackOut:
    """Keeps whether an answer was good, why, and which place should have been cited.

    A later word on the same answer replaces the earlier. `attache feedback export` makes a set of
    questions of it that `attache eval` reads.
    """
    answer = services.given.get(body.answer_id, caller.name)
    if answer is None:
        raise AnswerNotFoundError(
            f"The server does not know an answer {body.answer_id!r}: it was given by another "
            "server, or too long ago. Ask the question again, and say it of that answer."
        )
    kept = Feedback(
        feedback_id=uuid4().hex,
        answer_id=body.answer_id,
        owner=caller.name,
        at=datetime.now(UTC),
        rating=body.rating,
        reason=body.reason,
        correction=None if body.correction is None else _place(body.correction, services),
        question=answer.question,
        standalone_question=answer.standalone_question,
        answer=answer.model_dump(mode="json"),
    )
    services.notes.write("feedback", answer_id=kept.answer_id, rating=kept.rating)
    services.feedback.add(kept)
    return FeedbackOut(
        feedback_id=kept.feedback_id,
        answer_id=kept.answer_id,
        rating=kept.rating,
        reason=kept.reason,
        correction=body.correction,
        at=kept.at,
    )


def _place(body: PlaceBody, services: Services) -> Place:
    """The place. Raises `DocumentNotFoundError` or `RequestValidationError`: no text is there."""
    version = services.ledger.version(DocumentId(body.document_id), VersionId(body.version_id))
    if body.end > version.characters:
        advice = f"the version has {version.characters} characters. Count its code points"
        complaint = {"type": "span", "loc": ("body", "correction", "end"), "msg": advice}
        raise RequestValidationError([complaint])
    return Place(body.document_id, body.version_id, body.start, body.end)
