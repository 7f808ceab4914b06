"""What may not be read leaves no trace: with it or without it, a caller is told the same."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from httpx2 import Client, Response

from assistant.access.keys import KeyRole
from tests.e2e.place import Place, Serving

Headers = dict[str, str]

OPEN = {
    "attaches.md": "# Defence attachés\n\nDefence attachés represent their armed forces abroad. "
    "They advise the ambassador on military matters.\n",
    "falcon.md": "---\nmarking: NATO RESTRICTED\n---\n# Exercise Falcon\n\n"
    "Exercise Falcon was held in Lisbon in 2019 with 4,200 troops.\n",
}
# They repeat words and whole sentences of the open ones, so that they would weigh on every score.
CLOSED = {
    f"closed{i}.md": f"NATO SECRET\n\n# Operation Bluebird {i}\n\nDefence attachés represent "
    f"their armed forces abroad. Exercise Falcon was held in Porto in 2020 with {i},100 troops. "
    f"Operation Bluebird begins on {i} March 2027.\n"
    for i in range(1, 10)
} | {
    "circle.md": "---\ngroups: [board]\n---\n# Defence attachés\n\nThe ambassador pays the "
    "defence attachés of Valdoria 4,200 crowns.\n",
}
QUESTIONS = [
    "What do defence attachés do?",
    "Where was Exercise Falcon held?",
    "When does Operation Bluebird begin?",
    "Operation Bluebird",
    "Who pays the attachés of Valdoria?",
    "the exercise",
]


def filled(place: Place, files: dict[str, str]) -> Place:
    admin = key(place, "admin", KeyRole.ADMINISTRATOR, "ALL", groups=("ALL",))
    sent = [("files", (name, text)) for name, text in files.items()]
    report = place.client.post("/v1/documents", files=sent, headers=admin).json()
    assert report["added"] == len(files), report
    return place


def key(
    place: Place, name: str, role: KeyRole, *clearances: str, groups: tuple[str, ...] = ()
) -> Headers:
    _, secret = place.keys.add(name, role, clearances, groups)
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="module")
def libraries(serving: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Place]]:
    """A library with closed documents, and one that is the same without them."""
    with (
        serving(tmp_path_factory.mktemp("with")) as both,
        serving(tmp_path_factory.mktemp("without")) as alone,
    ):
        yield [filled(both, CLOSED | OPEN), filled(alone, OPEN)]


@pytest.fixture(scope="module")
def readers(libraries: list[Place]) -> list[tuple[Client, Headers]]:
    """A librarian of the same clearance in each."""
    return [
        (place.client, key(place, "low", KeyRole.LIBRARIAN, "NATO RESTRICTED"))
        for place in libraries
    ]


def told(response: Response) -> object:
    """What a response says, without what is new each time."""
    assert response.status_code == 200, response.text
    return without_new(response.json())


def without_new(said: object) -> object:
    if isinstance(said, dict):
        new = ("id", "as_of", "timings_ms", "created", "valid_from", "run_id", "elapsed_s", "at")
        return {name: without_new(value) for name, value in said.items() if name not in new}
    return [without_new(one) for one in said] if isinstance(said, list) else said


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_the_same_as_if_closed_documents_were_not_there(
    readers: list[tuple[Client, Headers]], question: str
) -> None:
    for path, body in (
        ("/v1/ask", {"question": question}),
        ("/v1/search", {"question": question, "top_k": 50}),
        ("/v1/verify", {"text": f"{question} Operation Bluebird begins on 3 March 2027."}),
        (
            "/v1/chat/completions",
            {"model": "attache", "messages": [{"role": "user", "content": question}]},
        ),
    ):
        first, second = (
            told(client.post(path, json=body, headers=headers)) for client, headers in readers
        )
        assert first == second, path
        assert "bluebird" not in json.dumps(first).lower().replace(question.lower(), "").replace(
            "operation bluebird begins on 3 march 2027", ""
        )


def test_listings_counts_and_readiness_are_the_same_too(
    readers: list[tuple[Client, Headers]],
) -> None:
    for path in ("/v1/documents", "/v1/documents?limit=1", "/v1/ingest-runs", "/v1/models"):
        first, second = (told(client.get(path, headers=headers)) for client, headers in readers)
        assert first == second, path
    ready = [client.get("/readyz", headers=headers).json() for client, headers in readers]
    assert ready[0]["documents"] == ready[1]["documents"] == len(OPEN)
    assert ready[0]["chunks"] == ready[1]["chunks"]


@pytest.mark.parametrize("name", ["closed1.md", "circle.md", "new.md"])
def test_what_a_librarian_sends_tells_of_no_closed_document_and_takes_no_place(
    readers: list[tuple[Client, Headers]], name: str
) -> None:
    """Neither by its name nor by its content: as new in the one library as in the other."""
    content = CLOSED.get(name, "Nothing of this kind was there.")
    reports = [
        told(client.post("/v1/documents", files=[("files", (name, content))], headers=headers))
        for client, headers in readers
    ]
    assert reports[0] == reports[1]
    assert isinstance(reports[0], dict)
    assert (reports[0]["added"], reports[0]["duplicated"], reports[0]["updated"]) == (1, 0, 0)


def test_a_closed_document_still_says_what_it_said(
    libraries: list[Place], readers: list[tuple[Client, Headers]]
) -> None:
    client = libraries[0].client
    sent = [("files", ("closed2.md", "Another text, which is open."))]
    for each, headers in readers:
        assert each.post("/v1/documents", files=sent, headers=headers).json()["added"] == 1
    high = key(libraries[0], "high", KeyRole.READER, "NATO SECRET")
    found = client.get("/v1/documents?limit=200", headers=high).json()["items"]
    own = {one["source_uri"]: one for one in found}
    assert own["upload:closed2.md"]["marking"] == "NATO SECRET"
    assert own["upload:low/closed2.md"]["marking"] is None


def test_the_marking_of_an_answer_is_the_highest_of_what_it_used_in_every_interface(
    libraries: list[Place],
) -> None:
    client = libraries[0].client
    headers = key(libraries[0], "sees", KeyRole.READER, "NATO SECRET")
    asked = {"question": "When does Operation Bluebird begin?"}
    assert client.post("/v1/ask", json=asked, headers=headers).json()["marking"] == "NATO SECRET"
    streamed = client.post("/v1/ask", json={**asked, "stream": True}, headers=headers).text
    last = json.loads(streamed.rpartition("data: ")[2])
    assert last["marking"] == "NATO SECRET"
    messages = [{"role": "user", "content": asked["question"]}]
    body = {"model": "attache", "messages": messages}
    chat = client.post("/v1/chat/completions", json=body, headers=headers).json()
    assert chat["attache"]["marking"] == "NATO SECRET"
    made = client.post("/v1/conversations", json={}, headers=headers).json()["conversation_id"]
    client.post(f"/v1/conversations/{made}/turns", json=asked, headers=headers)
    exported = client.get(f"/v1/conversations/{made}/export", headers=headers).text
    assert exported.startswith("**NATO SECRET**\n")
    assert exported.endswith("**NATO SECRET**\n"), "the whole is marked as the highest in it"
    word = client.get(f"/v1/conversations/{made}/export?format=docx", headers=headers).content
    page = Document(BytesIO(word)).sections[0]
    assert [m.paragraphs[0].text for m in (page.header, page.footer)] == ["NATO SECRET"] * 2


def test_a_library_of_other_markings_orders_answers_by_its_own(
    serving: Serving, tmp_path: Path
) -> None:
    with serving(tmp_path, markings="PUBLIC, INTERNAL, BOARD") as place:
        text = "---\nmarking: {}\n---\n# Budget {}\n\nThe budget of {} is 4 crowns.\n"
        files = [
            ("files", (f"{name}.md", text.format(marking, name, name)))
            for name, marking in (("a", "Internal"), ("b", "Board"), ("c", "Public"))
        ]
        place.client.post("/v1/documents", files=files)
        answer = place.client.post("/v1/ask", json={"question": "What is the budget of a?"})
        assert answer.json()["marking"] == "BOARD"
