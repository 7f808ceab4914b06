"""Fetching from a web server that may be anyone's."""

import gzip
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_network
from pathlib import Path
from shutil import which
from threading import Event

import pytest

from assistant.errors import (
    IngestError,
    LibraryDamagedError,
    SourceLimitError,
    SourceTooLargeError,
    SourceUnreadableError,
    UnsupportedSourceError,
)
from ingest.web.addresses import is_public, read_address
from ingest.web.fetch import Fetched, Fetcher
from tests.integration.web import Web, answer, redirect

LOOPBACK = (ip_network("127.0.0.0/8"),)
MOST = 100_000
INNER = "at no public address"


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.close()


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(MOST, 5.0, LOOPBACK)


def fetched(fetcher: Fetcher, url: str, room: Path) -> Fetched:
    found = fetcher.fetch(url, room)
    assert found is not None
    return found


def test_a_document_comes_with_its_name_and_what_to_ask_with_next_time(
    web: Web, fetcher: Fetcher, tmp_path: Path
) -> None:
    web.answers["/papers/Trait%C3%A9.pdf"] = answer(
        b"%PDF-", Content_Type="application/pdf", ETag='"a1"', Last_Modified="yesterday"
    )
    found = fetched(fetcher, f"{web.url}/papers/Traité.pdf#page=3", tmp_path)
    assert found.path.read_bytes() == b"%PDF-"
    assert found.path.parent == tmp_path
    assert found.file_name == "Traité.pdf"
    assert found.url == f"{web.url}/papers/Trait%C3%A9.pdf"
    assert (found.etag, found.last_modified) == ('"a1"', "yesterday")


def test_nothing_is_asked_for_but_the_document(
    web: Web, fetcher: Fetcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:9")
    web.answers["/a"] = redirect("/b").replace(b"\r\n\r\n", b"\r\nSet-Cookie: who=me\r\n\r\n")
    web.answers["/b"] = answer(b"text")
    fetched(fetcher, f"{web.url}/a", tmp_path)
    assert len(web.requests) == 2
    assert f"Host: 127.0.0.1:{web.port}\r\n" in web.requests[1]
    assert "Accept-Encoding: identity" in web.requests[1]
    assert "ookie" not in web.requests[1]
    assert "uthorization" not in web.requests[1]


def test_what_did_not_change_is_not_sent_again(web: Web, fetcher: Fetcher, tmp_path: Path) -> None:
    web.answers["/a"] = answer(status="304 Not Modified")
    assert fetcher.fetch(f"{web.url}/a", tmp_path, etag='"a1"', last_modified="then") is None
    assert 'If-None-Match: "a1"' in web.requests[0]
    assert "If-Modified-Since: then" in web.requests[0]
    with pytest.raises(SourceUnreadableError, match="304"):
        fetcher.fetch(f"{web.url}/a", tmp_path)


@pytest.mark.parametrize(
    ("path", "headers", "name"),
    [
        ("/report", {"Content_Type": "application/pdf"}, "report.pdf"),
        ("/view.php?id=3", {"Content_Type": "text/html; charset=utf-8"}, "view.php.html"),
        ("/", {"Content_Type": "text/html"}, "127.0.0.1.html"),
        ("/report.pdf", {"Content_Type": "text/html"}, "report.pdf"),
        ("/x", {"Content_Disposition": 'attachment; filename="the paper.docx"'}, "the paper.docx"),
        (
            "/x",
            {"Content_Disposition": "attachment; filename*=UTF-8''d%C3%A9fense.md"},
            "défense.md",
        ),
        ("/x", {"Content_Disposition": 'attachment; filename="../../etc/a.txt"'}, "a.txt"),
        ("/x", {"Content_Disposition": "attachment; filename*=no-such''%FF.md"}, "ÿ.md"),
        ("/%2e%2e%2f..%00secret.txt", {}, "secret.txt"),
    ],
)
def test_a_name_tells_the_kind(
    web: Web, fetcher: Fetcher, tmp_path: Path, path: str, headers: dict[str, str], name: str
) -> None:
    web.answers[path] = answer(b"text", **headers)
    found = fetched(fetcher, web.url + path, tmp_path).file_name
    assert found == name


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "017700000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fc00::1]",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "localhost",
    ],
)
def test_what_is_not_public_is_refused_however_it_is_spelt(
    web: Web, tmp_path: Path, host: str
) -> None:
    closed = Fetcher(MOST, 5.0)
    with pytest.raises(SourceUnreadableError, match=INNER):
        closed.fetch(f"http://{host}:{web.port}/", tmp_path)
    assert not web.requests


