"""Callers who hang up, read slowly, or say odd things, over real connections."""

import asyncio
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.chat_server import chat_server
from tests.integration.commands import attache
from tests.integration.live import Live, eventually, live, post
from tests.integration.served import served
from tests.preloaded import Preloaded

ASK = {"question": "Que font-ils ?"}
OURS = {"files", "ledger", "uploads"}


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server for requests that leave nothing behind."""
    with live(tmp_path_factory.mktemp("live"), max_upload_mb=1) as server:
        yield server


def status_of(reply: bytes) -> int:
    return int(reply.split(b" ", 2)[1])


def alive(server: Live) -> bool:
    return httpx2.get(f"{server.url}/healthz").status_code == 200


@pytest.mark.parametrize("body", [ASK, {**ASK, "stream": True}], ids=["whole", "stream"])
def test_who_hangs_up_stops_the_work(tmp_path: Path, body: dict[str, object]) -> None:
    with live(tmp_path) as server:
        server.assistant.let.clear()
        line = server.connected()
        line.sendall(post("/v1/ask", body))
        assert eventually(lambda: server.assistant.begun == 1)
        line.close()
        assert eventually(lambda: server.assistant.ended == 1)


def test_who_hangs_up_gives_the_place_to_the_next(tmp_path: Path) -> None:
    with live(tmp_path, max_answers=1) as server:
        server.assistant.let.clear()
        lines = [server.connected() for _ in range(5)]
        for line in lines:
            line.sendall(post("/v1/chat/completions", _chat()))
        assert eventually(lambda: server.assistant.begun == 1)
        for line in lines:
            line.close()
        assert eventually(lambda: server.assistant.ended == 1)
        server.assistant.let.set()
        assert httpx2.post(f"{server.url}/v1/ask", json=ASK, timeout=20).status_code == 200
        # One who waits may get the place in the moment before it is seen that he hung up as well.
        assert server.assistant.begun < len(lines)


def test_slow_readers_and_slow_writers_leave_the_places_to_others(tmp_path: Path) -> None:
    # More than the sockets between hold: who does not read it keeps the server from sending.
    with live(tmp_path, text="Un mot. " * 1_000_000, max_answers=2, queue=0) as server:
        slow = [server.connected() for _ in range(6)]
        for line in slow[:3]:
            line.sendall(post("/v1/ask", {**ASK, "stream": True}))
        for line in slow[3:]:
            line.sendall(post("/v1/ask", ASK)[:-3])
        with httpx2.Client(base_url=server.url, timeout=20) as client:
            statuses = [client.get("/v1/models").status_code]
            statuses += [client.post("/v1/search", json=ASK).status_code for _ in range(3)]
            statuses += [client.post("/v1/ask", json=ASK).status_code for _ in range(2)]
        assert statuses == [200] * 6
        for line in slow:
            line.close()


def test_a_full_queue_says_when_to_come_again(tmp_path: Path) -> None:
    with live(tmp_path, max_answers=1, queue=1) as server:
        server.assistant.let.clear()
        waiting = [threading.Thread(target=_asked, args=(server,)) for _ in range(2)]
        waiting[0].start()
        assert eventually(lambda: server.assistant.begun == 1)
        waiting[1].start()
        assert eventually(lambda: 'state="waiting"} 1.0' in _metrics(server))
        refused = httpx2.post(f"{server.url}/v1/ask", json=ASK)
        assert refused.status_code == 503
        assert refused.json()["type"] == "urn:attache:problem:busy"
        assert int(refused.headers["retry-after"]) > 0
        assert alive(server)
        server.assistant.let.set()
        for thread in waiting:
            thread.join(20)
        assert 'state="answering"} 0.0' in _metrics(server)


def test_ten_gigabytes_announced_and_one_kilobyte_sent(calm: Live) -> None:
    head = (
        "POST /v1/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10737418240\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
    )
    began = time.monotonic()
    reply = calm.said(head.encode() + b"x" * 1024)
    assert status_of(reply) == 413
    assert b"urn:attache:problem:body-too-large" in reply
    assert time.monotonic() - began < 15
    assert alive(calm)


@pytest.mark.parametrize(
    "headers",
    [
        ["Content-Length: 5\r\nContent-Length: 6"],
        ["Content-Length: -1"],
        ["Content-Length: 99999999999999999999999999"],
        ["Content-Length: +5"],
        ["Transfer-Encoding: chunked\r\nContent-Length: 3"],
        ["Transfer-Encoding: gzip"],
        ["X: " + "x" * 200_000],
        [f"X-{n}: y" for n in range(5000)],
        ["Bad Name: x"],
        ["X: a\x00b"],
        ["X: a\r\n folded"],
        ["Content-Type: application/json; charset=utf-7"],
        ["Authorization: Bearer " + "x" * 60_000],
        ["Accept-Encoding: " + "gzip," * 5000],
        ["Range: bytes=0-0,1-1," + "2-2," * 2000],
        ["Origin: http://[::1"],
        ["X-Request-ID: a\tb"],
        ["traceparent: 00-" + "0" * 32 + "-" + "0" * 16 + "-01"],
    ],
    ids=lambda headers: headers[0][:30],
)
def test_odd_headers_are_refused_or_overlooked(calm: Live, headers: list[str]) -> None:
    head = "\r\n".join(("POST /v1/ask HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""))
    reply = calm.said(head.encode("latin-1") + b'{"question": "Q"}')
    if reply:
        assert status_of(reply) < 500
        assert b"Traceback" not in reply
    assert alive(calm)


@pytest.mark.parametrize(
    "request_",
    [
        b"\x00\x01\x02\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /v1/documents?\xff=\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /v1/documents?cursor=%ff%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%ff%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET http://evil.example/v1/documents HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"TRACE /v1/documents HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /v1/documents HTTP/1.1\r\n\r\n",
        b"GET " + b"/a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=lambda request_: repr(request_[:30]),
)
def test_what_is_no_request_is_refused(calm: Live, request_: bytes) -> None:
    reply = calm.said(request_)
    if reply:
        assert status_of(reply) < 500
        assert b"Traceback" not in reply
    assert alive(calm)


def test_who_sends_half_a_request_and_nothing_more_keeps_nobody_waiting(calm: Live) -> None:
    with calm.connected() as line:
        line.sendall(b"GET")
        assert alive(calm)
    assert alive(calm)


def test_upgrades_are_not_taken(calm: Live) -> None:
    head = (
        "GET /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    assert status_of(calm.said(head.encode())) in (403, 404, 405)
    assert alive(calm)


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\windows\\system32\\a.txt",
        "/etc/cron.d/x",
        "C:\\a.txt",
        "a\x00.txt",
        "a%2f..%2fb.txt",
        "....//....//x.txt",
        "~/.ssh/authorized_keys",
        "x" * 4000 + ".txt",
        "CON.txt",
        "a\u202egpj.txt",
        "<script>alert(1)</script>.txt",
        "$(touch owned).txt",
        "-rf.txt",
        ".",
        "..",
        "é\u0301.txt",
    ],
    ids=lambda name: repr(name[:25]),
)
def test_a_name_leads_nowhere_but_into_the_library(tmp_path: Path, name: str) -> None:
    with live(tmp_path / "home") as server:
        quoted = name.replace('"', "%22")
        body = (
            f'--b\r\nContent-Disposition: form-data; name="files"; filename="{quoted}"\r\n\r\n'
            "Ein Satz.\r\n--b--\r\n"
        ).encode()
        kind = {"content-type": "multipart/form-data; boundary=b"}
        reply = httpx2.post(f"{server.url}/v1/documents", content=body, headers=kind, timeout=30)
        assert reply.status_code in (200, 400, 415, 422)
        assert {path.name for path in tmp_path.iterdir()} == {"home"}
        assert {path.name.split(".")[0] for path in (tmp_path / "home").iterdir()} <= OURS
        assert not list((tmp_path / "home" / "uploads").iterdir())
        for document in httpx2.get(f"{server.url}/v1/documents").json()["items"]:
            path = f"/v1/documents/{document['document_id']}/versions/{document['version_id']}"
            source = httpx2.get(f"{server.url}{path}/source")
            assert source.status_code == 200
            assert source.headers["content-disposition"].startswith("attachment")
            assert source.headers["x-content-type-options"] == "nosniff"
            assert ".." not in source.headers["content-disposition"].replace("...", "")


def test_many_uploads_at_once(tmp_path: Path) -> None:
    with live(tmp_path) as server:
        statuses = asyncio.run(_uploads(server, 100))
        assert statuses == [200] * 100
        assert server.shelf.ledger.count()[0] == 101
        assert not list((tmp_path / "uploads").iterdir())


@pytest.mark.parametrize("stream", [False, True])
def test_a_server_told_to_stop_finishes_its_answers(tmp_path: Path, stream: bool) -> None:
    (tmp_path / "a.md").write_text("# Finland\n\nFinland joined NATO on 4 April 2023.\n")
    assert attache(tmp_path / "home", "ingest", tmp_path / "a.md").code == 0
    with chat_server(lambda _: "Finland joined NATO on 4 April 2023 [1].", pause_s=4) as model:
        told = {
            "ATTACHE_CHAT_MODEL": "m",
            "ATTACHE_OPENAI_BASE_URL": model.url,
            "ATTACHE_OPENAI_API_KEY": "k",
        }
        with served(tmp_path / "home", **told) as (process, url):
            asked = {"question": "When did Finland join NATO?", "stream": stream}
            replies: list[httpx2.Response] = []
            asking = threading.Thread(
                target=lambda: replies.append(
                    httpx2.post(f"{url}/v1/ask", json=asked, timeout=60, trust_env=False)
                )
            )
            asking.start()
            assert eventually(lambda: bool(model.asked), 60)
            process.send_signal(signal.SIGTERM)
            assert eventually(lambda: _refuses(url), 20)
            asking.join(60)
            assert replies[0].status_code == 200
            assert "4 April 2023" in replies[0].text
            assert ("event: answer" in replies[0].text) is stream
            assert _ended(process) == 0


def _ended(process: Preloaded) -> int:
    said = process.communicate(timeout=60)[1]
    assert "Traceback" not in said
    return process.wait()


def _refuses(url: str) -> bool:
    try:
        httpx2.get(f"{url}/healthz", trust_env=False)
    except httpx2.ConnectError:
        return True
    return False


def _asked(server: Live) -> None:
    httpx2.post(f"{server.url}/v1/ask", json=ASK, timeout=30)


def _metrics(server: Live) -> str:
    return httpx2.get(f"{server.url}/metrics").text


def _chat() -> dict[str, object]:
    return {"model": "attache", "messages": [{"role": "user", "content": "Q"}], "stream": True}


async def _uploads(server: Live, many: int) -> list[int]:
    limits = httpx2.Limits(max_connections=many)
    async with httpx2.AsyncClient(base_url=server.url, timeout=60, limits=limits) as client:

        async def upload(number: int) -> int:
            files = [("files", (f"paper {number}.txt", f"Paper {number}.".encode()))]
            return (await client.post("/v1/documents", files=files)).status_code

        return list(await asyncio.gather(*map(upload, range(many))))
