"""JSON and JSON lines: records of documents, or any other data as lines of paths and values."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.errors import NoTextError, SourceUnreadableError
from assistant.types import LoadedDocument, Metadata
from ingest.loaders import grid
from ingest.loaders.blocks import write
from ingest.loaders.decode import read_text
from ingest.loaders.members import Members
from ingest.loaders.metadata import (
    Told,
    groups_said,
    language_of,
    marking_said,
    one_line,
    readable_title,
    together,
)
from ingest.loaders.text import blocks_of
from ingest.normalise import TextBuilder
from ingest.parsed import Parsed, Reading
from ingest.sources import Source

MEDIA_TYPE = "application/json"

_IDS = ("_id", "id", "docid", "doc_id", "document_id", "url")
_TEXTS = ("text", "contents", "content", "body")
_ISSUERS = ("issuer", "author", "publisher")
_DATES = ("date", "published_on", "published")
_LANGUAGES = ("language", "lang")
_NAMED = 10  # broken lines that a warning names
_TOO_DEEP = "is nested too deeply to be read. Save it in a plainer form."

Record = Mapping[str, object]


def load(source: Source, data: bytes, reading: Reading) -> Parsed:
    """The document or documents in the bytes of a JSON file.

    A list or lines of records with a text are documents of their own, one record is a document,
    and anything else is one document of `path: value` lines.

    Raises:
        SourceUnreadableError: it is neither JSON nor JSON lines, or nested too deeply.
        SourceLimitError: there are more records than is allowed.
    """
    text, warnings = read_text(data)
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise SourceUnreadableError(_TOO_DEEP) from error
    except ValueError as error:
        return _lines(source, text, reading, warnings, error)
    if isinstance(value, dict) and _text_of(value):
        return Parsed(_document(source, value, warnings))
    listed = _listed(value)
    if any(isinstance(item, dict) and _text_of(item) for item in listed):
        around = _around(value)
        found = ((str(i), _inside(item, around)) for i, item in enumerate(listed, start=1))
        return _records(found, reading, warnings, "record")
    return Parsed(_data(source, value, warnings))


def _lines(
    source: Source, text: str, reading: Reading, warnings: tuple[str, ...], error: ValueError
) -> Parsed:
    """JSON lines; those that are broken are told by their number."""
    values: list[tuple[str, object]] = []
    broken: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values.append((str(number), json.loads(line)))
        except (ValueError, RecursionError):
            broken.append(str(number))
    if not any(isinstance(value, dict | list) for _, value in values):
        raise SourceUnreadableError(f"is no JSON: {error}. Mend it and ingest it again.") from error
    if broken:
        shown = ", ".join(broken[:_NAMED]) + (" …" if len(broken) > _NAMED else "")
        told = f"Lines that are no JSON were left out ({len(broken)}): {shown}. Mend them."
        warnings = (*warnings, told)
    if any(isinstance(value, dict) and _text_of(value) for _, value in values):
        others = [value for _, value in values if isinstance(value, dict) and not _text_of(value)]
        marking = together(marking_said(other, loosely=True) for other in others)
        around: Record = {"marking": marking, "groups": []} if marking else {}
        found = ((number, _inside(value, around)) for number, value in values)
        return _records(found, reading, warnings, "line")
    return Parsed(_data(source, [value for _, value in values], warnings))


def _listed(value: object) -> list[object]:
    """The list that the data is, or the only list in it; none where it is neither."""
    parts = list(value.values()) if isinstance(value, dict) else [value]
    lists = [part for part in parts if isinstance(part, list)]
    return lists[0] if len(lists) == 1 else []


def _around(value: object) -> Record:
    """What data says of all the records in its list: how they are marked, and for which groups."""
    if not isinstance(value, dict):
        return {}
    own = {name: part for name, part in value.items() if not _holds_records(part)}
    marking, groups = marking_said(own, loosely=True), groups_said(own)
    return {"marking": marking, "groups": list(groups)} if marking or groups else {}


def _holds_records(part: object) -> bool:
    return isinstance(part, list) and any(isinstance(one, dict) for one in part)


def _inside(item: object, around: Record) -> object:
    """A record with the markings of what it lies in; groups of its own hold for it."""
    if not around or not isinstance(item, dict):
        return item
    marking = together([marking_said(item, loosely=True), one_line(around["marking"])])
    return {**item, "marking": marking, "groups": item.get("groups") or around["groups"]}


def _records(
    values: Iterator[tuple[str, object]], reading: Reading, warnings: tuple[str, ...], what: str
) -> Parsed:
    members = Members(reading)
    for number, value in values:
        if isinstance(value, dict) and _text_of(value):
            name = one_line(_first(value, _IDS)) or number
            record = json.dumps(value, ensure_ascii=True).encode("ascii")
            members.add(name, f"{name}.json", [record])
        else:
            members.leave_out(f"{what} {number}", "it has no text")
    return Parsed(None, tuple(members.found), (*warnings, *members.warnings()))


def _document(source: Source, record: Record, warnings: tuple[str, ...]) -> LoadedDocument:
    told = Told()
    builder = TextBuilder()
    write(blocks_of(_text_of(record)), builder)
    title = source.title or one_line(record.get("title"))
    metadata = Metadata(
        title=title or readable_title(source.name),
        issuer=one_line(_first(record, _ISSUERS)),
        published_on=told.date(_first(record, _DATES)),
        marking=marking_said(record, loosely=True),
        language=language_of(_first(record, _LANGUAGES)),
        groups=groups_said(record),
    )
    loaded = builder.build(metadata, MEDIA_TYPE)
    return replace(loaded, warnings=(*warnings, *told.warnings))


def _text_of(record: Record) -> str:
    """The text of a record; nothing where it has none, and so is no record."""
    value = _first(record, _TEXTS)
    return value if isinstance(value, str) and value.strip() else ""


def _first(record: Record, names: tuple[str, ...]) -> object:
    return next((record[name] for name in names if record.get(name) not in (None, "")), None)


def _data(source: Source, value: object, warnings: tuple[str, ...]) -> LoadedDocument:
    builder = TextBuilder()
    try:
        for path, shown in _leaves(value, ""):
            builder.line(f"{path}: {shown}" if path else shown)
    except RecursionError as error:
        raise SourceUnreadableError(_TOO_DEEP) from error
    listed = value if isinstance(value, list) else [value]
    said = {"data": [part for part in listed if isinstance(part, dict)]}
    metadata = Metadata(
        source.title or readable_title(source.name),
        marking=marking_said(said, loosely=True),
        groups=groups_said(value) if isinstance(value, dict) else (),
    )
    try:
        return replace(builder.build(metadata, MEDIA_TYPE), warnings=warnings)
    except NoTextError as error:
        raise NoTextError(
            "is JSON without any text in it. Nothing can be learnt from it."
        ) from error


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    """The values in the data, each with the names that lead to it."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(part, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        if all(not isinstance(part, dict | list) for part in value):
            yield path, ", ".join(grid.shown(part) for part in value)
        else:
            for number, part in enumerate(value, start=1):
                yield from _leaves(part, f"{path}[{number}]")
    elif value is not None and value != "":
        yield path, grid.shown(value)
