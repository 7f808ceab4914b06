import re
from pathlib import Path
from typing import cast

from api import errors
from tests.integration.serving import serving

Operation = dict[str, object]


def operations(schema: dict[str, object]) -> dict[str, Operation]:
    paths = cast("dict[str, dict[str, Operation]]", schema["paths"])
    return {
        f"{method} {path}": operation
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


def test_every_operation_says_what_it_does_and_how_it_fails(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        found = operations(client.get("/openapi.json").json())
        assert len(found) >= 20
        for name, operation in found.items():
            assert operation["summary"], name
            assert operation["description"], name
            assert operation["tags"], name
            responses = cast("dict[str, dict[str, dict[str, object]]]", operation["responses"])
            for status, response in responses.items():
                if status >= "4":
                    assert list(response["content"]) == ["application/problem+json"], name


def test_every_shape_that_is_referred_to_is_there(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        reply = client.get("/openapi.json")
        referred = set(re.findall(r'"#/components/schemas/(\w+)"', reply.text))
        shapes = set(reply.json()["components"]["schemas"])
        assert referred <= shapes
        assert {"Problem", "PassagesEvent", "DeltaEvent", "AnswerOut"} <= shapes
        assert "HTTPValidationError" not in shapes


def test_the_page_fetches_nothing_from_outside(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        page = client.get("/docs")
        assert page.headers["content-type"].startswith("text/html")
        addresses = re.findall(r'(?:src|href)="([^"]*)"', page.text)
        assert len(addresses) == 5
        for address in addresses:
            assert address.startswith(("/docs/", "/openapi.json", "data:"))
            if address.startswith("/"):
                assert client.get(address).status_code == 200


def test_nothing_in_the_page_is_inline_script(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        page = client.get("/docs")
        assert re.findall(r"<script>", page.text) == []
        assert "script-src 'self';" in page.headers["content-security-policy"]


def test_every_status_that_is_sent_is_described_and_no_other(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        found = operations(client.get("/openapi.json").json())
    for name, operation in found.items():
        statuses = set(cast("dict[str, object]", operation["responses"]))
        assert {"405", "421", "500"} <= statuses, name
        if " /v1/chat" in name or " /v1/models" in name:
            assert "400" in statuses, name
            assert "422" not in statuses, name


def test_every_type_of_problem_stands_in_the_document() -> None:
    said = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    own = (one for one in vars(errors).values() if isinstance(one, errors.Kind))
    for kind in (*own, *errors.KINDS.values()):
        row = next(line for line in said.splitlines() if line.startswith(f"| {kind.status} |"))
        assert f"`{kind.name}`" in row
