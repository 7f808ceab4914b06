"""Every quotation ever returned equals its version's text at its span, over every way to ask.

Documents and questions are drawn by chance (`tests.e2e.fuzzed`); `ROUNDS` of them are tried each
time, and many more by the test marked long.
"""

import asyncio
import json
import random
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from httpx2 import Client
from lxml import etree
from mcp import Client as Tools
from mcp.client.streamable_http import streamable_http_client

from tests.chat_server import chat_server
from tests.e2e.fuzzed import Drawn, drawn
from tests.e2e.place import Place, Serving

ROUNDS = 6
MANY = 150
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Found = Mapping[str, Any]


class Checked:
    """Compares what is returned with the texts of the versions, and counts quotations."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.count = 0
        self._texts: dict[str, str] = {}

    def text(self, place: Found) -> str:
        """The text of the version that is named."""
        path = f"/v1/documents/{place['document_id']}/versions/{place['version_id']}/text"
        if path not in self._texts:
            self._texts[path] = self.client.get(path).content.decode()
        return self._texts[path]

    def quotation(self, citation: Found) -> None:
        """That a citation is its span."""
        assert self.text(citation)[citation["start"] : citation["end"]] == citation["quote"] != ""
        self.count += 1

    def passage(self, passage: Found) -> None:
        """That a passage is its span."""
        assert self.text(passage)[passage["start"] : passage["end"]] == passage["text"] != ""

    def answer(self, answer: Found) -> None:
        """That all of an answer is."""
        for passage in answer["passages"]:
            self.passage(passage)
        quotes = {one["marker"]: one["quote"] for one in answer["citations"]}
        for citation in answer["citations"]:
            self.quotation(citation)
        for one in answer["sentences"]:
            assert answer["answer"][one["start"] : one["end"]] == one["text"] != ""
            assert set(one["citations"]) <= quotes.keys()
            if one["verdict"] == "quoted":
                assert plain(one["text"]) in {plain(quotes[m]) for m in one["citations"]}


def plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".!?… ")


def echoing(prompt: str) -> str:
    """A model that writes the passages' sentences, some with a word changed."""
    inside = re.split(r"PASSAGES-[0-9a-f]+ passages (?:begin|end)", prompt)
    said = re.findall(r"[^.\n]{20,200}\.", inside[1] if len(inside) > 1 else prompt)
    return " ".join(one.strip().replace("opened", "founded") + " [1]" for one in said[:6])


@pytest.fixture(scope="module", params=["extractive", "a model"])
def place(
    request: pytest.FixtureRequest, serving: Serving, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    home: Path = tmp_path_factory.mktemp("home")
    with chat_server(echoing) as model:
        chosen: dict[str, object] = {}
        if request.param == "a model":
            chosen |= {"chat_model": "m", "openai_base_url": model.url, "unsupported": "strike"}
        with serving(home, **chosen) as opened:
            yield opened


def test_every_quotation_equals_its_span(place: Place) -> None:
    assert rounds(place, ROUNDS, seed=1) > ROUNDS


@pytest.mark.long
def test_every_quotation_of_many_equals_its_span(place: Place) -> None:
    assert rounds(place, MANY, seed=2) > MANY


def rounds(place: Place, count: int, seed: int) -> int:
    """How many quotations were compared, over documents that change in between."""
    draw, client = random.Random(seed), place.client
    checked = Checked(client)
    for number in range(count):
        one = drawn(draw, number)
        taken_in(client, one)
        before = asked(checked, one.questions[0])
        # The next edition of the same file ends this one; as of then it still answers.
        later = Drawn(one.name, drawn(draw, number).data, one.questions)
        taken_in(client, later)
        then = asked(checked, one.questions[0], as_of=before["as_of"])
        assert then["citations"] == before["citations"]
        for question in one.questions:
            asked(checked, question)
        searched(checked, one.questions[1])
        streamed(checked, one.questions[1])
        conversed(checked, one.questions)
        completed(checked, one.questions[2])
        verified(checked, one)
    asyncio.run(by_tools(place, checked, drawn(draw, count).questions))
    return checked.count


def taken_in(client: Client, one: Drawn) -> None:
    reply = client.post("/v1/documents", files=[("files", (one.name, one.data))])
    assert reply.status_code in {200, 201, 422}, reply.text


def asked(checked: Checked, question: str, **more: object) -> Found:
    answer: Found = checked.client.post("/v1/ask", json={"question": question, **more}).json()
    checked.answer(answer)
    return answer


def searched(checked: Checked, question: str) -> None:
    body = checked.client.post("/v1/search", json={"question": question}).json()
    for passage in body["passages"]:
        checked.passage(passage)


def streamed(checked: Checked, question: str) -> None:
    text = checked.client.post("/v1/ask", json={"question": question, "stream": True}).text
    last = re.findall(r"^data: (.*)$", text, re.MULTILINE)[-1]
    checked.answer(json.loads(last))


def conversed(checked: Checked, questions: tuple[str, ...]) -> None:
    client = checked.client
    talk = client.post("/v1/conversations", json={}).json()["conversation_id"]
    for question in questions[:2]:
        body = {"question": question}
        checked.answer(client.post(f"/v1/conversations/{talk}/turns", json=body).json())
    kept = client.get(f"/v1/conversations/{talk}").json()["items"]
    quotes = [one["quote"] for turn in kept for one in turn["answer"]["citations"]]
    for turn in kept:
        checked.answer(turn["answer"])
    exported = f"/v1/conversations/{talk}/export"
    markdown = client.get(exported, params={"format": "md"}).text
    notes = [
        re.sub(r"\\(.)", r"\1", n) for n in re.findall(r"^\[\^[\d-]+\]: (.*)$", markdown, re.M)
    ]
    assert len(notes) == len(quotes)
    for quote, note in zip(quotes, notes, strict=True):
        assert note.startswith(f"“{' '.join(quote.split())}”")
    written = BytesIO(client.get(exported, params={"format": "docx"}).content)
    if quotes:
        footnotes = etree.fromstring(ZipFile(written).read("word/footnotes.xml"))
        said = "".join(text.text or "" for text in footnotes.iter(f"{_W}t"))
        assert all(f"“{' '.join(quote.split())}”" in said for quote in quotes)


def completed(checked: Checked, question: str) -> None:
    body = {"model": "attache", "messages": [{"role": "user", "content": question}]}
    found = checked.client.post("/v1/chat/completions", json=body).json()
    checked.answer(found["attache"])
    assert found["choices"][0]["message"]["content"] == found["attache"]["answer"]


def verified(checked: Checked, one: Drawn) -> None:
    text = one.data.decode()[:600]
    found = checked.client.post("/v1/verify", json={"text": text}).json()
    for sentence in found["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"] != ""
        against = [sentence["against"]] if sentence["against"] else []
        for citation in (*sentence["citations"], *against):
            checked.quotation(citation)


async def by_tools(place: Place, checked: Checked, questions: tuple[str, ...]) -> None:
    async with place.tools() as http:
        mcp = streamable_http_client(f"{http.base_url}/mcp", http_client=http)
        async with Tools(mcp) as client:
            for question in questions:
                answer = (await client.call_tool("ask", {"question": question})).structured_content
                assert answer is not None
                for citation in answer["citations"]:
                    checked.quotation(citation)
