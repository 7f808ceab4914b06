"""Between a check inside and its shape outside, with the limits of what is checked."""

from collections import Counter
from dataclasses import replace
from typing import get_args

from api.answer_schemas import CitationOut
from api.answer_wire import citation_out
from api.question_wire import filters_of, moment_of
from api.verify_schemas import (
    MAX_TEXT_CHARS,
    GivenPassageBody,
    PassageQuote,
    VerifiedSentence,
    VerifyRequest,
    VerifyResponse,
)
from assistant.errors import TextError
from assistant.grounding.checking import (
    CheckedSentence,
    CheckedText,
    GivenPassage,
    GivenQuote,
    TextToCheck,
)
from assistant.types import Citation, DocumentId, Verdict

MAX_PASSAGES_CHARS = 200_000


def text_of(body: VerifyRequest) -> TextToCheck:
    """What is to be checked. Raises `TextError` where it is too long or empty."""
    if len(body.text) > MAX_TEXT_CHARS:
        raise TextError(
            f"The text has {len(body.text):,} characters and may have {MAX_TEXT_CHARS:,}. "
            "Check it in parts."
        )
    if not any(c.isprintable() and not c.isspace() for c in body.text):
        raise TextError("The text holds no visible character. Write it in words.")
    filters = filters_of(body.filters)
    named = tuple(map(DocumentId, body.document_ids))
    filters = replace(filters, document_ids=(*filters.document_ids, *named))
    return TextToCheck(body.text, _passages(body), moment_of(body.as_of), filters)


def _passages(body: VerifyRequest) -> tuple[GivenPassage, ...] | None:
    if body.passages is None:
        return None
    given = tuple(
        GivenPassage(one.text, one.title)
        if isinstance(one, GivenPassageBody)
        else GivenPassage(one)
        for one in body.passages
    )
    total = sum(len(one.text) for one in given)
    if total > MAX_PASSAGES_CHARS:
        raise TextError(
            f"The passages have {total:,} characters and may have {MAX_PASSAGES_CHARS:,} in all. "
            "Send fewer, or ingest them and name them in document_ids."
        )
    return given


def verify_out(checked: CheckedText, total_ms: float) -> VerifyResponse:
    """A checked text, and how long it took."""
    found = [_sentence_out(one) for one in checked.sentences]
    counts = Counter(one.verdict for one in found)
    return VerifyResponse(
        supported=not counts["unsupported"],
        counts={verdict: counts[verdict] for verdict in (*get_args(Verdict), "unchecked")},
        sentences=found,
        as_of=checked.as_of,
        timings_ms={"total": round(total_ms, 1)},
    )


def _sentence_out(one: CheckedSentence) -> VerifiedSentence:
    return VerifiedSentence(
        text=one.text,
        start=one.start,
        end=one.end,
        verdict=one.verdict,
        support=one.support,
        citations=[citation_out(each) for each in one.citations]
        or [_quote_out(each) for each in one.quotes],
        problem=one.problem or None,
        against=_place_out(one.against),
    )


def _place_out(place: Citation | GivenQuote | None) -> CitationOut | PassageQuote | None:
    if place is None:
        return None
    return _quote_out(place) if isinstance(place, GivenQuote) else citation_out(place)


def _quote_out(place: GivenQuote) -> PassageQuote:
    return PassageQuote(passage=place.passage, start=place.start, end=place.end, quote=place.quote)
