"""Markings within a text: alone on a line anywhere, or as what a row of a table says."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from assistant.access.ladders import DEFAULT, Ladders
from assistant.access.spellings import allied_forms
from ingest.loaders.banners import is_property
from ingest.loaders.metadata import is_marking_key

_CELL = re.compile(
    r"(?:^|(?<=[;|] ))(?P<key>[^\W\d][^:;|=\n]{1,40}?)\s*[:=|]\s*"
    r"(?P<value>[^;|\n]{2,80}?)\s*(?=[;|]|$)",
    re.MULTILINE,
)
_COMMENT = re.compile(r"\s#.*$")
_APART = re.compile(
    r"(?:^|(?<=[;|] ))(?:[^;|:\n]{1,40}: )?(?P<key>[^\W\d][^:;|=\n]{1,40}?)\s*[;|]\s*"
    r"(?:[^;|:\n]{1,40}: )?(?P<value>[^;|:\n]{2,80}?)\s*(?=[;|]|$)",
    re.MULTILINE,
)
"""A key and what it says in two cells, as under the headers `Field` and `Value`."""
_HEADERS = re.compile(
    r"^(?P<key>[^\W\d][^:;|=\n]{1,40}?): [^;\n]*; (?P<value>[^;|:\n]{2,80}?): ", re.MULTILINE
)
"""The same where the table has them for its headers."""
_KEYS = re.compile(
    r"marking|classification|sensitivity|confidentiality|tlp|marquage|einstufung"
    r"|geheimhaltungsgrad|security",
    re.IGNORECASE,
)
_LEVELS_OF_A_LIST = 3
"""Different markings alone on lines of one text: so many are a list of those that there are."""


def stated(text: str, ladders: Ladders) -> Iterator[str]:
    """The markings that the text bears within itself, as `ladders` names them."""
    alone = {found.group(1) for found in _alone(ladders.spellings).finditer(text)}
    named = {ladders.named(name) for name in alone}
    if len(named) < _LEVELS_OF_A_LIST:
        yield from sorted(named)
    if _KEYS.search(text):
        yield from dict.fromkeys(_said(text, ladders))


def _said(text: str, ladders: Ladders) -> Iterator[str]:
    for found in (*_CELL.finditer(text), *_APART.finditer(text), *_HEADERS.finditer(text)):
        key = found["key"].rpartition(".")[2]
        value = _COMMENT.sub("", found["value"]).strip(" *_\"'+=-")
        if is_marking_key(key) and is_property(value, ladders):
            yield ladders.named(value) if ladders.knows(value) else value.upper()


@lru_cache(maxsize=8)
def _alone(spellings: Iterable[str]) -> re.Pattern[str]:
    """Lines that are a marking of several words in capitals, and no item of a list."""
    usual = Ladders.read(DEFAULT).names
    names = {*spellings, *usual, *(form for form, _ in allied_forms())}
    several = sorted((name for name in names if " " in name), key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"[ \t-]+") for name in several)
    return re.compile(rf"^[ \t>*_#\[(|=~–—-]*({either})[ \t*_\])|=~–—-]*$", re.MULTILINE)
