"""Feedback as a judged set: what was liked, and what was put right."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from assistant.access.ladders import Ladders
from assistant.conversations import Feedback
from assistant.errors import ConfigurationError, DocumentNotFoundError, LibraryError
from assistant.library.ledger import SqlLedger, has_ledger, open_ledger
from assistant.types import DocumentId, StoredChunk, VersionId
from cli.console import note
from cli.setup import settings_for_command

_AT_ONCE = 50


def export_feedback(folder: Path) -> None:
    """Writes `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`, and `about.json` with the marking.

    They hold every passage that stands, marked ones too, so they are for who writes them alone, and
    the audit trail says that they were written. A question is one whose answer was liked, with the
    passages that it quotes, or one for which a place was named that should have been cited.

    Raises:
        ConfigurationError: the folder is not empty or cannot be written.
        LibraryError: the ledger cannot be read.
    """
    settings = settings_for_command()
    if not has_ledger(settings.home, settings.ledger_url):
        raise LibraryError(
            f"There is no library in {settings.home}. Set ATTACHE_HOME, or take one in."
        )
    ledger = open_ledger(settings.home, settings.ledger_url)
    try:
        _prepare(folder)
        told = [one for one in ledger.feedback.every() if _telling(one)]
        judged = [(one, found) for one in told if (found := _spans(one, ledger))]
        marking = Ladders.read(settings.markings).highest(
            {stored.metadata.marking for stored in _corpus(ledger)}
        )
        about = {"marking": marking, "questions": len(judged)}
        ledger.audit.note("export feedback", about)
        _write(folder / "about.json", iter([about]))
        _write(folder / "corpus.jsonl", map(_text, _corpus(ledger)))
        _write_judged(folder, judged)
    finally:
        ledger.close()
    left = len(told) - len(judged)
    note(
        f"{len(judged)} questions in {folder}"
        + (f", marked {marking}." if marking else ".")
        + (f" {left} cite what stands no more." * bool(left))
    )


def _write_judged(folder: Path, judged: Sequence[tuple[Feedback, dict[str, str]]]) -> None:
    """The questions, and which passages answer each."""
    _write(folder / "queries.jsonl", (_query(one, found) for one, found in judged))
    lines = [f"{one.feedback_id}\t{name}\t1" for one, found in judged for name in found]
    header = "query-id\tcorpus-id\tscore"
    with _created(folder / "qrels.tsv") as file:
        file.write("\n".join([header, *lines, ""]))


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ConfigurationError(f"{folder} is not empty. Name another folder.")
        folder.chmod(0o700)
    except OSError as error:
        raise ConfigurationError(
            f"{folder} cannot be made: {error.strerror or error}. Name another folder."
        ) from error


def _telling(one: Feedback) -> bool:
    return one.correction is not None or one.rating == "up"


def _spans(one: Feedback, ledger: SqlLedger) -> dict[str, str]:
    """The passages that answer, by their id, with the words in them that do."""
    found: dict[str, str] = {}
    for document_id, version_id, start, end in _places(one):
        try:
            version = ledger.version(document_id, version_id)
        except DocumentNotFoundError:
            continue
        if version.valid_to is not None:
            continue
        chunks = ledger.around(document_id, version_id, start, end, before=0, after=0)
        text = ledger.text(document_id, version_id)
        found |= {chunk.chunk_id: text[start:end] for chunk in chunks}
    return found


def _places(one: Feedback) -> Iterator[tuple[DocumentId, VersionId, int, int]]:
    if (place := one.correction) is not None:
        yield DocumentId(place.document_id), VersionId(place.version_id), place.start, place.end
        return
    citations = one.answer["citations"]
    assert isinstance(citations, list)
    for each in citations:
        yield each["document_id"], each["version_id"], each["start"], each["end"]


def _corpus(ledger: SqlLedger) -> Iterator[StoredChunk]:
    state = ledger.states.now()
    names = [name for name, _ in ledger.states.standing(state)] if state else []
    for at in range(0, len(names), _AT_ONCE):
        yield from ledger.catalogue.stored(names[at : at + _AT_ONCE])


def _text(stored: StoredChunk) -> Mapping[str, object]:
    chunk = stored.chunk
    title = " > ".join(dict.fromkeys((stored.metadata.title, *chunk.headings)))
    marked = {"marking": stored.metadata.marking} if stored.metadata.marking else {}
    return {"_id": chunk.chunk_id, "title": title, "text": chunk.text, **marked}


def _query(one: Feedback, found: Mapping[str, str]) -> Mapping[str, object]:
    return {
        "_id": one.feedback_id,
        "text": one.standalone_question,
        "answerable": True,
        "selected_sentences": [list(dict.fromkeys(found.values()))],
        "source": next(iter(found)),
    }


def _write(path: Path, lines: Iterator[Mapping[str, object]]) -> None:
    with _created(path) as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _created(path: Path) -> TextIO:
    """A new file that its maker alone can read."""
    return os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    )
