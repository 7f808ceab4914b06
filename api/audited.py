"""The assistant and the changes of the library as one caller uses them.

What is asked is narrowed to what the caller may read, and what is asked or changed is written to
the audit trail before the caller is told.
"""

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, JsonValue

from api.deps import AnswersQuestions, MaintenanceTask, TakesIn, Tell
from api.notes import Notes
from assistant.grounding.checking import CheckedText, TextToCheck
from assistant.ports import KeepsKeys, KeepsRuns
from assistant.runs import Run, RunRequest
from assistant.stages import Retrieved
from assistant.types import Answer, Answered, AnswerEvent, Passage, PassagesFound, Question, RunId

Named = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AuditedAssistant:
    """The assistant, asked by one caller."""

    assistant: AnswersQuestions
    notes: Notes

    async def ask(self, question: Question) -> AsyncIterator[AnswerEvent]:
        """The events of an answer. Each is in the trail before it is given.

        A row says what was asked and found before any of it is shown, another how it was answered:
        a caller who goes away in between has seen passages, and so has one whose server ends.
        """
        begun = ended = False
        events = self.assistant.ask(self._opened(question))
        assert isinstance(events, AsyncGenerator)
        try:
            async with aclosing(events) as each:
                async for event in each:
                    if isinstance(event, PassagesFound):
                        await self.notes.awrite("ask", **self._found(question, event.passages))
                        begun = True
                    elif isinstance(event, Answered):
                        await self.notes.awrite("answer", **_answered(event.answer))
                        ended = True
                    yield event
        finally:
            if not ended:
                asked = {} if begun else self.notes.asked(question.text)
                self.notes.write_later("answer" if begun else "ask", **asked, outcome="broken off")

    async def search(self, question: Question) -> Retrieved:
        """The passages, best first, and the question as it was searched."""
        found = await self.assistant.search(self._opened(question))
        asked = self.notes.asked(question.text)
        await self.notes.awrite("search", **asked, documents=_of(found.passages))
        return found

    async def check(self, text: TextToCheck) -> CheckedText:
        """Each sentence of a text, held against the library or given passages."""
        opened = replace(text.filters, readable=self.notes.caller.readable)
        found = await self.assistant.check(replace(text, filters=opened))
        cited = [one for sentence in found.sentences for one in sentence.citations]
        await self.notes.awrite(
            "verify",
            **self.notes.asked(text.text),
            documents=_named((one.document_id, one.version_id) for one in cited),
            verdicts=dict(Counter(one.verdict for one in found.sentences)),
            as_of=found.as_of.isoformat(),
        )
        return found

    def _opened(self, question: Question) -> Question:
        readable = self.notes.caller.readable
        return replace(question, filters=replace(question.filters, readable=readable))

    def _found(self, question: Question, passages: Iterable[Passage]) -> dict[str, object]:
        return {**self.notes.asked(question.text), "documents": _of(passages)}


@dataclass(frozen=True, slots=True)
class AuditedRuns:
    """The ingest runs, as one caller begins and ends them. `book` has those the caller may see."""

    runs: TakesIn
    book: KeepsRuns
    keys: KeepsKeys | None
    notes: Notes

    def start(self, request: RunRequest) -> RunId:
        """Puts a run in the queue and returns its name."""
        return self._begun(self.runs.start(request))

    def start_upload(self, names: tuple[str, ...], fill: Callable[[Path], None]) -> RunId:
        """Puts a run over sent files in the queue; `fill` writes them, named by number.

        Who may not read everything has names of their own: a file of theirs must neither take the
        place of a document that they cannot see nor tell, by taking it, that there is one.
        """
        caller = self.notes.caller
        if caller.readable is not None:
            names = tuple(f"{caller.name}/{name}" for name in names)
        return self._begun(self.runs.start_upload(names, fill))

    def wait(self, run_id: RunId, timeout_s: float | None = None) -> Run:
        """The run once it ended, or as it is when the time is over."""
        return self.runs.wait(run_id, timeout_s)

    def cancel(self, run_id: RunId) -> bool:
        """Asks a run to stop; whether it had not ended yet. Raises `RunNotFoundError`."""
        self.book.get(run_id)
        self.notes.write("cancel run", run_id=run_id)
        return self.runs.cancel(run_id)

    def retry(self, run_id: RunId) -> RunId:
        """Begins a run over what an earlier one left undone."""
        self.book.get(run_id)
        return self._begun(self.runs.retry(run_id))

    def _begun(self, run_id: RunId) -> RunId:
        """The run, as this caller's; that it was asked for is in the trail with the run itself."""
        if self.keys is not None:
            self.keys.note_run(run_id, self.notes.caller.name)
        return run_id


def audited_task(name: str, task: MaintenanceTask, notes: Notes) -> MaintenanceTask:
    """The task, written down before it is done."""

    def noted(body: Mapping[str, JsonValue], tell: Tell) -> BaseModel:
        notes.write(name, **{"with": dict(body)})
        return task(body, tell)

    return noted


def _answered(answer: Answer) -> dict[str, object]:
    return {
        "answer_id": answer.answer_id,
        "outcome": answer.outcome,
        "cited": _named((one.document_id, one.version_id) for one in answer.citations),
        "marking": answer.marking,
        "prompt_version": answer.prompt_version,
        "model": answer.answered_by,
        "verdicts": dict(Counter(one.verdict for one in answer.sentences)),
        "as_of": answer.as_of.isoformat(),
    }


def _of(passages: Iterable[Passage]) -> list[dict[str, str]]:
    return _named((one.stored.document_id, one.stored.version_id) for one in passages)


def _named(versions: Named) -> list[dict[str, str]]:
    """Each version once, in order."""
    return [{"document_id": d, "version_id": v} for d, v in dict.fromkeys(versions)]
