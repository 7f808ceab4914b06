"""Fakes of what costs money or a network, and of what a test must make fail on purpose."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

from assistant.grounding.checking import CheckedSentence, CheckedText, TextToCheck
from assistant.stages import Resolved, Retrieved
from assistant.types import (
    Answer,
    Answered,
    AnswerEvent,
    AnswerSentence,
    Citation,
    Passage,
    PassagesFound,
    Question,
    StandaloneQuestion,
    StoredChunk,
    TextDelta,
)


class QuotingAssistant:
    """Answers every question with the first sentence of one chunk, and keeps what it was asked.

    `error` is raised before the first event, `late_error` after the first piece of text.
    `finished` tells that the last stream has ended, however it did.
    """

    def __init__(
        self,
        stored: StoredChunk,
        *,
        error: Exception | None = None,
        late_error: BaseException | None = None,
        note: str | None = None,
    ) -> None:
        self._stored = stored
        self._error = error
        self._late_error = late_error
        self._note = note
        self.asked: list[Question] = []
        self.checked: list[TextToCheck] = []
        self.finished = False

    async def ask(self, question: Question) -> AsyncIterator[AnswerEvent]:
        """The passage, the quotation in two pieces, and the answer."""
        self.asked.append(question)
        try:
            if self._error:
                raise self._error
            answer = self._answer(question)
            yield PassagesFound(answer.passages)
            half = len(answer.text) // 2
            yield TextDelta(answer.text[:half])
            if self._late_error:
                raise self._late_error
            yield TextDelta(answer.text[half:])
            yield Answered(answer)
        finally:
            self.finished = True

    async def search(self, question: Question) -> Retrieved:
        """The one passage."""
        self.asked.append(question)
        if self._error:
            raise self._error
        standalone = StandaloneQuestion(text=question.text, asked=question.text)
        resolved = Resolved(question, standalone, question.as_of or datetime.now(UTC), 0.0)
        return Retrieved(resolved, (self._passage(),), 1.0)

    async def check(self, text: TextToCheck) -> CheckedText:
        """Every text is one sentence that states nothing."""
        self.checked.append(text)
        if self._error:
            raise self._error
        one = CheckedSentence(text.text, 0, len(text.text), "unchecked", None, problem="It asks.")
        return CheckedText((one,), text.as_of or datetime.now(UTC))

    def _passage(self) -> Passage:
        return Passage(rank=1, score=0.9, stored=self._stored, cosine=0.9)

    def _answer(self, question: Question) -> Answer:
        chunk = self._stored.chunk
        quote = chunk.text.partition(". ")[0].removesuffix(".") + "."
        text = f"{quote} [1]"
        citation = Citation(
            marker=1,
            document_id=self._stored.document_id,
            version_id=self._stored.version_id,
            source_uri=self._stored.source_uri,
            metadata=self._stored.metadata,
            page=chunk.page,
            headings=chunk.headings,
            start=chunk.start,
            end=chunk.start + len(quote),
            quote=quote,
        )
        return Answer(
            answer_id=uuid4().hex,
            question=question.text,
            standalone_question=question.text,
            text=text,
            abstained=False,
            answered_by="extractive",
            sentences=(AnswerSentence(text, 0, len(text), (1,), "quoted", 1.0),),
            citations=(citation,),
            passages=(self._passage(),),
            as_of=question.as_of or datetime.now(UTC),
            marking=None,
            prompt_version=None,
            timings_ms={"total": 2.0, "retrieve": 1.0},
            note=self._note,
        )
