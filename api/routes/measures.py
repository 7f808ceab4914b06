"""The server's numbers, for Prometheus."""

from fastapi import APIRouter, Response

from api.deps import ServicesDep
from api.metrics import CONTENT_TYPE
from api.openapi import problems

router = APIRouter(tags=["server"])


@router.get(
    "/metrics",
    response_class=Response,
    summary="What did it do?",
    response_description="Counters in Prometheus's text format.",
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **problems()},
)
def metrics(services: ServicesDep) -> Response:
    """Requests and their times by route, answers by outcome and stage, verdicts, the library."""
    documents, passages = services.ledger.count()
    runs = len(services.book.unended())
    page = services.metrics.page(documents, passages, runs, services.work)
    return Response(page, media_type=CONTENT_TYPE)
