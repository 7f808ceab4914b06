"""How the settings are written that are more than a word, a number or a place.

Each form is checked when the settings are read, so that what is wrong with one is told at start and
not by the first question; what takes it apart stands beside its check and cannot disagree with it.
"""

import json
import re
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from assistant.access.ladders import Ladders
from assistant.errors import ConfigurationError

# The amount, and the time it is for: `120/minute`, `20 per 10 seconds`.
_RATE = re.compile(
    r"[1-9]\d{0,8}\s*(?:/|per)\s*(?:[1-9]\d{0,4}\s*)?(?:second|minute|hour|day)s?", re.IGNORECASE
)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\[\]:-]+")
_HEADER = re.compile(r"[\w-]+\s*:.*")
UNLIMITED = "none"
"""The rate that says that there is no limit."""


def headers_in(text: SecretStr) -> dict[str, str]:
    """The headers by their names: `NAME: VALUE`, between line ends or semicolons."""
    named = (line.partition(":") for line in _lines(text))
    return {name.strip(): value.strip() for name, _, value in named}


def object_in(text: SecretStr) -> dict[str, object]:
    """The JSON object. Raises `ValueError`, which repeats nothing of the text: it holds secrets."""
    try:
        found = json.loads(text.get_secret_value())
    except ValueError as error:
        raise ValueError("it is no JSON") from error
    if not isinstance(found, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 - pydantic takes this one
    return found


def networks_in(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks between commas. Raises `ValueError` naming the first that is none."""
    return tuple(map(ip_network, _between_commas(text)))


def origins_in(text: str) -> tuple[str, ...]:
    """The origins between commas, in small letters, as browsers send them."""
    return tuple(map(str.lower, _between_commas(text)))


def _between_commas(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.split(",")))


def _lines(text: SecretStr) -> Iterator[str]:
    return filter(None, map(str.strip, re.split(r"[;\n]", text.get_secret_value())))


def _names_headers(text: SecretStr) -> SecretStr:
    if not all(map(_HEADER.fullmatch, _lines(text))):
        raise ValueError("it names no header; write it as NAME: VALUE")
    return text


def _is_an_object(text: SecretStr) -> SecretStr:
    object_in(text)
    return text


def _lists_networks(text: str) -> str:
    networks_in(text)
    return text


def _lists_origins(text: str) -> str:
    for part in _between_commas(text):
        if not _ORIGIN.fullmatch(part):
            raise ValueError(f"{part!r} is no origin; write it as https://desk.example.org")
    return text


def _lists_markings(text: str) -> str:
    try:
        Ladders.read(text)
    except ConfigurationError as error:
        raise ValueError(str(error)) from error
    return text


def _says_how_often(text: str) -> str:
    if text and text != UNLIMITED and not _RATE.fullmatch(text):
        raise ValueError("it is no rate; write it as 120/minute")
    return text


Megabytes = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0)]
Headers = Annotated[SecretStr, AfterValidator(_names_headers)]
JsonObject = Annotated[SecretStr, AfterValidator(_is_an_object)]
Networks = Annotated[str, AfterValidator(_lists_networks)]
Origins = Annotated[str, AfterValidator(_lists_origins)]
Markings = Annotated[str, AfterValidator(_lists_markings)]
Rate = Annotated[str, AfterValidator(_says_how_often)]
