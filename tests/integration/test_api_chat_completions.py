"""OpenAI's interface, by the stock clients and by hand."""

import json
import re
import time
from pathlib import Path

import openai
import pytest
from langchain_openai import ChatOpenAI
from markdown_it import MarkdownIt
from openai.types.chat import ChatCompletionUserMessageParam
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.errors import LibraryDamagedError, ModelBusyError
from assistant.types import Role, Turn
from tests.integration.serving import BASE, serving

SAID = "Les attachés 🪖 de défense représentent l’armée. [1]"
ASKED: ChatCompletionUserMessageParam = {"role": "user", "content": "Que font-ils ?"}


def stock(client: TestClient) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{BASE}/v1", api_key="none", http_client=client, max_retries=0)


def test_the_stock_client_gets_an_answer_with_its_citations(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, assistant, stored):
        completion = stock(client).chat.completions.create(
            model="attache",
            messages=[
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": "Qui sont-ils ?"},
                {"role": "assistant", "content": "Des attachés."},
                {"role": "user", "content": [{"type": "text", "text": "Que font-ils ?"}]},
            ],
            temperature=0.2,
        )
        assert completion.choices[0].message.content == SAID
        assert completion.choices[0].finish_reason == "stop"
        assert completion.usage is not None
        assert completion.usage.completion_tokens > 0
        answer = completion.model_extra["attache"] if completion.model_extra else {}
        assert answer["citations"][0]["document_id"] == stored.document_id
        assert answer["sentences"][0]["verdict"] == "quoted"
        question = assistant.asked[-1]
        assert question.text == "Que font-ils ?"
        assert question.history == (
            Turn(Role.USER, "Qui sont-ils ?"),
            Turn(Role.ASSISTANT, "Des attachés."),
        )


