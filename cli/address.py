"""The address a server listens on."""

import errno
import socket
from ipaddress import ip_address

from assistant.errors import ConfigurationError


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def require_loopback(host: str, *, has_keys: bool) -> None:
    """Passes for an address that only this machine can reach, and for any where keys are asked for.

    Raises:
        ConfigurationError: anybody could read and change the library.
    """
    if not has_keys and not is_loopback(host):
        raise ConfigurationError(
            f"The server cannot listen on {host!r}: there are no access keys yet, so only loopback "
            "addresses are allowed. Make one with `attache keys add NAME --role administrator "
            "--clearance ALL --group ALL`, or set ATTACHE_HOST (or --host) to 127.0.0.1."
        )


def bind(host: str, port: int) -> socket.socket:
    """A socket that holds this address and does not listen yet.

    Raises:
        ConfigurationError: the address is taken, or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
    except OSError as error:
        held.close()
        raise ConfigurationError(_refusal(host, port, error)) from error
    return held


def url_of(host: str, port: int) -> str:
    """The address as a browser takes it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _refusal(host: str, port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} of {host} is taken, perhaps by another `attache serve`. "
                f"Stop what runs there, or choose another port, as in --port {port % 65535 + 1}."
            )
        case errno.EACCES:
            return f"Port {port} may not be used by this user. Choose one from 1024 up."
        case _:
            return (
                f"The server cannot listen on {host}, port {port}: {error.strerror or error}. "
                "Choose another ATTACHE_HOST or ATTACHE_PORT."
            )
