import socket

import pytest

from assistant.errors import ConfigurationError
from cli.address import bind, require_loopback, url_of


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
def test_loopback_addresses_are_allowed(host: str) -> None:
    require_loopback(host, has_keys=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", ""])
def test_any_other_address_is_refused_unless_keys_are_asked_for(host: str) -> None:
    with pytest.raises(ConfigurationError, match="only loopback"):
        require_loopback(host, has_keys=False)
    require_loopback(host, has_keys=True)


def test_a_port_that_is_taken_is_named_with_another_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"Port {port} of 127.0.0.1 is taken.*--port"):
            bind("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"cannot listen on 192\.0\.2\.1"):
        bind("192.0.2.1", 8139)


def test_a_free_port_is_held_and_not_yet_answering() -> None:
    with bind("127.0.0.1", 0) as held, pytest.raises(ConnectionRefusedError):
        socket.create_connection(held.getsockname(), timeout=5)


def test_an_ipv6_address_stands_in_brackets() -> None:
    assert url_of("::1", 8000) == "http://[::1]:8000"
    assert url_of("127.0.0.1", 8000) == "http://127.0.0.1:8000"
