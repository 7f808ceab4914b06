import httpx2

from api.answer_schemas import CitationOut
from tests.unit.ui.samples import citation
from ui.client import ApiClient
from ui.texts import VersionTexts


class Held:
    """Texts, and a client they are asked for by."""

    def __init__(self, client: ApiClient, max_chars: int) -> None:
        self.client = client
        self.texts = VersionTexts(max_chars)

    async def of(self, citations: list[CitationOut], key: str = "") -> dict[tuple[str, str], str]:
        return await self.texts.of(self.client.with_key(key), citations)


def texts(asked: list[str], max_chars: int = 1000) -> Held:
    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.path)
        if "missing" in request.url.path:
            return httpx2.Response(404, json={"title": "No such version"})
        return httpx2.Response(200, content=b"words")

    transport = httpx2.MockTransport(handler)
    http = httpx2.AsyncClient(base_url="http://127.0.0.1:9", transport=transport)
    return Held(ApiClient(http), max_chars)


async def test_a_version_cited_twice_is_fetched_once() -> None:
    asked: list[str] = []
    held = texts(asked)

    await held.of([citation(1), citation(2)])
    await held.of([citation(1)])

    assert len(asked) == 1


async def test_a_version_that_is_gone_is_left_out() -> None:
    found = await texts([]).of([citation(1), citation(2, document_id="missing")])

    assert found == {("d1", "v1"): "words"}


async def test_the_text_longest_unread_makes_room() -> None:
    asked: list[str] = []
    held = texts(asked, max_chars=12)

    for document_id in ("a", "b", "a", "c", "a", "b"):
        await held.of([citation(document_id=document_id)])

    assert [path.split("/")[3] for path in asked] == ["a", "b", "c", "b"]


async def test_what_one_reader_was_shown_is_asked_for_again_for_another() -> None:
    asked: list[str] = []
    held = texts(asked)

    await held.of([citation()], key="a")
    await held.of([citation()], key="b")

    assert len(asked) == 2
