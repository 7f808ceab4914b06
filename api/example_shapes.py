"""One document, a question about it and its answer: what the examples of the description show.

Each span is found in the text that it is of, so that what it names stands there.
"""

import copy
from collections.abc import Mapping

Shape = dict[str, object]

DOCUMENT_ID = "ec95172c879800fe154bab9991951235"
VERSION_ID = "ed5eb9a37e2d8231af3388319b941995f6dc8755c56043d0cc52b5fe405a87de"
EARLIER_ID = "6db7d803e74f1ffa7d8f5adc0bf95b3e15bf4c8373fffadf546227cc6c6742cb"
ANSWER_ID = "70f35c68a9284f69ad5a19b997244343"
CONVERSATION_ID = "382711de45d74b02eef9278eb6dbe044"
RUN_ID = "bf7b378478704e1fbdddeee92af76107"
REQUEST_ID = "9f6a93523b1c49d7950e1ec88f8f710a"

TITLE = "The work of defence attachés"
QUOTE = "Defence attachés represent their armed forces abroad."
_ADVICE = "They advise the ambassador"
ADDED = " and the ministry"
EARLIER_TEXT = f"{TITLE}\n\n{QUOTE} {_ADVICE}."
TEXT = f"{TITLE}\n\n{QUOTE} {_ADVICE}{ADDED}."
QUESTION = "What do defence attachés do?"
ANSWER_TEXT = f"{QUOTE} [1]"

FILE = "attaches.pdf"
FOLDER = "/archive"
SOURCE = f"file://{FOLDER}/{FILE}"
EARLIER_AT = "2026-01-10T09:00:00Z"
TAKEN_AT = "2026-06-02T08:30:00Z"
TAKEN_BY = "2026-06-02T08:30:02Z"
ASKED_AT = "2026-06-03T14:05:12Z"


def where(part: str, text: str = TEXT) -> dict[str, int]:
    """The span of the part in the text."""
    start = text.index(part)
    return {"start": start, "end": start + len(part)}


def changed(shape: Mapping[str, object], **fields: object) -> Shape:
    """A copy of the shape in which these fields are others."""
    return {**copy.deepcopy(dict(shape)), **fields}


_SOURCE: Shape = {
    "document_id": DOCUMENT_ID,
    "version_id": VERSION_ID,
    "title": TITLE,
    "source_uri": SOURCE,
    "issuer": "Ministry of Defence",
    "published_on": "2026-05-28",
    "marking": None,
}
_PLACE: Shape = {**_SOURCE, "page": 1, "headings": [TITLE]}

DOCUMENT: Shape = {
    **_SOURCE,
    "language": "en",
    "media_type": "application/pdf",
    "characters": len(TEXT),
    "chunks": 1,
    "pages": 1,
    "valid_from": TAKEN_BY,
    "valid_to": None,
}
EARLIER: Shape = changed(
    DOCUMENT,
    version_id=EARLIER_ID,
    characters=len(EARLIER_TEXT),
    published_on="2026-01-05",
    valid_from=EARLIER_AT,
    valid_to=TAKEN_BY,
)
_PASSAGE_TEXT = TEXT.removeprefix(f"{TITLE}\n\n")
PASSAGE: Shape = {
    **_PLACE,
    **where(_PASSAGE_TEXT),
    "rank": 1,
    "score": 0.81,
    "text": _PASSAGE_TEXT,
    "also": [],
}
CHUNK: Shape = {
    "number": 1,
    **where(_PASSAGE_TEXT),
    "page": 1,
    "headings": [TITLE],
    "text": _PASSAGE_TEXT,
    "within": True,
}
CITATION: Shape = {"marker": 1, **_PLACE, **where(QUOTE), "quote": QUOTE}
SENTENCE: Shape = {
    "text": QUOTE,
    **where(QUOTE, ANSWER_TEXT),
    "citations": [1],
    "verdict": "quoted",
    "support": 1.0,
    "problem": None,
}
ANSWER: Shape = {
    "id": ANSWER_ID,
    "conversation_id": None,
    "question": QUESTION,
    "standalone_question": QUESTION,
    "answer": ANSWER_TEXT,
    "abstained": False,
    "answered_by": "extractive",
    "sentences": [SENTENCE],
    "citations": [CITATION],
    "passages": [PASSAGE],
    "as_of": ASKED_AT,
    "marking": None,
    "prompt_version": None,
    "timings_ms": {"retrieve": 11.9, "total": 15.7},
    "note": None,
    "confidence": 0.94,
    "outcome": "answered",
    "missing": [],
    "readings": [],
    "disagreements": [],
    "removed": [],
}
TURN_ANSWER: Shape = changed(ANSWER, conversation_id=CONVERSATION_ID)
CONVERSATION: Shape = {
    "conversation_id": CONVERSATION_ID,
    "title": QUESTION,
    "created_at": "2026-06-03T14:05:00Z",
    "updated_at": ASKED_AT,
    "turns": 1,
}
TURN: Shape = {"number": 1, "asked_at": ASKED_AT, "question": QUESTION, "answer": TURN_ANSWER}
REPORT: Shape = {
    "run_id": RUN_ID,
    "added": 0,
    "updated": 1,
    "unchanged": 0,
    "removed": 0,
    "failed": [],
    "chunks": 1,
    "elapsed_s": 2.0,
    "moved": 0,
    "duplicated": 0,
    "warnings": [],
}
_RUN: Shape = {
    "run_id": RUN_ID,
    "kind": "paths",
    "sources": [FOLDER],
    "state": "done",
    "started_at": TAKEN_AT,
    "finished_at": TAKEN_BY,
    "progress": {
        "total_sources": 1,
        "done_sources": 1,
        "total_bytes": 48213,
        "done_bytes": 48213,
    },
    "counts": {"updated": 1},
    "error": None,
}
RUN: Shape = {**_RUN, "force": False, "report": REPORT}
RUN_LISTED: Shape = {**_RUN, "more_sources": 0}
_AT_FIRST = {"total_sources": 0, "done_sources": 0, "total_bytes": 0, "done_bytes": 0}
RUN_BEGUN: Shape = changed(
    RUN, state="queued", finished_at=None, progress=_AT_FIRST, counts={}, report=None
)
RUN_ITEM: Shape = {
    "number": 1,
    "source": SOURCE,
    "outcome": "updated",
    "at": TAKEN_BY,
    "error": None,
    "detail": None,
    "document_id": DOCUMENT_ID,
    "version_id": VERSION_ID,
}