def test_the_stock_client_streams_an_answer_with_its_citations(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        stream = stock(client).chat.completions.create(
            model="attache",
            messages=[{"role": "user", "content": "Que font-ils ?"}],
            stream=True,
            stream_options={"include_usage": True},
        )
        chunks = list(stream)
        pieces = [c.choices[0].delta.content or "" for c in chunks if c.choices]
        assert "".join(pieces) == SAID
        assert len(pieces) > 3
        last = next(c for c in chunks if c.choices and c.choices[0].finish_reason == "stop")
        assert last.model_extra is not None
        assert last.model_extra["attache"]["citations"][0]["version_id"] == stored.version_id
        assert chunks[-1].usage is not None


def test_langchain_speaks_to_it(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, _):
        chat = ChatOpenAI(
            model="attache",
            base_url=f"{BASE}/v1",
            api_key=SecretStr("none"),
            http_client=client,
            max_retries=0,
        )
        assert chat.invoke("Que font-ils ?").text == SAID
        assert "".join(str(piece.text) for piece in chat.stream("Que font-ils ?")) == SAID


@pytest.mark.parametrize(
    "body",
    [
        {"model": "attache-footnotes"},
        {"model": "attache", "attache": {"footnotes": True}},
    ],
)
def test_sources_stand_in_the_text_for_clients_that_show_nothing_else(
    tmp_path: Path, body: dict[str, object]
) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        reply = client.post("/v1/chat/completions", json={**body, "messages": [ASKED]}).json()
        text = reply["choices"][0]["message"]["content"]
        assert text.startswith(SAID)
        assert "\n[1] “Les attachés 🪖 de défense représentent l’armée.” attachés.md" in text
        assert stored.version_id[:12] in text


def test_a_conversation_on_the_server_goes_on(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, _):
        name = client.post("/v1/conversations", json={}).json()["conversation_id"]
        options = {"conversation_id": name}
        body = {"model": "attache", "messages": [ASKED], "attache": options}
        assert client.post("/v1/chat/completions", json=body).status_code == 200
        assert client.get(f"/v1/conversations/{name}").json()["turns"] == 1


@pytest.mark.parametrize(
    ("change", "param", "code"),
    [
        ({"n": 2}, "n", "unsupported_parameter"),
        (
            {"tools": [{"type": "function", "function": {"name": "f"}}]},
            "tools",
            "unsupported_parameter",
        ),
        ({"response_format": {"type": "json_object"}}, "response_format", "unsupported_parameter"),
        ({"logprobs": True}, "logprobs", "unsupported_parameter"),
        ({"messages": []}, "messages", "request_invalid"),
        (
            {"messages": [{"role": "assistant", "content": "Bonjour"}]},
            "messages",
            "request_invalid",
        ),
        ({"messages": "Bonjour"}, "messages", "invalid_type"),
        ({"model": 7}, "model", "invalid_type"),
        ({"surprise": 1}, "surprise", "unknown_parameter"),
        ({"n": 0}, "n", "integer_below_min_value"),
        ({"n": "two"}, "n", "invalid_type"),
        ({"temperature": 9}, "temperature", "decimal_above_max_value"),
        ({"temperature": "hot"}, "temperature", "invalid_type"),
        ({"top_p": -1}, "top_p", "decimal_below_min_value"),
        ({"presence_penalty": 2.5}, "presence_penalty", "decimal_above_max_value"),
        ({"max_tokens": 0}, "max_tokens", "integer_below_min_value"),
        ({"seed": "x"}, "seed", "invalid_type"),
        ({"stop": 7}, "stop", "invalid_type"),
        ({"stop": ["a", "b", "c", "d", "e"]}, "stop", "array_above_max_length"),
        ({"stream_options": {"include_usage": True}}, "stream_options", "request_invalid"),
        ({"tool_choice": "required"}, "tool_choice", "unsupported_parameter"),
        ({"function_call": False}, "function_call", "unsupported_parameter"),
        (
            {"messages": [ASKED, {"role": "tool", "content": "4", "tool_call_id": "c"}]},
            "messages",
            "request_invalid",
        ),
        (
            {"messages": [{"role": "narrator", "content": "Once"}]},
            "messages.0.role",
            "invalid_value",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_in_openais_words(
    tmp_path: Path, change: dict[str, object], param: str, code: str
) -> None:
    with serving(tmp_path) as (client, _, _, _):
        body = {"model": "attache", "messages": [ASKED], **change}
        reply = client.post("/v1/chat/completions", json=body)
        assert reply.status_code == 400
        error = reply.json()["error"]
        assert error["type"] == "invalid_request_error"
        assert error["param"] == param
        assert error["code"] == code
        assert reply.json()["detail"] == error["message"]


@pytest.mark.parametrize(
    "change",
    [
        {"n": 1, "tools": [], "tool_choice": "none", "response_format": {"type": "text"}},
        {"temperature": 1.3, "seed": 7, "max_tokens": 5, "stop": ["x"], "user": "somebody"},
        {"logprobs": False, "stream": None, "top_logprobs": 0, "logit_bias": {}},
        {"tool_choice": "auto"},
        {"temperature": 0, "top_p": 1, "presence_penalty": -2, "stop": None, "n": None},
    ],
)
def test_what_changes_nothing_is_taken(tmp_path: Path, change: dict[str, object]) -> None:
    with serving(tmp_path) as (client, _, _, _):
        body = {"model": "attache", "messages": [ASKED], **change}
        assert client.post("/v1/chat/completions", json=body).status_code == 200


def test_errors_reach_the_stock_client_as_its_own(tmp_path: Path) -> None:
    with serving(tmp_path, error=ModelBusyError("The model is busy.")) as (client, _, _, _):
        with pytest.raises(openai.InternalServerError, match="The model is busy"):
            stock(client).chat.completions.create(model="attache", messages=[ASKED])
        with pytest.raises(openai.NotFoundError) as refused:
            stock(client).chat.completions.create(model="gpt-9", messages=[ASKED])
        assert refused.value.code == "model_not_found"
        assert refused.value.type == "invalid_request_error"
        with pytest.raises(openai.InternalServerError, match="The model is busy"):
            list(
                stock(client).chat.completions.create(
                    model="attache", messages=[ASKED], stream=True
                )
            )


def test_an_error_before_the_first_byte_of_a_stream_has_a_status(tmp_path: Path) -> None:
    asked = {"model": "attache", "messages": [ASKED], "stream": True}
    with serving(tmp_path, late_error=LibraryDamagedError("The disk failed.")) as (client, *_):
        reply = client.post("/v1/chat/completions", json=asked)
        assert reply.status_code == 500
        assert reply.json()["error"]["type"] == "server_error"
        assert "représentent" not in reply.text
        gone = {**asked, "attache": {"conversation_id": "none"}}
        assert client.post("/v1/chat/completions", json=gone).status_code == 404
        long = {**asked, "messages": [{"role": "user", "content": "x" * 5000}]}
        assert client.post("/v1/chat/completions", json=long).status_code == 400


def test_a_late_error_ends_the_stream_and_tells_no_half_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def takes_long(_: object) -> None:
        """As if the answer were not there yet when the stream begins."""

    monkeypatch.setattr("api.routes.chat_completions._done_or_late", takes_long)
    late = LibraryDamagedError("The disk failed.")
    with serving(tmp_path, late_error=late) as (client, _, _, _):
        body = {"model": "attache", "messages": [ASKED], "stream": True}
        reply = client.post("/v1/chat/completions", json=body)
        data = [line for line in reply.text.splitlines() if line.startswith("data: ")]
        assert reply.status_code == 200
        (only,) = data
        assert json.loads(only.removeprefix("data: "))["error"]["type"] == "server_error"
        assert "représentent" not in reply.text


@pytest.mark.parametrize("model", ["attache", "attache-footnotes"])
def test_what_a_document_holds_loads_nothing_where_markdown_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    held = "![Hours](//a/p?d=1) and <img src=//a/q> stand in the [guide](//a/g). More."
    monkeypatch.setattr("tests.integration.serving.TEXT", held)
    with serving(tmp_path) as (client, _, _, _):
        completion = stock(client).chat.completions.create(model=model, messages=[ASKED])
    text = completion.choices[0].message.content or ""
    assert "Hours" in text
    markup = MarkdownIt().render(text)
    assert "<img" not in markup
    assert "<a " not in markup
    answer = completion.model_extra["attache"] if completion.model_extra else {}
    assert answer["citations"][0]["quote"] == held.removesuffix(" More.")


@pytest.mark.parametrize("streamed", [False, True])
def test_the_text_ends_before_what_it_is_to_stop_at(tmp_path: Path, *, streamed: bool) -> None:
    with serving(tmp_path) as (client, _, _, _):
        completions = stock(client).chat.completions
        if streamed:
            chunks = completions.create(
                model="attache", messages=[ASKED], stop=["défense", "rien"], stream=True
            )
            text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
        else:
            whole = completions.create(model="attache", messages=[ASKED], stop="défense")
            text = whole.choices[0].message.content or ""
    assert text == "Les attachés 🪖 de "


def test_what_tools_said_to_another_model_is_taken_and_has_no_effect(tmp_path: Path) -> None:
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    told = [
        {"role": "user", "content": "Qui sont-ils ?"},
        {"role": "assistant", "content": "Des attachés."},
        ASKED,
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "content": "4", "tool_call_id": "c"},
    ]
    with serving(tmp_path) as (client, _, assistant, _):
        body = {"model": "attache", "messages": told}
        assert client.post("/v1/chat/completions", json=body).status_code == 200
        assert assistant.asked[-1].text == "Que font-ils ?"
        assert [turn.content for turn in assistant.asked[-1].history] == [
            "Qui sont-ils ?",
            "Des attachés.",
        ]


@pytest.mark.parametrize("streamed", [False, True])
def test_a_completion_was_created_when_it_was_answered(tmp_path: Path, *, streamed: bool) -> None:
    began = int(time.time())
    options = {"as_of": "2021-01-31T12:00:00Z"}
    body = {"model": "attache", "messages": [ASKED], "attache": options, "stream": streamed}
    with serving(tmp_path) as (client, _, _, _):
        text = client.post("/v1/chat/completions", json=body).text
    told = {int(found) for found in re.findall(r'"created":\s*(\d+)', text)}
    assert len(told) == 1
    assert began <= told.pop() <= time.time()


def test_models_are_listed(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, _):
        names = [model.id for model in stock(client).models.list()]
        assert names == ["attache", "attache-footnotes"]
        assert stock(client).models.retrieve("attache").id == "attache"
        assert client.get("/v1/models/none").status_code == 404


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ([{"type": "image_url", "image_url": {"url": "https://example.org"}}], "unsupported_value"),
        ([{"type": "text", "text": "Who?"}, {"type": "input_audio"}], "unsupported_value"),
        ([{"type": "text", "text": 5}], "invalid_type"),
        (["Who?"], "invalid_type"),
        (5, "invalid_type"),
    ],
)
def test_a_message_of_another_thing_than_text_is_named_as_its_client_knows_it(
    tmp_path: Path, content: object, code: str
) -> None:
    with serving(tmp_path) as (client, *_):
        body = {"model": "attache", "messages": [{"role": "user", "content": content}]}
        reply = client.post("/v1/chat/completions", json=body)
        error = reply.json()["error"]
        assert reply.status_code == 400
        assert (error["param"], error["code"]) == ("messages.0.content", code)
        assert "constrained" not in reply.text


@pytest.mark.parametrize("path", ["responses", "embeddings", "completions", "images/generations"])
def test_what_else_openai_offers_is_refused_in_its_words(tmp_path: Path, path: str) -> None:
    with serving(tmp_path) as (client, *_):
        reply = client.post(f"/v1/{path}", json={"model": "attache", "input": "Who?"})
        assert reply.status_code == 404
        assert reply.json()["error"]["type"] == "invalid_request_error"
        assert reply.json()["error"]["code"] == "unknown_url"
        assert reply.json()["type"] == "urn:attache:problem:not-found"
