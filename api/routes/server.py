"""Whether the server lives, and whether it can answer."""

from fastapi import APIRouter, Request

from api.deps import ServicesDep
from api.errors import NOT_READY, Failure, ProblemResponse, refusal
from api.openapi import problems
from api.schemas import Health, Readiness
from assistant.errors import AssistantError

router = APIRouter(tags=["server"])


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="Is it alive?", responses=problems())
async def healthz() -> Health:
    """Answers as long as the process does; asks nothing else."""
    return Health(status="ok")


@router.head("/readyz", include_in_schema=False, response_model=Readiness)
@router.get(
    "/readyz",
    response_model=Readiness,
    summary="Can it answer?",
    responses=problems(503),
)
def readyz(services: ServicesDep, request: Request) -> Readiness | ProblemResponse:
    """Reads the library, and says what answers and from how much."""
    try:
        documents, chunks = services.ledger.count()
    except AssistantError as error:
        return refusal(Failure(NOT_READY, str(error)), request.scope)
    return Readiness(
        status="ready",
        version=services.version,
        answerer=services.answerer,
        embedder=services.embedder,
        documents=documents,
        chunks=chunks,
        home=str(services.settings.home),
    )
