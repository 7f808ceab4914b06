"""The examples of `/openapi.json`: there is one everywhere, and it is as its schema says.

Schemas of objects are closed for this, so that a field which the server does not have is found.
"""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema_rs
import pytest

from api.errors import KINDS
from tests.integration.serving import serving

Json = dict[str, Any]
TEXT = "/v1/documents/{document_id}/versions/{version_id}/text"


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """What the server says of itself."""
    with serving(tmp_path_factory.mktemp("described")) as (client, *_):
        said: Json = client.get("/openapi.json").json()
    return said


def contents(description: Json) -> Iterator[tuple[str, str, Json]]:
    """Everything with a body, sent or answered: its place, its media type, what is said of it."""
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            bodies = {"body": operation.get("requestBody", {}), **operation["responses"]}
            for place, body in bodies.items():
                for media_type, content in body.get("content", {}).items():
                    yield f"{method.upper()} {path} {place} {media_type}", media_type, content


def faults(description: Json) -> list[str]:
    """What of the examples is missing, or is not as its schema says."""
    components = closed(description["components"])
    found = []
    for name, media_type, content in contents(description):
        shown = content.get("examples") or {}
        if not shown:
            found.append(f"{name}: no example")
        for example in shown.values():
            found += [f"{name}: {fault}" for fault in _faults(example, media_type, content)]
            found += [
                f"{name}: {error.message}"
                for error in _errors(content.get("schema"), components, example)
            ]
    return found


def _faults(example: Json, media_type: str, content: Json) -> Iterator[str]:
    shown = media_type.endswith("json") or media_type.startswith(("text/", "multipart/"))
    if "value" not in example and (shown or not example.get("description")):
        yield "nothing is shown"
    if media_type.endswith("json") and "schema" not in content:
        yield "no schema"


def _errors(
    schema: Json | None, components: Json, example: Json
) -> Iterator[jsonschema_rs.ValidationError]:
    if schema is not None and "value" in example:
        whole = {**schema, "components": components}
        validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        yield from validator.iter_errors(example["value"])


def closed(components: Json) -> Json:
    """The shapes with no room for fields that they do not name."""
    shapes = copy.deepcopy(components["schemas"])
    for shape in shapes.values():
        if "properties" in shape:
            shape.setdefault("additionalProperties", False)
    return {"schemas": shapes}


def objects(value: object) -> Iterator[Json]:
    """The objects in it, at any depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from objects(part)


def answered(description: Json, method: str, path: str) -> Any:
    """The example of what comes back, in JSON or as text."""
    content = description["paths"][path][method]["responses"]["200"]["content"]
    shown = content.get("application/json") or content["text/plain"]
    return shown["examples"]["example"]["value"]


def test_every_operation_has_a_summary_and_examples_that_fit_their_schemas(
    description: Json,
) -> None:
    for operations in description["paths"].values():
        assert all(operation["summary"] for operation in operations.values())
    assert len(list(contents(description))) > 300
    assert faults(description) == []


def _without_it(content: Json) -> None:
    del content["examples"]


def _of_another_type(content: Json) -> None:
    content["examples"]["example"]["value"]["passages"][0]["start"] = "thirty"


def _without_a_field(content: Json) -> None:
    del content["examples"]["example"]["value"]["as_of"]


def _with_a_field_too_many(content: Json) -> None:
    content["examples"]["example"]["value"]["passages"][0]["colour"] = "blue"


def _at_no_time(content: Json) -> None:
    content["examples"]["example"]["value"]["as_of"] = "yesterday"


@pytest.mark.parametrize(
    "spoil",
    [_without_it, _of_another_type, _without_a_field, _with_a_field_too_many, _at_no_time],
)
def test_an_example_that_is_missing_or_wrong_is_found(
    description: Json, spoil: Callable[[Json], None]
) -> None:
    spoiled = copy.deepcopy(description)
    responses = spoiled["paths"]["/v1/search"]["post"]["responses"]
    spoil(responses["200"]["content"]["application/json"])
    found = faults(spoiled)
    assert found
    assert all(fault.startswith("POST /v1/search 200") for fault in found)


def test_what_the_examples_quote_stands_where_they_say(description: Json) -> None:
    text = answered(description, "get", TEXT)
    version = answered(description, "get", TEXT.removesuffix("/text"))
    assert version["characters"] == len(text)
    quoted = 0
    for name, _, content in contents(description):
        for shown in content["examples"].values():
            for found in objects([shown.get("value")]):
                if found.get("version_id") == version["version_id"] and "start" in found:
                    said = found.get("quote") or found.get("text")
                    part = text[found["start"] : found["end"]]
                    assert part == said if said else part, name
                    quoted += bool(said)
                if "sentences" in found and "answer" in found:
                    for sentence in found["sentences"]:
                        part = found["answer"][sentence["start"] : sentence["end"]]
                        assert part == sentence["text"], name
    assert quoted >= 8


def test_the_example_of_a_difference_makes_one_text_of_the_other(description: Json) -> None:
    text = answered(description, "get", TEXT)
    shown = answered(description, "get", "/v1/documents/{document_id}/diff")
    at = {"from": 0, "to": 0}
    for change in shown["changes"]:
        for side in ("from", "to"):
            assert change[f"{side}_start"] == at[side]
            at[side] = change[f"{side}_end"]
        if change["to_text"]:
            assert text[change["to_start"] : change["to_end"]] == change["to_text"]
    assert at["to"] == shown["to"]["characters"] == len(text)
    assert at["from"] == shown["from"]["characters"]


def test_every_problem_has_an_example_of_its_own_status(description: Json) -> None:
    known = {kind.status for kind in KINDS.values()}
    seen = set()
    for name, media_type, content in contents(description):
        if media_type == "application/problem+json":
            [example] = [shown["value"] for shown in content["examples"].values()]
            assert name.split()[2] == str(example["status"])
            assert example["type"].startswith("urn:attache:problem:")
            assert all(example[field] for field in ("title", "detail", "request_id")), name
            seen.add(example["status"])
    assert known <= seen
