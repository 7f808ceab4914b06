"""The messages of a chat as a question with its history, by the rules of OpenAI's own server."""

from collections.abc import Sequence
from typing import NoReturn

from fastapi.exceptions import RequestValidationError

from api.openai_schemas import ChatMessage, ChatRequest
from api.question_schemas import AskRequest, HistoryTurn

_TURNS = 200
_OF_TOOLS = ("tool", "function")


def asked_by(body: ChatRequest) -> AskRequest:
    """The last message of the user as a question, what was said before it as its history.

    Raises:
        RequestValidationError: nothing is asked, or the request does not fit together.
    """
    if body.stream_options is not None and not body.stream:
        _refuse("stream_options", "is only taken with `stream`; leave it out, or stream")
    _check_tools(body.messages)
    said = [message for message in body.messages if message.role in ("user", "assistant")]
    if body.messages[-1].role in _OF_TOOLS:  # they answer to the question before them
        last = max((i for i, one in enumerate(said) if one.role == "user"), default=-1)
        said = said[: last + 1]
    if not said or said[-1].role != "user" or not said[-1].text.strip():
        _refuse("messages", "the last of them must be of the user, and ask something")
    options = body.attache
    return AskRequest(
        question=said[-1].text,
        history=[
            HistoryTurn(role="user" if each.role == "user" else "assistant", content=each.text)
            for each in said[:-1][-_TURNS:]
            if each.text.strip()  # one that only calls a tool says nothing
        ],
        as_of=options.as_of,
        top_k=options.top_k,
        filters=options.filters,
        conversation_id=None,
        stream=False,
    )


def _check_tools(messages: Sequence[ChatMessage]) -> None:
    """Refuses what a tool says to a call that was not made."""
    called = False
    for message in messages:
        if message.role == "tool" and not called:
            _refuse("messages", "one of the role tool must follow one with `tool_calls`")
        called = bool(message.tool_calls) or (called and message.role in _OF_TOOLS)


def _refuse(field: str, said: str) -> NoReturn:
    raise RequestValidationError([{"type": "messages", "loc": ("body", field), "msg": said}])
