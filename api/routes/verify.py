"""Checking somebody's text against the library, or against passages that come with it."""

import asyncio
import time
from typing import Annotated

from fastapi import APIRouter, Body
from fastapi.openapi.models import Example

from api.deps import ServicesDep
from api.openapi import problems
from api.verify_schemas import VerifyRequest, VerifyResponse
from api.verify_wire import text_of, verify_out

router = APIRouter(prefix="/v1", tags=["questions"])

VERIFY_EXAMPLES: dict[str, Example] = {
    "library": {
        "summary": "A text against the library",
        "value": {"text": "Defence attachés represent their armed forces abroad."},
    },
    "passages": {
        "summary": "A text against passages that come with it",
        "value": {
            "text": "The office opened in 2015.",
            "passages": ["The liaison office was opened in 2014 by the minister."],
        },
    },
    "as-of": {
        "summary": "Against the library as it stood, narrowed to some documents",
        "value": {
            "text": "Finland joined the alliance in 2023.",
            "as_of": "2026-01-31T12:00:00Z",
            "filters": {"issuers": ["NATO"]},
        },
    },
}


@router.post(
    "/verify",
    summary="Check a text, sentence by sentence",
    response_description="Each sentence with its verdict and the place that carries it.",
    responses=problems(400, 403, 404, 410, 413, 422, 502, 503, 507),
)
async def verify(
    body: Annotated[VerifyRequest, Body(openapi_examples=VERIFY_EXAMPLES)], services: ServicesDep
) -> VerifyResponse:
    """Tells of each sentence whether the library, or the given passages, carry it.

    What is wrong is said in words: another figure, date, name or unit, a denial, a stronger claim,
    or that no passage says it. `support` is a probability; headings, questions and greetings state
    nothing and are `unchecked`.
    """
    began = time.perf_counter()
    text = text_of(body)
    for document_id in text.filters.document_ids:
        await asyncio.to_thread(services.ledger.document, document_id)
    checked = await services.assistant.check(text)
    return verify_out(checked, (time.perf_counter() - began) * 1000)
