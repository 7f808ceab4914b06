"""Messages (EML) and saved web pages (MHTML): the text, with what is attached as members."""

import contextlib
import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.message import EmailMessage, Message
from pathlib import PurePosixPath

from assistant.errors import NoTextError, SourceUnreadableError
from assistant.types import LoadedDocument, Metadata
from ingest.loaders import html, tree
from ingest.loaders.banners import banner
from ingest.loaders.blocks import Block, write
from ingest.loaders.decode import decode, repaired
from ingest.loaders.margins import told
from ingest.loaders.members import Members
from ingest.loaders.metadata import (
    language_of,
    marking_said,
    one_line,
    readable_title,
    together,
)
from ingest.loaders.text import blocks_of
from ingest.normalise import TextBuilder
from ingest.parsed import Member, Parsed, Reading
from ingest.sources import READABLE_KINDS, Source, is_readable

MEDIA_TYPE = "message/rfc822"
WEB_PAGE = "multipart/related"

_SHOWN = ("From", "To", "Cc", "Date")
_MARKED = ("Classification", "X-Classification", "X-Marking", "X-Protective-Marking")
_SEC = re.compile(r"\bSEC=([^,;]+)")
_PAGES = (".mht", ".mhtml")
_SUFFIXES = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/json": ".json",
    "application/zip": ".zip",
}
# What the parser of messages raises on headers and bodies that follow no rule.
_ERRORS = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


