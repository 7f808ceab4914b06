import json
from collections.abc import Callable

import httpx2
import pytest

from api.run_schemas import RunOut, RunProgressOut
from api.schemas import AnswerOut, DeltaEvent, HistoryTurn, PassagesEvent
from tests.unit.ui.samples import answer, document, run
from ui.client import ApiClient, ApiProblem, AskEvent

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
    return [event async for event in api.ask("Why?")]


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


async def test_a_question_takes_its_history_along() -> None:
    bodies = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        bodies.append(json.loads(request.content))
        return streaming(("answer", answer().model_dump_json()))(request)

    history = [HistoryTurn(role="user", content="Before")]
    async for _ in client(handler).ask("Why?", history):
        pass

    assert bodies == [
        {
            "question": "Why?",
            "history": [{"role": "user", "content": "Before"}],
            "stream": True,
        }
    ]


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
        (httpx2.ConnectError("refused"), "attache serve"),
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


async def test_an_upload_of_which_nothing_was_kept_gives_the_reasons() -> None:
    failed = [{"source": "scan.pdf", "error": "NoTextError", "detail": "Add a text layer."}]
    api = client(lambda _: httpx2.Response(422, json=PROBLEM | {"failed": failed}))

    sent = await api.upload([("scan.pdf", b"%PDF")])

    assert sent.run is None
    assert [failure.source for failure in sent.refused] == ["scan.pdf"]


async def test_a_run_is_followed_to_its_report() -> None:
    progress = {"total_sources": 1, "done_sources": 1, "total_bytes": 2, "done_bytes": 2}
    api = client(streaming(("progress", json.dumps(progress)), ("report", run().model_dump_json())))

    followed = [type(event) async for event in api.follow("r1")]

    assert followed == [RunProgressOut, RunOut]


async def test_a_run_whose_report_never_comes_is_a_problem() -> None:
    with pytest.raises(ApiProblem, match="taken in when it starts again"):
        async for _ in client(streaming()).follow("r1"):
            pass


async def test_an_upload_is_not_waited_for() -> None:
    asked = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.params["wait"])
        return httpx2.Response(202, json=run().model_dump(mode="json") | {"refused": []})

    sent = await client(handler).upload([("a.md", b"a")])

    assert (asked, sent.run and sent.run.run_id) == (["false"], "r1")


async def test_an_upload_that_was_refused_whole_is_a_problem() -> None:
    with pytest.raises(ApiProblem, match="Wait a minute"):
        await client(lambda _: httpx2.Response(413, json=PROBLEM)).upload([("a", b"a")])


async def test_an_id_cannot_leave_its_place_in_the_path() -> None:
    paths = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        paths.append(request.url.raw_path)
        return httpx2.Response(204)

    await client(handler).remove("../x?y")

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
