"""Whether the server lives, and whether it can answer."""

from fastapi import APIRouter, Request

from api.access import CallerDep
from api.deps import Services, ServicesDep
from api.errors import NOT_READY, Failure, ProblemResponse, refusal
from api.openapi import problems
from api.server_schemas import Health, Readiness
from assistant.access.keys import NOBODY, KeyRole
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
def readyz(
    services: ServicesDep, caller: CallerDep, request: Request
) -> Readiness | ProblemResponse:
    """Tries the ledger, the embedder and both indexes; says what answers and from how much."""
    known, runs_it = caller is not NOBODY, caller.role.may(KeyRole.LIBRARIAN)
    try:
        documents, chunks = services.ledger.count()
    except AssistantError as error:
        said = str(error) if runs_it else _not_working("ledger")
        return refusal(Failure(NOT_READY, said), request.scope)
    if lacking := _lacking(services, in_full=runs_it):
        return refusal(Failure(NOT_READY, lacking), request.scope)
    return Readiness(
        status="ready",
        version=services.version,
        answerer=services.answerer,
        embedder=services.embedder,
        documents=documents if known else None,
        chunks=chunks if known else None,
        home=str(services.settings.home) if runs_it else None,
    )


def _lacking(services: Services, *, in_full: bool) -> str:
    """What keeps the server from answering; why, for those who may know. Empty: nothing does."""
    if services.work.ending:
        return "The server is stopping. Ask another, or this one in a moment."
    failing = services.checks.failing()
    if in_full:
        return " ".join(f"{name.capitalize()}: {said}" for name, said in failing.items())
    return _not_working(", ".join(failing)) if failing else ""


def _not_working(names: str) -> str:
    return f"These do not work: {names}. Ask whoever runs the server."
