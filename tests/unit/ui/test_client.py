import json
from collections.abc import Callable

import httpx2
import pytest

from api.answer_schemas import AnswerOut, DeltaEvent, PassagesEvent
from api.question_schemas import FiltersBody
from tests.unit.ui.samples import answer, document
from ui.client import ApiClient, AskEvent
from ui.problems import ApiProblem

Handler = Callable[[httpx2.Request], httpx2.Response]
PROBLEM = {
    "type": "urn:x",
    "title": "Busy",
    "status": 503,
    "detail": "Wait a minute.",
    "request_id": "req-1",
}


def client(handler: Handler) -> ApiClient:
    transport = httpx2.MockTransport(handler)
    return ApiClient(httpx2.AsyncClient(base_url="http://127.0.0.1:9", transport=transport))


def streaming(*events: tuple[str, str]) -> Handler:
    body = "".join(f"event: {name}\ndata: {data}\n\n" for name, data in events)
    headers = {"content-type": "text/event-stream; charset=utf-8"}
    return lambda _: httpx2.Response(200, content=body.encode(), headers=headers)


async def asked(api: ApiClient) -> list[AskEvent]:
    return [event async for event in api.ask("Why?", "c1")]


async def test_a_streamed_answer_arrives_event_by_event() -> None:
    api = client(
        streaming(
            ("passages", PassagesEvent(passages=[]).model_dump_json()),
            ("delta", DeltaEvent(text="Ja, é").model_dump_json()),
            ("answer", answer().model_dump_json()),
        )
    )

    kinds = [type(event) for event in await asked(api)]

    assert kinds == [PassagesEvent, DeltaEvent, AnswerOut]


async def test_a_question_is_asked_in_its_conversation_with_its_filters() -> None:
    sent = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        sent.append((request.url.path, json.loads(request.content)))
        return streaming(("answer", answer().model_dump_json()))(request)

    filters = FiltersBody(issuers=["NATO"])
    async for _ in client(handler).ask("Why?", "c1", filters=filters):
        pass

    body = {"question": "Why?", "filters": {"issuers": ["NATO"]}, "stream": True}
    assert sent == [("/v1/conversations/c1/turns", body)]


async def test_every_call_carries_the_visitors_key_and_no_other() -> None:
    carried = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        carried.append(request.headers.get("authorization"))
        return httpx2.Response(200, json={"items": []})

    api = client(handler)
    await api.with_key("attache_k").versions("d")
    await api.versions("d")

    assert carried == ["Bearer attache_k", None]


async def test_an_error_event_is_the_problem_it_carries() -> None:
    with pytest.raises(ApiProblem, match="Wait a minute") as caught:
        await asked(client(streaming(("error", json.dumps(PROBLEM)))))

    assert (caught.value.status, caught.value.request_id) == (503, "req-1")


async def test_a_stream_without_an_answer_is_a_problem() -> None:
    with pytest.raises(ApiProblem, match="broke off"):
        await asked(client(streaming(("delta", '{"text": "Half"}'))))


async def test_an_event_of_another_version_says_to_reload() -> None:
    with pytest.raises(ApiProblem, match="Reload the page"):
        await asked(client(streaming(("answer", '{"new": "shape"}'))))


async def test_a_refusal_before_the_first_event_is_read() -> None:
    with pytest.raises(ApiProblem, match="Wait a minute"):
        await asked(client(lambda _: httpx2.Response(503, json=PROBLEM)))


async def test_a_reply_that_is_no_problem_document_still_gives_one() -> None:
    with pytest.raises(ApiProblem, match="The server answered 502") as caught:
        await client(lambda _: httpx2.Response(502, text="<h1>Bad gateway")).readiness()

    assert caught.value.status == 502


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (httpx2.ConnectError("refused"), "whoever runs the server"),
        (httpx2.ReadTimeout("slow"), "busy"),
        (httpx2.RemoteProtocolError("gone"), "Try again"),
    ],
)
async def test_a_failed_connection_says_what_to_do(error: Exception, advice: str) -> None:
    def handler(_: httpx2.Request) -> httpx2.Response:
        raise error

    with pytest.raises(ApiProblem, match=advice) as caught:
        await client(handler).text("d", "v")

    assert caught.value.status == 0


async def test_an_id_cannot_leave_its_place_in_the_path() -> None:
    paths = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        paths.append(request.url.raw_path)
        return httpx2.Response(200, json=document().model_dump(mode="json"))

    await client(handler).document("../x?y")

    assert paths == [b"/v1/documents/..%2Fx%3Fy"]


async def test_a_page_of_documents_is_asked_for_by_cursor() -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        assert request.url.params["cursor"] == "c2"
        item = document().model_dump(mode="json")
        return httpx2.Response(200, json={"items": [item], "next_cursor": None, "total": 1})

    page = await client(handler).documents("c2")

    assert page.items[0].title == "Attachés"


async def test_a_text_keeps_its_code_points() -> None:
    text = "é\r\n🕊️\n"
    api = client(lambda _: httpx2.Response(200, content=text.encode()))

    assert await api.text("d", "v") == text
