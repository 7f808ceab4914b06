"""An example of every operation, by its method and path, for the description of the API.

`body` is what is sent. A status, alone or with a media type, is what comes back.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from api.example_shapes import (
    ADDED,
    ANSWER,
    ANSWER_ID,
    ANSWER_TEXT,
    ASKED_AT,
    CHUNK,
    CITATION,
    CONVERSATION,
    DOCUMENT,
    DOCUMENT_ID,
    EARLIER,
    EARLIER_ID,
    EARLIER_TEXT,
    FILE,
    FOLDER,
    PASSAGE,
    QUESTION,
    QUOTE,
    REPORT,
    RUN,
    RUN_BEGUN,
    RUN_ITEM,
    RUN_LISTED,
    SENTENCE,
    SOURCE,
    TEXT,
    TITLE,
    TURN,
    TURN_ANSWER,
    VERSION_ID,
    changed,
    where,
)


class Told(str):
    """In place of an example: what bytes, which none can show, would be."""

    __slots__ = ()


Shown = Mapping[str, object]

_KEPT = len(EARLIER_TEXT) - 1
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARKDOWN = f"""# {QUESTION}

1 question, begun 03 June 2026, last asked 03 June 2026.

## {QUESTION}

As of 03 June 2026.

{QUOTE} [^1-1]

