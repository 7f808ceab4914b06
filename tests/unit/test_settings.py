"""What the settings take, what they refuse at once, and how they are told."""

from ipaddress import ip_network

import pytest

from assistant.errors import ConfigurationError
from assistant.settings import Settings, read_settings


def told(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    """The settings of an environment that has these of our variables and no others."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ATTACHE_CHROMA_HEADERS", "no colon"),
        ("ATTACHE_FILES_OPTIONS", '["s3"]'),
        ("ATTACHE_FILES_OPTIONS", "{not json"),
        ("ATTACHE_FETCH_NETWORKS", "10.0.0.0/8, 10.0.0.1/8"),
        ("ATTACHE_MARKINGS", "RESTRICTED, SECRET, RESTRICTED"),
        ("ATTACHE_UNKNOWN_MARKING", "NOBODY'S OWN"),
        ("ATTACHE_RATE", "often"),
        ("ATTACHE_RATE", "0/minute"),
        ("ATTACHE_CORS_ORIGINS", "desk.example.org"),
        ("ATTACHE_PORT", "70000"),
        ("ATTACHE_TOP_K", "0"),
    ],
)
def test_what_is_wrong_is_told_with_the_variable_at_fault(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(ConfigurationError, match=rf"^{name}: "):
        told(monkeypatch, **{name: value})


def test_a_variable_that_is_empty_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty home would else be the folder that the shell happens to be in."""
    default = Settings().home
    found = told(monkeypatch, ATTACHE_HOME="", ATTACHE_PORT="", ATTACHE_RATE="")
    assert (found.home, found.port, found.rate) == (default, 8000, None)


def test_a_secret_that_is_refused_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError) as caught:
        told(monkeypatch, ATTACHE_FILES_OPTIONS='{"secret": "hunter2"')
    assert "hunter2" not in str(caught.value)


def test_headers_stand_between_semicolons_or_line_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(monkeypatch, ATTACHE_CHROMA_HEADERS="X-Token: a:b ; X-Tenant:c\n")
    assert found.headers_for_chroma() == {"X-Token": "a:b", "X-Tenant": "c"}


def test_networks_and_origins_may_end_in_a_comma(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(
        monkeypatch,
        ATTACHE_FETCH_NETWORKS="10.0.0.0/8, fd00::/8, ",
        ATTACHE_CORS_ORIGINS="https://Desk.example.org, ",
    )
    assert found.networks() == (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    assert found.origins() == ("https://desk.example.org",)


def test_a_rate_holds_where_other_machines_can_ask_and_can_be_lifted() -> None:
    assert Settings().rate_on(loopback=True) == ""
    assert Settings().rate_on(loopback=False) == "600/minute"
    assert Settings(rate="none").rate_on(loopback=False) == ""
    assert Settings(rate="20 per 10 seconds").rate_on(loopback=True) == "20 per 10 seconds"


def test_a_marking_for_the_unknown_is_one_of_those_in_use() -> None:
    found = Settings(markings="OPEN, CLOSED", unknown_marking="CLOSED")
    assert found.unknown_marking == "CLOSED"
