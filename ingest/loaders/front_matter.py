"""What stands before the text of a file and says what it is: YAML, TOML or JSON.

What cannot be parsed must not lose the marking that it bears: a document would be open to all
because of a missing quotation mark.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from assistant.access.ladders import UNREADABLE
from ingest.loaders.metadata import is_marking_key, marking_said, together

_START = re.compile(r"\A\s*^(-{3,}|\+{3,}|\{)[ \t]*(?:ya?ml|toml|json)?[ \t]*\n", re.MULTILINE)
_ENDS = {
    "-": re.compile(r"^(?:-{3,}|\.{3})[ \t]*$", re.MULTILINE),
    "+": re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE),
    "{": re.compile(r"^\}[ \t]*$", re.MULTILINE),
}
_KEY = r"[\"']?(?P<key>[^\W\d][\w .-]{0,40}?)[\"']?"
_LINE = re.compile(rf"^{_KEY}[ \t]*[:=](?P<value>.*)$", re.MULTILINE)
_ANYWHERE = re.compile(rf"(?:^|[{{,;])[ \t]*{_KEY}[ \t]*[:=](?P<value>[^\n,}}]*)", re.MULTILINE)
_BARE_DATE = re.compile(r"^([\w.-]+[ \t]*=[ \t]*)(\d{4}-[^\n\"#]+?)(?=\s*(?:#|$))", re.MULTILINE)
_GROUPS = re.compile(r"\bgroups\b", re.IGNORECASE)
_COMMENT = re.compile(r"\s#.*$")
_BLANK = re.compile(r"\n[ \t]*\n")
_QUOTES = " \t\"'[](){}|>"
_LONGEST = 20_000
"""Characters without an end that are looked through as front matter."""
_FAULTS = (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What it says, the text behind it, the marking it bears, and a warning where it is broken."""

    said: Mapping[str, object]
    body: str
    marking: str | None = None
    warning: str | None = None


def read(text: str) -> FrontMatter:
    """The front matter of a text. One that cannot be parsed stays text, and keeps its marking."""
    start = _START.match(text)
    if start is None:
        return FrontMatter({}, text)
    kind = start.group(1)[0]
    end = _ENDS[kind].search(text, start.end())
    if end is None:
        block = _BLANK.split(text[start.end() : start.end() + _LONGEST])[0]
        return _broken(block, text) if _LINE.match(block) else FrontMatter({}, text)
    block = text[start.end() : end.start()]
    try:
        found = _PARSERS[kind](block)
    except _FAULTS:
        return _broken(block, text)
    if not isinstance(found, dict):  # a rule across the page, and another: no front matter
        return FrontMatter({}, text) if found else FrontMatter({}, text[end.end() :].strip())
    said = {str(key).lower(): value for key, value in found.items()}
    # Of a name that is there twice, parsers keep the last.
    marking = together([marking_said(said), *_seen(block, _LINE)])
    return FrontMatter(said, text[end.end() :].strip(), marking)


def values(said: object) -> Iterator[str]:
    """Every text in what it says, whatever it is called: one of them may be a marking."""
    if isinstance(said, Mapping):
        said = list(said.values())
    for value in said if isinstance(said, list) else ():
        if isinstance(value, str):
            yield value
        else:
            yield from values(value)


def _broken(block: str, text: str) -> FrontMatter:
    """What is left of front matter that cannot be parsed."""
    if not _ANYWHERE.search(block):
        return FrontMatter({}, text)
    markings = list(_seen(block, _ANYWHERE))
    if not markings or None in markings or _GROUPS.search(block):
        markings.append(UNREADABLE)
    warning = "Its front matter is no YAML, TOML or JSON and stands as text. Mend it."
    return FrontMatter({}, text, together(markings), warning)


def _seen(block: str, form: re.Pattern[str]) -> Iterator[str | None]:
    """The markings in lines of such a form; None for one that says nothing there."""
    for found in form.finditer(block):
        if is_marking_key(found["key"]):
            said = _COMMENT.sub("", found["value"]).strip(_QUOTES)
            yield marking_said({found["key"]: said})


class _Yaml(yaml.SafeLoader):
    """YAML in which a date that is none is the text it is written as, and spoils nothing else."""

    def date_or_text(self, node: yaml.ScalarNode) -> object:
        """The date or time that a value is; as it is written where there is no such day."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return str(node.value)


_Yaml.add_constructor("tag:yaml.org,2002:timestamp", _Yaml.date_or_text)


def _yaml(block: str) -> object:
    return yaml.load(block, _Yaml)  # noqa: S506 - it is the safe loader


def _toml(block: str) -> object:
    return tomllib.loads(_BARE_DATE.sub(r'\1"\2"', block))


def _json(block: str) -> object:
    return json.loads("{" + block + "}")


_PARSERS: Mapping[str, Callable[[str], object]] = {"-": _yaml, "+": _toml, "{": _json}