[^1-1]: “{QUOTE}” {TITLE}; Ministry of Defence; 2026-05-28; page 1; version {VERSION_ID[:12]}, \
characters {CITATION["start"]} to {CITATION["end"]}; {SOURCE}
"""
_METRICS = """# HELP attache_requests_total Requests.
# TYPE attache_requests_total counter
attache_requests_total{method="POST",route="/v1/ask",status="200"} 12.0
"""
_DIFF = {
    "document_id": DOCUMENT_ID,
    "from": EARLIER,
    "to": DOCUMENT,
    "metadata": [
        {"field": "published_on", "from_value": "2026-01-05", "to_value": "2026-05-28"},
    ],
    "changes": [
        {
            "kind": kind,
            "from_start": from_start,
            "from_end": from_end,
            "to_start": to_start,
            "to_end": to_end,
            "from_text": from_text,
            "to_text": to_text,
        }
        for kind, from_start, from_end, to_start, to_end, from_text, to_text in (
            ("equal", 0, _KEPT, 0, _KEPT, None, None),
            ("insert", _KEPT, _KEPT, _KEPT, _KEPT + len(ADDED), "", ADDED),
            ("equal", _KEPT, len(EARLIER_TEXT), _KEPT + len(ADDED), len(TEXT), None, None),
        )
    ],
}
_VERIFIED = {
    "supported": True,
    "counts": {"quoted": 1, "supported": 0, "unsupported": 0, "unchecked": 0},
    "sentences": [
        changed(SENTENCE, **where(QUOTE, QUOTE), citations=[CITATION], against=None),
    ],
    "as_of": ASKED_AT,
    "timings_ms": {"total": 31.6},
}
_COMPLETION = {
    "id": f"chatcmpl-{ANSWER_ID}",
    "object": "chat.completion",
    "created": 1780495512,
    "model": "attache",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": ANSWER_TEXT, "refusal": None},
            "finish_reason": "stop",
            "logprobs": None,
        }
    ],
    "usage": {"prompt_tokens": 6, "completion_tokens": 11, "total_tokens": 17},
    "attache": ANSWER,
}
_FEEDBACK = {
    "answer_id": ANSWER_ID,
    "rating": "down",
    "reason": "What they advise on is missing.",
    "correction": {
        "document_id": DOCUMENT_ID,
        "version_id": VERSION_ID,
        **where(TEXT.removeprefix(f"{TITLE}\n\n{QUOTE} ")),
    },
}
_MODELS = [
    {"id": name, "object": "model", "created": 1767225600, "owned_by": "attache"}
    for name in ("attache", "attache-footnotes")
]
_BOX = {"page": 1, "left": 0.12, "top": 0.18, "right": 0.71, "bottom": 0.2}
_PLAN: Shown = {
    "added": [],
    "updated": [SOURCE],
    "moved": [],
    "duplicated": [],
    "removed": [],
    "unchanged": 0,
    "failed": [],
}
_TAKEN_IN = {
    "source": FILE,
    "outcome": "updated",
    "document_id": DOCUMENT_ID,
    "version_id": VERSION_ID,
}
_SESSION = {"name": "Desk officer", "role": "reader", "keyed": True}

_DOCUMENT = "/v1/documents/{document_id}"
_VERSION = f"{_DOCUMENT}/versions/{{version_id}}"
_CONVERSATION = "/v1/conversations/{conversation_id}"
_RUN = "/v1/ingest-runs/{run_id}"

EXAMPLES: Mapping[str, Shown] = {
    "POST /v1/ask": {"200": ANSWER},
    "POST /v1/search": {
        "body": {"question": QUESTION, "top_k": 1},
        "200": {
            "question": QUESTION,
            "standalone_question": QUESTION,
            "as_of": ASKED_AT,
            "passages": [PASSAGE],
            "timings_ms": {"retrieve": 11.9, "total": 15.7},
        },
    },
    "POST /v1/verify": {"200": _VERIFIED},
    "POST /v1/conversations": {
        "body": {"title": QUESTION},
        "201": changed(CONVERSATION, updated_at=CONVERSATION["created_at"], turns=0, items=[]),
    },
    "GET /v1/conversations": {"200": {"items": [CONVERSATION], "next_cursor": None}},
    f"GET {_CONVERSATION}": {"200": {**CONVERSATION, "items": [TURN]}},
    f"PATCH {_CONVERSATION}": {
        "body": {"title": "Attachés"},
        "200": changed(CONVERSATION, title="Attachés"),
    },
    f"POST {_CONVERSATION}/turns": {"body": {"question": QUESTION}, "200": TURN_ANSWER},
    f"GET {_CONVERSATION}/export": {
        "200 text/markdown": _MARKDOWN,
        f"200 {_WORD}": Told("The same as a file of Word."),
    },
    "POST /v1/feedback": {
        "body": _FEEDBACK,
        "201": {"feedback_id": "0b8e6a0c2f6f4c0c9a4b6f0f7d1c2e35", **_FEEDBACK, "at": ASKED_AT},
    },
    "GET /v1/models": {"200": {"object": "list", "data": _MODELS}},
    "GET /v1/models/{model}": {"200": _MODELS[0]},
    "POST /v1/chat/completions": {
        "body": {"model": "attache", "messages": [{"role": "user", "content": QUESTION}]},
        "200": _COMPLETION,
    },
    "GET /v1/documents": {"200": {"items": [DOCUMENT], "next_cursor": None, "total": 1}},
    "POST /v1/documents": {
        "body": {"files": [FILE]},
        "200": {**REPORT, "documents": [_TAKEN_IN]},
        "202": changed(RUN_BEGUN, kind="upload", sources=[FILE], refused=[]),
    },
    f"GET {_DOCUMENT}": {"200": DOCUMENT},
    f"GET {_DOCUMENT}/versions": {"200": {"items": [DOCUMENT, EARLIER]}},
    f"GET {_VERSION}": {"200": DOCUMENT},
    f"GET {_VERSION}/text": {"200": TEXT},
    f"GET {_VERSION}/passages": {
        "200": {
            "document_id": DOCUMENT_ID,
            "version_id": VERSION_ID,
            "items": [CHUNK],
            "total": 1,
        }
    },
    f"GET {_VERSION}/source": {"200": Told("The file: here a PDF, from `%PDF-` on.")},
    f"GET {_VERSION}/boxes": {"200": {"boxes": [_BOX]}},
    f"GET {_VERSION}/pages/{{number}}.png": {"200": Told("A PNG image, 1200 pixels wide.")},
    f"GET {_DOCUMENT}/diff": {"200": _DIFF},
    f"POST {_DOCUMENT}/restore": {
        "body": {"version_id": EARLIER_ID},
        "200": changed(EARLIER, valid_from=ASKED_AT, valid_to=None),
    },
    "GET /v1/ingest-runs": {"200": {"items": [RUN_LISTED], "next_cursor": None}},
    "POST /v1/ingest-runs": {"body": {"paths": [FOLDER]}, "200": _PLAN, "202": RUN_BEGUN},
    f"GET {_RUN}": {"200": RUN},
    f"GET {_RUN}/items": {"200": {"items": [RUN_ITEM], "next_after": None}},
    f"POST {_RUN}/cancel": {"202": changed(RUN_BEGUN, state="running")},
    f"POST {_RUN}/retry": {"202": RUN_BEGUN},
    "POST /v1/maintenance/{task}": {"body": {"deep": True}},
    "GET /metrics": {"200": _METRICS},
    "GET /healthz": {"200": {"status": "ok"}},
    "GET /readyz": {
        "200": {
            "status": "ready",
            "version": "0.1.0",
            "answerer": "extractive",
            "embedder": "all-MiniLM-L6-v2-int8",
            "documents": 1,
            "chunks": 1,
            "home": None,
        }
    },
    "GET /v1/session": {"200": _SESSION},
    "POST /v1/session": {"200": _SESSION},
}


def illustrate(name: str, operation: Mapping[str, Any]) -> None:
    """Puts the examples of the operation of this name where none stand yet."""
    shown = EXAMPLES.get(name, {})
    for place, media in _contents(operation):
        for media_type, content in media.items():
            example = shown.get(f"{place} {media_type}", shown.get(place))
            if example is not None:
                content.setdefault("examples", {"example": _entry(example)})


def _contents(operation: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "body", operation.get("requestBody", {}).get("content", {})
    for status, response in operation["responses"].items():
        yield status, response.get("content", {})


def _entry(example: object) -> dict[str, object]:
    return {"description": str(example)} if isinstance(example, Told) else {"value": example}