def load(source: Source, data: bytes, reading: Reading) -> Parsed:
    """The message in the bytes, and what is attached to it.

    Raises:
        SourceUnreadableError: it is no message.
        SourceLimitError: what is attached is too much, or lies too deep in other messages.
        NoTextError: neither it nor anything attached has text.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = list(_parts(message))
    except _ERRORS as error:
        raise SourceUnreadableError("is no message that can be read. Save it anew.") from error
    is_page = PurePosixPath(source.name).suffix.lower() in _PAGES
    body = next(
        (p for kind in ("text/plain", "text/html") for p in parts if _is_body(p, kind)), None
    )
    if is_page or (body is not None and not _characters(body).strip()):
        body = next((part for part in parts if _is_body(part, "text/html")), body)
    members, warnings = ((), ()) if is_page else _attached(parts, body, reading)
    try:
        document = _document(source, message, body, is_page)
    except NoTextError:
        if not members:
            raise
        document = None
    return Parsed(document, members, warnings)


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a message that hold something, without those of messages attached to it."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.iter_parts() if isinstance(message, EmailMessage) else ():
        yield from _parts(part)


def _is_body(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind and _disposition(part) != "attachment"


def _disposition(part: Message) -> str:
    try:
        return part.get_content_disposition() or ""
    except _ERRORS:
        return ""


def _document(
    source: Source, message: Message, body: Message | None, is_page: bool
) -> LoadedDocument:
    said = {name.lower(): _header(message, name) for name in (*_SHOWN, "Subject")}
    dropped: list[str] = []
    blocks, warnings, language = _body(body, dropped)
    subject = said["subject"]
    builder = TextBuilder()
    if not is_page:
        write(_heads(said), builder)
    if not any(block.text.strip() for block in blocks):
        raise NoTextError("is a message without text. Nothing can be learnt from it.")
    write(blocks, builder)
    metadata = Metadata(
        title=source.title or subject or readable_title(source.name),
        issuer=None if is_page else said["from"],
        published_on=_date(said["date"]),
        marking=together(
            [_marking(message), banner([subject or "", *(block.text for block in blocks[:3])])]
        ),
        language=language,
    )
    loaded = builder.build(metadata, WEB_PAGE if is_page else MEDIA_TYPE)
    beside = (*dropped, *told(_beside(message)), *_other_forms(message, body))
    return replace(loaded, warnings=warnings, margins=beside)


def _beside(message: Message) -> Iterator[str | None]:
    """What headers say that may be a marking."""
    return (_header(message, name) for name in dict.fromkeys(message.keys()))


def _other_forms(message: Message, body: Message | None) -> Iterator[str]:
    """The lines of the text in the forms that are not read: one of them may be marked alone."""
    for part in _parts(message):
        if part is not body and _is_body(part, "text/plain"):
            yield from _characters(part).splitlines()
        elif part is not body and _is_body(part, "text/html"):
            with contextlib.suppress(NoTextError, SourceUnreadableError):
                dropped: list[str] = []
                yield from (b.text for b in html.blocks_of(tree.parse(_characters(part)), dropped))
                yield from dropped


def _marking(message: Message) -> str | None:
    """What headers say that are about markings: by its level, where they say more than that."""
    said = {name: _header(message, name) or "" for name in _MARKED}
    levels = {name: found.group(1) if (found := _SEC.search(v)) else v for name, v in said.items()}
    return marking_said(levels)


def _heads(said: dict[str, str | None]) -> Iterator[Block]:
    """The subject, and a line each for who wrote to whom, and when."""
    if said["subject"]:
        yield Block(said["subject"], "heading", 1)
    for name in _SHOWN:
        if said[name.lower()]:
            yield Block(f"{name}: {said[name.lower()]}", "line")


def _body(
    body: Message | None, dropped: list[str]
) -> tuple[list[Block], tuple[str, ...], str | None]:
    """The text of a message, warnings about it, and the language it names."""
    if body is None:
        return [], (), None
    text, warning = repaired(_characters(body))
    warnings = (warning,) if warning else ()
    if not text.strip():
        return [], (), None
    if body.get_content_type() == "text/html":
        page = tree.parse(text)
        language = tree.said_by(page)["lang"]
        return html.blocks_of(page, dropped), warnings, language_of(language)
    return blocks_of(text), warnings, None


def _characters(part: Message) -> str:
    """The text of a part, in the encoding it names where that reads it."""
    data = _bytes(part)
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        pass  # what the part says of itself is wrong; its bytes decide
    try:
        return decode(data)
    except NoTextError:
        return ""


def _bytes(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _ERRORS:
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _attached(
    parts: list[Message], body: Message | None, reading: Reading
) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    rest = [part for part in parts if part is not body and not _is_decoration(part)]
    if not rest:
        return (), ()
    members = Members(reading)
    for number, part in enumerate(rest, start=1):
        name = _file_name(part, number)
        if is_readable(name) and PurePosixPath(name).suffix:
            members.add(name, name, [_content(part)])
        else:
            members.leave_out(name, f"only {READABLE_KINDS} are read")
    return tuple(members.found), members.warnings()


def _is_decoration(part: Message) -> bool:
    """Whether a part is another form of the text, or a picture or style that belongs to it."""
    if _disposition(part) == "attachment":
        return False
    kind = part.get_content_maintype()
    return (kind == "text" and not part.get_filename()) or (
        kind in ("image", "audio", "video") and part.get("Content-ID") is not None
    )


def _content(part: Message) -> bytes:
    inner = _message_in(part)
    if inner is None:
        return _bytes(part)
    try:
        return inner.as_bytes()
    except _ERRORS:
        return str(inner.get_payload()).encode("utf-8", "replace")


def _message_in(part: Message) -> Message | None:
    """The message that is attached as this part; None where it is no message."""
    payload = part.get_payload() if part.get_content_type() == "message/rfc822" else None
    first = payload[0] if isinstance(payload, list) and payload else None
    return first if isinstance(first, Message) else None


def _file_name(part: Message, number: int) -> str:
    try:
        named = part.get_filename()
    except _ERRORS:
        named = None
    inner = _message_in(part)
    if inner is not None:
        name = one_line(named) or _header(inner, "Subject") or f"message {number}"
        return name if name.lower().endswith(".eml") else f"{name}.eml"
    name = one_line(named) or f"part {number}"
    suffix = _SUFFIXES.get(part.get_content_type(), "")
    return name if PurePosixPath(name).suffix else f"{name}{suffix}"


def _header(message: Message, name: str) -> str | None:
    """A header as one line; None where there is none that can be read."""
    try:
        return one_line(message.get(name))
    except _ERRORS:
        raw = next((v for k, v in message.raw_items() if k.lower() == name.lower()), None)
        return one_line(raw)


def _date(line: str | None) -> date | None:
    try:
        return email.utils.parsedate_to_datetime(line).date() if line else None
    except _ERRORS:
        return None
