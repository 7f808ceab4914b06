"""Checking a file's text: here, or in the server that holds the data directory."""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from time import perf_counter

from api.question_schemas import FiltersBody
from api.verify_schemas import VerifyRequest, VerifyResponse
from api.verify_wire import text_of, verify_out
from assistant.errors import IngestError, SourceUnreadableError, TextError
from assistant.library.ledger import open_ledger
from assistant.settings import Settings
from assistant.types import Filters
from cli.audited import audited
from cli.beginning import open_begun
from cli.console import results
from cli.control import RunningServer, hold_or_find
from cli.exits import Exits
from cli.finding import with_whole_ids
from cli.setup import settings_for_command
from cli.taking import open_parsers
from cli.telling import Telling, telling
from cli.verdicts import print_verdicts
from cli.wire import print_json

PURPOSE = "attache verify"
STANDARD_INPUT = Path("-")
# Little enough that a server is not kept long by one request, and that progress can be told.
PART_CHARS = 10_000

Check = Callable[[VerifyRequest], VerifyResponse]


def verify_file(file: Path, as_of: datetime | None, filters: Filters, *, as_json: bool) -> Exits:
    """Writes what was found of each sentence; `DONE` where all that is stated is supported.

    Raises:
        IngestError: the file cannot be read as a document.
        TextError: it holds no text.
        ConfigurationError: a setting cannot be used.
        LibraryError: the library cannot be opened, or the server that holds it failed.
    """
    settings = settings_for_command()
    text = sys.stdin.read() if file == STANDARD_INPUT else _read(file, settings)
    if not text.strip():
        raise TextError(f"{file} holds no text. Name a file that has some.")
    filters = _named(filters, settings)
    with telling("Opening the library…") as tell, _checking(settings) as check:
        checked = _whole(text, as_of, _body_of(filters), check, tell)
    if as_json:
        print_json(checked)
    else:
        print_verdicts(checked, results())
    states = any(one.verdict != "unchecked" for one in checked.sentences)
    return Exits.DONE if checked.supported and states else Exits.INCOMPLETE


def _read(file: Path, settings: Settings) -> str:
    """The file's text, as the readers of documents give it."""
    if not file.is_file():
        raise SourceUnreadableError(f"{file} is no file. Name one, or - for standard input.")
    with open_parsers(settings) as parsers, tempfile.TemporaryDirectory() as room:
        try:
            parsed = parsers.parse(file, file.name, Path(room)).result()
        except IngestError as error:
            raise type(error)(f"{file}: {error}") from error
    if parsed.document is None:
        raise SourceUnreadableError(
            f"{file} holds {len(parsed.members)} documents. Unpack it and name one of them."
        )
    return parsed.document.text


def _body_of(filters: Filters) -> FiltersBody:
    asked = asdict(filters)
    return FiltersBody.model_validate({name: asked[name] for name in FiltersBody.model_fields})


def _named(filters: Filters, settings: Settings) -> Filters:
    """The same with the whole ids of the documents it is narrowed to."""
    if not filters.document_ids:
        return filters
    ledger = open_ledger(settings.home, settings.ledger_url)
    try:
        return with_whole_ids(filters, ledger)
    finally:
        ledger.close()


@contextmanager
def _checking(settings: Settings) -> Iterator[Check]:
    """What checks a part of the text, while it is open."""
    holder = hold_or_find(settings.home, PURPOSE)
    if isinstance(holder, RunningServer):
        server = holder

        def there(body: VerifyRequest) -> VerifyResponse:
            sent = body.model_dump(mode="json", exclude_none=True)
            return VerifyResponse.model_validate(server.call("POST", "/v1/verify", sent))

        yield there
        return
    with ExitStack() as closing:
        closing.enter_context(holder)
        backends = closing.enter_context(open_begun(settings, PURPOSE, holder))
        asker = audited(backends, settings)

        def here(body: VerifyRequest) -> VerifyResponse:
            began = perf_counter()
            checked = asyncio.run(asker.check(text_of(body)))
            return verify_out(checked, (perf_counter() - began) * 1000)

        yield here


def _whole(
    text: str, as_of: datetime | None, filters: FiltersBody, check: Check, tell: Telling
) -> VerifyResponse:
    """The text checked part by part, with the spans of the whole."""
    found: list[tuple[int, VerifyResponse]] = []
    for start, end in _parts(text):
        tell("characters checked", start, len(text))
        part = text[start:end]
        if part.strip():
            found.append(
                (
                    start,
                    check(VerifyRequest(text=part, passages=None, as_of=as_of, filters=filters)),
                )
            )
    return _joined(found)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Spans of about `PART_CHARS`, cut between lines where there are some."""
    start = 0
    while start < len(text):
        end = start + PART_CHARS
        cut = text.rfind("\n", start, end) + 1 if end < len(text) else len(text)
        end = cut if cut > start else end
        yield start, end
        start = end


def _joined(found: Sequence[tuple[int, VerifyResponse]]) -> VerifyResponse:
    counts = Counter[str]()
    for _, part in found:
        counts.update(part.counts)
    sentences = [
        one.model_copy(update={"start": one.start + offset, "end": one.end + offset})
        for offset, part in found
        for one in part.sentences
    ]
    total = sum(part.timings_ms["total"] for _, part in found)
    return VerifyResponse(
        supported=all(part.supported for _, part in found),
        counts=dict(counts),
        sentences=sentences,
        as_of=found[0][1].as_of,
        timings_ms={"total": round(total, 1)},
    )
