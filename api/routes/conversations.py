"""Conversations that the server keeps for who began them."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from api.access import Caller, CallerDep
from api.answer_schemas import AnswerOut
from api.asking import answer_to
from api.briefing import MEDIA_TYPE, as_word
from api.conversation_schemas import (
    ConversationChange,
    ConversationList,
    ConversationOut,
    ConversationRequest,
    ConversationSummary,
    TurnOut,
    TurnRequest,
)
from api.deps import Services, ServicesDep
from api.export import as_markdown
from api.fields import WITHOUT_NUL
from api.filenames import attachment
from api.openapi import EVENT_STREAM, problems
from api.paging import Cursor, no_cursor
from api.question_schemas import AskRequest
from api.question_wire import question_of
from api.stream import AnswerStream
from assistant.access.ladders import Ladders
from assistant.conversations import Conversation, ConversationId
from assistant.errors import ConversationNotFoundError

router = APIRouter(prefix="/v1/conversations", tags=["conversations"])

ConversationIdDep = Annotated[
    ConversationId, Path(pattern=WITHOUT_NUL, description="`conversation_id` of a listing")
]
Limit = Annotated[int, Query(ge=1, le=200, description="how many conversations on a page")]
Format = Annotated[Literal["md", "docx"], Query(description="Markdown or Word")]
Last = Annotated[int | None, Query(ge=1, le=1000, description="how many turns; all by default")]
Before = Annotated[
    int | None, Query(ge=1, le=2**53, description="`number` of a turn: those before it")
]
Wanted = Annotated[
    str,
    Query(max_length=200, pattern=WITHOUT_NUL, description="words of a title, question, answer"),
]
Citing = Annotated[
    str,
    Query(
        max_length=200, pattern=WITHOUT_NUL, description="a document that one of the answers cites"
    ),
]


@router.post(
    "", status_code=HTTP_201_CREATED, summary="Begin a conversation", responses=problems(422, 507)
)
def create(
    services: ServicesDep, caller: CallerDep, body: ConversationRequest | None = None
) -> ConversationOut:
    """Begins a conversation, which its caller alone sees; its first question may be its title."""
    made = services.conversations.create(
        caller.name, (body and body.title) or "", datetime.now(UTC)
    )
    return _with_turns(made, services, caller)


@router.get("", summary="List conversations", responses=problems(422))
def list_conversations(
    services: ServicesDep,
    caller: CallerDep,
    limit: Limit = 50,
    cursor: Cursor = None,
    query: Wanted = "",
    citing: Citing = "",
) -> ConversationList:
    """Lists the caller's conversations, last asked first. Ask again with `next_cursor`."""
    after = None if cursor is None else ConversationId(cursor)
    try:
        found = services.conversations.recent(
            caller.name, limit + 1, after=after, query=query.strip(), citing=citing
        )
    except ConversationNotFoundError as error:
        raise no_cursor() from error
    page = found[:limit]
    return ConversationList(
        items=[_summary(one) for one in page],
        next_cursor=page[-1].conversation_id if len(found) > limit else None,
    )


@router.get("/{conversation_id}", summary="Show a conversation", responses=problems(404, 422))
def show(
    conversation_id: ConversationIdDep,
    services: ServicesDep,
    caller: CallerDep,
    last: Last = None,
    before: Before = None,
) -> ConversationOut:
    """Shows every question with its answer as it was given then, or the last ones of a long talk.

    `turns` counts all of them; what stands before those shown is asked for with `before`.
    """
    found = services.conversations.get(conversation_id, caller.name)
    return _with_turns(found, services, caller, last=last, before=before)


@router.patch(
    "/{conversation_id}", summary="Rename a conversation", responses=problems(404, 422, 507)
)
def rename(
    conversation_id: ConversationIdDep,
    body: ConversationChange,
    services: ServicesDep,
    caller: CallerDep,
) -> ConversationSummary:
    """Gives a conversation another title."""
    at = datetime.now(UTC)
    return _summary(services.conversations.rename(conversation_id, caller.name, body.title, at))


@router.delete(
    "/{conversation_id}",
    status_code=HTTP_204_NO_CONTENT,
    summary="Delete a conversation for good",
    responses=problems(404, 422, 507),
)
def delete(conversation_id: ConversationIdDep, services: ServicesDep, caller: CallerDep) -> None:
    """Deletes the conversation with its answers: no file of the library holds them any more.

    Backups made before still do.
    """
    services.conversations.get(conversation_id, caller.name)
    services.notes.write("delete conversation", conversation_id=conversation_id)
    services.conversations.delete(conversation_id, caller.name)


@router.post(
    "/{conversation_id}/turns",
    response_model=AnswerOut,
    summary="Ask in a conversation",
    response_description="The answer, which is kept as a turn of the conversation.",
    responses={
        200: {"content": {"text/event-stream": EVENT_STREAM}},
        **problems(400, 403, 404, 410, 413, 422, 502, 503, 507),
    },
)
async def ask(
    conversation_id: ConversationIdDep,
    body: TurnRequest,
    services: ServicesDep,
    caller: CallerDep,
    request: Request,
) -> AnswerOut | AnswerStream:
    """Answers as `/v1/ask` does, after what was said in the conversation."""
    asked = AskRequest.model_validate(body.model_dump(exclude={"replaces"}))
    question = question_of(asked, services.settings.max_question_chars)
    return await answer_to(
        question,
        services,
        caller,
        request.scope,
        conversation_id=conversation_id,
        streamed=body.stream,
        replaces=body.replaces,
    )


@router.get(
    "/{conversation_id}/export",
    response_class=Response,
    summary="Export a conversation",
    response_description="The conversation as a file.",
    responses={
        200: {
            "content": {
                "text/markdown": {"schema": {"type": "string"}},
                MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}},
            }
        },
        **problems(404, 422, 507),
    },
)
def export(
    conversation_id: ConversationIdDep,
    services: ServicesDep,
    caller: CallerDep,
    format: Format = "md",  # noqa: A002  # the contract's name
) -> Response:
    """Gives the conversation in Markdown or as a Word briefing note.

    Each quotation is a footnote, with the document, its version and the place in it.
    """
    found = _with_turns(services.conversations.get(conversation_id, caller.name), services, caller)
    services.notes.write("export conversation", conversation_id=conversation_id, format=format)
    name = f"{found.title or 'Conversation'}.{format}"
    ladders = Ladders.read(services.settings.markings)
    marking = ladders.highest(turn.answer.marking for turn in found.items)
    if format == "docx":
        return Response(as_word(found, marking), media_type=MEDIA_TYPE, headers=attachment(name))
    return Response(
        as_markdown(found, marking),
        media_type="text/markdown; charset=utf-8",
        headers=attachment(name),
    )


def _with_turns(
    found: Conversation,
    services: Services,
    caller: Caller,
    *,
    last: int | None = None,
    before: int | None = None,
) -> ConversationOut:
    turns = services.conversations.turns(
        found.conversation_id, caller.name, last=last, before=before
    )
    return ConversationOut(
        **_summary(found).model_dump(),
        items=[
            TurnOut(
                number=turn.number,
                asked_at=turn.asked_at,
                question=turn.question,
                answer=AnswerOut.model_validate(turn.answer),
            )
            for turn in turns
        ],
    )


def _summary(found: Conversation) -> ConversationSummary:
    return ConversationSummary(
        conversation_id=found.conversation_id,
        title=found.title,
        created_at=found.created_at,
        updated_at=found.updated_at,
        turns=found.turns,
    )