@pytest.mark.parametrize("target", ["169.254.169.254", "[::1]", "10.0.0.1", "0x0a000001"])
def test_a_redirect_is_checked_like_the_first_address(
    web: Web, fetcher: Fetcher, tmp_path: Path, target: str
) -> None:
    web.answers["/a"] = redirect(f"http://{target}/latest/meta-data")
    with pytest.raises(SourceUnreadableError, match=INNER):
        fetcher.fetch(f"{web.url}/a", tmp_path)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("file:///etc/passwd", "https://"),
        ("//user:word@127.0.0.1/", "password"),
        ("http://[", "no server that can be"),
        ("http://h:x/", "no web address"),
        ("gopher://127.0.0.1/", "https://"),
    ],
)
def test_a_redirect_leads_to_web_addresses_alone(
    web: Web, fetcher: Fetcher, tmp_path: Path, target: str, reason: str
) -> None:
    web.answers["/a"] = redirect(target)
    with pytest.raises(SourceUnreadableError, match=reason):
        fetcher.fetch(f"{web.url}/a", tmp_path)


def test_every_address_of_a_name_has_to_be_public(tmp_path: Path) -> None:
    mixed = Fetcher(MOST, 5.0, resolver=lambda _host, _port: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(SourceUnreadableError, match=INNER):
        mixed.fetch("http://example.org/", tmp_path)


def test_a_name_is_resolved_once_and_the_checked_address_is_spoken_to(
    web: Web, tmp_path: Path
) -> None:
    asked: list[str] = []

    def changing(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    web.answers["/a"] = answer(b"text")
    rebound = Fetcher(MOST, 5.0, LOOPBACK, resolver=changing)
    fetched(rebound, f"http://papers.example:{web.port}/a", tmp_path)
    assert asked == ["papers.example"]
    assert f"Host: papers.example:{web.port}\r\n" in web.requests[0]
    with pytest.raises(SourceUnreadableError, match=INNER):
        rebound.fetch(f"http://papers.example:{web.port}/a", tmp_path)


def test_public_addresses_are_spoken_to_on_web_ports_alone(tmp_path: Path) -> None:
    public = Fetcher(MOST, 5.0, resolver=lambda _host, _port: ["93.184.215.14"])
    with pytest.raises(SourceUnreadableError, match="port 25"):
        public.fetch("http://example.org:25/", tmp_path)


NO_ADDRESSES = """
notes.txt ftp://example.org/ http:// http:///a http://u:p@h/ http://h%00/ javascript:alert(1)
http://h:99999999/ http://.example.org/
"""


@pytest.mark.parametrize("url", ["", "http://a b/", "http://h\r\nX: y/", *NO_ADDRESSES.split()])
def test_what_is_no_plain_web_address_is_refused(
    fetcher: Fetcher, tmp_path: Path, url: str
) -> None:
    with pytest.raises(SourceUnreadableError):
        fetcher.fetch(url, tmp_path)


def drip(head: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    def say(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(1200):
            connection.sendall(piece)
            time.sleep(0.05)

    return say


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: ", b""],
)
def test_an_answer_that_drips_is_cut_off_at_its_time(web: Web, tmp_path: Path, head: bytes) -> None:
    web.answers["/a"] = drip(head, b"x")
    began = time.monotonic()
    with pytest.raises(SourceLimitError, match=r"within 0.6 s.*ATTACHE_FETCH_TIMEOUT_S"):
        Fetcher(MOST, 0.6, LOOPBACK).fetch(f"{web.url}/a", tmp_path)
    assert time.monotonic() - began < 30  # it drips for a minute


def test_a_resolver_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    over = Event()

    def hangs(_host: str, _port: int) -> Sequence[str]:
        over.wait(60)
        return []

    began = time.monotonic()
    with pytest.raises(SourceLimitError):
        Fetcher(MOST, 0.3, resolver=hangs).fetch("http://example.org/", tmp_path)
    over.set()
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("length", ["", "Content-Length: 99999999999\r\n"])
def test_an_answer_without_end_is_cut_off_at_its_size(
    web: Web, fetcher: Fetcher, tmp_path: Path, length: str
) -> None:
    web.answers["/a"] = drip(f"HTTP/1.1 200 OK\r\n{length}\r\n".encode(), b"x" * 65536)
    with pytest.raises(SourceTooLargeError, match="ATTACHE_MAX_UPLOAD_MB"):
        fetcher.fetch(f"{web.url}/a", tmp_path)


def test_an_answer_that_unpacks_to_too_much_is_cut_off(
    web: Web, fetcher: Fetcher, tmp_path: Path
) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < MOST
    web.answers["/a"] = answer(bomb, Content_Encoding="gzip")
    with pytest.raises(SourceTooLargeError):
        fetcher.fetch(f"{web.url}/a", tmp_path)
    assert (tmp_path / "fetched").stat().st_size <= MOST


def test_an_answer_that_is_packed_unasked_is_unpacked(
    web: Web, fetcher: Fetcher, tmp_path: Path
) -> None:
    body = os.urandom(30_000)
    web.answers["/a"] = answer(gzip.compress(body), Content_Encoding="gzip")
    assert fetched(fetcher, f"{web.url}/a", tmp_path).path.read_bytes() == body
    web.answers["/a"] = answer(gzip.compress(body)[:-500], Content_Encoding="gzip")
    with pytest.raises(SourceUnreadableError, match="broke off"):
        fetcher.fetch(f"{web.url}/a", tmp_path)


@pytest.mark.parametrize(
    ("said", "error", "reason"),
    [
        (answer(status="404 Not Found"), SourceUnreadableError, "is not there"),
        (answer(status="403 Forbidden"), SourceUnreadableError, "signing in"),
        (answer(status="500 Oh"), SourceUnreadableError, "Try again later"),
        (answer(b"a", status="206 Partial Content"), SourceUnreadableError, "no document"),
        (answer(b"x", Content_Type="video/mp4"), UnsupportedSourceError, "video/mp4"),
        (answer(b"x", Content_Encoding="br"), SourceUnreadableError, "packed as 'br'"),
        (answer(b"no gzip", Content_Encoding="gzip"), SourceUnreadableError, "damaged"),
        (answer(b"abc", Content_Length="10"), SourceUnreadableError, "broke off"),
        (answer(b"abc", X="y" * 200_000), SourceUnreadableError, "no proper HTTP"),
        (answer(b"abc", Content_Length="-1"), SourceUnreadableError, "no proper HTTP"),
        (b"no web server at all\r\n\r\n", SourceUnreadableError, "no proper HTTP"),
        (b"", SourceUnreadableError, "broke off"),
        (redirect("/a"), SourceUnreadableError, "more than 5 times"),
    ],
)
def test_an_answer_that_brings_no_document_says_why(
    web: Web,
    fetcher: Fetcher,
    tmp_path: Path,
    said: bytes,
    error: type[IngestError],
    reason: str,
) -> None:
    web.answers["/a"] = said
    with pytest.raises(error, match=reason):
        fetcher.fetch(f"{web.url}/a", tmp_path)


def test_a_server_that_is_not_there_is_said_so(fetcher: Fetcher, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(SourceUnreadableError, match="does not answer"):
        fetcher.fetch(f"http://127.0.0.1:{port}/", tmp_path)


def test_a_room_that_cannot_be_written_is_no_fault_of_the_document(
    web: Web, fetcher: Fetcher, tmp_path: Path
) -> None:
    web.answers["/a"] = answer(b"text")
    with pytest.raises(LibraryDamagedError):
        fetcher.fetch(f"{web.url}/a", tmp_path / "gone")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    program = which("openssl")
    if program is None:
        pytest.fail("There is no openssl, which makes the certificate (apt-get install openssl).")
    path = tmp_path / "both.pem"
    subject = ["-subj", "/CN=papers.example", "-addext", "subjectAltName=DNS:papers.example"]
    files = ["-keyout", str(path), "-out", str(tmp_path / "certificate.pem")]
    command = [program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*command, *subject, *files], check=True, capture_output=True)
    with path.open("ab") as file:
        file.write((tmp_path / "certificate.pem").read_bytes())
    return path


@pytest.mark.openssl
def test_an_encrypted_address_is_proved_by_name_and_stays_encrypted(
    web: Web, certificate: Path, tmp_path: Path
) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    secure = Web(tls)
    trusting = ssl.create_default_context(cafile=str(certificate))
    fetcher = Fetcher(
        MOST, 5.0, LOOPBACK, resolver=lambda _host, _port: ["127.0.0.1"], ssl_context=trusting
    )
    try:
        secure.answers["/a"] = answer(b"text")
        address = f"https://papers.example:{secure.port}"
        assert fetched(fetcher, f"{address}/a", tmp_path).path.read_bytes() == b"text"
        with pytest.raises(SourceUnreadableError, match="prove who it is"):
            fetcher.fetch(f"https://other.example:{secure.port}/a", tmp_path)
        secure.answers["/b"] = redirect(f"{web.url}/a")
        with pytest.raises(SourceUnreadableError, match="encrypted"):
            fetcher.fetch(f"{address}/b", tmp_path)
        assert not web.requests
    finally:
        secure.close()


@pytest.mark.parametrize("text", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "193.0.6.139"])
def test_public_addresses_are_told(text: str) -> None:
    assert is_public(read_address(text))


SPECIAL = """
192.0.0.9 192.88.99.1 198.18.0.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 ::
::127.0.0.1 ::ffff:10.0.0.1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2001:20::1 3fff::1 5f00::1
fec0::1 ff02::1
"""


@pytest.mark.parametrize("text", SPECIAL.split())
def test_special_addresses_are_not_public(text: str) -> None:
    assert not is_public(read_address(text))
