"""Answers and documents for the tests of what is drawn."""

from datetime import UTC, date, datetime
from typing import Literal

from api.answer_schemas import AnswerOut, CitationOut, PassageOut, SentenceOut
from api.document_schemas import DocumentOut
from api.run_schemas import RunOut
from ui.words import Words

SAY = Words("en")
EVIL = "<img src=x onerror=\"alert('1')\">"
TEXT = "Opening words.\n\nThe attaché reports on developments. Visits are arranged too.\n\nClosing."
QUOTE = "The attaché reports on developments."


def citation(marker: int = 1, **changes: object) -> CitationOut:
    start = TEXT.index(QUOTE)
    fields: dict[str, object] = {
        "marker": marker,
        "document_id": "d1",
        "version_id": "v1",
        "title": "Attachés",
        "source_uri": "https://example.org/attaches.html",
        "issuer": "Staff College",
        "published_on": date(2021, 3, 9),
        "marking": "NATO UNCLASSIFIED",
        "page": 3,
        "headings": ["Attachés", "Duties"],
        "start": start,
        "end": start + len(QUOTE),
        "quote": QUOTE,
    }
    return CitationOut.model_validate(fields | changes)


def sentence(
    text: str,
    start: int,
    verdict: Literal["quoted", "supported", "unsupported"] = "quoted",
) -> SentenceOut:
    return SentenceOut(
        text=text, start=start, end=start + len(text), citations=[1], verdict=verdict, support=1
    )


def answer(**changes: object) -> AnswerOut:
    text = f"{QUOTE} [1]"
    fields: dict[str, object] = {
        "id": "a1",
        "conversation_id": None,
        "question": "What do attachés do?",
        "standalone_question": "What do attachés do?",
        "answer": text,
        "abstained": False,
        "answered_by": "extractive",
        "sentences": [sentence(text, 0)],
        "citations": [citation()],
        "passages": [],
        "as_of": datetime(2026, 5, 4, 9, 30, tzinfo=UTC),
        "marking": None,
        "prompt_version": None,
        "timings_ms": {"total": 21.4, "retrieve": 9.8},
    }
    return AnswerOut.model_validate(fields | changes)


def passage(**changes: object) -> PassageOut:
    fields: dict[str, object] = {
        "rank": 1,
        "score": 0.5,
        "document_id": "d1",
        "version_id": "v1",
        "title": "Attachés",
        "source_uri": "file:///a.pdf",
        "issuer": None,
        "published_on": None,
        "marking": None,
        "page": None,
        "headings": [],
        "start": 0,
        "end": 14,
        "text": "Opening words.",
    }
    return PassageOut.model_validate(fields | changes)


def document(**changes: object) -> DocumentOut:
    fields: dict[str, object] = {
        "document_id": "d1",
        "version_id": "v1",
        "title": "Attachés",
        "source_uri": "file:///library/attaches.pdf",
        "issuer": "Staff College",
        "published_on": date(2021, 3, 9),
        "marking": None,
        "language": "en",
        "media_type": "application/pdf",
        "characters": 900,
        "chunks": 3,
        "pages": 12,
        "valid_from": datetime(2026, 1, 5, tzinfo=UTC),
        "valid_to": None,
    }
    return DocumentOut.model_validate(fields | changes)


def run(
    *,
    run_id: str = "r1",
    state: str = "done",
    error: str | None = None,
    failed: int = 0,
    **counts: int,
) -> RunOut:
    """A run that ended, with the counts given."""
    report = dict.fromkeys(("added", "updated", "unchanged", "removed", "chunks", "elapsed_s"), 0)
    progress = {"total_sources": 1, "done_sources": 1, "total_bytes": 2, "done_bytes": 2}
    return RunOut.model_validate(
        {
            "run_id": run_id,
            "kind": "upload",
            "sources": ["a.md"],
            "force": False,
            "state": state,
            "started_at": "2026-01-05T08:00:00Z",
            "finished_at": "2026-01-05T08:00:01Z",
            "progress": progress,
            "counts": counts | ({"failed": failed} if failed else {}),
            "error": error,
            "report": {"run_id": run_id, "failed": [], **report, **counts},
        }
    )
