"""Pages of a PDF as images over the API, and what is refused."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx2
import pytest
from PIL import Image

from assistant.access.keys import KeyRole
from tests.integration.guarded import HIGH, LOW, guarded
from tests.integration.served import served
from tests.integration.serving import TEXT, serving, version_path

TREATY = Path("library/north-atlantic-treaty-article-by-article.pdf")


@pytest.fixture(scope="module")
def treaty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a version of a PDF on a real server."""
    with served(tmp_path_factory.mktemp("home")) as (_, url):
        sent = {"files": (TREATY.name, TREATY.read_bytes())}
        assert httpx2.post(f"{url}/v1/documents", files=sent, timeout=120).status_code == 200
        (one,) = httpx2.get(f"{url}/v1/documents").json()["items"]
        yield f"{url}/v1/documents/{one['document_id']}/versions/{one['version_id']}"


def test_a_page_is_an_image_as_wide_as_asked(treaty: str) -> None:
    reply = httpx2.get(f"{treaty}/pages/1.png?width=640", timeout=60)

    assert reply.headers["content-type"] == "image/png"
    assert Image.open(BytesIO(reply.content)).width == 640


@pytest.mark.parametrize(
    ("page", "status"),
    [("9999.png", 404), ("0.png", 422), ("one.png", 422), ("1.png?width=99999", 422)],
)
def test_a_page_that_is_none_is_refused_with_what_to_do(
    treaty: str, page: str, status: int
) -> None:
    reply = httpx2.get(f"{treaty}/pages/{page}", timeout=60)

    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["detail"]


def test_what_is_no_pdf_has_no_pages(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        for part in ("pages/1.png", "boxes?start=0&end=5"):
            reply = client.get(f"{version_path(stored)}/{part}")
            assert reply.status_code == 422
            assert "no PDF but text/markdown" in reply.json()["detail"]


def test_a_key_that_may_not_read_a_document_is_told_nothing_of_its_pages(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        stored = server.shelf.put("plan.pdf", TEXT, media_type="application/pdf", marking=HIGH)
        reader = server.caller("anna", KeyRole.READER, LOW)
        path = version_path(stored)
        closed = server.client.get(f"{path}/pages/1.png", headers=reader)
        absent = server.client.get(
            f"{path.replace(stored.version_id, '0' * 64)}/pages/1.png", headers=reader
        )

        assert closed.status_code == absent.status_code == 404
        assert closed.json()["title"] == absent.json()["title"]
        assert server.client.get(f"{path}/pages/1.png").status_code == 401
